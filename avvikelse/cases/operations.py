"""What can be done to any case.

One verb, one function, one transaction. `make_move` is the only way a state changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues

from .clocks import end_clocks, meet_clocks, pause_clocks, resume_clocks, start_anew, start_clock
from .engine import Goes, Move, Situation, Step, Told, Workflow, workflow_of
from .kinds import PREFIXES, SEALED_KINDS, Kind, PartRole, State
from .models import Answer, Case, CaseEvent, Message, Part, Report, SavedFilter
from .rules import Actor, Outsider, Who, capacities
from .sight import HANDLING_PARTS

MOVABLE = (
    "state",
    "state_before",
    "version",
    "unit",
    "category",
    "risk",
    "handler",
    "under_sol_lss",
    "under_hsl",
    "sealed",
    "sort",
)
"""The case's own fields that a move may change; what the reporter wrote is not among them."""


CARRIED_FIELDS = (
    "tense",
    "occurred_on",
    "occurred_at",
    "occurred_part",
    "reporter_typed",
    "reporter_hidden",
    "entered_by",
    "receipt_hash",
    "under_sol_lss",
    "under_hsl",
)
REPORT_FIELDS = (
    "consequences",
    "serious",
    "abuse",
    "misconduct",
    "care_harm",
    "child",
    "done_at_once",
    "routine",
    "routine_followed",
    "routine_note",
    "suggestion",
    "often",
    "other_principal",
    "other_principal_note",
)
"""What a case that is opened out of another takes with it."""


class MoveRefused(Exception):
    """The move cannot be made. `sentences` are for the user."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


SAME_PRESS = timedelta(minutes=1)
"""The same words from the same person within this time are one press that came twice."""


UNVERSIONED = ("message", "affected", "affected_removed")
"""What happens beside the case's own course: it stands in nobody's way and gives no new version."""


MEANWHILE = 50
"""How many events a second saver is told of; the version seen is only what the page says it was."""


class StaleCase(Exception):
    """Somebody else changed the case since it was read. `events` is what happened meanwhile, the newest first."""

    def __init__(self, case: Case, seen: int) -> None:
        self.case = case
        versioned = case.events.exclude(what__in=UNVERSIONED).order_by("-pk")
        self.events = list(versioned[: min(max(1, case.version - seen), MEANWHILE)])
        super().__init__(f"{case.reference} is at version {case.version}, not {seen}")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCase:
    """What a new case starts with. `facts` are further fields of Case, `told` fields of Report."""

    kind: Kind
    unit: Unit
    title: str
    what_happened: str
    affected: str
    reporter: Person | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)
    implicated: tuple[Person, ...] = ()
    origin: Case | None = None
    submission_key: UUID | None = None


def take_number(kind: Kind, year: int) -> str:
    """The next case number of the kind and year.

    Held until the transaction ends, so that none is skipped or given twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (kind, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (kind, year) DO UPDATE SET last = cases_numberseries.last + 1 RETURNING last",
            [kind, year],
        )
        row = cursor.fetchone()
    assert row is not None
    return f"{PREFIXES[kind]}-{year}-{row[0]:04d}"


@transaction.atomic
def open_case(new: NewCase, *, actor: Actor, at: datetime) -> Case:
    """Receive a case: its number, its first event and its first clocks."""
    act_as(actor.actor_key)
    day = localdate(at)
    case = Case.objects.create(
        reference=take_number(new.kind, day.year),
        kind=new.kind,
        state=State.RECEIVED,
        unit=new.unit,
        title=new.title,
        what_happened=new.what_happened,
        affected=new.affected,
        reporter=new.reporter,
        received_at=at,
        received_on=day,
        origin=new.origin,
        submission_key=new.submission_key,
        **new.facts,
    )
    Report.objects.create(case=case, **new.told)
    Part.objects.bulk_create(
        Part(case=case, person=person, role=PartRole.IMPLICATED, valid_from=day) for person in new.implicated
    )
    record_event(case, "received", actor=actor, at=at, to_state=case.state, told=Told("rapporterade"))
    rules = workflow_of(new.kind).on_receipt
    if rules:
        local = LocalValues(day)
        for rule in rules:
            start_clock(case, rule, at=at, local=local)
    return case


@transaction.atomic
def make_move(
    case_id: int, name: str, *, actor: Actor, version: int, at: datetime, facts: Mapping[str, Any]
) -> CaseEvent:
    """Move the case, or raise: StaleCase, PermissionDenied, MoveRefused.

    State, event, clocks and audit are written together.

    `facts` is the cleaned data of the move's form; `version` is the version the person saw.
    """
    act_as(actor.actor_key)
    case = locked(case_id, version)
    workflow = workflow_of(case.kind)
    day = localdate(at)
    move = workflow.move(name)
    if move is None or case.state not in move.sources:
        raise MoveRefused(["Ärendet har redan gått vidare."])
    if not move.who & capacities(case, actor, day):
        raise PermissionDenied
    local = LocalValues(day)
    refuse_when_needed(move, Situation(case, day, local, facts, sent=True))
    return carry_out(workflow, move, Step(case, actor, at, day, local, facts))


def locked(case_id: int, version: int) -> Case:
    """The case under lock, at the version the person saw."""
    case = Case.objects.select_for_update(of=("self",)).select_related("unit").get(pk=case_id)
    if case.version != version:
        raise StaleCase(case, version)
    return case


def refuse_when_needed(move: Move, situation: Situation) -> None:
    required = move.asks.required_facts() if move.asks else ()
    missing = [f"Fyll i ”{label}”." for name, label in required if situation.facts.get(name) in {None, ""}]
    if sentences := missing + move.refusals(situation):
        raise MoveRefused(sentences)


