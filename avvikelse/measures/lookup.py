"""How the pages find causes and measures, always through the case's viewer or the measure's owner."""

from __future__ import annotations

from django.db.models import Prefetch, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404

from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.cases.viewer import Viewer

from .models import Cause, Measure

SHOWN = 100
"""How many measures the list shows in each part."""
DONE_SHOWN = 20


def causes_of(case: Case) -> list[Cause]:
    """The case's causes with their measures, also those taken back; read once for the case at hand."""
    measures = Prefetch("measures", Measure.objects.select_related("owner", "decided_by").order_by("pk"))
    prefetch_related_objects([case], Prefetch("causes", Cause.objects.order_by("pk").prefetch_related(measures)))
    return list(case.causes.all())


def standing_causes(case: Case) -> list[Cause]:
    return [cause for cause in causes_of(case) if cause.taken_back_at is None]


def cause_in_sight(viewer: Viewer, number: int) -> tuple[Cause, Case]:
    """A cause of a case the person handles, else 404."""
    cause = get_object_or_404(Cause.objects.select_related("case"), pk=number)
    return cause, visible_case(viewer, cause.case.reference)


def measure_in_sight(viewer: Viewer, number: int) -> tuple[Measure, Case]:
    """A measure of a case the person handles, else 404."""
    measure = get_object_or_404(Measure.objects.select_related("cause__case", "owner"), pk=number)
    return measure, visible_case(viewer, measure.cause.case.reference)


def measure_to_finish(viewer: Viewer, number: int) -> Measure:
    """A measure the person owns, or one of a case the person handles, else 404. The owner sees the measure alone."""
    mine_or_seen = Q(owner=viewer.person) | Q(cause__case__in=viewer.cases.values("pk"))
    rows = Measure.objects.filter(mine_or_seen, pk=number).exclude(cause__case_id__in=viewer.parts.implicated)
    found = rows.select_related("cause__case", "owner").first()
    if found is None:
        raise Http404
    return found


def own_measures(viewer: Viewer, most: int) -> list[Measure]:
    """The person's open measures, the soonest first."""
    rows = Measure.objects.owned_by(viewer.person).open().exclude(cause__case_id__in=viewer.parts.implicated)
    return list(rows.select_related("cause__case").order_by("due_on", "pk")[:most])


def done_measures(viewer: Viewer) -> list[Measure]:
    rows = Measure.objects.owned_by(viewer.person).filter(done_on__isnull=False)
    rows = rows.exclude(cause__case_id__in=viewer.parts.implicated).select_related("cause__case")
    return list(rows.order_by("-done_on", "-pk")[:DONE_SHOWN])


def measures_of_cases_seen(viewer: Viewer) -> list[Measure]:
    """Open measures in the cases the person handles, except the person's own, the soonest first."""
    rows = Measure.objects.open().filter(cause__case__in=viewer.cases.values("pk")).exclude(owner=viewer.person)
    return list(rows.select_related("cause__case__unit", "owner").order_by("due_on", "pk")[:SHOWN])
