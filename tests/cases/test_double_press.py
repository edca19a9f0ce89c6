"""A button pressed twice does its thing once, also when both presses come at the same moment."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, transaction

from avvikelse.cases.affected import add_affected, remove_affected
from avvikelse.cases.models import Case
from avvikelse.cases.operations import add_message
from avvikelse.cases.rules import Outsider, Who
from tests.desk import Desk
from tests.people import AT, Town, build_town, report

LATER = AT + timedelta(minutes=1)


def whats(case: Case) -> list[str]:
    return list(case.events.order_by("pk").values_list("what", flat=True))


@pytest.mark.parametrize(
    ("part", "data", "what"),
    [("meddelande/", {"text": "Ring mig."}, "message"), ("berorda/", {"name": "Nils Ek"}, "affected")],
)
def test_the_second_press_gets_the_same_answer_and_writes_nothing(
    town: Town, desk: Desk, part: str, data: dict[str, str], what: str
) -> None:
    case = report(town)
    found = [desk("karin").post(f"/arenden/{case.reference}/{part}", data) for _ in range(2)]
    assert [(answer.status_code, answer.headers["Location"]) for answer in found] == [
        (302, found[0].headers["Location"])
    ] * 2
    assert whats(case) == ["received", what]


def at_once(press: Callable[[], Any]) -> list[Any]:
    """What eight presses that come at the same moment give."""
    ready = Barrier(8)

    def one(_: int) -> Any:
        ready.wait()
        try:
            return press().pk
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(one, range(8)))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("what", ["message", "affected"])
def test_presses_at_the_same_moment_are_one(what: str) -> None:
    with transaction.atomic():
        town = build_town()
        case = report(town)
    presses: dict[str, Callable[[], Any]] = {
        "message": lambda: add_message(case.pk, "Ring mig.", actor=town.karin, at=AT),
        "affected": lambda: add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT),
    }
    assert len(set(at_once(presses[what]))) == 1
    assert whats(case) == ["received", what]


def test_other_words_another_writer_or_a_minute_later_is_another_message(town: Town) -> None:
    case = report(town)
    says = [
        ("Ja.", town.karin, AT),
        ("Ja.", town.amira, AT),
        ("Nej.", town.karin, AT),
        ("Ja.", town.karin, LATER),
        ("Ja.", town.frida, LATER),
    ]
    for text, actor, at in says:
        add_message(case.pk, text, actor=actor, at=at)
    assert case.messages.count() == len(says)


def test_the_holder_of_a_code_is_told_apart_from_those_who_handle(town: Town) -> None:
    case = report(town, reporter=None, facts={"receipt_hash": "x" * 64})
    outsider = Outsider("anonymous:1", "Anonym", frozenset({Who.REPORTER}))
    for actor in (outsider, outsider, town.karin):
        add_message(case.pk, "Ja.", actor=actor, at=AT)
    assert list(case.messages.order_by("pk").values_list("from_reporter", flat=True)) == [True, False]


def test_another_number_a_removed_name_or_a_minute_later_is_noted_anew(town: Town) -> None:
    case = report(town)
    first = add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
    add_affected(case, name="Nils Ek", identity_number="18900101-9802", actor=town.karin, at=AT)
    add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=LATER)
    remove_affected(case, first.pk, actor=town.karin, at=LATER)
    assert (case.affected_people.count(), case.affected_people.filter(removed_at=None).count()) == (3, 2)
