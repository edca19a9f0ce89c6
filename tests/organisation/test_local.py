"""What the municipality decides itself: values, texts, categories, closed days, each with the day it begins."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from avvikelse.organisation.decided import decided, decided_value
from avvikelse.organisation.directory import categories
from avvikelse.organisation.models import Category, ClosedDay, Lagrum, PreferenceValue
from avvikelse.organisation.operations import (
    Refused,
    add_category,
    add_closed_day,
    change_preference,
    end_category,
    remove_closed_day,
)
from avvikelse.organisation.preferences import PREFERENCES, LocalValues
from tests.people import AT, BEGAN, DAY, Town, build_town

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)
TOO_EARLY = "Välj i dag eller en senare dag. Det som redan har gällt ändras inte."


@pytest.fixture
def town() -> Town:
    return build_town()


def refusal(field: str, sentence: str) -> pytest.RaisesExc[Refused]:
    """Expect the operation to be refused with exactly this, at this field."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.field, error.sentence) == (field, sentence))


@pytest.mark.usefixtures("town")
def test_every_value_holds_its_default_until_somebody_decides() -> None:
    values = decided(DAY)
    assert [value.preference for value in values] == list(PREFERENCES)
    assert [(value.shown, value.since, value.history) for value in values] == [
        (value.default_shown, None, ()) for value in values
    ]


def test_a_value_holds_from_its_day_and_says_who_decided(town: Town) -> None:
    change_preference("assessment_days", "7", DAY, actor=town.sixten, at=AT)
    change_preference("assessment_days", " 9 ", TOMORROW, actor=town.sixten, at=AT)
    value = decided_value("assessment_days", DAY)
    assert (value.shown, value.default_shown) == ("7 arbetsdagar", "5 arbetsdagar")
    assert value.since is not None
    assert (value.since.changed_by, value.since.valid_from, value.since.changed_at) == (town.sixten, DAY, AT)
    assert [change.shown for change in value.coming] == ["9 arbetsdagar"]
    assert [change.shown for change in value.history] == ["9 arbetsdagar", "7 arbetsdagar"]
    numbers = [LocalValues(day).number("assessment_days") for day in (DAY - timedelta(1), DAY, TOMORROW)]
    assert numbers == [5, 7, 9]


def test_of_two_decisions_for_one_day_the_later_holds(town: Town) -> None:
    for number in ("7", "8"):
        change_preference("start_days", number, TOMORROW, actor=town.sixten, at=AT)
    assert LocalValues(TOMORROW).number("start_days") == 8
    assert decided_value("start_days", TOMORROW).now == 8


@pytest.mark.parametrize(
    ("key", "typed", "shown"),
    [
        ("anonymous_reports", "nej", "Nej"),
        ("at_once_risk", "9", "9"),
        ("reception_by", "15.05", "15:05"),
        ("reception_by", "9:30", "09:30"),
        ("name_promise", " Ditt namn syns inte.\nVi lovar. ", "Ditt namn syns inte.\nVi lovar."),
    ],
)
def test_each_sort_of_value_is_shown_as_it_is_read(town: Town, key: str, typed: str, shown: str) -> None:
    change_preference(key, typed, DAY, actor=town.sixten, at=AT)
    assert decided_value(key, DAY).shown == shown


