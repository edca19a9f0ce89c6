"""How the pages find causes and measures, always through the case's viewer or the measure's owner."""

from __future__ import annotations

from datetime import date

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404

from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Person

from .models import Cause, Measure, MeasureQuerySet

SHOWN = 100
"""How many measures the list shows in each part."""


def cause_in_sight(person: Person, number: int, day: date) -> tuple[Cause, Case]:
    """A cause of a case the person handles, else 404."""
    cause = get_object_or_404(Cause.objects.select_related("case"), pk=number)
    return cause, visible_case(person, cause.case.reference, day, access_of(person, day))


def measure_in_sight(person: Person, number: int, day: date) -> tuple[Measure, Case]:
    """A measure of a case the person handles, else 404."""
    measure = get_object_or_404(Measure.objects.select_related("cause__case", "owner"), pk=number)
    return measure, visible_case(person, measure.cause.case.reference, day, access_of(person, day))


def measure_to_finish(person: Person, number: int, day: date) -> Measure:
    """A measure the person owns, or one of a case the person handles, else 404. The owner sees the measure alone."""
    seen = Case.objects.visible_to(person, day).values("pk")
    mine_or_seen = Q(owner=person) | Q(cause__case__in=seen)
    found = Measure.objects.filter(mine_or_seen, pk=number).select_related("cause__case", "owner").first()
    if found is None:
        raise Http404
    return found


def own_measures(person: Person) -> MeasureQuerySet:
    rows = Measure.objects.owned_by(person).select_related("cause__case", "owner")
    return rows.open().order_by("due_on", "pk")


def done_measures(person: Person) -> list[Measure]:
    rows = Measure.objects.owned_by(person).filter(done_on__isnull=False).select_related("cause__case")
    return list(rows.order_by("-done_on", "-pk")[:20])


def measures_of_cases_seen(person: Person, day: date) -> list[Measure]:
    """Open measures in the cases the person handles, except the person's own, the soonest first."""
    seen = Case.objects.visible_to(person, day).values("pk")
    rows = Measure.objects.open().filter(cause__case__in=seen).exclude(owner=person)
    return list(rows.select_related("cause__case__unit", "owner").order_by("due_on", "pk")[:SHOWN])
