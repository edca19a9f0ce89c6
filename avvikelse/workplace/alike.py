"""Bedöm lika: one judgement and one cause for up to fifty alike, low-risk reports. Each keeps its own answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Q
from django.http import QueryDict
from django.utils.safestring import SafeString
from django.utils.text import Truncator

from avvikelse.cases.kinds import Kind, Known, State
from avvikelse.cases.models import Case, CaseQuerySet
from avvikelse.cases.operations import make_move
from avvikelse.cases.viewer import Viewer
from avvikelse.deviations.forms import AtOnceForm
from avvikelse.organisation.models import Person
from avvikelse.ui.forms import choice

from .tasks import waiting

MOST = 50
"""How many may be judged together (workflows §4)."""
ALIKE = 0.35
"""From this likeness of the titles (pg_trgm, 0–1) two reports are proposed as alike."""
ENOUGH = 3
TOLD = 600
"""How much of each report is shown where one chooses."""


@dataclass(frozen=True, slots=True)
class Group:
    """Reports whose titles are alike: how many, and one of them to start from."""

    title: str
    number: int
    reference: str


def judgeable(viewer: Viewer) -> CaseQuerySet:
    """Received reports that wait for the person, none about a child and none that its reporter thought grave."""
    received = waiting(viewer).filter(kind=Kind.AVV, state=State.RECEIVED)
    grave = Q(report__misconduct=True) | Q(report__abuse=True) | Q(report__serious=Known.YES)
    return received.exclude(report__child=Known.YES).exclude(grave)


def alike_groups(viewer: Viewer) -> list[Group]:
    """Groups of at least three reports with nearly the same first words in the title, at one unit.

    The largest first.
    """
    rows = judgeable(viewer).order_by("received_at").only("reference", "title", "unit_id")[: MOST * 4]
    found: dict[tuple[int, str], list[Case]] = {}
    for case in rows:
        found.setdefault((case.unit_id, " ".join(case.title.lower().split()[:2])), []).append(case)
    groups = [Group(same[0].title, len(same), same[0].reference) for same in found.values() if len(same) >= ENOUGH]
    return sorted(groups, key=lambda group: (-group.number, group.title))[:5]


def chosen_cases(viewer: Viewer, like: str) -> list[Case]:
    """Up to fifty reports to choose among: those most like the one numbered `like`, or else the oldest."""
    rows = judgeable(viewer).select_related("unit", "report")
    model = rows.filter(reference=like).first() if like else None
    if model is None:
        return list(rows.order_by("received_at", "pk")[:MOST])
    alike = rows.annotate(likeness=TrigramSimilarity("title", model.title)).filter(likeness__gte=ALIKE)
    return list(alike.order_by("-likeness", "received_at", "pk")[:MOST])


class ChosenField(forms.MultipleChoiceField):
    """Reports, each as its id and the version that the person saw."""

    def validate(self, value: list[str]) -> None:
        """Refuse what is no longer as the person saw it."""
        if not all(self.valid_value(each) for each in value):
            text = "En av rapporterna har ändrats eller bedömts av någon annan. Läs igenom och välj igen."
            raise forms.ValidationError(text)
        super().validate(value)


class AlikeForm(AtOnceForm):
    """One judgement, and which reports it is for. A choice carries the version the person saw."""

    reads_story = False
    chosen = ChosenField(
        label="Vilka rapporter?",
        help_text="Läs var och en. Den som liknar de andra bara till namnet bedömer du för sig.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en rapport."},
    )

    def __init__(self, *args: Any, rows: Iterable[Case], **kwargs: Any) -> None:
        self.rows = list(rows)
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        super().ask()
        chosen = self.fields["chosen"]
        assert isinstance(chosen, ChosenField)
        chosen.choices = [(f"{row.pk}:{row.version}", line_of(row)) for row in self.rows]


def line_of(case: Case) -> SafeString:
    """A report in the list to choose from, with what was told."""
    return choice(f"{case.reference} {case.title}, {case.unit.name}", Truncator(case.what_happened).chars(TOLD))


def chosen_form(data: QueryDict | None, rows: list[Case], viewer: Viewer) -> AlikeForm | None:
    """The form, or None when there is nothing to judge."""
    if not rows:
        return None
    return AlikeForm(data, rows=rows, case=rows[0], actor=viewer.person, day=viewer.day, local=viewer.local)


@transaction.atomic
def assess_alike_all(form: AlikeForm, *, actor: Person, at: datetime) -> int:
    """Judge every chosen report, or none: the first refusal undoes all. Gives how many."""
    facts = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "chosen"}}
    chosen = [tuple(map(int, choice.split(":"))) for choice in form.cleaned_data["chosen"]]
    for case_id, version in chosen:
        make_move(case_id, "assess_alike", actor=actor, version=version, at=at, facts=facts)
    return len(chosen)
