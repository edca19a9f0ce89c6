"""The registrator's page: number, kind and dates of what is to be registered, and never what it says.

Whatever a kind's table lets the registrator do is done from there.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Case as Choice
from django.db.models import Q, Value, When
from django.http import Http404
from django.shortcuts import get_object_or_404

from avvikelse.organisation.roles import Role

from .engine import Goes, Move, Step, Told, workflow_of
from .filters import open_cases
from .forms import MoveForm
from .kinds import Kind, State
from .listing import Page, page_of
from .models import Case
from .page import with_everything
from .rules import Who
from .viewer import Viewer


class SetNumberForm(MoveForm):
    """The number under which the case stands in the municipality's diary."""

    diary_number = forms.CharField(
        label="Diarienummer",
        max_length=40,
        help_text="Så som det står i diariet, till exempel SN 2026/123.",
        widget=forms.TextInput(attrs={"class": "half", "autocomplete": "off"}),
        error_messages={"required": "Skriv diarienumret."},
    )

    def suggested(self) -> dict[str, object]:
        return {"diary_number": self.case.diary_number}


def set_number(step: Step) -> Told:
    earlier, number = step.case.diary_number, " ".join(step.facts["diary_number"].split())
    step.case.diary_number = number
    if earlier and earlier != number:
        return Told(f"ändrade diarienumret från {earlier} till {number}")
    return Told(f"angav diarienumret {number}")


def set_number_in(sources: Iterable[State], who: frozenset[Who]) -> Move:
    """The row of a kind's table by which its number is set: by those who handle it, and by the registrator."""
    return Move(
        name="set_number",
        label="Ange diarienummer",
        sources=tuple(sources),
        target=Goes.SAME,
        who=who | {Who.REGISTRAR},
        past="angav diarienumret",
        asks=SetNumberForm,
        does=set_number,
    )


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of the diary: all that the registrator sees of a case."""

    reference: str
    kind: str
    received_on: date
    diary_number: str
    moves: tuple[Move, ...]


def must_register(viewer: Viewer) -> None:
    """Nobody but a registrator knows of the page."""
    if not viewer.access.has(Role.REGISTRAR):
        raise Http404


def entries(viewer: Viewer, asked: str) -> Page[Entry]:
    """A page of the diary: open cases that have no number first, then the newest."""
    lacks: Any = Choice(When(open_cases() & Q(diary_number=""), then=Value(0)), default=Value(1))
    rows = viewer.diary.annotate(lacks=lacks).order_by("lacks", "-received_at", "-pk")
    found = page_of(rows.values_list("reference", "kind", "received_on", "diary_number", "state"), asked)
    return Page([entry(*row) for row in found.rows], found.number, found.has_next)


def entry(reference: str, kind: str, received_on: date, diary_number: str, state: str) -> Entry:
    moves = tuple(move for move in workflow_of(kind).moves_from(State(state)) if registrars(move))
    return Entry(reference, str(Kind(kind).label), received_on, diary_number, moves)


def registrars(move: Move) -> bool:
    return Who.REGISTRAR in move.who and not move.quiet


def registered_case(viewer: Viewer, reference: str) -> Case:
    """The case for the registrator's acts, else 404."""
    return get_object_or_404(with_everything(viewer.diary), reference=reference)


def registrars_move(case: Case, name: str) -> Move:
    """The registrator's move by the name, else 404."""
    move = workflow_of(case.kind).move(name)
    if move is None or not registrars(move):
        raise Http404
    return move
