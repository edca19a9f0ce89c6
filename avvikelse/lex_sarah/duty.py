"""The staff's information about the duty to report: the text of the day, who has read it, and who has to read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.http import Http404

from avvikelse.audit.operations import act_as
from avvikelse.cases.viewer import Viewer
from avvikelse.law.citations import cite
from avvikelse.organisation.access import Access
from avvikelse.organisation.decided import decided_value
from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import CHIEF_ROLES, Level, Role

from .models import DutyReading, DutyText

LAGRUM = ("sol", "lss")
CHANGED = "Texten har ändrats medan du läste. Läs den en gång till."


class WordingChanged(Exception):
    """Another wording holds than the one that was read."""


@dataclass(frozen=True, slots=True)
class Wording:
    """The text that holds on a day. `since` is empty for the one the program came with."""

    text: str
    since: date | None

    @property
    def key(self) -> str:
        """Tells this wording from others."""
        return sha256(f"{self.since} {self.text}".encode()).hexdigest()[:16]


def wording(day: date) -> Wording:
    """What the municipality has decided to say. One question."""
    found = decided_value("duty_text", day)
    return Wording(str(found.now), found.since.valid_from if found.since else None)


def cited(duty: str, day: date) -> str:
    """What a duty rests on under both laws, to stand after "följer av"."""
    shown = dict.fromkeys(cite(duty, lagrum, day).shown for lagrum in LAGRUM)
    return " och ".join(shown)


def how_soon(day: date) -> str:
    """The law's own word on how soon one reports; empty where it has not been read."""
    return " och ".join(dict.fromkeys(word for each in LAGRUM if (word := cite("report", each, day).shown_word)))


# --- Reading it


def lasts_from(viewer: Viewer) -> datetime:
    """Since when a reading counts still: the number of days is the municipality's."""
    return viewer.at - timedelta(days=viewer.local.number("duty_days"))


def readings_since(moment: datetime) -> QuerySet[DutyReading]:
    return DutyReading.objects.filter(at__gt=moment)


def duty_is_due(viewer: Viewer) -> bool:
    """Whether the person has to read it, for the first time or again. One question.

    Those whose place is the nämnd itself are elected and not staff.
    """
    read = readings_since(lasts_from(viewer)).filter(person=OuterRef("pk"))
    staff = Person.objects.filter(pk=viewer.person.pk).exclude(home_unit__level=Level.NAMND)
    return staff.filter(~Exists(read)).exists()


def latest_reading(person: Person) -> DutyReading | None:
    return person.duty_readings.order_by("-at", "-pk").first()


@transaction.atomic
def confirm_duty(viewer: Viewer, key: str) -> DutyReading:
    """Note that the person has read and understood the wording with the key. Twice in the period is once.

    Raises WordingChanged when another wording holds now.
    """
    found = wording(viewer.day)
    if found.key != key:
        raise WordingChanged
    act_as(viewer.person.actor_key)
    person = Person.objects.select_for_update(of=("self",)).get(pk=viewer.person.pk)
    read = readings_since(lasts_from(viewer)).filter(person=person).order_by("-at").first()
    if read:
        return read
    text, _ = DutyText.objects.get_or_create(text=found.text, valid_from=found.since)
    return DutyReading.objects.create(person=person, text=text, at=viewer.at)


# --- How many have read it


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the people of a unit know of the duty."""

    name: str
    informed: int
    people: int

    @property
    def percent(self) -> int:
        """Whole per cent, rounded down: only when all have read it is it a hundred."""
        return 100 * self.informed // self.people if self.people else 0

    @property
    def complete(self) -> bool:
        return self.informed == self.people


def units_followed(access: Access) -> frozenset[int]:
    """The units whose share the person may see: SAS all hers, a chief those below."""
    return access.units([*CHIEF_ROLES, Role.SAS])


def must_follow(viewer: Viewer) -> frozenset[int]:
    """Nobody but chiefs and SAS knows of the page."""
    units = units_followed(viewer.access)
    if not units:
        raise Http404
    return units


def shares(viewer: Viewer, units: Iterable[int]) -> list[Share]:
    """The share of each open unit where somebody works, in Swedish order. One question."""
    read = readings_since(lasts_from(viewer)).values("person_id")
    here = Q(staff__is_active=True)
    rows = Unit.objects.open(viewer.day).filter(pk__in=list(units)).exclude(level=Level.NAMND).order_by(by_name(), "pk")
    counts = {"informed": Count("staff", filter=here & Q(staff__in=read)), "people": Count("staff", filter=here)}
    found = rows.annotate(**counts).values_list("name", *counts)
    return [Share(*row) for row in found if row[2]]


def whole(found: Iterable[Share]) -> Share:
    """All of them together."""
    rows = list(found)
    return Share("Alla", sum(row.informed for row in rows), sum(row.people for row in rows))
