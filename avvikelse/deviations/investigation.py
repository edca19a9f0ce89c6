"""The investigation: saved as it grows, concluded into a numbered document."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.clocks import START, meet_clocks
from avvikelse.cases.engine import Step, Told
from avvikelse.cases.growing import draft_of_typed
from avvikelse.cases.kinds import State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, locked, record_event
from avvikelse.cases.rules import Who, capacities
from avvikelse.documents.models import Document
from avvikelse.documents.operations import take_document
from avvikelse.inquiries.analysis_operations import take_analysis
from avvikelse.organisation.models import Person

from .models import Investigation, InvestigationDraft
from .paper import investigation_content

FIELDS = (
    "what_happened",
    "consequences",
    "consequences_left_out",
    "child_perspective",
    "before",
    "before_note",
    "again",
    "again_note",
)


def locked_for_writing(case: Case) -> str:
    """Why the investigation cannot be written now; empty when it can."""
    if case.state == State.INVESTIGATING:
        return ""
    return "Utredningen är avslutad och låst. Lås upp den för att ändra."


@transaction.atomic
def save_investigation(
    case_id: int, *, actor: Person, version: int, at: datetime, texts: Mapping[str, Any]
) -> Investigation:
    """Save the investigation as it stands. The first saved note meets the clock for getting started."""
    act_as(actor.actor_key)
    case = locked(case_id, version)
    if not {Who.CHEF, Who.INVESTIGATOR} & capacities(case, actor, localdate(at)):
        raise PermissionDenied
    if locked_for_writing(case):
        raise MoveRefused([locked_for_writing(case)])
    found, _ = Investigation.objects.get_or_create(case=case)
    first = found.started_at is None
    for name in FIELDS:
        setattr(found, name, texts.get(name) or "")
    found.started_at = found.started_at or at
    found.save()
    meet_clocks(case, (START,), at=at)
    case.version += 1
    case.save(update_fields=["version"])
    record_event(
        case,
        "investigation",
        actor=actor,
        at=at,
        told=Told("började utreda" if first else "skrev i utredningen"),
    )
    return found


def conclude(step: Step) -> Told:
    """Lock the investigation, and the händelseanalys if there is one, as numbered documents; the worker prints them."""
    assert isinstance(step.actor, Person), "an investigation is concluded by a person"
    found = Investigation.objects.get(case=step.case)
    found.concluded_by, found.concluded_at = step.actor, step.at
    found.save(update_fields=["concluded_by", "concluded_at"])
    document = take_document(
        reference=step.case.reference,
        sort=Document.Sort.INVESTIGATION,
        title=f"Utredning av avvikelse {step.case.reference}",
        template="investigation",
        content=investigation_content(step.case, found, actor=step.actor, day=step.day),
        actor=step.actor,
        at=step.at,
    )
    take_analysis(step.case, actor=step.actor, at=step.at)
    return Told(f"avslutade utredningen. Den låstes som handling nr {document.number}")


def written(case: Case) -> dict[str, str]:
    """The investigation's texts as they are saved now."""
    found = Investigation.objects.filter(case=case).first() or Investigation(case=case)
    return {name: getattr(found, name) for name in FIELDS}


@transaction.atomic
def keep_draft(case: Case, *, actor: Person, at: datetime, typed: Mapping[str, str]) -> None:
    """Keep what the person has typed and not saved, for her alone, with the version and texts it began from."""
    texts = draft_of_typed(typed, FIELDS)
    InvestigationDraft.objects.update_or_create(case=case, person=actor, defaults={"texts": texts, "saved_at": at})


@transaction.atomic
def drop_draft(case: Case, *, actor: Person) -> None:
    InvestigationDraft.objects.filter(case=case, person=actor).delete()
