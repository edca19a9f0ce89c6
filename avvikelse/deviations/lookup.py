"""How the pages find the investigation and one's own draft of it."""

from __future__ import annotations

from django.db.models import Prefetch, prefetch_related_objects

from avvikelse.cases.models import Case, CaseEvent
from avvikelse.organisation.models import Person

from .models import Investigation, InvestigationDraft


def investigation_of(case: Case) -> Investigation | None:
    """The case's investigation, read once for the case at hand."""
    prefetch_related_objects([case], Prefetch("investigation", Investigation.objects.select_related("concluded_by")))
    found: Investigation | None = getattr(case, "investigation", None)
    return found


def draft_of(case: Case, person: Person) -> InvestigationDraft | None:
    """What the person has written and not saved. Nobody else's is ever read."""
    return InvestigationDraft.objects.filter(case=case, person=person).first()


def last_saved(case: Case) -> CaseEvent | None:
    """Who saved the investigation last, and when."""
    return case.events.filter(what="investigation").order_by("-pk").first()
