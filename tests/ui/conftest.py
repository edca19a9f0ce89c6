"""The frame's tests: pages rendered without rooms."""

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(autouse=True)
def _own_addresses(settings: Settings) -> None:
    """Keep the frame's tests apart from the rooms, as the frame itself is."""
    settings.ROOT_URLCONF = "tests.ui.urls"
