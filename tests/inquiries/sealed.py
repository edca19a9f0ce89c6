"""Lex Sarah cases and vårdskador that Jonas investigates, with or without their documentation."""

from __future__ import annotations

from typing import Any

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import Step
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.inquiries.operations import keep
from avvikelse.measures.models import Area, Cause
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from tests.people import AT, DAY, Town, report

STATES = {Kind.LEX: State.INVESTIGATING, Kind.VSK: State.ANALYSING}
SHARED: dict[str, Any] = {
    "event": "Besöket blev inte av.",
    "consequences": "Hon fick ingen frukost.",
    "occurred": "Den 14 november klockan 8.",
    "noticed": "Dottern ringde klockan 11.",
    "before": "no",
    "again": "yes",
    "again_note": "Schemat är likadant.",
    "remedied": "Hon fick mat.",
    "remedied_when": "Samma dag.",
    "prevention": "Ändringar ska kvitteras.",
    "prevention_when": "Den 1 december.",
    "other": "Inget.",
}
TEXTS: dict[Kind, dict[str, Any]] = {
    Kind.LEX: {
        **SHARED,
        "individual_informed": "yes",
        "representative_informed": "na",
        "personal_file": "no",
        "personal_file_why": "Det rör bara schemat.",
        "police": "na",
    },
    Kind.VSK: {
        **SHARED,
        "patient_told": "patient",
        "patient_told_on": DAY,
        "patient_told_by": "Maja Öberg, MAS",
        "told_event": True,
        "told_measures": True,
        "told_complaints": True,
        "told_committee": True,
        "told_ivo": True,
        "told_compensation": True,
        "journal_noted": "yes",
        "journal_reference": "Anteckning 2026-11-15.",
    },
}


def investigated(town: Town, kind: Kind = Kind.LEX, *, state: State | None = None, **changes: Any) -> Case:
    """A case in the hands of Jonas, with nothing written. The state is set by hand: the table is tested elsewhere."""
    case = report(town, kind=kind, **changes)
    case.parts.create(person=town.jonas, role="investigator", valid_from=DAY)
    Case.objects.filter(pk=case.pk).update(state=state or STATES[kind], handler=town.jonas)
    return fresh(case)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("unit", "report").get(pk=case.pk)


def documented(town: Town, kind: Kind = Kind.LEX, **texts: Any) -> Case:
    """Everything is answered but the causes, or the händelseanalys."""
    return with_texts(investigated(town, kind), **{**TEXTS[kind], **texts})


def with_texts(case: Case, **texts: Any) -> Case:
    act_as("system:tests")
    keep(case, texts)
    return fresh(case)


def with_cause(town: Town, case: Case) -> Case:
    act_as("system:tests")
    Cause.objects.create(case=case, area=Area.PROCESSES, text="Ingen kvittens.", added_by=town.jonas, added_at=AT)
    return fresh(case)


def step(case: Case, actor: Person, **facts: Any) -> Step:
    """What a move's deed works on, as the engine gives it."""
    act_as(actor.actor_key)
    return Step(fresh(case), actor, AT, DAY, LocalValues(DAY), facts)
