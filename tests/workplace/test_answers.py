"""An answer is news on the start page until its reader has opened her report."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from avvikelse.cases.lookup import ANSWER_IS_NEWS
from avvikelse.cases.models import Case
from tests.desk import Desk, main_of, words_of
from tests.people import AT, Town, moved, report
from tests.stages import closed, dismissed, returned

HEADING = "Du har fått svar"


def opening(desk: Desk, name: str = "amira") -> str:
    return words_of(desk(name).get("/"))


def test_without_an_answer_nothing_waits(town: Town, desk: Desk) -> None:
    report(town)
    text = opening(desk)
    assert ("Inget väntar på dig just nu." in text, HEADING in text) == (True, False)


@pytest.mark.parametrize("make", [closed, dismissed])
def test_an_answer_is_told_first_of_all_and_leads_to_the_report(town: Town, desk: Desk, make: Any) -> None:
    case = make(town)
    page = desk("amira").get("/")
    text = words_of(page)
    assert "God morgon, Amira Du har fått svar på din rapport." in text
    assert f"i dag 09.00 {case.title} {case.reference} · Karin Ek har svarat dig." in text
    assert f'<a href="/mina-rapporter/{case.reference}/">{case.title}</a><small>{case.reference} · Karin Ek' in main_of(
        page
    )
    assert "Inget väntar" not in text


def test_two_answers_are_two_reports(town: Town, desk: Desk) -> None:
    closed(town)
    dismissed(town)
    text = opening(desk)
    assert ("Du har fått svar på dina rapporter." in text, text.count("har svarat dig.")) == (True, 2)


def test_whoever_has_opened_the_report_has_read_the_answer(town: Town, desk: Desk) -> None:
    case = closed(town)
    desk("amira").get(f"/mina-rapporter/{case.reference}/")
    assert HEADING not in opening(desk)


def test_a_look_before_the_answer_is_no_look_at_the_answer(town: Town, desk: Desk) -> None:
    case = closed(town)
    desk("amira").get(f"/mina-rapporter/{case.reference}/")
    case.answers.create(text="En sak till.", answered_by=town.vera, answered_at=AT + timedelta(days=365 * 50))
    assert "Vera Holm har svarat dig." in opening(desk)


def test_that_others_read_it_or_that_a_list_showed_it_does_not_count(town: Town, desk: Desk) -> None:
    case = closed(town)
    desk("karin").get(f"/arenden/{case.reference}/")
    desk("amira").get("/mina-rapporter/")
    assert HEADING in opening(desk)


def test_the_answer_is_news_to_the_one_who_reported_and_to_nobody_else(town: Town, desk: Desk) -> None:
    closed(town)
    assert [name for name in town.people if HEADING in opening(desk, name)] == ["amira"]


def test_no_answer_with_a_reason_is_no_answer(town: Town, desk: Desk) -> None:
    moved(report(town), "dismiss", town.karin, reason="not_deviation", why_not="Hon har slutat.")
    assert HEADING not in opening(desk)


def test_whoever_answers_her_own_report_is_not_told(town: Town, desk: Desk) -> None:
    case: Case = report(town, reporter=town.karin, actor=town.karin)
    moved(case, "dismiss", town.karin, reason="not_deviation", answer="Jag ordnar det.")
    assert HEADING not in opening(desk, "karin")


@pytest.mark.parametrize(("late", "told"), [(timedelta(days=1), True), (timedelta(days=-1), False)])
def test_an_old_answer_is_no_news(town: Town, desk: Desk, late: timedelta, *, told: bool) -> None:
    case = report(town)
    case.answers.create(text="Tack.", answered_by=town.karin, answered_at=AT - ANSWER_IS_NEWS + late)
    assert (HEADING in opening(desk)) == told


def test_a_question_that_waits_is_told_first(town: Town, desk: Desk) -> None:
    returned(town)
    closed(town)
    text = opening(desk)
    assert text.index("Väntar på dig") < text.index(HEADING)
    assert "God morgon, Amira 1 sak väntar på dig." in text
