"""Every address of the program × every person of the town × what it answers. An address that is not here fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.addresses import EVERYBODY, NOBODY, TABLE, UNNAMED, Answers, Place, place_in
from tests.desk import Desk
from tests.people import AT, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def place(db: None, settings: Any, tmp_path: Path) -> Iterator[Place]:  # noqa: ARG001 (the rows need a database)
    settings.MEDIA_ROOT = tmp_path
    with time_machine.travel(AT, tick=False):
        yield place_in(build_town())


# --- Whom an address answers what


def walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    """The name of every address there is, or the address itself where it has none."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from walk(pattern.url_patterns, f"{before}{pattern.pattern}")
        else:
            yield pattern.name or f"{before}{pattern.pattern}"


def test_every_address_is_in_the_table() -> None:
    assert set(walk(get_resolver().url_patterns)) == set(TABLE) | UNNAMED


def status_of(client: Client, method: str, path: str) -> int:
    """What comes of it; whatever was written is undone."""
    with transaction.atomic():
        answer = getattr(client, method)(path)
        for close in answer._resource_closers if answer.streaming else ():
            close()
        transaction.set_rollback(True)
    return int(answer.status_code)


def found(place: Place, method: str, path: str) -> Answers:
    desk = Desk(place.town)
    return {NOBODY: status_of(Client(), method, path), **{who: status_of(desk(who), method, path) for who in EVERYBODY}}


@pytest.mark.parametrize("name", TABLE)
def test_an_address_answers_each_person_as_the_table_says(place: Place, name: str) -> None:
    row = TABLE[name]
    path = reverse(name, args=row.arguments(place))
    assert found(place, "get", path) == row.read
    if row.sent:
        assert found(place, "post", path) == row.sent
