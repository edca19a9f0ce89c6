"""A case is never left with nobody who can take it: moves that would are refused, with what to do instead."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.organisation.models import Assignment, Person
from avvikelse.organisation.roles import Role
from tests.desk import Desk, main_of, words_of
from tests.people import DAY, Town, assign, deputy, moved, report
from tests.stages import HANDED_OVER

NOT_THERE = (
    "Det finns ingen chef som kan ta emot ärendet på Ekbacken. Ingen har rollen där eller ovanför, eller så gäller "
    "ärendet den som har den. Välj en annan enhet, eller be systemförvaltaren ge rollen till någon annan."
)
WHY = "Det hände där."
LAST_RESORTS = "förvaltningschef eller nämndens ordförande"


def nobody(names: str) -> str:
    return (
        f"Det finns ingen {names} som kan ta emot ärendet. Ingen har rollen, eller så gäller ärendet den som har den. "
        "Be systemförvaltaren ge rollen till någon annan. Försök sedan igen."
    )


def gone(*people: Person) -> None:
    act_as("system:tests")
    Assignment.objects.filter(person__in=people).update(valid_to=DAY - timedelta(days=1))


def refused(case: Case, move: str, actor: Person, **facts: Any) -> list[str]:
    """The sentences that stop the move; none when it was made."""
    try:
        moved(case, move, actor, **facts)
    except MoveRefused as found:
        return found.sentences
    return []


@pytest.mark.parametrize(
    ("about", "left", "expected"),
    [
        ((), (), []),
        (("olle",), (), []),
        (("olle", "vera"), (), []),
        (("olle", "vera", "david"), (), [NOT_THERE]),
        (("olle", "vera"), ("david",), [NOT_THERE]),
        ((), ("olle", "vera", "david"), [NOT_THERE]),
        ((), ("olle", "vera"), []),
    ],
)
def test_a_case_is_moved_only_where_a_chief_can_take_it(
    town: Town, about: tuple[str, ...], left: tuple[str, ...], expected: list[str]
) -> None:
    case = report(town, implicated=tuple(town.people[name] for name in about))
    gone(*(town.people[name] for name in left))
    assert refused(case, "move_unit", town.karin, unit=town.ekbacken, why=WHY) == expected
    assert Case.objects.get().unit == (town.solglantan if expected else town.ekbacken)


def test_a_stand_in_for_one_it_is_about_is_nobody_who_can_take_it(town: Town) -> None:
    case = report(town, implicated=(town.olle, town.vera, town.david))
    deputy(town.olle, town.jonas, Role.CHIEF, town.ekbacken)
    assert refused(case, "move_unit", town.karin, unit=town.ekbacken, why=WHY) == [NOT_THERE]
    assign(town.jonas, Role.CHIEF, town.ekbacken)
    assert refused(case, "move_unit", town.karin, unit=town.ekbacken, why=WHY) == []


def test_a_refused_move_to_a_unit_says_so_on_the_form_and_keeps_what_was_typed(town: Town, desk: Desk) -> None:
    case = report(town, implicated=(town.olle, town.vera, town.david))
    data = {"version": case.version, "unit": town.ekbacken.pk, "why": WHY}
    answer = desk("karin").post(f"/arenden/{case.reference}/move_unit/", data)
    html = main_of(answer)
    assert (answer.status_code, NOT_THERE in words_of(answer), f"{WHY}</textarea>" in html) == (200, True, True)
    assert re.search(rf'<option value="{town.ekbacken.pk}"\s+selected', html)


@pytest.mark.parametrize(
    ("move", "about", "left", "expected"),
    [
        ("hand_over_lex", (), (), []),
        ("hand_over_lex", ("maja",), (), []),
        ("hand_over_lex", ("sanna",), (), []),
        ("hand_over_lex", (), ("sanna",), []),
        ("hand_over_lex", ("sanna", "david"), (), []),
        ("hand_over_lex", ("sanna", "david"), ("cilla",), [nobody(f"SAS, {LAST_RESORTS}")]),
        ("hand_over_vsk", ("sanna",), (), []),
        ("hand_over_vsk", ("maja",), (), []),
        ("hand_over_vsk", ("maja",), ("david", "cilla"), [nobody(f"MAS, MAR, {LAST_RESORTS}")]),
        ("make_samverkan", ("sanna", "maja"), (), []),
        ("make_improvement", ("sanna", "maja"), (), []),
    ],
)
def test_a_case_is_handed_over_only_to_somebody_who_can_take_it(
    town: Town, move: str, about: tuple[str, ...], left: tuple[str, ...], expected: list[str]
) -> None:
    case = report(town, implicated=tuple(town.people[name] for name in about))
    gone(*(town.people[name] for name in left))
    assert refused(case, move, town.karin, **HANDED_OVER) == expected
    assert Case.objects.count() == (1 if expected else 2)


def test_a_mar_takes_what_a_mas_may_not(town: Town) -> None:
    case = report(town, implicated=(town.maja,))
    assign(town.rut, Role.MAR, town.administration)
    assert refused(case, "hand_over_vsk", town.karin, **HANDED_OVER) == []


def test_that_nobody_can_take_it_is_said_before_the_click_and_asks_nothing(town: Town, desk: Desk) -> None:
    case = report(town, implicated=(town.sanna, town.david))
    gone(town.cilla)
    none = nobody(f"SAS, {LAST_RESORTS}")
    page = words_of(desk("karin").get(f"/arenden/{case.reference}/"))
    assert f"Lämna över till lex Sarah Går inte nu. {none}" in page
    asked = desk("karin").get(f"/arenden/{case.reference}/hand_over_lex/")
    assert (none in words_of(asked), "<form" in main_of(asked)) == (True, False)
