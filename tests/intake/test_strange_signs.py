"""A NUL in a report is said about and costs nothing of the rest; no page and no draft stops at it."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.test import Client

from avvikelse.cases.models import Case
from tests.intake.reports import TOLD, address, send_all, typed
from tests.people import Town

NUL = f"{TOLD}\x00Hon ringde."
SAID = "Det finns ett tecken i texten som inte går att spara."
TEXTS = ["what_happened", "consequences", "done_at_once", "suggestion", "routine_note"]


@pytest.mark.parametrize("field", TEXTS)
def test_a_report_with_a_nul_is_kept_to_be_written_anew(town: Town, amira: Client, field: str) -> None:
    answer = send_all(amira, typed(town, **{field: NUL}))
    page = answer.content.decode()
    assert (answer.status_code, SAID in page, "Hon ringde." in page) == (200, True, True)
    assert Case.objects.count() == 0


@pytest.mark.parametrize("field", ["unit", "about", "day", "part", "affected", "name"])
def test_a_choice_with_a_nul_is_no_choice(town: Town, amira: Client, field: str) -> None:
    answer = send_all(amira, typed(town, **{field: "a\x00b"}))
    assert (answer.status_code, TOLD in answer.content.decode(), Case.objects.count()) == (200, True, 0)


def test_a_draft_is_saved_without_it(town: Town, amira: Client) -> None:
    key = uuid4()
    amira.get(address("vad-hande/", key))
    answer = amira.post(address("spara/", key), typed(town, what_happened=NUL, page="vad-hande"))
    assert answer.status_code == 204
    assert "Hon ringde." in amira.get(address("vad-hande/", key)).content.decode()


def test_a_question_answered_with_a_nul_stops_nothing(town: Town, amira: Client) -> None:
    answer = amira.post(address("vad-hande/"), typed(town, what_happened=NUL, page="vad-hande"))
    assert (answer.status_code, SAID in answer.content.decode()) == (200, True)
