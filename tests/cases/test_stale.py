"""Two who save at once, as the reporter and at the edges: both texts are read, and nothing grows without end."""

from __future__ import annotations

from typing import Any

import pytest

from avvikelse.cases.engine import Told
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MEANWHILE, StaleCase, make_move, record_event
from tests.desk import Desk, words_of
from tests.people import AT, Town, moved, report
from tests.stages import returned

CHANGED = "Ärendet ändrades medan du skrev. Läs vad som har hänt. Det du skrev finns kvar: skicka igen."


def answer(desk: Desk, case: Case, text: str, version: int) -> Any:
    return desk("amira").post(f"/arenden/{case.reference}/answer/", {"version": version, "addition": text})


def test_a_reporter_who_comes_second_reads_what_she_herself_wrote_first_and_may_send_again(
    town: Town, desk: Desk
) -> None:
    case = returned(town)
    seen = case.version
    moved(case, "withdraw", town.amira, why="Det var fel dag.")
    second = answer(desk, case, "Det var i måndags.", seen)
    text = words_of(second)
    assert second.status_code == 409
    assert (CHANGED in text, "Det var fel dag." in text, "Det var i måndags." in text) == (True, True, True)
    again = answer(desk, case, "Det var i måndags.", seen + 1)
    assert again.status_code == 302


def test_a_reporter_who_comes_after_a_handler_keeps_her_words_and_reads_nothing_of_the_work(
    town: Town, desk: Desk
) -> None:
    case = returned(town)
    seen = case.version
    moved(case, "go_on", town.karin, why="Jag vet redan vilken dag.")
    second = answer(desk, case, "Det var i måndags.", seen)
    text = words_of(second)
    assert second.status_code == 409
    assert "Karin Ek arbetade med ärendet, i dag 09.00." in text
    assert ("Jag vet redan" in text, "Det var i måndags." in text) == (False, True)
    assert "Ärendet har redan gått vidare. Det du skrev står kvar här så att du kan ta med det." in text


@pytest.mark.parametrize(("seen", "told"), [(-(10**9), MEANWHILE), (0, 1), (10**9, 1)])
def test_a_version_that_never_was_is_told_of_no_more_than_there_is_room_for(town: Town, seen: int, told: int) -> None:
    case = report(town)
    for number in range(MEANWHILE + 5):
        record_event(case, "reassess", actor=town.karin, at=AT, told=Told(f"ändrade {number}"))
    with pytest.raises(StaleCase) as stale:
        make_move(case.pk, "dismiss", actor=town.karin, version=seen, at=AT, facts={})
    assert len(stale.value.events) == told


def test_a_text_of_ten_thousand_signs_is_taken_and_a_longer_one_is_kept_to_be_shortened(town: Town, desk: Desk) -> None:
    case = returned(town)
    too_long = answer(desk, case, "a" * 10_001, case.version)
    text = words_of(too_long)
    assert "Korta texten till högst 10000 tecken. Nu är den 10001." in text
    assert "a" * 10_001 in text
    assert answer(desk, case, "a" * 10_000, case.version).status_code == 302
