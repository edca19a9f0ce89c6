"""Bedöm lika: one judgement and one cause for up to fifty alike, low-risk reports. Each keeps its own answer."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django import forms
from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.http import QueryDict

from avvikelse.cases.kinds import Kind, Known, State
from avvikelse.cases.models import Case, CaseQuerySet
from avvikelse.cases.operations import make_move
from avvikelse.deviations.forms import AtOnceForm
from avvikelse.organisation.access import Access
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues

from .tasks import waiting

MOST = 50
"""How many may be judged together (workflows §4)."""
ALIKE = 0.35
"""From this likeness of the titles (pg_trgm, 0–1) two reports are proposed as alike."""
ENOUGH = 3


@dataclass(frozen=True, slots=True)
class Group:
    """Reports whose titles are alike: how many, and one of them to start from."""

    title: str
    number: int
    reference: str


def judgeable(person: Person, day: date, access: Access) -> CaseQuerySet:
    """Received reports that wait for the person, none about a child."""
    received = waiting(person, day, access).filter(kind=Kind.AVV, state=State.RECEIVED)
    return received.exclude(report__child=Known.YES)


def alike_groups(person: Person, day: date, access: Access) -> list[Group]:
    """Groups of at least three reports with nearly the same first words in the title, at one unit.

    The largest first.
    """
    found: dict[tuple[int, str], list[Case]] = {}
    for case in (
        judgeable(person, day, access).order_by("received_at").only("reference", "title", "unit_id")[: MOST * 4]
    ):
        found.setdefault((case.unit_id, " ".join(case.title.lower().split()[:2])), []).append(case)
    groups = [Group(rows[0].title, len(rows), rows[0].reference) for rows in found.values() if len(rows) >= ENOUGH]
    return sorted(groups, key=lambda group: (-group.number, group.title))[:5]


def chosen_cases(person: Person, day: date, access: Access, like: str) -> list[Case]:
    """Up to fifty reports to choose among: those most like the one numbered `like`, or else the oldest."""
    rows = judgeable(person, day, access).select_related("unit", "report")
    model = rows.filter(reference=like).first() if like else None
    if model is None:
        return list(rows.order_by("received_at", "pk")[:MOST])
    alike = rows.annotate(likeness=TrigramSimilarity("title", model.title)).filter(likeness__gte=ALIKE)
    return list(alike.order_by("-likeness", "received_at", "pk")[:MOST])


class AlikeForm(AtOnceForm):
    """One judgement, and which reports it is for. A choice carries the version the person saw."""

    chosen = forms.MultipleChoiceField(
        label="Vilka rapporter?",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Välj minst en rapport."},
    )

    def __init__(self, *args: Any, rows: Iterable[Case], **kwargs: Any) -> None:
        self.rows = list(rows)
        super().__init__(*args, **kwargs)

    def ask(self) -> None:
        super().ask()
        chosen = self.fields["chosen"]
        assert isinstance(chosen, forms.MultipleChoiceField)
        chosen.choices = [
            (f"{row.pk}:{row.version}", f"{row.reference} {row.title}, {row.unit.name}") for row in self.rows
        ]
        self.order_fields(["version", "chosen", "category"])


def chosen_form(data: QueryDict | None, rows: list[Case], *, person: Person, day: date) -> AlikeForm | None:
    """The form, or None when there is nothing to judge."""
    if not rows:
        return None
    return AlikeForm(data, rows=rows, case=rows[0], actor=person, day=day, local=LocalValues(day))


@transaction.atomic
def assess_alike_all(form: AlikeForm, *, actor: Person, at: datetime) -> int:
    """Judge every chosen report, or none: the first refusal undoes all. Gives how many."""
    facts = {name: value for name, value in form.cleaned_data.items() if name not in {"version", "chosen"}}
    chosen = [tuple(map(int, choice.split(":"))) for choice in form.cleaned_data["chosen"]]
    for case_id, version in chosen:
        make_move(case_id, "assess_alike", actor=actor, version=version, at=at, facts=facts)
    return len(chosen)
