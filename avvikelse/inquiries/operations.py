"""Writing an investigation: its documentation, its notes, what others are asked to say, and its rulings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import Step, Told, workflow_of
from avvikelse.cases.growing import draft_of_typed
from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Attachment, Case
from avvikelse.cases.operations import MoveRefused, locked, record_event
from avvikelse.cases.rules import Who, capacities
from avvikelse.organisation.models import Person
from avvikelse.ui import words

from .choices import Grade, Nature, Stage
from .forms import texts_of
from .models import Matter, Note, Ruling, Statement, TaskDraft
from .tasks import Task

WRITERS = frozenset({Who.INVESTIGATOR, Who.SAS, Who.MAS})
"""Who may write the documentation and notes."""
WRITTEN_IN = frozenset({State.INVESTIGATING, State.ANALYSING})
RECEIVED_WITH = (
    "received_how",
    "told_on",
    "told_at",
    "lagrum",
    "kind_of",
    "protected",
    "protected_at",
    "implicated_outside",
    "chair_informed_on",
    "director_informed_on",
    "team",
)
"""What is told of a case when it is registered, or when its investigation begins."""


def locked_for_writing(case: Case) -> str:
    """Why the documentation cannot be written now; empty when it can."""
    if case.state in WRITTEN_IN:
        return ""
    return "Dokumentationen kan bara skrivas medan ärendet utreds. Nu går den att läsa."


def case_to_write(case: Case, actor: Person, at: datetime) -> None:
    if not WRITERS & capacities(case, actor, localdate(at)):
        raise PermissionDenied


def touch(case: Case) -> None:
    case.version += 1
    case.save(update_fields=["version"])


@transaction.atomic
def save_task(
    case_id: int, task: Task, *, actor: Person, version: int, at: datetime, texts: Mapping[str, Any]
) -> Matter:
    """Save one point of the documentation as it stands. Raises StaleCase, PermissionDenied, MoveRefused."""
    assert task.asks is not None, f"{task.slug} is not written on a page of its own"
    act_as(actor.actor_key)
    case = locked(case_id, version)
    case_to_write(case, actor, at)
    if locked_for_writing(case):
        raise MoveRefused([locked_for_writing(case)])
    names = [name for name in texts_of(task.asks) if name in texts]
    found = keep(case, {name: texts[name] for name in names})
    touch(case)
    record_event(case, "documentation", actor=actor, at=at, told=Told(f"skrev i dokumentationen under ”{task.label}”"))
    return found


def keep(case: Case, facts: Mapping[str, Any]) -> Matter:
    """Write the columns named in `facts`, which are a form's cleaned data."""
    found = Matter.objects.filter(case=case).first() or Matter(case=case)
    for name, value in facts.items():
        setattr(found, name, value)
    found.save()
    return found


def keep_received(step: Step) -> Matter:
    """Keep what the step tells of how the case came in and what was done at once. Called inside a move."""
    return keep(step.case, {name: step.facts[name] for name in RECEIVED_WITH if name in step.facts})


def keep_lesson(step: Step, lesson: str) -> Matter:
    """Keep what was learnt, de-identified. Called inside a move."""
    return keep(step.case, {"lesson": lesson})


@transaction.atomic
def keep_draft(case: Case, task: Task, *, actor: Person, at: datetime, typed: Mapping[str, str]) -> None:
    """Keep what the person has typed in the point and not saved, for her alone."""
    assert task.asks is not None, f"{task.slug} is not written on a page of its own"
    facts = {"texts": draft_of_typed(typed, texts_of(task.asks)), "saved_at": at}
    TaskDraft.objects.update_or_create(case=case, person=actor, task=task.slug, defaults=facts)


@transaction.atomic
def drop_draft(case: Case, task: Task, *, actor: Person) -> None:
    TaskDraft.objects.filter(case=case, person=actor, task=task.slug).delete()


