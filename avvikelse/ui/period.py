"""A period in an address: what a summary is about. What cannot be read in it is said and not used."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from .forms import SwedishForm


@dataclass(frozen=True, slots=True)
class Period:
    """Both days included."""

    first: date
    last: date


class PeriodForm(SwedishForm, forms.Form):
    """From and to a day. Both are free to leave out; `or_else` is what holds then."""

    fran = forms.DateField(label="Från", required=False)
    till = forms.DateField(label="Till och med", required=False)

    def clean(self) -> dict[str, Any]:
        chosen = super().clean() or {}
        first, last = chosen.get("fran"), chosen.get("till")
        if first and last and last < first:
            self.add_error("till", "Den sista dagen ska inte komma före den första.")
            chosen.pop("fran", None)
        return chosen

    def period(self, or_else: Period) -> Period:
        """What was asked for. A day that was left out or cannot be read is that of `or_else`, or the other one."""
        self.is_valid()
        first, last = self.cleaned_data.get("fran"), self.cleaned_data.get("till")
        if first and last:
            return Period(first, last)
        if last:
            return Period(min(or_else.first, last), last)
        return Period(first, max(or_else.last, first)) if first else or_else

    def unread(self) -> list[str]:
        """What was written that could not be read, in sentences."""
        return [f"{self.fields[name].label}: {errors[0]}" for name, errors in self.errors.items()]
