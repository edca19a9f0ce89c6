"""The parts of the case page that belong to an avvikelse: the investigation, and causes with their measures."""

from __future__ import annotations

from datetime import date

from avvikelse.cases.engine import Section
from avvikelse.cases.kinds import Known, State
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.measures.sections import CAUSES
from avvikelse.organisation.preferences import LocalValues

from .models import Investigation


def investigation(case: Case, capacity: frozenset[Who], day: date) -> dict[str, object]:
    found = Investigation.objects.filter(case=case).select_related("concluded_by").first()
    may_write = case.state == State.INVESTIGATING and bool(capacity & {Who.CHEF, Who.INVESTIGATOR})
    limit = LocalValues(day).number("analysis_risk") if may_write else 0
    return {
        "investigation": found,
        "before": Known(found.before).label if found and found.before else "",
        "again": Known(found.again).label if found and found.again else "",
        "may_write": may_write,
        "offer_analysis": may_write and (case.risk or 0) >= limit and not (found and found.analysis),
    }


SECTIONS = (Section("utredning", "Utredning", "deviations/_investigation.html", investigation), CAUSES)
