"""The case list's filter: the address is the filter, and what cannot be read in it narrows nothing and is said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import F, Q
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.http import urlencode

from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Category, Unit
from avvikelse.ui import words
from avvikelse.ui.forms import SwedishForm

from .engine import workflows
from .kinds import Kind
from .models import CaseQuerySet

OPEN = "oppna"
SORTS: dict[str, tuple[str | OrderBy, ...]] = {
    "": ("-received_at", "-pk"),
    "aldst": ("received_at", "pk"),
    "risk": (F("risk").desc(nulls_last=True), "-received_at", "-pk"),
    "nummer": ("reference",),
}
SORT_LABELS = (("", "Nyast först"), ("aldst", "Äldst först"), ("risk", "Högst risk först"), ("nummer", "Nummer"))
LONGEST_QUERY = 500
"""As much of an address as a saved filter holds."""


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """Something the list is narrowed by, and the address without it."""

    label: str
    without: str


class CaseFilter(SwedishForm, forms.Form):
    """What the list may be narrowed by. Every field is free to leave out."""

    q = forms.CharField(label="Sök", required=False, max_length=200)
    enhet = forms.IntegerField(label="Enhet", required=False)
    slag = forms.ChoiceField(label="Slag", required=False, choices=Kind.choices)
    lage = forms.CharField(label="Läge", required=False, max_length=20)
    kategori = forms.IntegerField(label="Handlar om", required=False)
    risk = forms.IntegerField(label="Risk minst", required=False, min_value=1, max_value=16)
    fran = forms.DateField(label="Inkommen från", required=False)
    till = forms.DateField(label="Inkommen till och med", required=False)
    sent = forms.BooleanField(label="Bara försenade", required=False)
    ordning = forms.ChoiceField(label="Ordning", required=False, choices=SORT_LABELS)

    def apply(self, cases: CaseQuerySet, day: date) -> CaseQuerySet:
        """The cases that the filter lets through, in its order."""
        self.is_valid()
        return self.rest(cases.matching(self.words, day), day)

    def apply_nearly(self, cases: CaseQuerySet, day: date) -> CaseQuerySet:
        """The same with words spelt nearly as those sought, for where none are spelt just so."""
        return self.rest(cases.alike(self.words), day)

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("q") or "").strip()

    def rest(self, found: CaseQuerySet, day: date) -> CaseQuerySet:
        chosen = self.cleaned_data
        found = found.filter(self.conditions(chosen))
        if chosen.get("sent"):
            found = found.late(day)
        return found.order_by(*SORTS[chosen.get("ordning") or ""])

    def conditions(self, chosen: dict[str, Any]) -> Q:
        """Equalities and limits: whatever was chosen."""
        by_field = {
            "unit_id": chosen.get("enhet"),
            "kind": chosen.get("slag"),
            "category_id": chosen.get("kategori"),
            "risk__gte": chosen.get("risk"),
            "received_on__gte": chosen.get("fran"),
            "received_on__lte": chosen.get("till"),
        }
        found = Q(**{field: value for field, value in by_field.items() if value})
        state = chosen.get("lage")
        return found & (open_cases() if state == OPEN else Q(state=state) if state else Q())

    @property
    def narrows(self) -> bool:
        return any(value for name, value in self.cleaned_data.items() if name != "ordning")

    def unread(self) -> list[str]:
        """What was written that could not be read, in sentences."""
        return [f"{self.fields[name].label}: {errors[0]}" for name, errors in self.errors.items()]

    def options(self, name: str, rows: Iterable[tuple[object, str]]) -> list[Option]:
        chosen = self.data.get(name, "")
        return [Option(str(value), label, str(value) == chosen) for value, label in rows]

    def selects(self, units: Iterable[int]) -> dict[str, list[Option]]:
        """The choices of each list in the form, in Swedish order."""
        unit_rows = Unit.objects.filter(pk__in=list(units)).order_by(by_name(), "pk").values_list("pk", "name")
        categories = Category.objects.order_by("lagrum", "group", "name").values_list("pk", "group", "name")
        return {
            "enhet": self.options("enhet", unit_rows),
            "slag": self.options("slag", Kind.choices),
            "lage": self.options("lage", state_choices()),
            "kategori": self.options("kategori", ((pk, f"{group}: {name}") for pk, group, name in categories)),
            "ordning": self.options("ordning", SORT_LABELS),
        }

    def chosen(self, selects: dict[str, list[Option]]) -> list[Chosen]:
        """What the list is narrowed by now, each with the address that takes it away."""
        return [Chosen(label, self.address(**{name: ""})) for name, label in self.said(selects)]

    def said(self, selects: dict[str, list[Option]]) -> Iterator[tuple[str, str]]:
        for name, value in self.cleaned_data.items():
            if not value or name == "ordning":
                continue
            if name in selects:
                yield name, next((option.label for option in selects[name] if option.chosen), "Något annat")
            elif name == "sent":
                yield name, "Bara försenade"
            else:
                text = words.day_short(value) if isinstance(value, date) else str(value)
                yield name, f"{self.fields[name].label}: {text}"

    def address(self, **changes: str) -> str:
        """The filter's address with some of it changed; the pages start again from the first."""
        return without_noise({**{name: self.data.get(name, "") for name in self.fields}, **changes})

    def columns(self) -> list[dict[str, str]]:
        """The list's columns. One may be sorted by has the address that does it, and which way it is sorted now."""
        order = self.cleaned_data.get("ordning") or ""
        newest = {"": "descending", "aldst": "ascending"}.get(order, "")
        return [
            {
                "label": "Nummer",
                "sort": self.address(ordning="nummer"),
                "now": "ascending" if order == "nummer" else "",
            },
            {"label": "Vad"},
            {"label": "Enhet"},
            {"label": "Läge"},
            {"label": "Risk", "sort": self.address(ordning="risk"), "now": "descending" if order == "risk" else ""},
            {"label": "Inkom", "sort": self.address(ordning="aldst" if order == "" else ""), "now": newest},
            {"label": "Ska vara klart"},
        ]


def without_noise(data: QueryDict | dict[str, str]) -> str:
    """The filter in an address, without what is empty or is no part of it."""
    chosen = {name: value for name in CaseFilter.base_fields if (value := str(data.get(name) or "").strip())}
    return urlencode(chosen)


def open_cases() -> Q:
    """Cases of every kind in a state that is not final."""
    found = Q(pk__in=[])
    for workflow in workflows():
        found |= Q(kind=workflow.kind, state__in=workflow.open_states())
    return found


def state_choices() -> list[tuple[str, str]]:
    """Every state by its Swedish name; where kinds say it differently they share the row."""
    labels: dict[str, list[str]] = {}
    for workflow in workflows():
        for place in workflow.places:
            known = labels.setdefault(place.state, [])
            if place.label not in known:
                known.append(place.label)
    return [(OPEN, "Alla öppna"), *((state, " / ".join(names)) for state, names in labels.items())]
