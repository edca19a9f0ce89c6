"""What the municipality decides itself, each with the day it begins: values, texts, categories, closed days."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.db.models import Q

from avvikelse.organisation.models import Category, ClosedDay, Lagrum, Person, PreferenceValue
from avvikelse.organisation.preferences import BY_KEY
from avvikelse.ui import words
from avvikelse.workdays import is_working_day

from .door import Refused, begin, required_text

TOO_EARLY = "Välj i dag eller en senare dag. Det som redan har gällt ändras inte."


@transaction.atomic
def change_preference(key: str, text: str, valid_from: date, *, actor: Person, at: datetime) -> PreferenceValue:
    """Decide a local value from a day on; the earlier ones stay in its history."""
    day = begin(actor, at)
    preference = BY_KEY[key]
    try:
        value = preference.parse(text)
    except ValueError as error:
        raise Refused(str(error), "value") from error
    if valid_from < day:
        raise Refused(TOO_EARLY, "valid_from")
    return PreferenceValue.objects.create(
        key=key, value=preference.store(value), valid_from=valid_from, changed_by=actor, changed_at=at
    )


@transaction.atomic
def add_category(lagrum: Lagrum, group: str, name: str, valid_from: date, *, actor: Person, at: datetime) -> Category:
    """Add what an event may be about, from a day on."""
    day = begin(actor, at)
    group = required_text(group, "Skriv vilken grupp den hör till.", "group")
    group = Category.objects.filter(group__iexact=group).values_list("group", flat=True).first() or group
    name = required_text(name, "Skriv vad kategorin heter.", "name")
    if valid_from < day:
        raise Refused(TOO_EARLY, "valid_from")
    same = Category.objects.filter(lagrum=lagrum, group__iexact=group, name__iexact=name)
    if same.filter(Q(valid_to=None) | Q(valid_to__gte=valid_from)).exists():
        raise Refused(f"Kategorin {name} finns redan i gruppen {group}.", "name")
    return Category.objects.create(lagrum=lagrum, group=group, name=name, valid_from=valid_from)


@transaction.atomic
def end_category(category: Category, last_day: date, *, actor: Person, at: datetime) -> None:
    """Let a category end; cases judged by it keep it. One that has not begun is taken away."""
    day = begin(actor, at)
    category = Category.objects.select_for_update().get(pk=category.pk)
    if category.valid_from > day:
        category.delete()
        return
    if last_day < day:
        raise Refused(TOO_EARLY, "last_day")
    category.valid_to = last_day
    category.save(update_fields=["valid_to"])


@transaction.atomic
def add_closed_day(closed: date, name: str, *, actor: Person, at: datetime) -> ClosedDay:
    """Keep the municipality closed a day to come. Clocks that already run keep their dates."""
    day = begin(actor, at)
    name = required_text(name, "Skriv varför det är stängt.", "name")
    if closed <= day:
        raise Refused("Välj en dag som kommer.", "day")
    if not is_working_day(closed):
        raise Refused(f"{words.weekday(closed).capitalize()} är redan en ledig dag.", "day")
    if ClosedDay.objects.filter(day=closed).exists():
        raise Refused("Den dagen är redan stängd.", "day")
    return ClosedDay.objects.create(day=closed, name=name)


@transaction.atomic
def remove_closed_day(row: ClosedDay, *, actor: Person, at: datetime) -> None:
    """Open a day that was to be closed. What has been stays, since dates were set by it."""
    day = begin(actor, at)
    if row.day <= day:
        raise Refused(f"{words.day(row.day).capitalize()} har redan varit och står kvar.")
    row.delete()
