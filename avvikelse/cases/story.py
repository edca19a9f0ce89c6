"""What has happened with a case, as sentences. A reporter whose name is not shown is named only as that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from .engine import workflow_of
from .kinds import Kind
from .models import Case, CaseEvent
from .rules import Who

RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the history: who did what, and what was written."""

    at: datetime
    who: str
    sentence: str
    rows: list[tuple[str, str]]


def events_of(case: Case) -> list[CaseEvent]:
    """All that has happened, the newest first."""
    return list(case.events.order_by("-at", "-pk"))


def story(case: Case, events: Iterable[CaseEvent], *, name_shown: bool) -> list[Line]:
    """The events as lines, in the order they are given."""
    masked = None if name_shown else reporters_acts(case)
    return [
        Line(event.at, said_by(event, case, masked), sentence_of(event, case, masked), event.facts["rows"])
        for event in events
    ]


def reporters_acts(case: Case) -> frozenset[str]:
    """What is done as reporter. Whoever handles her own report is named in what she does as handler."""
    moves = workflow_of(case.kind).moves
    return frozenset({RECEIVED, "message", *(move.name for move in moves if Who.REPORTER in move.who)})


def said_by(event: CaseEvent, case: Case, masked: frozenset[str] | None) -> str:
    """The name in the line; `masked` is the acts in which the reporter is not named, None when she may be."""
    if masked is None or event.what not in masked:
        return event.actor_name
    reporters = {case.reporter_id, case.entered_by_id, None}
    return "Rapportören" if event.actor_id in reporters else event.actor_name


def sentence_of(event: CaseEvent, case: Case, masked: frozenset[str] | None) -> str:
    if event.what != RECEIVED:
        return str(event.facts["sentence"])
    if case.origin:
        return f"öppnade ärendet ur {case.origin.reference}"
    if case.kind == Kind.IVO:
        return "öppnade ärendet"
    if case.entered_by and masked is None:
        return f"skrev in rapporten åt {case.reporter.name if case.reporter else case.reporter_typed or 'någon annan'}"
    return "rapporterade"
