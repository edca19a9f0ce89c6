"""Roles with dates, deputies, delegation, absence, and who is told."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from avvikelse.organisation.access import access_of, remaining_holders
from avvikelse.organisation.directory import role_changes_since
from avvikelse.organisation.models import Assignment, Person, RoleChange, Unit
from avvikelse.organisation.operations import (
    Refused,
    appoint_deputy,
    end_role,
    give_role,
    register_absence,
    remove_absence,
)
from avvikelse.organisation.roles import CHIEF_ROLES, LEVELS_OF_ROLE, Basis, Level, Role
from tests.people import AT, BEGAN, DAY, Town, assign, build_town, deputy

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return build_town()


def refusal(field: str, sentence: str) -> pytest.RaisesExc[Refused]:
    """Expect the operation to be refused with exactly this, at this field."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.field, error.sentence) == (field, sentence))


def give(town: Town, who: Person, role: Role, unit: Unit, start: date = DAY, end: date | None = None) -> Assignment:
    return give_role(who, role, unit, valid_from=start, valid_to=end, actor=town.sixten, at=AT)


def told(town: Town) -> list[str]:
    """What the förvaltningschef reads, the newest first."""
    return [change.sentence for change in role_changes_since(access_of(town.david, DAY), DAY)]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("level", Level)
def test_a_role_is_held_only_where_it_belongs(town: Town, role: Role, level: Level) -> None:
    place = {
        Level.NAMND: town.namnd,
        Level.ADMINISTRATION: town.administration,
        Level.BRANCH: town.families,
        Level.UNIT: town.reception,
    }[level]
    if level in LEVELS_OF_ROLE[role]:
        assert give(town, town.jonas, role, place).unit == place
        return
    with pytest.raises(Refused) as refused:
        give(town, town.jonas, role, place)
    assert refused.value.field == "unit"


def test_the_refusal_says_where_the_role_belongs(town: Town) -> None:
    sentence = "Rollen SAS hör till nämnd eller förvaltning. Solgläntan är en enhet: välj en annan."
    with refusal("unit", sentence):
        give(town, town.jonas, Role.SAS, town.solglantan)


def test_a_role_is_in_force_from_its_first_day_to_its_last(town: Town) -> None:
    give(town, town.jonas, Role.CHIEF, town.ekbacken, TOMORROW, TOMORROW)
    days = [DAY, TOMORROW, TOMORROW + timedelta(days=1)]
    assert [access_of(town.jonas, day).has(Role.CHIEF) for day in days] == [False, True, False]


