"""No address that is a key comes in the program's log, whatever goes wrong."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client

from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that the settings' own handler writes, at every level."""
    handler = next(each for each in logging.root.handlers if each.name == "console")
    assert isinstance(handler, logging.StreamHandler)
    said, level = io.StringIO(), logging.root.level
    before = handler.setStream(said)
    logging.root.setLevel(logging.DEBUG)
    yield said
    logging.root.setLevel(level)
    handler.setStream(before)


@pytest.mark.parametrize(
    "path",
    [
        "/e/{}/",
        "/e/{}x/",
        "/e/{}/finns-inte/mer/",
        "/e/{} och mer/",
        "/e/half{}/kvitto.pdf",
        "/enhet/{}/",
        "/E/{}",
        "/{}/",
        "/e//{}/",
    ],
)
@pytest.mark.parametrize("guarded", [False, True])
def test_a_units_link_is_not_logged_when_it_leads_nowhere(
    town: Town, written: io.StringIO, path: str, *, guarded: bool
) -> None:
    secret = town.solglantan.link_secret
    browser = Client(enforce_csrf_checks=guarded)
    statuses = {browser.get(path.format(secret[::-1])).status_code, browser.post(path.format(secret)).status_code}
    assert statuses <= {200, 301, 302, 403, 404, 405}
    assert (secret in written.getvalue(), secret[::-1] in written.getvalue()) == (False, False)


def test_an_address_that_is_no_key_is_logged_as_it_is(client: Client, written: io.StringIO) -> None:
    client.get("/arenden/AVV-2026-0001/fil/x/")
    client.get("/e/kort/allt/")
    lines = [line.partition("django.request ")[2] for line in written.getvalue().splitlines() if "request" in line]
    assert lines == ["Not Found: /arenden/AVV-2026-0001/fil/x/", "Not Found: /e/…"]


@pytest.mark.parametrize("name", ["django.server", "django.security.csrf", "gunicorn.error", "avvikelse.public"])
def test_every_logger_of_a_web_server_writes_without_keys(town: Town, written: io.StringIO, name: str) -> None:
    secret = town.solglantan.link_secret
    logging.getLogger(name).error('"%s" %s', f"GET /e/{secret}/ HTTP/1.1", 500)
    assert written.getvalue().partition(f"{name} ")[2] == '"GET /e/…" 500\n'


def test_the_key_of_a_new_password_is_not_logged(client: Client, written: io.StringIO) -> None:
    key = "c9x1aa-0123456789abcdef0123456789abcdef"
    client.get(f"/konto/password/reset/kye/1-{key}/")
    assert written.getvalue().endswith("Not Found: /konto/password/reset/kye/…/\n")
