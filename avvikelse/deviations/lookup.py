"""How the pages find the investigation and one's own draft of it."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Prefetch, prefetch_related_objects

from avvikelse.cases.models import Case, CaseEvent
from avvikelse.inquiries.analysis_lookup import analysis_of
from avvikelse.inquiries.models import Analysis
from avvikelse.organisation.models import Person

from .models import Investigation, InvestigationDraft


def investigation_of(case: Case) -> Investigation | None:
    """The case's investigation, read once for the case at hand."""
    analysed = Exists(Analysis.objects.filter(case=OuterRef("case")))
    rows = Investigation.objects.select_related("concluded_by").annotate(analysed=analysed)
    prefetch_related_objects([case], Prefetch("investigation", rows))
    found: Investigation | None = getattr(case, "investigation", None)
    return found


def is_analysed(case: Case) -> bool:
    """Whether a händelseanalys is begun. The investigation knows it, so that most pages ask nothing more."""
    known: bool | None = getattr(investigation_of(case), "analysed", None)
    return analysis_of(case) is not None if known is None else known


def draft_of(case: Case, person: Person) -> InvestigationDraft | None:
    """What the person has written and not saved. Nobody else's is ever read."""
    return InvestigationDraft.objects.filter(case=case, person=person).first()


def last_saved(case: Case) -> CaseEvent | None:
    """Who saved the investigation last, and when."""
    return case.events.filter(what="investigation").order_by("-pk").first()
