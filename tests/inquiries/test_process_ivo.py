"""What a lex Sarah case and a vårdskada have to do with IVO: when a notice is opened, and what waits for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case, Clock
from tests.inquiries.sealed import fresh
from tests.inquiries.stages import (
    CLOSING,
    GRAVE,
    PROPOSED,
    assessing,
    clocks,
    decided,
    following_up,
    ivo,
    ivo_is,
    refused,
    taker,
    working,
)
from tests.people import DAY, Town, moved

BOTH = pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@BOTH
def test_what_is_serious_at_once_is_notified_once(town: Town, kind: Kind) -> None:
    case = moved(working(town, kind), "notify_now", town.david, why="Hon dog.")
    child = ivo(case)
    assert (case.state, child.state, clocks(case)["notify"]) == (
        working(town, kind).state,
        State.PREPARING,
        (DAY + timedelta(days=1), "runs"),
    )
    assert {(part.person, part.role) for part in child.parts.all()} == {
        (town.jonas, PartRole.READER),
        (town.david, PartRole.DECIDER),
    }
    assert refused(case, "notify_now", taker(town, kind), why="Igen.") == [
        "Ärendet har redan lämnats vidare som IVO-ärende."
    ]


@BOTH
def test_after_a_cancelled_notice_there_may_be_another(town: Town, kind: Kind) -> None:
    case = moved(working(town, kind), "notify_now", taker(town, kind), why="Hon dog.")
    ivo_is(case, State.CANCELLED)
    case = moved(fresh(case), "notify_now", taker(town, kind), why="Det stämde ändå.")
    assert case.offspring.filter(kind=Kind.IVO).count() == 2


@BOTH
def test_what_is_notified_is_always_investigated(town: Town, kind: Kind) -> None:
    who = taker(town, kind)
    case = moved(assessing(town, kind), "notify_now", who, why="Hon dog.")
    said = ["Ärendet har en anmälan till IVO. Då ska det utredas klart."]
    assert refused(case, "settle", who, why="Nej.", answer="Tack.") == said
    assert refused(case, "return_to_unit", who, why="Nej.") == said
    assert refused(case, "wrong_kind", who, why="Nej.", kind=Kind.AVV) == said


@BOTH
def test_a_serious_decision_opens_the_ivo_case_and_starts_its_clock(town: Town, kind: Kind) -> None:
    case = decided(town, kind, GRAVE[kind])
    assert (ivo(case).state, clocks(case)["notify"]) == (State.PREPARING, (DAY + timedelta(days=1), "runs"))


@BOTH
def test_a_serious_decision_keeps_the_clock_of_a_notice_begun_before(town: Town, kind: Kind) -> None:
    case = moved(working(town, kind), "notify_now", taker(town, kind), why="Hon dog.")
    assert case.offspring.filter(kind=Kind.IVO).count() == 1
    running = Clock.objects.get(case=case, rule="notify")
    whole_case = proposed_by_hand(case)
    case = moved(whole_case, "decide", town.david, grade=GRAVE[kind], **PROPOSED)
    assert (case.offspring.filter(kind=Kind.IVO).count(), Clock.objects.get(case=case, rule="notify")) == (1, running)


def proposed_by_hand(case: Case) -> Case:
    """The state is set by hand: what comes before a decision is tested elsewhere."""
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    return fresh(case)


def test_what_is_not_serious_needs_no_notice(town: Town) -> None:
    case = decided(town, Kind.VSK)
    assert (case.offspring.exists(), clocks(case)["lex_maria"][1]) == (False, "ended")


@BOTH
def test_a_serious_case_is_not_closed_before_ivo_is_told(town: Town, kind: Kind) -> None:
    case, who = following_up(town, kind, GRAVE[kind]), taker(town, kind)
    reference = ivo(case).reference
    assert refused(case, "close", who, **CLOSING) == [
        f"Anmälan till IVO, {reference}, är inte skickad. Skicka den, eller avbryt den om den inte behövs."
    ]
    ivo_is(case, State.CANCELLED)
    assert refused(case, "close", who, **CLOSING) == [
        "Beslutet är att det är allvarligt. Då ska det vara anmält till IVO först."
    ]
    ivo_is(case, State.WITH_IVO)
    assert moved(case, "close", who, **CLOSING).state == State.CLOSED