@transaction.atomic
def add_note(
    case_id: int, *, actor: Person, at: datetime, noted_on: date, source: str, nature: Nature, text: str
) -> Note:
    """Note something, in any state that is not final. The author and her title are those of the moment."""
    act_as(actor.actor_key)
    case = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case_id)
    case_to_write(case, actor, at)
    if workflow_of(case.kind).place(case.state).final:
        raise MoveRefused(["Ärendet är avslutat. Då går det inte att skriva fler anteckningar."])
    note = Note.objects.create(
        case=case,
        noted_on=noted_on,
        source=source,
        nature=nature,
        text=text,
        author=actor,
        author_title=actor.title,
        written_at=at,
    )
    touch(case)
    record_event(case, "note", actor=actor, at=at, told=Told("skrev en anteckning"))
    return note


# --- What others are asked to say


def ask_statement(step: Step) -> Told:
    """Ask somebody (`asked_of`) for a yttrande about a `question`, by a day (`due_on`). She does not see the case."""
    assert isinstance(step.actor, Person), "a statement is asked for by a person"
    asked, due = step.facts["asked_of"], step.facts["due_on"]
    if step.case.parts.filter(person=asked, role=PartRole.IMPLICATED, valid_to=None).exists():
        raise MoveRefused([f"{asked.name} är utpekad i ärendet och kan inte lämna ett yttrande här."])
    Statement.objects.create(
        case=step.case,
        asked_by=step.actor,
        asked_of=asked,
        asked_at=step.at,
        question=step.facts["question"],
        due_on=due,
    )
    rows = (("Fråga", step.facts["question"]), ("Senast", words.day(due)))
    return Told(f"begärde ett yttrande av {asked.name_and_title}", rows)


@transaction.atomic
def answer_statement(statement_id: int, *, actor: Person, at: datetime, text: str) -> Statement:
    """Answer, once. Only the one who was asked may, and she needs not see the case."""
    act_as(actor.actor_key)
    # The case first, as everywhere: two who lock in different orders would wait for each other.
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    case = cases.get(pk=Statement.objects.values_list("case_id", flat=True).get(pk=statement_id))
    found = Statement.objects.select_for_update(of=("self",)).get(pk=statement_id)
    if found.asked_of_id != actor.pk:
        raise PermissionDenied
    if case.parts.filter(person=actor, role=PartRole.IMPLICATED, valid_to=None).exists():
        raise PermissionDenied
    if found.answered_at:
        raise MoveRefused(["Du har redan svarat. Ett yttrande lämnas en gång."])
    if workflow_of(case.kind).place(case.state).final:
        raise MoveRefused(["Ärendet är avslutat. Yttrandet behövs inte längre."])
    found.text, found.answered_at = text, at
    found.save(update_fields=["text", "answered_at"])
    touch(case)
    record_event(case, "statement", actor=actor, at=at, told=Told("lämnade sitt yttrande"))
    return found


# --- Proposals and decisions


@dataclass(frozen=True, kw_only=True)
class Ruled:
    """What is proposed or decided.

    `by` is empty when an organ decides; then `section_number` and `minutes` say where it stands written.
    """

    stage: Stage
    grade: Grade
    why: str
    by: Person | None = None
    decided_on: date
    organ: str = ""
    delegated: bool = False
    section_number: str = ""
    minutes: Attachment | None = None
    deidentified: str = ""


def rule(step: Step, ruled: Ruled) -> Ruling:
    """Write a proposal or a decision inside a move; a decision replaces the one before, which stays beside it.

    Whoever investigated does not decide: never in a lex Sarah case, and in a vårdskada only where the municipality
    allows it (workflows §6, §7).
    """
    assert isinstance(step.actor, Person), "a ruling is written by a person"
    decides = ruled.stage != Stage.PROPOSAL
    alone = decides and ruled.by is not None and ruled.by.pk == step.case.handler_id
    if alone and not may_decide_alone(step):
        raise MoveRefused(["Den som har utrett ärendet får inte besluta i det. Låt någon annan besluta."])
    if decides:
        step.case.rulings.exclude(stage=Stage.PROPOSAL).filter(replaced=False).update(replaced=True)
    return Ruling.objects.create(
        case=step.case,
        investigator=step.case.handler,
        recorded_by=step.actor,
        at=step.at,
        four_eyes_off=alone,
        **vars(ruled),
    )


def may_decide_alone(step: Step) -> bool:
    return step.case.kind == Kind.VSK and not step.local.flag("four_eyes_care_injury")
