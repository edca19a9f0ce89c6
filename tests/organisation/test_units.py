"""The tree: what may stand where, and that everything below follows when something moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from avvikelse.audit.models import AuditEntry
from avvikelse.organisation.access import access_of
from avvikelse.organisation.directory import in_tree_order, standing, tree
from avvikelse.organisation.models import Assignment, RoleChange, Unit
from avvikelse.organisation.operations import Refused, add_unit, close_unit, move_unit, rename_unit
from avvikelse.organisation.roles import Level, Role
from tests.people import AT, DAY, Town, build_town

pytestmark = pytest.mark.django_db


@pytest.fixture
def town() -> Town:
    return build_town()


def refusal(field: str, sentence: str) -> pytest.RaisesExc[Refused]:
    """Expect the operation to be refused with exactly this, at this field."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.field, error.sentence) == (field, sentence))


def paths() -> dict[str, str]:
    """Every unit's line from the top, by names."""
    names = {unit.pk: unit.name for unit in Unit.objects.all()}
    return {
        unit.name: "/".join(names[int(part)] for part in unit.path.split(".") if part) for unit in Unit.objects.all()
    }


def test_a_unit_is_added_where_it_belongs(town: Town) -> None:
    unit = add_unit("  Nya  Björken ", Level.UNIT, town.elder_care, actor=town.sixten, at=AT)
    assert (unit.name, unit.path) == ("Nya Björken", f"{town.elder_care.path}{unit.pk}.")
    entries = AuditEntry.objects.filter(object_table="organisation_unit", object_id=unit.pk)
    assert [(entry.action, entry.actor) for entry in entries] == [("insert", town.sixten.actor_key)]


@pytest.mark.parametrize(
    ("level", "parent", "sentence"),
    [
        (Level.UNIT, "", "Välj vad den ska ligga under. Bara en nämnd står överst."),
        (Level.NAMND, "administration", "En nämnd står överst och kan inte ligga under något annat."),
        (Level.BRANCH, "solglantan", "En avdelning kan inte ligga under en enhet."),
        (Level.UNIT, "solglantan", "En enhet kan inte ligga under en enhet."),
    ],
)
def test_a_unit_is_not_added_where_it_does_not_belong(town: Town, level: Level, parent: str, sentence: str) -> None:
    with refusal("parent", sentence):
        add_unit("Ny", level, getattr(town, parent) if parent else None, actor=town.sixten, at=AT)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Skriv vad enheten heter."),
        ("SOLGLÄNTAN", "Det finns redan en som heter Solgläntan under Äldreomsorg. Välj ett annat namn."),
    ],
)
def test_a_name_is_asked_for_and_is_taken_once(town: Town, name: str, sentence: str) -> None:
    with refusal("name", sentence):
        add_unit(name, Level.UNIT, town.elder_care, actor=town.sixten, at=AT)


def test_two_units_may_have_one_name_in_different_places(town: Town) -> None:
    assert add_unit("Solgläntan", Level.UNIT, town.families, actor=town.sixten, at=AT).parent == town.families


