"""Whoever is pointed out has nothing left to do in the case: her measures go to another."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.measures.models import Cause, Measure
from avvikelse.measures.operations import finish_measure
from tests.inquiries.stages import TAKER, decided, taker
from tests.people import AT, DAY, Town, moved
from tests.stages import with_measure

BOTH = pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def owned_by(town: Town, kind: Kind, owner: str) -> tuple[Case, Measure]:
    case = decided(town, kind)
    cause = Cause.objects.filter(case=case)[0]
    return case, with_measure(town, cause, by=TAKER[kind], owner=owner)


def pointed_out(town: Town, case: Case, kind: Kind, person: Any) -> list[list[str]]:
    """What the history says of it."""
    moved(case, "point_out", taker(town, kind), person=person, why="Hon var där.")
    rows: list[list[str]] = case.events.get(what="point_out").facts["rows"]
    return rows


@BOTH
def test_her_measures_go_to_whoever_points_her_out(town: Town, kind: Kind) -> None:
    case, measure = owned_by(town, kind, "frida")
    rows = pointed_out(town, case, kind, town.frida)
    measure.refresh_from_db()
    assert measure.owner == taker(town, kind)
    assert rows == [["Varför", "Hon var där."], [f"{taker(town, kind).name} ansvarar nu för", measure.text]]


@BOTH
def test_what_she_has_done_stays_hers(town: Town, kind: Kind) -> None:
    case, measure = owned_by(town, kind, "frida")
    finish_measure(measure.pk, actor=town.frida, at=AT, done_on=DAY, note="Klart.")
    rows = pointed_out(town, case, kind, town.frida)
    measure.refresh_from_db()
    assert (measure.owner, rows) == (town.frida, [["Varför", "Hon var där."]])


@BOTH
def test_who_points_out_herself_leaves_them_to_whom_the_case_waits_for_then(town: Town, kind: Kind) -> None:
    case, measure = owned_by(town, kind, TAKER[kind])
    pointed_out(town, case, kind, taker(town, kind))
    measure.refresh_from_db()
    assert measure.owner == town.david
