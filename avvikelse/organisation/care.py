"""What the systemförvaltare should see to: units without a chief, chiefs away without a deputy, roles that end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from avvikelse.ui import words

from .acting import ActingChiefs, no_chief
from .models import Assignment, Unit
from .roles import CHIEF_ROLES, LEVELS_OF_ROLE, WITHOUT_DEPUTY, Basis, Level, Role, in_text

NOTICE_DAYS = 30
"""How long before a role ends it is shown."""
ALWAYS_HELD = (Role.SAS, Role.MAS)
"""Roles the municipality may not be without: sealed cases wait for them."""
CHIEF_AT = {level: role for role in CHIEF_ROLES for level in LEVELS_OF_ROLE[role]}


@dataclass(frozen=True, slots=True)
class Care:
    """One thing to see to: how pressing in a word, what, why it matters, and where it is put right."""

    tone: str
    when: str
    sentence: str
    because: str
    url: str
    do: str


def needs_care(day: date) -> list[Care]:
    """Everything to see to on the day, the most pressing first. Five questions, whatever the number of units."""
    units = list(Unit.objects.open(day).order_by("path"))
    chiefs = ActingChiefs(day)
    return [*nobody_holds(units, day), *without_chief(units, chiefs), *away(units, chiefs), *roles_that_end(day)]


def nobody_holds(units: list[Unit], day: date) -> Iterator[Care]:
    held = set(
        Assignment.objects.on(day).filter(role__in=ALWAYS_HELD, person__is_active=True).values_list("role", flat=True)
    )
    place = next((unit for unit in units if unit.level == Level.ADMINISTRATION), None)
    if place is None:
        return
    for role in ALWAYS_HELD:
        if role not in held:
            yield Care(
                "late",
                "Nu",
                f"Ingen är {in_text(role)}",
                "Ärenden som bara den rollen får ta hand om blir liggande.",
                reverse("unit_page", args=[place.pk]),
                "Se till",
            )


def without_chief(units: list[Unit], chiefs: ActingChiefs) -> Iterator[Care]:
    for unit in units:
        if Level(unit.level) not in CHIEF_AT:
            continue
        here = chiefs.at(unit.pk)
        if any(holder.grant.basis == Basis.ORDINARY for holder in here):
            continue
        stand_in = next((holder for holder in here), None)
        why = f"{stand_in.person.name} ersätter tills vidare." if stand_in else goes_to(unit, chiefs)
        url = reverse("unit_page", args=[unit.pk])
        yield Care("soon" if stand_in else "late", "Nu", no_chief(unit).rstrip("."), why, url, "Se till")


def away(units: list[Unit], chiefs: ActingChiefs) -> Iterator[Care]:
    for unit in units:
        here = chiefs.at(unit.pk)
        if not here or any(not chiefs.is_away(holder.person.pk) for holder in here):
            continue
        chief = here[0].person
        back = chiefs.last_day_away(chief.pk)
        until = f"till och med {words.day(back)}" if back else ""
        url = reverse("person_page", args=[chief.pk])
        what = f"{chief.name} är borta {until} utan ersättare"
        yield Care("soon", "Nu", what, f"{unit.name}. {goes_to(unit, chiefs)}", url, "Se till")


def goes_to(unit: Unit, chiefs: ActingChiefs) -> str:
    acting = chiefs.for_unit(unit).holders
    if not acting:
        return "Ingen chef ovanför kan ta över."
    return f"Det som väntar går till {acting[0].person.name}, {in_text(acting[0].role)}."


def roles_that_end(day: date) -> Iterator[Care]:
    """Roles that nobody has after their last day. A deputy's is left out: it is meant to end."""
    last = day + timedelta(days=NOTICE_DAYS)
    lasting = Q(valid_to=None) | Q(valid_to__gt=last)
    after = Assignment.objects.filter(lasting, unit=OuterRef("unit"), role=OuterRef("role"), basis=Basis.ORDINARY)
    ending = Assignment.objects.on(day).filter(~Exists(after), valid_to__lte=last, person__is_active=True)
    ending = ending.filter(unit__in=Unit.objects.open(day))
    ending = ending.exclude(role__in=WITHOUT_DEPUTY).exclude(basis=Basis.DEPUTY)
    for row in ending.select_related("person", "unit").order_by("valid_to", "pk"):
        assert row.valid_to is not None
        yield Care(
            "soon",
            words.day(row.valid_to, day).capitalize(),
            f"{row.person.name} slutar som {in_text(row.role)}",
            f"{row.unit.name}. Är någon annan på väg in?",
            reverse("person_page", args=[row.person_id]),
            "Se till",
        )
