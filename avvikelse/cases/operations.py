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
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues

from .clocks import end_clocks, meet_clocks, pause_clocks, resume_clocks, start_anew, start_clock
from .engine import Goes, Move, Situation, Step, Told, Workflow, workflow_of
from .kinds import SEALED_KINDS, Kind, PartRole, State
from .models import Answer, Case, CaseEvent, Message, Part, Report, SavedFilter
from .numbers import take_number
from .offspring import ALONG, carried, reported, reporter_of, to_ivo
from .rules import Actor, Outsider, Who, capacities
from .sight import HANDLING_PARTS
from .takers import able_without, all_takers, first_at_work, instead_of, line_over, nobody_takes, stand_ins, takers

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
    "diary_number",
)
"""The case's own fields that a move may change; what the reporter wrote is not among them."""


class MoveRefused(Exception):
    """The move cannot be made. `sentences` are for the user."""

    def __init__(self, sentences: Iterable[str]) -> None:
        self.sentences = list(sentences)
        super().__init__(" ".join(self.sentences))


SAME_PRESS = timedelta(minutes=1)
"""The same words from the same person within this time are one press that came twice."""


UNVERSIONED = ("message", "affected", "affected_removed", "stand_in")
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


@transaction.atomic
def open_case(new: NewCase, *, actor: Actor, at: datetime) -> Case:
    """Receive a case: its number, its first event and its first clocks, and somebody who can take it.

    Raises MoveRefused where nobody can take a case of a sealed kind.
    """
    act_as(actor.actor_key)
    day, workflow = localdate(at), workflow_of(new.kind)
    case = write_down(new, workflow.places[0].state, at)
    record_event(case, "received", actor=actor, at=at, to_state=case.state, told=Told("rapporterade"))
    step = Step(case, actor, at, day, LocalValues(day), {"received_at": at, "occurred_on": case.occurred_on or day})
    bring_along(step)
    ensure_taker(case, step)
    for rule in workflow.on_receipt:
        start_clock(case, rule, at=at, local=step.local, facts=step.facts)
    return case


def write_down(new: NewCase, state: State, at: datetime) -> Case:
    """The case with its number, what was told and whom it is about."""
    day = localdate(at)
    case = Case.objects.create(
        reference=take_number(new.kind, day.year),
        kind=new.kind,
        state=state,
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
    return case


def bring_along(step: Step) -> None:
    """Give those who have a part in the origin of an IVO case the same sight of it."""
    if step.case.origin and step.case.kind == Kind.IVO:
        for part in step.case.origin.parts.filter(valid_to=None).select_related("person"):
            set_part(step.case, part.person, ALONG[PartRole(part.role)], step=step)


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
    """
    implicated = Person.objects.filter(parts__case=case, parts__role=PartRole.IMPLICATED, parts__valid_to=None)
    if kind in SEALED_KINDS and case.kind not in SEALED_KINDS:
        seal(case, step.day)
    new = NewCase(
        kind=kind,
        unit=case.unit,
        title=case.title,
        what_happened=case.what_happened,
        affected=case.affected,
        reporter=reporter_of(case, kind, step.actor),
        facts=carried(case, kind),
        told=reported(case),
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
    capacity = capacities(case, actor, localdate(at)) - {Who.REGISTRAR}
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
    """Give somebody a part in the case; whoever had an investigator's or decider's part before has it no longer.

    What is opened between the municipality and IVO is seen as its origin: the part goes along there.
    """
    if role in {PartRole.INVESTIGATOR, PartRole.DECIDER}:
        for earlier in case.parts.filter(role=role, valid_to=None).exclude(person=person):
            end_part(earlier, step=step)
    Part.objects.get_or_create(case=case, person=person, role=role, valid_to=None, defaults={"valid_from": step.day})
    for child in to_ivo(case):
        set_part(child, person, ALONG[role], step=step)


def end_part(part: Part, *, step: Step) -> None:
    """Let a part end today, also where it went along; no case of a sealed kind is left without a taker."""
    Part.objects.filter(pk=part.pk, valid_to=None).update(valid_to=step.day)
    along = Part.objects.filter(case__origin=part.case, case__kind=Kind.IVO, person=part.person, valid_to=None)
    along.filter(role=ALONG[PartRole(part.role)]).update(valid_to=step.day)
    if part.role == PartRole.STAND_IN:
        ensure_taker(part.case, step)


def implicate(case: Case, person: Person, *, step: Step) -> None:
    """Point somebody out: she never sees the case again, and what she had to do in it passes to whoever is next.

    Raises MoveRefused where nobody would be left who can take the case.
    """
    set_part(case, person, PartRole.IMPLICATED, step=step)
    if case.handler_id == person.pk:
        case.handler = None
    for each in (case, *to_ivo(case)):
        for part in each.parts.filter(person=person, role__in=HANDLING_PARTS, valid_to=None):
            end_part(part, step=step)
        ensure_taker(each, step)


def ensure_taker(case: Case, step: Step) -> Person | None:
    """See to it that somebody who is not *utpekad* can take a case of a sealed kind.

    Where nobody of those whose duty it is can, the nearest who may gets the part of standing in, and is returned.
    Raises MoveRefused, with what to do, where there is nobody.
    """
    if case.kind not in SEALED_KINDS:
        return None
    standing = case.parts.filter(role=PartRole.STAND_IN, valid_to=None)
    barred = case.parts.filter(role=PartRole.IMPLICATED, valid_to=None).values_list("person_id", flat=True)
    line, without = line_over(case, step.day), frozenset(barred)
    if able_without(without, takers(case.kind, case.sort), line):
        standing.update(valid_to=step.day)
        return None
    found = stand_ins(without, line)
    able_now = {holder.person.pk for holder in found}
    if kept := next((part.person for part in standing.select_related("person") if part.person_id in able_now), None):
        return kept
    person = first_at_work(found, step.day)
    if person is None:
        raise MoveRefused([nobody_takes(all_takers(case.kind, case.sort))])
    standing.update(valid_to=step.day)
    set_part(case, person, PartRole.STAND_IN, step=step)
    told = Told(f"gav ärendet till {person.name}, som tar hand om det i stället för {instead_of(case)}")
    record_event(case, "stand_in", actor=system_actor(), at=step.at, told=told)
    return person


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
