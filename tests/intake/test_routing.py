"""Who is said to read a report is who can: the same as the rows' own rule, for every kind and whoever it is about."""

from itertools import product
from typing import Any

import pytest

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.intake.routing import chiefs_of, described, in_a_row, route
from avvikelse.organisation.access import holders
from avvikelse.organisation.models import Person, PreferenceValue
from avvikelse.organisation.roles import Basis, Role
from tests.people import AT, BEGAN, DAY, Town, assign, build_town, deputy, report

pytestmark = pytest.mark.django_db

KINDS = [(Kind.AVV, False), (Kind.AVV, True), (Kind.FOR, False), (Kind.LEX, False), (Kind.SAM, False)]


@pytest.fixture
def staffed() -> Town:
    """A town where the chief has a deputy of her own, the branch chief one appointed above, and MAR is held."""
    town = build_town()
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    deputy(town.vera, town.olle, Role.BRANCH_CHIEF, town.elder_care, by=town.david)
    assign(town.rut, Role.MAR, town.administration)
    return town


def line(town: Town) -> Any:
    return holders(town.solglantan, (*SEEN_IN_ROLE, Role.CHAIR), DAY)


@pytest.mark.parametrize(
    ("first_social_worker", "passed"),
    list(product(("ja", "nej"), ("", "karin", "vera", "jonas", "david", "sanna", "sanna david", "maja"))),
)
def test_the_readers_shown_are_exactly_those_who_see_the_case(
    staffed: Town, first_social_worker: str, passed: str
) -> None:
    judges = first_social_worker == "ja"
    if not judges:
        PreferenceValue.objects.create(
            key="first_social_worker_assesses",
            value=first_social_worker,
            valid_from=BEGAN,
            changed_by=staffed.sixten,
            changed_at=AT,
        )
    implicated = tuple(staffed.people[name] for name in passed.split())
    for kind, health_care in KINDS:
        facts = {"under_hsl": health_care, "under_sol_lss": not health_care}
        case = report(staffed, kind=kind, facts=facts, implicated=implicated)
        way = route(line(staffed), case, (person.pk for person in implicated), first_social_worker=judges)
        seeing = {person for person in Person.objects.all() if Case.objects.visible_to(person, DAY).filter(pk=case.pk)}
        assert {holder.person for holder in way.readers} == seeing, (kind, health_care)


def test_an_ordinary_avvikelse_is_received_by_the_chief_and_read_upwards_and_by_sas(staffed: Town) -> None:
    way = route(line(staffed), Case(kind=Kind.AVV), (), first_social_worker=True)
    assert [holder.person.name for holder in way.takers] == [
        "Karin Ek",
        "Jonas Berg",
        "Vera Holm",
        "Olle Sand",
        "David Nyman",
    ]
    assert way.kept_out == ()


def test_a_report_about_the_chief_goes_to_the_chief_above_and_past_her_own_deputy(staffed: Town) -> None:
    way = route(line(staffed), Case(kind=Kind.AVV), [staffed.karin.pk], first_social_worker=True)
    assert described(way.takers[0]) == "Vera Holm, avdelningschef"
    assert [described(holder) for holder in way.kept_out] == [
        "Karin Ek, enhetschef",
        "Jonas Berg, ersättare som enhetschef",
    ]


def test_where_sas_may_not_receive_it_whoever_stands_in_does_and_reads_it(staffed: Town) -> None:
    way = route(line(staffed), Case(kind=Kind.LEX), [staffed.sanna.pk], first_social_worker=True)
    assert [described(holder) for holder in way.takers] == ["David Nyman, förvaltningschef"]
    assert way.readers == way.takers


def test_lex_sarah_is_received_by_sas_and_keeps_every_chief_out(staffed: Town) -> None:
    way = route(line(staffed), Case(kind=Kind.LEX), (), first_social_worker=True)
    assert [holder.person.name for holder in way.readers] == ["Sanna Lind"]
    assert way.takers == way.readers
    assert {holder.person.name for holder in way.kept_out} == {
        "Karin Ek",
        "Jonas Berg",
        "Vera Holm",
        "Olle Sand",
        "David Nyman",
    }


@pytest.mark.parametrize(
    ("reporter", "chiefs"),
    [
        ("amira", ["Karin Ek"]),
        ("karin", ["Vera Holm"]),
        ("vera", ["Karin Ek"]),
        ("david", ["Karin Ek"]),
        ("", ["Karin Ek"]),
    ],
)
def test_my_chief_is_the_nearest_or_the_one_above_a_chief(reporter: str, chiefs: list[str]) -> None:
    town = build_town()
    found = chiefs_of(line(town), town.people[reporter].pk if reporter else None)
    assert [person.name for person in found] == chiefs


def test_my_chief_is_also_whoever_stands_in_for_her(staffed: Town) -> None:
    assert [person.name for person in chiefs_of(line(staffed), staffed.amira.pk)] == ["Karin Ek", "Jonas Berg"]


def test_where_no_chief_is_above_there_is_none_to_pass_by() -> None:
    town = build_town()
    alone = [holder for holder in line(town) if holder.person == town.karin]
    assert chiefs_of(alone, town.karin.pk) == ()


def test_two_roles_of_one_person_are_one_reader() -> None:
    town = build_town()
    assign(town.karin, Role.BRANCH_CHIEF, town.elder_care, basis=Basis.DEPUTY, on_behalf_of=town.vera)
    way = route(line(town), Case(kind=Kind.AVV), (), first_social_worker=True)
    assert [holder.person.name for holder in way.readers].count("Karin Ek") == 1


@pytest.mark.parametrize(
    ("words", "row"), [([], ""), (["Karin"], "Karin"), (["a", "b"], "a och b"), (["a", "b", "c"], "a, b och c")]
)
def test_names_stand_in_a_row_as_one_says_them(words: list[str], row: str) -> None:
    assert in_a_row(words) == row