def carry_out(workflow: Workflow, move: Move, step: Step) -> CaseEvent:
    case, before = step.case, step.case.state
    told = move.does(step) if move.does else Told()
    if move.opens:
        open_offspring(case, move.opens, step)
    target = workflow.target_of(move, case)
    if target != before:
        case.state_before, case.state = before, target
    case.version += 1
    case.save(update_fields=MOVABLE)
    event = record_event(
        case,
        move.name,
        actor=step.actor,
        at=step.at,
        from_state=before,
        to_state=case.state,
        told=told,
        past=move.past,
    )
    turn_clocks(workflow, move, step, before)
    return event


def open_offspring(case: Case, kind: Kind, step: Step) -> Case:
    """Open a case of another kind out of this one.

    Both stay true; a sealed kind takes the chiefs' sight of this one with it.

    A lex Sarah case needs a named reporter: whoever hands an anonymous report over stands as that.
    """
    reporter = case.reporter
    if kind == Kind.LEX and reporter is None:
        assert isinstance(step.actor, Person), "an outsider hands nothing over"
        reporter = step.actor
    told = {name: getattr(case.report, name) for name in REPORT_FIELDS}
    facts = {name: getattr(case, name) for name in CARRIED_FIELDS}
    implicated = Person.objects.filter(parts__case=case, parts__role=PartRole.IMPLICATED, parts__valid_to=None)
    if kind in SEALED_KINDS:
        seal(case, step.day)
    new = NewCase(
        kind=kind,
        unit=case.unit,
        title=case.title,
        what_happened=case.what_happened,
        affected=case.affected,
        reporter=reporter,
        facts=facts,
        told=told,
        implicated=tuple(implicated),
        origin=case,
    )
    return open_case(new, actor=step.actor, at=step.at)


def seal(case: Case, day: date) -> None:
    """Take the case from the chiefs' sight and from all who had a part in it, often the chief herself."""
    case.sealed = True
    case.parts.filter(role__in=HANDLING_PARTS, valid_to=None).update(valid_to=day)


def turn_clocks(workflow: Workflow, move: Move, step: Step, before: str) -> None:
    case = step.case
    meet_clocks(case, move.meets, at=step.at)
    if workflow.place(case.state).final:
        end_clocks(case, at=step.at)
        return
    if case.state == State.RETURNED != before:
        pause_clocks(case, day=step.day)
    if before == State.RETURNED != case.state and move.target == Goes.BACK:
        resume_clocks(case, day=step.day)
    for rule in move.starts:
        if rule.only_in and case.state not in rule.only_in:
            continue
        start_anew(case, rule, at=step.at, local=step.local, facts=step.facts)


def record_event(
    case: Case,
    what: str,
    *,
    actor: Actor,
    at: datetime,
    told: Told,
    from_state: str = "",
    to_state: str = "",
    past: str = "",
) -> CaseEvent:
    """Write a line of the case's story. Messages to people are made from these rows."""
    return CaseEvent.objects.create(
        case=case,
        what=what,
        actor=actor if isinstance(actor, Person) else None,
        actor_name=actor.name,
        at=at,
        from_state=from_state,
        to_state=to_state,
        facts={"sentence": told.sentence or past, "rows": [list(row) for row in told.rows]},
    )


@transaction.atomic
def add_message(case_id: int, text: str, *, actor: Actor, at: datetime) -> Message:
    """Write in the dialogue. Whoever reported writes as reporter; those who handle the case write as handlers.

    The same words sent twice in a row are one message, also when they come at the same time.
    """
    act_as(actor.actor_key)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    capacity = capacities(case, actor, localdate(at))
    stands_in = isinstance(actor, Person) and capacity == {Who.REPORTER} and case.receipt_hash != ""
    if not capacity or stands_in:  # the dialogue of an anonymous report is its writer's, not the stand-in's
        raise PermissionDenied
    author = actor if isinstance(actor, Person) else None
    words: dict[str, Any] = {"author": author, "from_reporter": Who.REPORTER in capacity, "text": text}
    if sent := case.messages.filter(**words, at__gt=at - SAME_PRESS).first():
        return sent
    message = Message.objects.create(case=case, at=at, **words)
    record_event(case, "message", actor=actor, at=at, told=Told("skrev ett meddelande"))
    return message


def give_answer(case: Case, *, text: str, why_not: str, actor: Actor, at: datetime) -> Answer:
    """Answer the reporter, or say why no answer could be given. Called inside a move."""
    assert isinstance(actor, Person), "an answer has a person behind it"
    return Answer.objects.create(
        case=case, text=text, why_not="" if text else why_not, answered_by=actor, answered_at=at
    )


def set_part(case: Case, person: Person, role: PartRole, *, step: Step) -> None:
    """Give somebody a part in the case; whoever had an investigator's or decider's part before has it no longer."""
    if role in {PartRole.INVESTIGATOR, PartRole.DECIDER}:
        case.parts.filter(role=role, valid_to=None).exclude(person=person).update(valid_to=step.day)
    Part.objects.get_or_create(case=case, person=person, role=role, valid_to=None, defaults={"valid_from": step.day})


def system_actor(name: str = "Systemet") -> Outsider:
    return Outsider("system", name, frozenset({Who.SYSTEM}))


@transaction.atomic
def save_filter(person: Person, *, name: str, query: str) -> SavedFilter:
    """Keep an address of the case list under a name; the same name again replaces it."""
    saved, _ = SavedFilter.objects.update_or_create(person=person, name=name, defaults={"query": query})
    return saved


@transaction.atomic
def drop_filter(person: Person, filter_id: int) -> None:
    person.saved_filters.filter(pk=filter_id).delete()
