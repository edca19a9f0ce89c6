"""The parts of the case page that belong to an avvikelse: the investigation, and causes with their measures."""

from __future__ import annotations

from dataclasses import replace

from django.urls import reverse

from avvikelse.cases.engine import Act, Section, Situation
from avvikelse.cases.kinds import State
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.inquiries.analysis_sections import EVENT_ANALYSIS
from avvikelse.measures.sections import CAUSES
from avvikelse.organisation.preferences import LocalValues

from .lookup import investigation_of, is_analysed
from .models import Investigation
from .rules import incomplete

WRITERS = frozenset({Who.CHEF, Who.INVESTIGATOR})


def investigation(case: Case, capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    """Nothing until somebody writes it or may."""
    found = investigation_of(case)
    may_write = case.state == State.INVESTIGATING and bool(capacity & WRITERS)
    if not found and not may_write:
        return {}
    lacks = incomplete(Situation(case, local.day, local)) if may_write else None
    label = "Fortsätt utredningen" if found else "Börja utreda"
    return {
        "investigation": found,
        "may_write": may_write,
        "label": label,
        "offer_analysis": may_write and offers_analysis(case, found, local),
        "may_analyse": may_write and not is_analysed(case),
        "act": Act(label, reverse("investigation", args=[case.reference])) if lacks else None,
    }


def offers_analysis(case: Case, found: Investigation | None, local: LocalValues) -> bool:
    """A händelseanalys is offered from the local risk on, until one is begun (workflows §4)."""
    written = (found and found.analysis) or is_analysed(case)
    return (case.risk or 0) >= local.number("analysis_risk") and not written


def event_analysis(case: Case, capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    """The händelseanalys once it is begun; until then the investigation offers it."""
    if case.state == State.RECEIVED or not is_analysed(case):
        return {}
    return EVENT_ANALYSIS.context(case, capacity, local)


SECTIONS = (
    Section("utredning", "Utredning", "deviations/_investigation.html", investigation),
    replace(EVENT_ANALYSIS, context=event_analysis),
    CAUSES,
)
