"""Who is here: added, put right, left and back again."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from avvikelse.organisation.directory import named
from avvikelse.organisation.models import Person, RoleChange
from avvikelse.organisation.operations import Refused, add_person, bring_back, close_unit, edit_person, leave
from avvikelse.organisation.operations.people import Particulars
from avvikelse.organisation.roles import Basis, Role
from tests.people import AT, DAY, Town, assign, build_town, deputy

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return build_town()


def refusal(field: str, sentence: str) -> pytest.RaisesExc[Refused]:
    """Expect the operation to be refused with exactly this, at this field."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.field, error.sentence) == (field, sentence))


def known(town: Town, **changes: str) -> Particulars:
    facts = {"name": "Nils Frisk", "email": "nils.frisk@ekhamn.example", "title": "undersköterska", **changes}
    return Particulars(**facts, home_unit=town.ekbacken)


def roles_from(person: Person, day: date) -> list[tuple[str, str]]:
    return sorted((row.role, row.unit.name) for row in person.assignments.select_related("unit") if row.lasts(day))


def test_a_new_person_is_an_employee_and_chooses_the_password_later(town: Town) -> None:
    person = add_person(known(town, name=" Nils  Frisk ", email="Nils.Frisk@Ekhamn.example"), actor=town.sixten, at=AT)
    assert (person.name, person.email, person.has_usable_password()) == (
        "Nils Frisk",
        "nils.frisk@ekhamn.example",
        False,
    )
    assert roles_from(person, DAY) == [("employee", "Ekbacken")]
    assert RoleChange.objects.count() == 0


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"name": " "}, "name", "Skriv personens namn."),
        (
            {"email": "KARIN.EK@ekhamn.example"},
            "email",
            "Adressen används redan av Karin Ek. Skriv en annan.",
        ),
    ],
)
def test_a_person_has_a_name_and_an_address_of_her_own(
    town: Town, changes: dict[str, str], field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        add_person(known(town, **changes), actor=town.sixten, at=AT)


def test_an_address_of_one_who_left_is_still_taken(town: Town) -> None:
    leave(town.amira, actor=town.sixten, at=AT)
    with refusal("email", "Adressen används redan av Amira Haddad, som har slutat. Skriv en annan."):
        add_person(known(town, email="amira.haddad@ekhamn.example"), actor=town.sixten, at=AT)


def test_nobody_is_put_at_a_closed_unit(town: Town) -> None:
    close_unit(town.ekbacken, town.solglantan, actor=town.sixten, at=AT)
    town.ekbacken.refresh_from_db()
    with refusal("home_unit", "Ekbacken är stängd. Välj en som är öppen."):
        add_person(known(town), actor=town.sixten, at=AT)


def test_with_another_unit_one_is_an_employee_there_and_keeps_other_roles(town: Town) -> None:
    assign(town.amira, Role.CHIEF, town.reception)
    edit_person(town.amira, known(town, email=town.amira.email), actor=town.sixten, at=AT)
    assert roles_from(town.amira, TOMORROW) == [("chief", "Mottagningen"), ("employee", "Ekbacken")]


def test_only_the_systemforvaltare_adds_edits_and_ends(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        add_person(known(town), actor=town.david, at=AT)
    with pytest.raises(PermissionDenied):
        edit_person(town.amira, known(town), actor=town.amira, at=AT)
    with pytest.raises(PermissionDenied):
        leave(town.amira, actor=town.karin, at=AT)


def test_whoever_leaves_has_no_role_and_cannot_log_in(town: Town) -> None:
    assign(town.karin, Role.SAS, town.administration, valid_from=TOMORROW)
    leave(town.karin, actor=town.sixten, at=AT)
    town.karin.refresh_from_db()
    assert not town.karin.is_active
    assert roles_from(town.karin, TOMORROW) == []
    told = RoleChange.objects.order_by("pk").values_list("role", "what")
    assert list(told) == [("chief", "ended"), ("sas", "withdrawn")]


def test_a_chief_who_leaves_keeps_her_deputy_but_not_what_she_delegated(town: Town) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    how = {"on_behalf_of": town.karin, "appointed_by": town.sixten, "basis": Basis.DELEGATED}
    assign(town.frida, Role.CHIEF, town.solglantan, **how)
    leave(town.karin, actor=town.sixten, at=AT)
    assert ("chief", "Solgläntan") in roles_from(town.jonas, TOMORROW)
    assert ("chief", "Solgläntan") not in roles_from(town.frida, TOMORROW)


def test_nobody_ends_herself_twice_or_the_only_systemforvaltare(town: Town) -> None:
    with refusal("", "Du kan inte avsluta dig själv. Be en annan systemförvaltare göra det."):
        leave(town.sixten, actor=town.sixten, at=AT)
    leave(town.amira, actor=town.sixten, at=AT)
    with refusal("", "Amira Haddad har redan slutat."):
        leave(town.amira, actor=town.sixten, at=AT)


def test_whoever_comes_back_is_an_employee_only(town: Town) -> None:
    leave(town.karin, actor=town.sixten, at=AT)
    bring_back(town.karin, town.ekbacken, actor=town.sixten, at=AT)
    assert roles_from(town.karin, TOMORROW) == [("employee", "Ekbacken")]
    with refusal("", "Karin Ek är redan här."):
        bring_back(town.karin, town.ekbacken, actor=town.sixten, at=AT)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("Karin Ek", ["Karin Ek"]),
        ("karin ek", ["Karin Ek"]),
        ("Karin Ek (karin.ek@ekhamn.example)", ["Karin Ek"]),
        ("KARIN.EK@ekhamn.example", ["Karin Ek"]),
        ("Öberg", ["Maja Öberg"]),
        ("berg jonas", ["Jonas Berg"]),
        ("berg", ["Jonas Berg", "Maja Öberg"]),
        ("karin@ekhamn.example", []),
        ("Någon Annan", []),
        ("  ", []),
    ],
)
def test_a_typed_name_or_address_means_somebody(town: Town, typed: str, found: list[str]) -> None:
    assert town.karin.is_active
    assert [person.name for person in named(typed)] == found


def test_a_name_means_nobody_who_has_left(town: Town) -> None:
    leave(town.amira, actor=town.sixten, at=AT)
    assert named("Amira Haddad") == []
