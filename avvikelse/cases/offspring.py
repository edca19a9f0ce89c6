"""What a case that is opened out of another takes with it."""

from __future__ import annotations

from typing import Any

from avvikelse.organisation.models import Person

from .kinds import NOTICE_OUT_OF, Kind, PartRole
from .models import Case
from .rules import Actor

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
OF_REPORTER = frozenset({"reporter_typed", "reporter_hidden", "entered_by", "receipt_hash"})
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
ALONG = {
    PartRole.INVESTIGATOR: PartRole.READER,
    PartRole.DECIDER: PartRole.DECIDER,
    PartRole.READER: PartRole.READER,
    PartRole.STAND_IN: PartRole.STAND_IN,
    PartRole.IMPLICATED: PartRole.IMPLICATED,
}
"""What somebody with a part in a case is in the IVO case that comes out of it."""


def to_ivo(case: Case) -> list[Case]:
    """What has been opened between the municipality and IVO out of the case; of what it says nothing is read."""
    if case.kind not in NOTICE_OUT_OF:
        return []
    rows = case.offspring.filter(kind=Kind.IVO).select_related("unit").order_by("pk")
    return list(rows.only("reference", "kind", "sort", "state", "origin", "unit__name", "unit__path"))


def reported(case: Case) -> dict[str, Any]:
    """What was told besides the free words."""
    return {name: getattr(case.report, name) for name in REPORT_FIELDS}


def reporter_of(case: Case, kind: Kind, actor: Actor) -> Person | None:
    """Who stands as reporter of what is opened.

    A lex Sarah case needs a named reporter: whoever hands an anonymous report over stands as that. What is between
    the municipality and IVO has none.
    """
    if kind == Kind.IVO:
        return None
    if kind == Kind.LEX and case.reporter is None:
        assert isinstance(actor, Person), "an outsider hands nothing over"
        return actor
    return case.reporter


def carried(case: Case, kind: Kind) -> dict[str, Any]:
    """The fields that go along; into an IVO case none through which whoever reported would follow it."""
    names = [name for name in CARRIED_FIELDS if kind != Kind.IVO or name not in OF_REPORTER]
    sort = {"sort": NOTICE_OUT_OF[Kind(case.kind)]} if kind == Kind.IVO else {}
    return {name: getattr(case, name) for name in names} | sort