@pytest.mark.parametrize(
    ("start", "end", "field", "sentence"),
    [
        (TOMORROW, DAY, "valid_to", "Sista dagen ligger före den första. Välj en senare dag."),
        (
            DAY,
            None,
            "role",
            "Karin Ek är redan enhetschef vid Solgläntan under den tiden, från 1 januari 2024.",
        ),
    ],
)
def test_dates_are_in_order_and_a_role_is_had_once(
    town: Town, start: date, end: date | None, field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        give(town, town.karin, Role.CHIEF, town.solglantan, start, end)


def test_the_same_role_may_come_after_itself(town: Town) -> None:
    end_role(town.karin.assignments.get(), DAY, actor=town.sixten, at=AT)
    assert give(town, town.karin, Role.CHIEF, town.solglantan, TOMORROW).valid_from == TOMORROW


def test_nobody_gives_herself_a_role_however(town: Town) -> None:
    sentence = "Du kan inte ge dig själv en roll. Be en annan systemförvaltare göra det."
    with refusal("", sentence):
        give(town, town.sixten, Role.SAS, town.administration)
    with refusal("deputy", sentence):
        appoint(town.karin, town.sixten, actor=town.sixten)


def test_only_the_systemforvaltare_gives_and_ends_roles(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        give_role(town.jonas, Role.CHIEF, town.ekbacken, valid_from=DAY, valid_to=None, actor=town.david, at=AT)
    with pytest.raises(PermissionDenied):
        end_role(town.karin.assignments.get(), DAY, actor=town.vera, at=AT)


def test_who_has_left_gets_no_role(town: Town) -> None:
    town.jonas.is_active = False
    town.jonas.save()
    with refusal("person", "Jonas Berg har slutat och kan inte få en roll."):
        give(town, town.jonas, Role.CHIEF, town.ekbacken)


def test_a_role_that_has_not_begun_is_taken_back(town: Town) -> None:
    row = give(town, town.jonas, Role.CHIEF, town.ekbacken, TOMORROW)
    end_role(row, DAY, actor=town.sixten, at=AT)
    assert not Assignment.objects.filter(pk=row.pk).exists()
    assert told(town)[0] == "Jonas Berg blir inte enhetschef vid Ekbacken."


def test_an_ended_role_is_not_lengthened_by_ending_it_again(town: Town) -> None:
    row = town.karin.assignments.get()
    end_role(row, DAY, actor=town.sixten, at=AT)
    with refusal("last_day", "Rollen slutar redan 16 november 2026. Välj en tidigare dag."):
        end_role(row, TOMORROW, actor=town.sixten, at=AT)


def test_the_last_systemforvaltare_stays(town: Town) -> None:
    own = town.sixten.assignments.get()
    with refusal("", "Sixten Ros är den enda systemförvaltaren. Ge någon annan rollen först."):
        end_role(own, DAY, actor=town.sixten, at=AT)
    give(town, town.greta, Role.ADMINISTRATOR, town.administration)
    end_role(own, DAY, actor=town.sixten, at=AT)
    assert not access_of(town.sixten, TOMORROW).has(Role.ADMINISTRATOR)


def appoint(
    holder: Person,
    who: Person,
    *,
    actor: Person,
    start: date = DAY,
    end: date = DAY + timedelta(days=7),
    basis: Basis = Basis.DEPUTY,
) -> list[Assignment]:
    rows = holder.assignments.filter(basis=Basis.ORDINARY)
    return appoint_deputy(holder, who, rows, valid_from=start, valid_to=end, actor=actor, at=AT, basis=basis)


@pytest.mark.parametrize("actor", ["karin", "sixten"])
def test_a_deputy_is_appointed_by_the_holder_or_the_systemforvaltare(town: Town, actor: str) -> None:
    (row,) = appoint(town.karin, town.jonas, actor=town.people[actor])
    assert (row.role, row.unit, row.basis, row.on_behalf_of, row.appointed_by) == (
        Role.CHIEF,
        town.solglantan,
        Basis.DEPUTY,
        town.karin,
        town.people[actor],
    )
    until = "från 16 november 2026 till och med 23 november 2026"
    assert told(town) == [f"Jonas Berg är enhetschef vid Solgläntan som ersättare för Karin Ek {until}."]


def test_nobody_appoints_a_deputy_for_somebody_else_or_delegates_herself(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        appoint(town.karin, town.jonas, actor=town.olle)
    with pytest.raises(PermissionDenied):
        appoint(town.karin, town.jonas, actor=town.karin, basis=Basis.DELEGATED)


def test_a_delegation_is_told_as_one(town: Town) -> None:
    appoint(town.sanna, town.jonas, actor=town.sixten, basis=Basis.DELEGATED)
    assert told(town)[0].startswith("Jonas Berg är SAS vid Socialförvaltningen på delegation från Sanna Lind från")


def test_a_deputy_appoints_no_deputy(town: Town) -> None:
    theirs = deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    with refusal("roles", "Rollen kan inte lämnas vidare."):
        appoint_deputy(town.jonas, town.frida, [theirs], valid_from=DAY, valid_to=DAY, actor=town.jonas, at=AT)
    with refusal("roles", "Rollen kan inte lämnas vidare."):
        others = [town.karin.assignments.get()]
        appoint_deputy(town.olle, town.frida, others, valid_from=DAY, valid_to=DAY, actor=town.olle, at=AT)


@pytest.mark.parametrize(
    ("who", "start", "end", "field", "sentence"),
    [
        ("karin", DAY, DAY, "deputy", "Man kan inte ersätta sig själv. Välj någon annan."),
        ("jonas", TOMORROW, DAY, "valid_to", "Sista dagen ligger före den första. Välj en senare dag."),
        ("jonas", BEGAN, BEGAN, "valid_to", "Perioden har redan varit. Välj en senare dag."),
    ],
)
def test_a_deputy_is_somebody_else_for_a_time_to_come(
    town: Town, who: str, start: date, end: date, field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        appoint(town.karin, town.people[who], actor=town.karin, start=start, end=end)


def test_a_deputy_never_outlasts_the_role(town: Town) -> None:
    end_role(town.karin.assignments.get(), TOMORROW, actor=town.sixten, at=AT)
    (row,) = appoint(town.karin, town.jonas, actor=town.karin)
    assert row.valid_to == TOMORROW


def test_the_holder_ends_her_own_deputy(town: Town) -> None:
    (row,) = appoint(town.karin, town.jonas, actor=town.karin)
    end_role(row, DAY, actor=town.karin, at=AT)
    assert not access_of(town.jonas, TOMORROW).has(Role.CHIEF)
    assert told(town)[0] == (
        "Jonas Berg är enhetschef vid Solgläntan som ersättare för Karin Ek till och med 16 november 2026, "
        "sedan inte längre."
    )


def test_the_forvaltningschef_is_told_of_every_role_but_an_employees(town: Town) -> None:
    give(town, town.amira, Role.EMPLOYEE, town.ekbacken)
    give(town, town.jonas, Role.CHIEF, town.reception)
    give(town, town.jonas, Role.BOARD, town.namnd)
    assert told(town) == [
        "Jonas Berg är nämndledamot vid Socialnämnden från 16 november 2026.",
        "Jonas Berg är enhetschef vid Mottagningen från 16 november 2026.",
    ]
    assert list(role_changes_since(access_of(town.karin, DAY), DAY)) == []
    assert role_changes_since(access_of(town.sixten, DAY), DAY).count() == 2
    assert role_changes_since(access_of(town.david, DAY), DAY + timedelta(days=31)).count() == 0


def test_what_was_told_is_never_rewritten(town: Town) -> None:
    give(town, town.jonas, Role.CHIEF, town.reception)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        RoleChange.objects.update(person=town.amira)


def test_periods_of_absence_that_meet_become_one(town: Town) -> None:
    week = timedelta(days=7)
    register_absence(town.karin, DAY, DAY + week, actor=town.karin, at=AT)
    register_absence(town.karin, DAY + week + timedelta(days=1), DAY + 2 * week, actor=town.sixten, at=AT)
    register_absence(town.karin, DAY + 4 * week, DAY + 5 * week, actor=town.karin, at=AT)
    assert list(town.karin.absences.values_list("from_day", "to_day").order_by("from_day")) == [
        (DAY, DAY + 2 * week),
        (DAY + 4 * week, DAY + 5 * week),
    ]


def test_whoever_comes_back_early_was_still_away_until_then(town: Town) -> None:
    earlier = DAY - timedelta(days=3)
    row = town.karin.absences.create(from_day=earlier, to_day=TOMORROW)
    remove_absence(row, actor=town.karin, at=AT)
    row.refresh_from_db()
    assert (row.from_day, row.to_day) == (earlier, DAY - timedelta(days=1))
    coming = register_absence(town.karin, TOMORROW, TOMORROW, actor=town.karin, at=AT)
    remove_absence(coming, actor=town.karin, at=AT)
    assert town.karin.absences.count() == 1


@pytest.mark.parametrize(
    ("start", "end", "sentence"),
    [
        (TOMORROW, DAY, "Sista dagen ligger före den första. Välj en senare dag."),
        (BEGAN, BEGAN, "Perioden har redan varit. Välj en senare dag."),
    ],
)
def test_an_absence_is_in_order_and_to_come(town: Town, start: date, end: date, sentence: str) -> None:
    with refusal("to_day", sentence):
        register_absence(town.karin, start, end, actor=town.karin, at=AT)


def test_one_is_away_only_for_oneself(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        register_absence(town.karin, DAY, DAY, actor=town.vera, at=AT)


@pytest.mark.parametrize(
    ("without", "left"),
    [
        ((), ["Karin Ek", "Jonas Berg", "Vera Holm", "David Nyman"]),
        (("karin",), ["Vera Holm", "David Nyman"]),
        (("jonas",), ["Karin Ek", "Vera Holm", "David Nyman"]),
        (("karin", "vera", "david"), []),
    ],
)
def test_who_is_left_when_somebody_may_not_see_the_case(town: Town, without: tuple[str, ...], left: list[str]) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    barred = frozenset(town.people[name].pk for name in without)
    found = remaining_holders(town.solglantan, CHIEF_ROLES, barred, DAY)
    assert [holder.person.name for holder in found] == left


def test_a_deputy_of_two_roles_is_not_mistaken_for_one(town: Town) -> None:
    assign(town.karin, Role.CHIEF, town.reception)
    rows = appoint(town.karin, town.jonas, actor=town.karin)
    assert {row.unit for row in rows} == {town.solglantan, town.reception}
