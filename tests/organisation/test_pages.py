"""Who may open which page of the organisation, and what a page says when something is wrong."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate, now

from avvikelse.organisation import operations, urls
from avvikelse.organisation.acting import waits_for_instead
from avvikelse.organisation.models import Absence, Assignment, Category, ClosedDay, Person
from avvikelse.organisation.roles import Level, Role
from avvikelse.workplace.succession import urls as succession_urls
from tests.people import PEOPLE, Town, assign, build_town, deputy, person, unit

pytestmark = pytest.mark.django_db

TABLE: dict[str, Callable[[Town], list[object]]] = {
    "organisation": lambda _: [],
    "unit_add": lambda _: [],
    "unit_page": lambda town: [town.solglantan.pk],
    "unit_rename": lambda town: [town.solglantan.pk],
    "unit_move": lambda town: [town.solglantan.pk],
    "unit_close": lambda town: [town.solglantan.pk],
    "people": lambda _: [],
    "person_add": lambda _: [],
    "person_page": lambda town: [town.karin.pk],
    "person_edit": lambda town: [town.karin.pk],
    "person_leave": lambda town: [town.karin.pk],
    "person_return": lambda town: [left(town).pk],
    "role_add": lambda town: [town.karin.pk],
    "role_end": lambda town: [role_of(town.karin).pk],
    "deputy_add": lambda town: [town.karin.pk],
    "absence_add": lambda town: [town.karin.pk],
    "absence_remove": lambda town: [away(town.karin).pk],
    "preferences": lambda _: [],
    "preference_change": lambda _: ["assessment_days"],
    "categories": lambda _: [],
    "category_add": lambda _: [],
    "category_end": lambda town: [town.category.pk],
    "closed_days": lambda _: [],
    "closed_day_add": lambda _: [],
    "closed_day_remove": lambda _: [ClosedDay.objects.create(day=localdate() + timedelta(60), name="Klämdag").pk],
}
READ_ONLY = {"organisation", "unit_page", "people", "person_page", "preferences", "categories", "closed_days"}
OTHERS = {"role_changes", "my_deputy", "my_deputy_end", "my_absence_remove"}
EVERYBODY = [name for name, *_ in PEOPLE]


def left(town: Town) -> Person:
    town.jonas.is_active = False
    town.jonas.save()
    return town.jonas


def role_of(person: Person) -> Assignment:
    return person.assignments.get()


def away(person: Person) -> Absence:
    return Absence.objects.create(person=person, from_day=localdate(), to_day=localdate())


@pytest.fixture
def town() -> Town:
    return build_town()


def page_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_every_address_of_the_room_is_in_the_tables() -> None:
    names = {pattern.name for pattern in [*urls.urlpatterns, *succession_urls.urlpatterns]}
    assert names == TABLE.keys() | OTHERS


@pytest.mark.parametrize("who", EVERYBODY)
def test_the_systemforvaltare_opens_the_pages_and_nobody_else(town: Town, who: str) -> None:
    client, expected = page_of(town.people[who]), 200 if who == "sixten" else 404
    answers = {}
    for name, arguments in TABLE.items():
        if name != "person_return" or who != "jonas":
            answers[name] = client.get(reverse(name, args=arguments(town))).status_code
    assert answers == dict.fromkeys(answers, expected)


def test_who_is_not_logged_in_meets_the_log_in(town: Town) -> None:
    answers = {name: Client().get(reverse(name, args=args(town))).status_code for name, args in TABLE.items()}
    assert answers == dict.fromkeys(answers, 302)


@pytest.mark.parametrize("who", ["david", "karin"])
def test_nobody_else_may_send_to_them_either(town: Town, who: str) -> None:
    client = page_of(town.people[who])
    answers = {name: client.post(reverse(name, args=args(town))).status_code for name, args in TABLE.items()}
    assert answers == {name: 405 if name in READ_ONLY else 404 for name in answers}


def test_changes_of_roles_are_read_by_forvaltningschef_and_systemforvaltare(town: Town) -> None:
    answers = {who: page_of(town.people[who]).get(reverse("role_changes")).status_code for who in EVERYBODY}
    assert {who for who, status in answers.items() if status == 200} == {"david", "sixten"}
    assert set(answers.values()) == {200, 404}


def test_min_ersattare_is_for_whoever_holds_a_role_somebody_can_stand_in_for(town: Town) -> None:
    answers = {who: page_of(town.people[who]).get(reverse("my_deputy")).status_code for who in EVERYBODY}
    assert {who for who, status in answers.items() if status == 404} == {"amira", "jonas", "bertil", "cilla"}


def test_only_my_own_deputy_and_absence_can_be_ended(town: Town) -> None:
    theirs = deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    gone = away(town.karin)
    for name, row in (("my_deputy_end", theirs), ("my_absence_remove", gone)):
        address = reverse(name, args=[row.pk])
        assert page_of(town.olle).get(address).status_code == 404
        assert page_of(town.olle).post(address).status_code == 404
        assert page_of(town.karin).get(address).status_code == 200


def said(content: bytes) -> str:
    """The page's text, as one line."""
    text = re.sub(r"<(script|style|datalist).*?</\1>", "", content.decode(), flags=re.DOTALL)
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text)).split())


