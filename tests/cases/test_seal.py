"""What becomes of an avvikelse that goes on under seal: its clocks end, and its chiefs keep a number and a date."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from avvikelse.cases.kinds import PartRole
from avvikelse.cases.models import Case
from avvikelse.measures.models import Cause
from tests.desk import Desk, words_of
from tests.people import DAY, Town, moved
from tests.stages import HANDED_OVER, acting, following_up, fresh, investigating, received, returned, with_measure

STAGES = [received, returned, investigating, acting, following_up]
SEALING = ["hand_over_lex", "hand_over_vsk"]
Making = Callable[..., Case]


def running(case: Case) -> list[str]:
    return sorted(case.clocks.filter(met_at=None, ended_at=None).values_list("rule", flat=True))


@pytest.mark.parametrize("move", SEALING)
@pytest.mark.parametrize("make", STAGES)
def test_no_clock_runs_on_in_a_sealed_case(town: Town, make: Making, move: str) -> None:
    case = moved(make(town), move, town.karin, **HANDED_OVER)
    assert (case.state, case.sealed, running(case)) == ("handed_over", True, [])


def test_the_clock_of_a_measure_ends_too_and_is_not_counted_as_met(town: Town) -> None:
    case = acting(town)
    with_measure(town, Cause.objects.get(case=case))
    assert running(case) == ["measure"]
    moved(fresh(case), "hand_over_lex", town.karin, **HANDED_OVER)
    clock = case.clocks.get(rule="measure")
    assert (clock.met_at is None, clock.ended_at is None) == (True, False)


@pytest.mark.parametrize("move", SEALING)
def test_everybody_who_had_a_part_in_it_has_it_no_longer(town: Town, move: str) -> None:
    case = investigating(town, implicated=(town.olle,))
    case.parts.create(person=town.rut, role=PartRole.READER, valid_from=DAY)
    case = moved(case, move, town.vera, **HANDED_OVER)
    standing = [(part.person_id, part.role) for part in case.parts.filter(valid_to=None)]
    assert standing == [(town.olle.pk, PartRole.IMPLICATED)]


@pytest.mark.parametrize("name", ["karin", "frida", "vera", "david", "jonas"])
def test_it_is_out_of_sight_on_every_page_for_those_who_had_it(town: Town, desk: Desk, name: str) -> None:
    case = moved(acting(town), "hand_over_lex", town.karin, **HANDED_OVER)
    person: Any = desk(name)
    paths = ("", "berorda/", "lasare/", "unlock/")
    assert [person.get(f"/arenden/{case.reference}/{path}").status_code for path in paths] == [404] * len(paths)
    for path in ("/", "/att-gora/", "/atgarder/", "/arenden/?q=Morgonbesöket", f"/arenden/?q={case.reference}"):
        assert case.title not in words_of(person.get(path)), path


def test_a_chief_keeps_the_number_and_the_date_and_the_investigator_nothing(town: Town, desk: Desk) -> None:
    case = moved(acting(town), "hand_over_lex", town.karin, **HANDED_OVER)
    assert f"{case.reference}, inkom 16 november 2026: överlämnad" in words_of(desk("karin").get("/arenden/"))
    assert case.reference not in desk("jonas").get("/arenden/").content.decode()
