"""Causes and measures as a part of the case page."""

from __future__ import annotations

from django.urls import reverse

from avvikelse.cases.engine import Act, Section, workflow_of
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.organisation.preferences import LocalValues

from .lookup import causes_of
from .models import Cause, Decision, Strength
from .operations import DECIDERS, OPEN_FOR_CAUSES, WORKERS


def causes(case: Case, capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing while there are no causes and none may be written."""
    rows = causes_of(case)
    may_add = case.state in OPEN_FOR_CAUSES and bool(capacity & WORKERS)
    if not rows and not may_add:
        return {}
    standing = [cause for cause in rows if cause.taken_back_at is None]
    may_decide = bool(capacity & DECIDERS) and not workflow_of(case.kind).place(case.state).final
    return {
        "causes": standing,
        "taken_back": [cause for cause in rows if cause.taken_back_at],
        "may_add": may_add,
        "may_decide": may_decide,
        "may_finish": bool(capacity & WORKERS),
        "only_weak": only_weak(standing),
        "act": next_act(case, standing, may_add=may_add, may_decide=may_decide),
    }


def next_act(case: Case, standing: list[Cause], *, may_add: bool, may_decide: bool) -> Act | None:
    """What lacks first: a cause, a decision on a measure, a measure against a cause."""
    if not may_add:
        return None
    if not standing:
        return Act("Lägg till en orsak", reverse("cause_add", args=[case.reference]))
    undecided = [row for cause in standing for row in cause.measures.all() if row.waits_for_decision]
    if undecided and may_decide:
        return Act("Besluta om åtgärden", reverse("measure_decide", args=[undecided[0].pk]))
    bare = next((cause for cause in standing if lacks_measure(cause)), None)
    return Act("Lägg till en åtgärd", reverse("measure_add", args=[bare.pk])) if bare else None


def lacks_measure(cause: Cause) -> bool:
    """Whether the cause has neither a measure that was not declined nor a reason for having none."""
    return not cause.no_measure_reason and all(row.decision == Decision.DECLINED for row in cause.measures.all())


def only_weak(causes: list[Cause]) -> bool:
    """Whether there are measures and all of them are of the weaker kind."""
    strengths = {row.strength for cause in causes for row in cause.measures.all() if row.is_open or row.done_on}
    return strengths == {Strength.WEAK}


CAUSES = Section("orsaker", "Orsaker och åtgärder", "measures/_causes.html", causes)
