"""The shape of a process: a table of states and a table of moves. What a kind's `workflow.py` is written in.

Everything else is drawn from the tables: the buttons and their forms, who may, the sentences of the history, the
clocks, what the
reporter reads, the next step, the diagram and the exhaustive test.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Any, TypeAlias

from django.conf import settings
from django.utils.module_loading import import_string

from avvikelse.organisation.preferences import LocalValues

from .kinds import STATES, Kind, Sort, State, in_text
from .takers import nobody_receives

if TYPE_CHECKING:
    from .clocks import ClockRule
    from .forms import MoveForm
    from .models import Case
    from .rules import Actor, Who

Facts: TypeAlias = Mapping[str, Any]


class Goes(StrEnum):
    """A target that depends on where the case stands."""

    SAME = "same"
    BACK = "back"


@dataclass(frozen=True, slots=True)
class Situation:
    """What an objection may look at. Before the click nothing is `sent` and `facts` is empty."""

    case: Case
    day: date
    local: LocalValues
    facts: Facts = field(default_factory=dict)
    sent: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A move being made: what its `does` works on. Setting the case's own fields is enough; the engine saves them."""

    case: Case
    actor: Actor
    at: datetime
    day: date
    local: LocalValues
    facts: Facts


@dataclass(frozen=True, slots=True)
class Told:
    """What the history says of a move: a sentence after the actor's name, and what was written, heading by heading."""

    sentence: str = ""
    rows: tuple[tuple[str, str], ...] = ()


Objection: TypeAlias = Callable[[Situation], str | None]
Deed: TypeAlias = Callable[[Step], Told]


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A row of the process: something a person does. With `sorts` it is only there in cases of those sorts."""

    name: str
    label: str
    sources: tuple[State, ...]
    target: State | Goes | Mapping[State, State]
    who: frozenset[Who]
    past: str
    asks: type[MoveForm] | None = None
    does: Deed | None = None
    unless: tuple[Objection, ...] = ()
    starts: tuple[ClockRule, ...] = ()
    meets: tuple[ClockRule, ...] = ()
    opens: Kind | None = None
    law: str = ""
    hint: str = ""
    quiet: bool = False
    sorts: tuple[Sort, ...] = ()

    def fits(self, case: Case) -> bool:
        return not self.sorts or case.sort in self.sorts

    def refusals(self, situation: Situation) -> list[str]:
        """Why it cannot be done now, in sentences for the user; empty when it can."""
        if not self.fits(situation.case):
            return ["Det går inte i ett ärende av den här sorten."]
        found = [sentence for objection in self.unless if (sentence := objection(situation))]
        if self.opens and (sentence := not_as(self.opens, situation)):
            found.append(sentence)
        return found


def not_as(kind: Kind, situation: Situation) -> str | None:
    """Why no case of the kind can be opened out of this one: there is one already, or nobody could take it.

    One that was cancelled before it began counts as none.
    """
    if any(child.kind == kind and child.state != State.CANCELLED for child in situation.case.offspring.all()):
        return f"Ärendet har redan lämnats vidare som {in_text(kind)}."
    return nobody_receives(situation.case, kind, situation.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A row of the states: what it is called, what the reporter reads, who acts next and what is done then.

    `or_else` is the move that comes in the place of the main one where that is refused, or not for whoever looks.
    `part` is the part of the case page where the work of the state is done, when it is more than making the main move.
    With `sorts` only cases of those sorts come there.
    """

    state: State
    label: str
    reporter_reads: str
    waits_for: frozenset[Who] = frozenset()
    next_step: str = ""
    task: str = ""
    main_move: str = ""
    or_else: str = ""
    part: str = ""
    sorts: tuple[Sort, ...] = ()
    clock: ClockRule | None = None
    final: bool = False
    on_the_way: bool = True


@dataclass(frozen=True, slots=True)
class Act:
    """Something to press that a part of the case page offers as the next thing to do."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the case page that the kind's room adds: a template and what it needs.

    `context` gives nothing at all while there is nothing to show; under "act" an `Act`, the next thing to do there.
    """

    slug: str
    title: str
    template: str
    context: Callable[[Case, frozenset[Who], LocalValues], dict[str, object]]


def under_sol(_case: Case) -> str:
    return "sol"


@dataclass(frozen=True, slots=True, kw_only=True)
class Workflow:
    """A kind's tables. `lagrum` says under what a case of it falls, in the words of the table of law."""

    kind: Kind
    places: tuple[Place, ...]
    moves: tuple[Move, ...]
    on_receipt: tuple[ClockRule, ...] = ()
    sections: tuple[Section, ...] = ()
    lagrum: Callable[[Case], str] = under_sol

    def __post_init__(self) -> None:
        names = [move.name for move in self.moves]
        assert len(names) == len(set(names)), f"two moves with one name in {self.kind}"
        assert tuple(place.state for place in self.places) == STATES[self.kind], f"the states of {self.kind} differ"

    def place(self, state: str) -> Place:
        return next(place for place in self.places if place.state == state)

    def move(self, name: str) -> Move | None:
        return next((move for move in self.moves if move.name == name), None)

    def moves_from(self, state: str) -> Iterator[Move]:
        return (move for move in self.moves if state in move.sources)

    def open_states(self) -> tuple[State, ...]:
        return tuple(place.state for place in self.places if not place.final)

    def target_of(self, move: Move, case: Case) -> State:
        if move.target == Goes.SAME:
            return State(case.state)
        if move.target == Goes.BACK:
            return State(case.state_before)
        if isinstance(move.target, State):
            return move.target
        assert isinstance(move.target, Mapping), move.name
        return move.target[State(case.state)]


@cache
def workflow_of(kind: str) -> Workflow:
    """The kind's table, found by name so that this room needs to know none of the rooms above it."""
    workflow: Workflow = import_string(settings.CASE_WORKFLOWS[kind])
    return workflow


def workflows() -> list[Workflow]:
    return [workflow_of(kind) for kind in settings.CASE_WORKFLOWS]


def mermaid(workflow: Workflow) -> str:
    """The kind's process as a Mermaid state diagram."""
    lines = ["stateDiagram-v2", f"    [*] --> {workflow.places[0].state}"]
    lines += [f"    {place.state}: {place.label}" for place in workflow.places]
    for move in workflow.moves:
        for source in move.sources:
            targets = possible_targets(workflow, move, source)
            lines += [f"    {source} --> {target}: {move.label} ({', '.join(sorted(move.who))})" for target in targets]
    lines += [f"    {place.state} --> [*]" for place in workflow.places if place.final]
    return "\n".join(lines) + "\n"


def possible_targets(workflow: Workflow, move: Move, source: State) -> list[State]:
    """Where the move may lead from `source`.

    One state, or every state a case may have come from by a move that remembers it.
    """
    if isinstance(move.target, State):
        return [move.target]
    if isinstance(move.target, Mapping):
        return [move.target[source]]
    if move.target == Goes.SAME:
        return [source]
    return [origin for other in workflow.moves if other.target == source for origin in other.sources]