def test_nobody_but_the_systemforvaltare_changes_the_tree(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        add_unit("Ny", Level.UNIT, town.elder_care, actor=town.david, at=AT)
    with pytest.raises(PermissionDenied):
        move_unit(town.solglantan, town.families, actor=town.vera, at=AT)
    with pytest.raises(PermissionDenied):
        close_unit(town.solglantan, town.ekbacken, actor=town.karin, at=AT)


def test_a_unit_gets_another_name_but_not_a_siblings(town: Town) -> None:
    assert rename_unit(town.solglantan, "Solgården", actor=town.sixten, at=AT).name == "Solgården"
    assert rename_unit(town.solglantan, "solgården", actor=town.sixten, at=AT).name == "solgården"
    with refusal("name", "Det finns redan en som heter Ekbacken under Äldreomsorg. Välj ett annat namn."):
        rename_unit(town.solglantan, "Ekbacken", actor=town.sixten, at=AT)


def test_a_moved_branch_takes_everything_below_along_in_one_statement(town: Town) -> None:
    other = add_unit("Vård och omsorg", Level.ADMINISTRATION, town.namnd, actor=town.sixten, at=AT)
    with CaptureQueriesContext(connection) as questions:
        move_unit(town.elder_care, other, actor=town.sixten, at=AT)
    assert sum(question["sql"].startswith("UPDATE") for question in questions) == 1
    top = "Socialnämnden/Vård och omsorg/Äldreomsorg"
    found = paths()
    assert {name: found[name] for name in ("Äldreomsorg", "Solgläntan", "Ekbacken", "Mottagningen")} == {
        "Äldreomsorg": top,
        "Solgläntan": f"{top}/Solgläntan",
        "Ekbacken": f"{top}/Ekbacken",
        "Mottagningen": "Socialnämnden/Socialförvaltningen/Individ och familj/Mottagningen",
    }
    assert Unit.objects.get(pk=town.solglantan.pk).parent == town.elder_care


def test_a_moved_unit_is_seen_by_the_chief_above_where_it_now_stands(town: Town) -> None:
    assert town.solglantan.pk in access_of(town.vera, DAY).units([Role.BRANCH_CHIEF])
    move_unit(town.solglantan, town.families, actor=town.sixten, at=AT)
    assert town.solglantan.pk not in access_of(town.vera, DAY).units([Role.BRANCH_CHIEF])


@pytest.mark.parametrize(
    ("unit", "parent", "sentence"),
    [
        ("elder_care", "solglantan", "Solgläntan ligger själv under Äldreomsorg. Välj en annan."),
        ("elder_care", "elder_care", "Äldreomsorg ligger själv under Äldreomsorg. Välj en annan."),
        ("solglantan", "elder_care", "Solgläntan ligger redan under Äldreomsorg."),
        ("solglantan", "reception", "En enhet kan inte ligga under en enhet."),
        ("elder_care", "families", "En avdelning kan inte ligga under en avdelning."),
        ("namnd", "families", "Individ och familj ligger själv under Socialnämnden. Välj en annan."),
    ],
)
def test_a_unit_is_not_moved_where_it_does_not_belong(town: Town, unit: str, parent: str, sentence: str) -> None:
    before = paths()
    with refusal("parent", sentence):
        move_unit(getattr(town, unit), getattr(town, parent), actor=town.sixten, at=AT)
    assert paths() == before


def test_a_closed_unit_passes_its_people_on_and_ends_its_roles(town: Town) -> None:
    close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    unit = Unit.objects.get(pk=town.solglantan.pk)
    assert (unit.closed_on, unit.successor) == (DAY, town.ekbacken)
    town.karin.refresh_from_db()
    assert town.karin.home_unit == town.ekbacken
    in_force = {(row.person.name, row.role, row.unit.name) for row in assignments_from_tomorrow(town)}
    assert in_force == {
        ("Amira Haddad", "employee", "Ekbacken"),
        ("Jonas Berg", "employee", "Ekbacken"),
        ("Olle Sand", "chief", "Ekbacken"),
    }
    told = RoleChange.objects.values_list("person__name", "role", "what").order_by("person__name")
    assert list(told) == [("Frida Lund", "first_social_worker", "ended"), ("Karin Ek", "chief", "ended")]


def assignments_from_tomorrow(town: Town) -> list[Assignment]:
    rows: list[Assignment] = []
    for unit in (town.solglantan, town.ekbacken):
        rows += [row for row in unit.assignments.select_related("person", "unit") if row.lasts(DAY + timedelta(1))]
    return rows


@pytest.mark.parametrize(
    ("unit", "successor", "field", "sentence"),
    [
        ("solglantan", "solglantan", "successor", "Enheten kan inte efterträda sig själv. Välj en annan."),
        (
            "solglantan",
            "families",
            "successor",
            "Individ och familj är ingen enhet. En enhet efterträds av en enhet.",
        ),
        (
            "elder_care",
            "families",
            "",
            "Det finns öppna enheter under Äldreomsorg. Flytta eller stäng dem först.",
        ),
    ],
)
def test_a_unit_is_closed_only_with_a_fit_successor(
    town: Town, unit: str, successor: str, field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        close_unit(getattr(town, unit), getattr(town, successor), actor=town.sixten, at=AT)


def test_a_closed_unit_is_neither_changed_nor_used(town: Town) -> None:
    close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    closed = Unit.objects.get(pk=town.solglantan.pk)
    with refusal("", "Solgläntan är stängd och ändras inte mer."):
        rename_unit(closed, "Nytt", actor=town.sixten, at=AT)
    with refusal("", "Solgläntan är stängd och ändras inte mer."):
        close_unit(closed, town.ekbacken, actor=town.sixten, at=AT)
    with refusal("successor", "Solgläntan är stängd. Välj en som är öppen."):
        close_unit(town.ekbacken, closed, actor=town.sixten, at=AT)


def test_a_closed_unit_leads_to_the_one_that_stands(town: Town) -> None:
    close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    third = add_unit("Björken", Level.UNIT, town.elder_care, actor=town.sixten, at=AT)
    close_unit(town.ekbacken, third, actor=town.sixten, at=AT)
    assert standing(Unit.objects.get(pk=town.solglantan.pk), DAY) == third
    assert standing(third, DAY) == third


def test_the_tree_stands_in_swedish_order(town: Town) -> None:
    for name in ("Öster", "Åsen", "Ängen", "Zinken"):
        add_unit(name, Level.UNIT, town.elder_care, actor=town.sixten, at=AT)
    elder_care = tree(DAY)[0].below[0].below[1]
    names = ["Ekbacken", "Solgläntan", "Zinken", "Åsen", "Ängen", "Öster"]
    assert (elder_care.unit.name, [branch.unit.name for branch in elder_care.below]) == ("Äldreomsorg", names)
    ordered = [unit.name for unit in in_tree_order(Unit.objects.all())]
    assert ordered[-7:] == ["Äldreomsorg", *names]
