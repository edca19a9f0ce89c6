"""Causes and measures as a part of the case page."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch

from avvikelse.cases.engine import Section
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who

from .models import Cause, Measure
from .operations import DECIDERS, OPEN_FOR_CAUSES, WORKERS


def causes(case: Case, capacity: frozenset[Who], _day: date) -> dict[str, object]:
    measures = Measure.objects.select_related("owner", "decided_by").order_by("pk")
    rows = list(Cause.objects.filter(case=case).order_by("pk").prefetch_related(Prefetch("measures", measures)))
    standing = [cause for cause in rows if cause.taken_back_at is None]
    return {
        "causes": standing,
        "taken_back": [cause for cause in rows if cause.taken_back_at],
        "may_add": case.state in OPEN_FOR_CAUSES and bool(capacity & WORKERS),
        "may_decide": bool(capacity & DECIDERS),
        "may_finish": bool(capacity & WORKERS),
        "only_weak": only_weak(standing),
    }


def only_weak(causes: list[Cause]) -> bool:
    """Whether there are measures and all of them are of the weaker kind."""
    strengths = {
        measure.strength for cause in causes for measure in cause.measures.all() if measure.is_open or measure.done_on
    }
    return strengths == {"weak"}


CAUSES = Section("orsaker", "Orsaker och åtgärder", "measures/_causes.html", causes)
