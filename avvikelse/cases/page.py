"""What a case's page says: where the case is, what happens next, what I may do and what has been told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Prefetch, QuerySet

from avvikelse.organisation.access import Access, Holder, holders
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import CHIEF_ROLES, Role
from avvikelse.ui import words
from avvikelse.workdays import working_days_between

from .clocks import RULES, closed_days
from .engine import Move, Place, Situation, Workflow, workflow_of
from .kinds import Kind, PartRole
from .models import Case, CaseEvent, Clock, Part
from .rules import Actor, Who, capacities

HANDED_OVER_TO = {
    Kind.LEX: "Utreds vidare av någon annan än din chef",
    Kind.VSK: "Utreds vidare av någon annan än din chef",
    Kind.FOR: "Blev ett förbättringsförslag",
    Kind.SAM: "Din chef tar upp det med den andra verksamheten",
    Kind.AVV: "Blev en avvikelse",
}
"""What the reporter reads when the case went on as another kind (workflows §4)."""

ROLES_OF_WHO: dict[Who, tuple[Role, ...]] = {
    Who.CHEF: CHIEF_ROLES,
    Who.SAS: (Role.SAS,),
    Who.MAS: (Role.MAS, Role.MAR),
}


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who does what, by when and how soon that is."""

    sentence: str
    due_on: date | None = None
    left: int = 0

    @property
    def by_when(self) -> str:
        return words.weekday(self.due_on) if self.due_on else ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A move I may make, or why not now."""

    move: Move
    refusals: tuple[str, ...]
    main: bool


def with_everything(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The case as its page needs it."""
    people = Prefetch("parts", Part.objects.filter(valid_to=None).select_related("person"))
    return cases.select_related(
        "unit", "category", "handler", "reporter", "entered_by", "report", "origin"
    ).prefetch_related(people, "clocks")


def choices(case: Case, workflow: Workflow, capacity: frozenset[Who], day: date) -> list[Choice]:
    """The moves from here that the capacity allows, the main one first, each with its refusals."""
    place = workflow.place(case.state)
    situation = Situation(case, day, LocalValues(day))
    allowed = [move for move in workflow.moves_from(case.state) if move.who & capacity and not move.quiet]
    found = [Choice(move, tuple(move.refusals(situation)), move.name == place.main_move) for move in allowed]
    return sorted(found, key=lambda choice: not choice.main)


def implicated_people(case: Case) -> frozenset[int]:
    standing = [part for part in case.parts.all() if part.valid_to is None]
    return frozenset(part.person_id for part in standing if part.role == PartRole.IMPLICATED)


def those_who(case: Case, who: Who, day: date) -> list[Holder]:
    """Who holds the capacity in the case by a role, nearest first; nobody *utpekad* and none of their stand-ins."""
    without = implicated_people(case)
    found = holders(case.unit, ROLES_OF_WHO[who], day)
    return [holder for holder in found if holder.person.pk not in without and not holder.grant.leans_on & without]


def name_of_next(case: Case, place: Place, day: date) -> str:
    """The name of whoever acts next, or the office where no name is known."""
    if Who.INVESTIGATOR in place.waits_for and case.handler:
        return case.handler.name
    for who in sorted(place.waits_for & set(ROLES_OF_WHO)):
        if found := those_who(case, who, day):
            return found[0].person.name
    return "Rapportören" if Who.REPORTER in place.waits_for else "Den ansvariga chefen"


def next_step(case: Case, workflow: Workflow, day: date) -> NextStep | None:
    """The next step in one sentence; None when the case is finished."""
    place = workflow.place(case.state)
    if place.final or not place.next_step:
        return None
    sentence = place.next_step.format(who=name_of_next(case, place, day))
    clock = running(case.clocks.all(), place.clock.name) if place.clock else None
    if clock is None:
        return NextStep(sentence)
    return NextStep(sentence, clock.due_on, working_days_between(day, clock.due_on, closed_days()))


def running(clocks: Iterable[Clock], rule: str) -> Clock | None:
    return next((clock for clock in clocks if clock.rule == rule and not clock.met_at and not clock.ended_at), None)


def way(workflow: Workflow, state: str) -> tuple[list[str], str]:
    """The states along the way and the current one, in words. A state beside the way stands last."""
    current = workflow.place(state)
    labels = [place.label for place in workflow.places if place.on_the_way]
    return (labels if current.on_the_way else [labels[0], current.label]), current.label


def reporter_reads(case: Case, workflow: Workflow, day: date) -> str:
    """The state in the reporter's words."""
    text = workflow.place(case.state).reporter_reads
    if "{chief}" in text:
        found = those_who(case, Who.CHEF, day)
        return text.format(chief=found[0].person.name if found else "den ansvariga")
    if "{handed_over}" in text:
        child = case.offspring.order_by("-pk").first()
        return text.format(handed_over=HANDED_OVER_TO[Kind(child.kind)] if child else "Lämnades vidare")
    return text


def reads_in_list(case: Case, went_on_as: Kind | None) -> str:
    """The state in the reporter's words, without naming anybody."""
    text = workflow_of(case.kind).place(case.state).reporter_reads
    handed_over = HANDED_OVER_TO[went_on_as] if went_on_as else "Lämnades vidare"
    return text.format(chief="din chef", handed_over=handed_over)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history: who did what, and what was written."""

    at: datetime
    who: str
    sentence: str
    rows: list[tuple[str, str]]


def story(case: Case, *, name_shown: bool) -> list[Line]:
    """The case's history, newest first. A reporter whose name is not shown is named only as that."""
    return [
        Line(event.at, said_by(event, case, name_shown=name_shown), event.facts["sentence"], event.facts["rows"])
        for event in case.events.order_by("-at", "-pk")
    ]


def said_by(event: CaseEvent, case: Case, *, name_shown: bool) -> str:
    by_reporter = event.actor_id is not None and event.actor_id in {case.reporter_id, case.entered_by_id}
    return "Rapportören" if by_reporter and not name_shown else event.actor_name


def clock_lines(case: Case, day: date) -> list[dict[str, object]]:
    """Every clock of the case in words, the running ones first."""
    closed = closed_days()
    rows = sorted(case.clocks.all(), key=lambda clock: (bool(clock.met_at or clock.ended_at), clock.due_on, clock.pk))
    return [
        {
            "clock": clock,
            "label": RULES[clock.rule].label,
            "late": clock.is_late(day),
            "left": working_days_between(day, clock.due_on, closed),
        }
        for clock in rows
    ]


def reporter_page(case: Case, actor: Actor, day: date, access: Access | None = None) -> dict[str, object]:
    """What whoever reported may see of the case: own words, plain state, dialogue, answer. Never the investigation."""
    workflow = workflow_of(case.kind)
    capacity = capacities(case, actor, day, access) & {Who.REPORTER}
    labels, current = way(workflow, case.state)
    return {
        "case": case,
        "kind": Kind(case.kind).label,
        "reads": reporter_reads(case, workflow, day),
        "final": workflow.place(case.state).final,
        "way": labels,
        "current": current,
        "choices": choices(case, workflow, capacity, day),
        "dialogue": list(case.messages.order_by("at", "pk").select_related("author")),
        "answers": list(case.answers.order_by("-answered_at")),
        "files": list(case.attachments.filter(from_reporter=True).order_by("pk")),
        "went_on_as": list(case.offspring.filter(reporter=case.reporter).order_by("pk")) if case.reporter_id else [],
    }