WRONG: list[tuple[str, Callable[[Town], list[object]], dict[str, object], str]] = [
    ("unit_add", lambda _: [], {}, "Skriv vad enheten heter."),
    ("unit_add", lambda _: [], {"name": "Björken", "level": "unit"}, "Bara en nämnd står överst."),
    ("unit_rename", lambda town: [town.solglantan.pk], {"name": "ekbacken"}, "Det finns redan en som heter Ekbacken"),
    ("unit_move", lambda town: [town.elder_care.pk], {"parent": ""}, "Välj vad den ska ligga under."),
    ("person_add", lambda _: [], {"name": "Nils Frisk", "email": "nils"}, "Skriv en e-postadress"),
    ("role_add", lambda town: [town.amira.pk], {"role": "boss"}, "Välj något av alternativen."),
    ("role_add", lambda town: [town.amira.pk], {"valid_from": "i går"}, "Skriv dagen så här: 2026-11-16."),
    ("deputy_add", lambda town: [town.karin.pk], {"deputy": "Lund"}, "Välj vilken roll det gäller."),
    ("deputy_add", lambda town: [town.karin.pk], {"deputy": "Qvist"}, "Vi hittar ingen som heter ”Qvist”."),
    ("deputy_add", lambda town: [town.karin.pk], {"deputy": "nd"}, "Flera passar in på ”nd”"),
    ("absence_add", lambda town: [town.karin.pk], {"from_day": ""}, "Välj första dagen."),
    ("preference_change", lambda _: ["assessment_days"], {"value": "99"}, "Välj från vilken dag det gäller."),
    ("category_add", lambda _: [], {"lagrum": "HSL"}, "Skriv vilken grupp den hör till."),
    ("closed_day_add", lambda _: [], {"day": "2026-12-24"}, "Skriv varför det är stängt."),
    ("unit_close", lambda town: [town.solglantan.pk], {"successor": ""}, "Välj vilken enhet som tar över."),
]


@pytest.mark.parametrize(("name", "args", "typed", "sentence"), WRONG)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    town: Town, name: str, args: Callable[[Town], list[object]], typed: dict[str, object], sentence: str
) -> None:
    response = page_of(town.sixten).post(reverse(name, args=args(town)), typed)
    assert response.status_code == 200
    assert sentence in said(response.content)
    form = response.context["form"]
    assert {field: form[field].value() for field in typed} == typed


def test_a_refusal_of_the_operation_stands_at_its_field(town: Town) -> None:
    typed = {"role": Role.CHIEF, "unit": town.elder_care.pk, "valid_from": "2026-11-16", "valid_to": ""}
    response = page_of(town.sixten).post(reverse("role_add", args=[town.olle.pk]), typed)
    errors = response.context["form"].errors
    assert errors == {"unit": ["Rollen enhetschef hör till enhet. Äldreomsorg är en avdelning: välj en annan."]}


