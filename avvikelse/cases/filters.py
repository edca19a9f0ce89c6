"""The case list's filter: the address is the filter, and what cannot be read in it narrows nothing and is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Category, Unit
from avvikelse.ui.forms import SwedishForm

from .engine import workflows
from .kinds import Kind
from .models import CaseQuerySet

OPEN = "oppna"
SORTS: dict[str, tuple[str, ...]] = {
    "": ("-received_at", "-pk"),
    "aldst": ("received_at", "pk"),
    "risk": ("-risk", "-received_at", "-pk"),
    "nummer": ("reference",),
}
SORT_LABELS = (("", "Nyast först"), ("aldst", "Äldst först"), ("risk", "Högst risk först"), ("nummer", "Nummer"))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


class CaseFilter(SwedishForm, forms.Form):
    """What the list may be narrowed by. Every field is free to leave out."""

    q = forms.CharField(required=False, max_length=200)
    enhet = forms.IntegerField(required=False)
    slag = forms.ChoiceField(required=False, choices=Kind.choices)
    lage = forms.CharField(required=False, max_length=20)
    kategori = forms.IntegerField(required=False)
    risk = forms.IntegerField(required=False, min_value=1, max_value=16)
    fran = forms.DateField(required=False)
    till = forms.DateField(required=False)
    sent = forms.BooleanField(required=False)
    ordning = forms.ChoiceField(required=False, choices=SORT_LABELS)

    def apply(self, cases: CaseQuerySet, day: date) -> CaseQuerySet:
        """The cases that the filter lets through, in its order."""
        self.is_valid()
        chosen = self.cleaned_data
        found = cases.matching(str(chosen.get("q") or "")).filter(self.conditions(chosen))
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
