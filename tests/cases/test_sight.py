"""Who may know that a case exists: a table of kinds and people, and jäv."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, PartRole, Sort
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who, capacities
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import PreferenceValue
from avvikelse.organisation.roles import Role
from tests.people import AT, DAY, Town, assign, build_town, deputy, moved, report

pytestmark = pytest.mark.django_db

APART = {Who.REPORTER, Who.REGISTRAR}
"""Capacities through which nobody sees the case as one who handles it."""
CHIEFS = {"karin", "frida", "vera", "david"}

TABLE: list[tuple[str, dict[str, Any], set[str]]] = [
    ("an avvikelse under SoL/LSS", {"kind": Kind.AVV}, CHIEFS | {"sanna"}),
    (
        "an avvikelse under HSL",
        {"kind": Kind.AVV, "facts": {"under_sol_lss": False, "under_hsl": True}},
        CHIEFS | {"maja"},
    ),
    ("an avvikelse under both", {"kind": Kind.AVV, "facts": {"under_hsl": True}}, CHIEFS | {"sanna", "maja"}),
    ("a förslag", {"kind": Kind.FOR}, CHIEFS | {"sanna", "maja"}),
    ("lex Sarah", {"kind": Kind.LEX}, {"sanna"}),
    ("a vårdskada", {"kind": Kind.VSK}, {"maja"}),
    ("samverkan", {"kind": Kind.SAM}, CHIEFS | {"sanna", "maja"}),
    *(
        (f"an IVO case, {sort.label}", {"kind": Kind.IVO, "facts": {"sort": sort}}, {who})
        for sort, who in (
            (Sort.NOTICE_LEX_SARAH, "sanna"),
            (Sort.NOTICE_LEX_MARIA, "maja"),
            (Sort.NOTICE_MUNICIPALITY, "sanna"),
            (Sort.SUPERVISION, "sanna"),
        )
    ),
]


@pytest.fixture
def town() -> Town:
    return build_town()


def seers(town: Town) -> set[str]:
    """Everybody who sees exactly the one case there is; also that the rule for one case says the same."""
    case = Case.objects.get()
    found = {name for name, person in town.people.items() if case in Case.objects.visible_to(person, DAY)}
    by_rule = {name for name, person in town.people.items() if capacities(case, person, DAY) - APART}
    assert by_rule == found
    return found


@pytest.mark.parametrize(("what", "changes", "expected"), TABLE, ids=[row[0] for row in TABLE])
def test_each_kind_is_seen_by_those_the_table_says(
    town: Town, what: str, changes: dict[str, Any], expected: set[str]
) -> None:
    report(town, **changes)
    assert seers(town) == expected, what


def test_a_part_in_the_case_lets_one_see_it(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    for name, role in (("jonas", PartRole.INVESTIGATOR), ("olle", PartRole.DECIDER), ("rut", PartRole.READER)):
        case.parts.create(person=town.people[name], role=role, valid_from=DAY)
    assert seers(town) == {"sanna", "jonas", "olle", "rut"}


def test_a_part_that_has_ended_lets_nobody_see(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    case.parts.create(person=town.jonas, role=PartRole.INVESTIGATOR, valid_from=DAY, valid_to=DAY)
    assert seers(town) == {"sanna"}


def test_a_report_about_the_chief_passes_that_chief(town: Town) -> None:
    report(town, implicated=(town.karin,))
    assert seers(town) == {"vera", "david", "sanna"}


def test_it_passes_the_deputies_that_the_chief_appointed(town: Town) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    report(town, implicated=(town.karin,))
    assert seers(town) == {"vera", "david", "sanna"}


def test_it_passes_a_deputy_of_the_chief_whoever_appointed(town: Town) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan, by=town.vera)
    report(town, implicated=(town.karin,))
    assert seers(town) == {"vera", "david", "sanna"}


def test_a_deputy_sees_what_the_chief_sees(town: Town) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    report(town)
    assert seers(town) == {"karin", "jonas", "frida", "vera", "david", "sanna"}


def test_sas_who_is_implicated_does_not_see_it_and_the_director_stands_in(town: Town) -> None:
    report(town, kind=Kind.LEX, implicated=(town.sanna,))
    assert seers(town) == {"david"}


def test_a_role_is_seen_with_only_while_it_lasts(town: Town) -> None:
    yesterday = DAY - timedelta(days=1)
    town.karin.assignments.update(valid_to=yesterday)
    assign(town.olle, Role.CHIEF, town.solglantan, valid_from=DAY + timedelta(days=1))
    report(town)
    assert seers(town) == {"frida", "vera", "david", "sanna"}


def test_a_chief_of_another_unit_meets_it_when_it_is_moved_there(town: Town) -> None:
    case = report(town)
    moved(case, "move_unit", town.karin, unit=town.ekbacken, why="Det hände där.")
    assert seers(town) == {"olle", "vera", "david", "sanna"}


def test_the_first_social_worker_sees_only_if_the_municipality_says_so(town: Town) -> None:
    act_as("system:tests")
    PreferenceValue.objects.create(
        key="first_social_worker_assesses", value="nej", valid_from=DAY, changed_by=town.sixten, changed_at=AT
    )
    report(town)
    assert seers(town) == {"karin", "vera", "david", "sanna"}


def test_the_reporter_meets_the_case_only_as_reporter(town: Town) -> None:
    case = report(town)
    assert set(Case.objects.visible_to(town.amira, DAY)) == set()
    assert set(Case.objects.reported_by(town.amira)) == {case}
    assert capacities(case, town.amira, DAY) == {"rapportören"}


def test_access_is_one_question(town: Town, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        access = access_of(town.vera, DAY)
    assert access.units([Role.BRANCH_CHIEF]) == {town.elder_care.pk, town.solglantan.pk, town.ekbacken.pk}


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("besök", True),
        ("besöket", True),
        ("morgon", True),
        ("obesökt", False),
        ("uteblev", False),
        ("MORGONBESÖKET", True),
        ("AVV-2026-0001", True),
        ("avv-2026", True),
        ("AVV-2025", False),
        ("0001", True),
        ("1", True),
        ("0002", False),
        ("", True),
    ],
)
def test_search_finds_words_parts_of_words_and_numbers(town: Town, words: str, *, found: bool) -> None:
    report(town)
    assert Case.objects.visible_to(town.karin, DAY).matching(words, DAY).exists() == found


def test_search_never_finds_what_one_may_not_see(town: Town) -> None:
    report(town, implicated=(town.karin,))
    assert not Case.objects.visible_to(town.karin, DAY).matching("morgonbesöket", DAY).exists()
