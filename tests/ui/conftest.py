"""The frame's tests: pages rendered without rooms, and one browser for those that need it."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    """Keep the frame's tests apart from the rooms, as the frame itself is."""
    settings.ROOT_URLCONF = "tests.ui.urls"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()
