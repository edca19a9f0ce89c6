"""What a case's page says: where the case is, what I may do, and what whoever reported may see."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, QuerySet

from avvikelse.organisation.access import Access, Holder
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import CHIEF_ROLES, Role

from .engine import Move, Situation, Workflow, workflow_of
from .kinds import Kind
from .models import Case, Clock, Part
from .rules import Actor, Who, capacities, sees_kind
from .takers import able, first_at_work, line_over

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
class Choice:
    """A move I may make, or why not now."""

    move: Move
    refusals: tuple[str, ...]
    main: bool


def with_everything(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The case as its page needs it.

    What few cases have, an origin or somebody who typed for another, is asked for when it is there: with every table
    more to join the database thinks twice as long.
    """
    offspring = Case.objects.order_by("pk").only("reference", "kind", "state", "origin_id", "reporter_id")
    people = Prefetch("parts", Part.objects.filter(valid_to=None).select_related("person"))
    near = cases.select_related("unit", "category", "handler", "reporter", "report").defer("search")
    return near.prefetch_related(people, "clocks", Prefetch("offspring", offspring))


def choices(case: Case, workflow: Workflow, capacity: frozenset[Who], day: date, local: LocalValues) -> list[Choice]:
    """The moves from here that the capacity allows, the main one first, each with its refusals."""
    place = workflow.place(case.state)
    situation = Situation(case, day, local)
    allowed = [move for move in workflow.moves_from(case.state) if move.who & capacity and not move.quiet]
    refusals = {move.name: tuple(move.refusals(situation)) for move in allowed}
    refused = refusals.get(place.main_move, ("not offered",))
    instead = bool(refused) and not refusals.get(place.or_else, ("not offered",))
    main = place.or_else if instead else place.main_move
    found = [Choice(move, refusals[move.name], move.name == main) for move in allowed if move.fits(case)]
    return sorted(found, key=lambda choice: not choice.main)


def those_who(case: Case, who: Who, day: date) -> list[Holder]:
    """Who holds the capacity in the case by a role, nearest first; nobody *utpekad* and none of their stand-ins."""
    return able(case, (role for role in ROLES_OF_WHO[who] if sees_kind(role, case)), line_over(case, day))


def running(clocks: Iterable[Clock], rule: str) -> Clock | None:
    return next((clock for clock in clocks if clock.rule == rule and not clock.met_at and not clock.ended_at), None)


def way(workflow: Workflow, case: Case) -> tuple[list[str], str]:
    """The states along the way and the current one, in words. A state beside the way stands last."""
    current = workflow.place(case.state)
    come_by = (place for place in workflow.places if not place.sorts or case.sort in place.sorts)
    labels = [place.label for place in come_by if place.on_the_way]
    return (labels if current.on_the_way else [labels[0], current.label]), current.label


def reporter_reads(case: Case, workflow: Workflow, day: date) -> str:
    """The state in the reporter's words. The chief who is named is the nearest who is at work."""
    text = workflow.place(case.state).reporter_reads
    if "{chief}" in text:
        chief = first_at_work(those_who(case, Who.CHEF, day), day)
        return text.format(chief=chief.name if chief else "den ansvariga")
    children = list(case.offspring.all())
    return reads_in_list(case, Kind(children[-1].kind) if children else None)


def reads_in_list(case: Case, went_on_as: Kind | None) -> str:
    """The state in the reporter's words, without naming anybody."""
    text = workflow_of(case.kind).place(case.state).reporter_reads
    handed_over = HANDED_OVER_TO.get(went_on_as, "Lämnades vidare") if went_on_as else "Lämnades vidare"
    return text.format(chief="den ansvariga", handed_over=handed_over)


def reporter_page(case: Case, actor: Actor, day: date, access: Access | None = None) -> dict[str, object]:
    """What whoever reported may see of the case: own words, plain state, dialogue, answer. Never the investigation."""
    workflow = workflow_of(case.kind)
    local = LocalValues(day)
    capacity = capacities(case, actor, day, access, local) & {Who.REPORTER}
    labels, current = way(workflow, case)
    # Whoever stands as reporter of an anonymous report reads nothing of what is said under its code.
    said = case.messages.all()
    if isinstance(actor, Person) and case.receipt_hash:
        said = said.filter(author=actor)
    offered = choices(case, workflow, capacity, day, local)
    return {
        "case": case,
        "kind": Kind(case.kind).label,
        "reads": reporter_reads(case, workflow, day),
        "final": workflow.place(case.state).final,
        "way": labels,
        "current": current,
        "choices": offered,
        "asked": any(choice.main and not choice.refusals for choice in offered),
        "dialogue": list(said.order_by("at", "pk").select_related("author")),
        "answers": list(case.answers.order_by("-answered_at").select_related("answered_by")),
        "files": list(case.attachments.filter(from_reporter=True).order_by("pk")),
        "went_on_as": [
            child for child in case.offspring.all() if child.reporter_id and child.reporter_id == case.reporter_id
        ],
    }
