"""The program as it is used: a real server, a real browser on a phone, and the small municipality of the tests."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.browser.walker import PATIENCE, PHONE, Walker
from tests.people import AT, Town, build_town


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    """Monday morning, and a clock that goes."""
    with time_machine.travel(AT, tick=True) as traveller:
        yield traveller


@pytest.fixture
def town(live_server: LiveServer, clock: time_machine.Traveller) -> Town:  # noqa: ARG001 (the rows need a server)
    cache.clear()
    with transaction.atomic():
        return build_town()


@pytest.fixture
def visitor(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Walker]]:
    """Make somebody at a phone of her own. What the browser complained about fails the test at its end."""
    walkers: list[Walker] = []

    def arrives(**options: Any) -> Walker:
        phone = {"viewport": PHONE, "is_mobile": True, "has_touch": True}
        context = chromium.new_context(**{"locale": "sv-SE", "timezone_id": "Europe/Stockholm", **phone, **options})
        context.set_default_timeout(PATIENCE)
        walkers.append(Walker(context.new_page(), live_server.url))
        return walkers[-1]

    yield arrives
    for walker in walkers:
        walker.page.context.close()
    assert [fault for walker in walkers for fault in walker.faults] == []
