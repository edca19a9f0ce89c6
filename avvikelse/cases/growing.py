"""Texts about a case that several write a little at a time: kept as drafts, saved at any time, laid side by side."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from .forms import MoveForm
from .meeting import Beside, fingerprints, meet
from .models import CaseEvent

LONGEST_DRAFT = 20_000
"""As much of one field as a draft keeps; what is saved takes half of that."""


class GrowingForm(MoveForm):
    """Nothing is required. `texts` names the fields that are saved; `written` is what they are now.

    `base` is the fingerprints of the texts that the person began from.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    texts: tuple[str, ...] = ()
    mark_optional = False
    saved_by: CaseEvent | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.beside: dict[str, Beside] = {}
        super().__init__(*args, **kwargs)

    def written(self) -> dict[str, str]:
        """The texts as they are saved now."""
        raise NotImplementedError

    def suggested(self) -> dict[str, object]:
        return {"base": fingerprints(self.written(), self.texts)}

    def version_to_save(self) -> int:
        """The version to save against: what others did with the rest of the case meanwhile does not matter."""
        if fingerprints(self.written(), self.texts) == self.cleaned_data["base"]:
            return self.case.version
        version: int = self.cleaned_data["version"]
        return version

    def lay_beside(self, by: CaseEvent | None) -> None:
        """Show what others saved beside what was typed, and begin from there when the form is sent again.

        What the person had not touched is taken as they saved it; where both wrote, her own words stay in the field.
        """
        typed = {name: str(self.cleaned_data.get(name) or "") for name in self.texts}
        saved = self.written()
        met = meet(typed, saved, self.cleaned_data["base"], self.texts)
        self.beside = {name: found for name, found in met.items() if name in self.fields}
        self.saved_by = by
        taken = {name: found.text for name, found in self.beside.items() if found.taken}
        self.replace(**taken, base=fingerprints(saved, self.texts))

    def rows(self) -> list[tuple[forms.BoundField, Beside | None]]:
        """Every question, and what somebody else saved there meanwhile."""
        return [(field, self.said_beside(field.name)) for field in self.visible_fields()]

    def said_beside(self, name: str) -> Beside | None:
        """What another saved, a chosen answer by its label."""
        found = self.beside.get(name)
        labels = dict(getattr(self.fields[name], "choices", ()))
        return replace(found, text=str(labels.get(found.text, found.text))) if found and labels else found


def draft_of_typed(typed: Mapping[str, str], names: tuple[str, ...]) -> dict[str, str]:
    """What is kept of a form that is not saved yet: its texts, and the version and texts it began from."""
    # No database text can hold the sign NUL.
    return {name: typed.get(name, "").replace("\x00", "")[:LONGEST_DRAFT] for name in (*names, "version", "base")}