@pytest.mark.parametrize(
    ("key", "typed", "day", "field", "sentence"),
    [
        ("assessment_days", "0", DAY, "value", "Skriv ett heltal mellan 1 och 60."),
        ("reception_by", "25.00", DAY, "value", "Skriv ett klockslag, till exempel 16.30."),
        ("reception_by", "halv fem", DAY, "value", "Skriv ett klockslag, till exempel 16.30."),
        ("assessment_days", "fem", DAY, "value", "Skriv ett heltal mellan 1 och 60."),
        ("unit_links", "kanske", DAY, "value", "Välj ja eller nej."),
        ("name_promise", "  ", DAY, "value", "Skriv en text för ”Löftet om namnet”."),
        ("assessment_days", "7", DAY - timedelta(days=1), "valid_from", TOO_EARLY),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    town: Town, key: str, typed: str, day: date, field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        change_preference(key, typed, day, actor=town.sixten, at=AT)
    assert PreferenceValue.objects.count() == 0


def test_a_decision_is_never_rewritten(town: Town) -> None:
    change_preference("assessment_days", "7", DAY, actor=town.sixten, at=AT)
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        PreferenceValue.objects.update(value="9")


def test_a_category_begins_and_ends_and_old_cases_keep_it(town: Town) -> None:
    made = add_category(Lagrum.SOL_LSS, "Utförande", "Insats försenad", TOMORROW, actor=town.sixten, at=AT)
    end_category(town.category, DAY, actor=town.sixten, at=AT)
    assert [set(Category.objects.on(day)) for day in (DAY, TOMORROW)] == [
        {town.category, town.hsl_category},
        {made, town.hsl_category},
    ]
    assert categories(DAY) == [made, town.category, town.hsl_category]


def test_a_category_may_come_again_when_it_has_ended(town: Town) -> None:
    with refusal("name", "Kategorin Insats uteblir finns redan i gruppen Utförande."):
        add_category(Lagrum.SOL_LSS, "utförande", "Insats uteblir", DAY, actor=town.sixten, at=AT)
    end_category(town.category, DAY, actor=town.sixten, at=AT)
    assert add_category(Lagrum.SOL_LSS, "Utförande", "Insats uteblir", TOMORROW, actor=town.sixten, at=AT)
    assert add_category(Lagrum.HSL, "Utförande", "Insats uteblir", DAY, actor=town.sixten, at=AT)


@pytest.mark.parametrize(
    ("group", "name", "day", "field", "sentence"),
    [
        (" ", "Ny", DAY, "group", "Skriv vilken grupp den hör till."),
        ("Ny", " ", DAY, "name", "Skriv vad kategorin heter."),
        ("Ny", "Ny", BEGAN, "valid_from", TOO_EARLY),
    ],
)
def test_a_category_that_cannot_be_is_refused(
    town: Town, group: str, name: str, day: date, field: str, sentence: str
) -> None:
    with refusal(field, sentence):
        add_category(Lagrum.HSL, group, name, day, actor=town.sixten, at=AT)


def test_a_category_ends_today_or_later_and_goes_if_it_never_began(town: Town) -> None:
    with refusal("last_day", TOO_EARLY):
        end_category(town.category, DAY - timedelta(days=1), actor=town.sixten, at=AT)
    coming = add_category(Lagrum.HSL, "Ny", "Ny", TOMORROW, actor=town.sixten, at=AT)
    end_category(coming, DAY, actor=town.sixten, at=AT)
    assert not Category.objects.filter(pk=coming.pk).exists()


def test_a_closed_day_is_added_and_taken_away_while_it_is_to_come(town: Town) -> None:
    row = add_closed_day(date(2027, 1, 7), " Klämdag ", actor=town.sixten, at=AT)
    assert (row.day, row.name) == (date(2027, 1, 7), "Klämdag")
    remove_closed_day(row, actor=town.sixten, at=AT)
    assert ClosedDay.objects.count() == 0


@pytest.mark.parametrize(
    ("day", "name", "field", "sentence"),
    [
        (DAY, "Stängt", "day", "Välj en dag som kommer."),
        (date(2026, 12, 24), "Jul", "day", "Torsdag 24 december är redan en ledig dag."),
        (date(2026, 11, 21), "Lördag", "day", "Lördag 21 november är redan en ledig dag."),
        (date(2027, 1, 7), " ", "name", "Skriv varför det är stängt."),
        (date(2027, 1, 8), "Igen", "day", "Den dagen är redan stängd."),
    ],
)
def test_a_closed_day_that_cannot_be_is_refused(town: Town, day: date, name: str, field: str, sentence: str) -> None:
    add_closed_day(date(2027, 1, 8), "Klämdag", actor=town.sixten, at=AT)
    with refusal(field, sentence):
        add_closed_day(day, name, actor=town.sixten, at=AT)


def test_a_closed_day_that_has_been_stays(town: Town) -> None:
    row = ClosedDay.objects.create(day=DAY, name="Stängt")
    with refusal("", "16 november 2026 har redan varit och står kvar."):
        remove_closed_day(row, actor=town.sixten, at=AT)


def test_only_the_systemforvaltare_decides(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        change_preference("assessment_days", "7", DAY, actor=town.david, at=AT)
    with pytest.raises(PermissionDenied):
        add_category(Lagrum.HSL, "Ny", "Ny", DAY, actor=town.sanna, at=AT)
    with pytest.raises(PermissionDenied):
        add_closed_day(TOMORROW, "Stängt", actor=town.david, at=AT)
