"""Fixtures for tests of pages: a Monday morning in the small municipality, and everybody at a desk of her own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.people import AT, Town, build_town

SAVEPOINT = 2
"""The request's own transaction inside that of the test: SAVEPOINT and RELEASE, which a server does not ask."""
TAGS = re.compile(r"<[^>]+>")
MAIN = re.compile(r"<main.*?</main>", re.DOTALL)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')


class Desk:
    """Gives the browser of anybody in the town, logged in: `desk("karin").get("/")`."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.clients: dict[str, Client] = {}

    def __call__(self, name: str) -> Client:
        if name not in self.clients:
            self.clients[name] = Client()
            self.clients[name].force_login(self.town.people[name])
        return self.clients[name]


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001 (the rows need a database)
    return build_town()


@pytest.fixture
def desk(town: Town) -> Iterator[Desk]:
    with time_machine.travel(AT, tick=False):
        yield Desk(town)


def main_of(response: Any) -> str:
    """The HTML of the page's own part."""
    found = MAIN.search(response.content.decode())
    assert found, response.status_code
    return str(found.group())


def words_of(response: Any) -> str:
    """What one reads on the page's own part, in one line."""
    return " ".join(unescape(TAGS.sub(" ", main_of(response))).split()).replace(" .", ".").replace(" ,", ",")


def same_every_time(response: Any) -> bytes:
    """The whole page but the token, which is new at every answer."""
    return bytes(TOKEN.sub("", response.content.decode()).encode())
