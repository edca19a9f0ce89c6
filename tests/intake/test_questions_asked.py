"""Reporting asks the database little, however many units and people there are."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from avvikelse.organisation.roles import Level, Role
from tests.intake.reports import address, send_all, shown, typed
from tests.people import Town, assign, person, unit


def asked(act: Callable[[], Any]) -> int:
    """The statements of the act, without what begins and ends transactions."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in captured.captured_queries)


@pytest.mark.parametrize("more", [0, 3])
def test_the_page_with_all_questions_the_sending_and_the_receipt(amira: Client, town: Town, more: int) -> None:
    for number in range(more):
        unit(f"Enhet {number}", Level.UNIT, town.elder_care)
        assign(person(f"Sas {number}", town.namnd), Role.SAS, town.namnd)
    where = address("allt/")
    page = amira.get(where).content.decode()
    form = {**typed(town), "page": "allt", "route": shown(page, "route")}
    assert asked(lambda: amira.get(where)) == 10
    assert asked(lambda: amira.post(where, form)) == 18
    receipt = send_all(amira, typed(town)).headers["Location"]
    assert asked(lambda: amira.get(receipt)) == 12


@pytest.mark.parametrize("question", ["har-det-hant/", "nar/"])
def test_a_question_that_is_only_chosen_in(amira: Client, question: str) -> None:
    where = address(question)
    assert asked(lambda: amira.get(where)) == 5