def test_a_person_is_found_by_part_of_name_title_or_address_and_by_unit(town: Town) -> None:
    client, address = page_of(town.sixten), reverse("people")

    def names(**query: str | int) -> list[str]:
        return [person.name for person, _ in client.get(address, query).context["rows"]]

    assert names(q="ek") == ["Frida Lund", "Karin Ek"]
    assert names(q="karin.ek@ekhamn.example") == ["Karin Ek"]
    assert names(q="chef sand") == ["Olle Sand"]
    assert names(unit=town.elder_care.pk) == [
        "Amira Haddad",
        "Frida Lund",
        "Jonas Berg",
        "Karin Ek",
        "Olle Sand",
        "Vera Holm",
    ]
    assert names(left="1") == []
    assert names(q="maja") == ["Maja Öberg"]


def test_people_come_in_swedish_order_fifty_at_a_time(town: Town) -> None:
    client, address = page_of(town.sixten), reverse("people")
    query: dict[str, str | int] = {"q": "test"}
    for number in range(60):
        person(f"{'ÖÄÅZ'[number % 4]}{number:02} Test", town.ekbacken)
    page = client.get(address, query)
    assert [row[0].name[0] for row in page.context["rows"]] == ["Z"] * 15 + ["Å"] * 15 + ["Ä"] * 15 + ["Ö"] * 5
    assert "60 personer" in said(page.content)
    assert len(client.get(address, query | {"page": 2}).context["rows"]) == 10


@pytest.mark.parametrize("name", ["organisation", "people", "preferences", "categories"])
def test_a_list_asks_as_many_questions_whatever_its_length(town: Town, name: str) -> None:
    client = page_of(town.sixten)
    asked = []
    for round_ in range(2):
        with CaptureQueriesContext(connection) as questions:
            client.get(reverse(name))
        asked.append(len(questions))
        for number in range(5):
            made = person(f"Ny {round_}{number}", town.ekbacken)
            assign(made, Role.CHIEF, unit(f"Ny enhet {round_}{number}", Level.UNIT, town.families))
            Category.objects.create(lagrum="HSL", group="Ny", name=f"Ny {round_}{number}", valid_from=localdate())
            operations.change_preference("start_days", "12", localdate(), actor=town.sixten, at=now())
    assert asked[0] == asked[1]


def test_whoever_leaves_is_logged_out_at_once(town: Town) -> None:
    client = page_of(town.amira)
    assert client.get(reverse("my_reports")).status_code == 200
    page_of(town.sixten).post(reverse("person_leave", args=[town.amira.pk]))
    assert client.get(reverse("my_reports")).status_code == 302


def test_min_ersattare_takes_dates_and_a_name(town: Town) -> None:
    day = localdate()
    typed = {"from_day": day, "to_day": day + timedelta(7), "deputy": "jonas.berg@ekhamn.example"}
    answer = page_of(town.karin).post(reverse("my_deputy"), typed, follow=True)
    assert "Jonas Berg ersätter dig till och med" in said(answer.content)
    row = town.karin.stand_ins.get()
    assert (row.person, row.role, row.unit, row.basis, row.appointed_by) == (
        town.jonas,
        Role.CHIEF,
        town.solglantan,
        "deputy",
        town.karin,
    )
    assert (row.valid_from, row.valid_to) == (day, day + timedelta(7))


def test_min_ersattare_without_a_name_says_where_it_goes(town: Town) -> None:
    client, day = page_of(town.karin), localdate()
    assert "går det som väntar på dig till Vera Holm, avdelningschef." in said(client.get(reverse("my_deputy")).content)
    client.post(reverse("my_deputy"), {"from_day": day, "to_day": day, "deputy": ""})
    assert waits_for_instead(town.solglantan, day)[0][0].person == town.vera


def test_a_deputy_that_is_refused_registers_no_absence(town: Town) -> None:
    day = localdate()
    typed = {"from_day": day, "to_day": day, "deputy": "Karin Ek"}
    answer = page_of(town.karin).post(reverse("my_deputy"), typed)
    assert answer.context["form"].errors == {"deputy": ["Man kan inte ersätta sig själv. Välj någon annan."]}
    assert town.karin.absences.count() == 0
