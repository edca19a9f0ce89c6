"""The händelseanalys as a part of the case page."""

from __future__ import annotations

from django.urls import reverse

from avvikelse.cases.engine import Act, Section
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.organisation.preferences import LocalValues

from .analysis_lookup import analysis_of, course_of, in_short, what_lacks
from .analysis_operations import locked_for_writing, writes

MUST_HAVE = frozenset({Kind.VSK})
"""Kinds that are never finished without one (workflows §7)."""


def event_analysis(case: Case, capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing until it is begun or may be. In a vårdskada what it lacks is the next thing to do."""
    may_write = writes(case, capacity) and not locked_for_writing(case)
    begun = analysis_of(case) is not None
    if not begun and not may_write:
        return {}
    lacks = what_lacks(case) if may_write and case.kind in MUST_HAVE else []
    label = "Fortsätt händelseanalysen" if begun else "Börja på händelseanalysen"
    return {
        "begun": begun,
        "in_short": in_short(course_of(case)) if begun else "",
        "may_write": may_write,
        "label": label,
        "act": Act(label, reverse("event_analysis", args=[case.reference])) if lacks else None,
    }


EVENT_ANALYSIS = Section("handelseanalys", "Händelseanalys", "inquiries/_analysis.html", event_analysis)
