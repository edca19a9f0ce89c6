"""A day that nobody can mean is said about at its field; ten years ahead is as far as anybody plans."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from avvikelse.organisation.models import Person, PreferenceValue
from avvikelse.organisation.roles import Basis, Role
from tests.people import Town, build_town

pytestmark = pytest.mark.django_db
TEN_YEARS = timedelta(days=3660)
AHEAD, BACK = "Välj en dag inom tio år.", "Kontrollera årtalet. Dagen är för långt tillbaka i tiden."

FORMS: dict[str, tuple[str, Callable[[Town], list[object]], tuple[str, ...], dict[str, str]]] = {
    "an absence": ("absence_add", lambda town: [town.karin.pk], ("from_day", "to_day"), {}),
    "one's own absence": ("my_deputy", lambda _: [], ("from_day", "to_day"), {}),
    "a value": ("preference_change", lambda _: ["assessment_days"], ("valid_from",), {"value": "5"}),
    "a category's end": ("category_end", lambda town: [town.category.pk], ("last_day",), {}),
    "a closed day": ("closed_day_add", lambda _: [], ("day",), {"name": "Klämdag"}),
}


@pytest.fixture
def town() -> Town:
    return build_town()


def page_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize(("day", "sentence"), [(date.max, AHEAD), (date.min, BACK)])
@pytest.mark.parametrize("what", FORMS)
def test_a_day_nobody_can_mean_is_said_about(town: Town, what: str, day: date, sentence: str) -> None:
    name, arguments, fields, more = FORMS[what]
    typed: dict[str, Any] = {**more, **dict.fromkeys(fields, day.isoformat())}
    where = reverse(name, args=arguments(town))
    answer = page_of(town.sixten).post(where, typed)
    found = html.unescape(answer.content.decode())
    assert (answer.status_code, sentence in found) == (200, True)
    assert found.count(f'value="{day.isoformat()}"') == len(fields)


@pytest.mark.parametrize("field", ["valid_from", "valid_to"])
@pytest.mark.parametrize("name", ["role_add", "deputy_add"])
def test_a_role_begins_and_ends_within_ten_years(town: Town, name: str, field: str) -> None:
    roles = list(town.karin.assignments.values_list("pk", flat=True))
    role = {"role": Role.SAS, "unit": town.administration.pk}
    deputy = {"basis": Basis.DEPUTY, "deputy": town.olle.email, "roles": roles}
    day = localdate().isoformat()
    typed: dict[str, Any] = {**role, **deputy, "valid_from": day, "valid_to": day, field: "9999-12-31"}
    answer = page_of(town.sixten).post(reverse(name, args=[town.karin.pk]), typed)
    assert (answer.status_code, AHEAD in answer.content.decode()) == (200, True)


@pytest.mark.parametrize(("ahead", "kept"), [(TEN_YEARS, 1), (TEN_YEARS + timedelta(days=1), 0)])
def test_ten_years_ahead_is_the_last_day_that_can_be_chosen(town: Town, ahead: timedelta, kept: int) -> None:
    typed = {"value": "5", "valid_from": (localdate() + ahead).isoformat()}
    page_of(town.sixten).post(reverse("preference_change", args=["assessment_days"]), typed)
    assert PreferenceValue.objects.count() == kept
