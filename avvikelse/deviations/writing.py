"""What is asked when an investigation is written, and when it is concluded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django import forms

from avvikelse.cases.forms import MoveForm, words
from avvikelse.cases.kinds import Known
from avvikelse.cases.models import CaseEvent
from avvikelse.measures.lookup import standing_causes

from .investigation import FIELDS, written
from .lookup import draft_of, investigation_of
from .meeting import Beside, fingerprints, meet


def known_field(label: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=Known, required=False, widget=forms.RadioSelect(attrs={"class": "inline"})
    )


class ConcludeForm(MoveForm):
    """Nothing is asked: the investigation is read once more before it is locked."""

    summary_template = "deviations/_check.html"

    def summary(self) -> dict[str, object]:
        return {
            "investigation": investigation_of(self.case),
            "causes": standing_causes(self.case),
            "draft": draft_of(self.case, self.actor),
        }


class InvestigationForm(MoveForm):
    """The investigation as it grows: nothing is required until it is concluded.

    `base` is the fingerprints of the texts that the person began from.
    """

    base = forms.CharField(widget=forms.HiddenInput, required=False)
    what_happened = words("Vad hände?", required=False, rows=7)
    consequences = words("Vilka följder fick det, eller kunde det få?", required=False)
    consequences_left_out = words(
        "Tar du inte med det rapportören skrev om följder? Skriv varför", required=False, rows=2
    )
    child_perspective = words("Barnperspektiv: vad betyder det för barnet, och vad säger barnet?", required=False)
    before = known_field("Har det hänt förut?")
    before_note = words("Vad vet du om det?", required=False, rows=2)
    again = known_field("Kan det hända igen?")
    again_note = words("Hur tänker du?", required=False, rows=2)
    analysis = words(
        "Händelseanalys",
        required=False,
        rows=6,
        help_text="Förloppet steg för steg, vad som bidrog och vilka skydd som höll eller brast.",
    )
    mark_optional = False
    saved_by: CaseEvent | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside: dict[str, Beside] = {}

    def suggested(self) -> dict[str, object]:
        return {"base": fingerprints(written(self.case), FIELDS)}

    def ask(self) -> None:
        if self.case.report.child == Known.NO:
            del self.fields["child_perspective"]
        if not self.case.report.consequences:
            del self.fields["consequences_left_out"]

    def lay_beside(self, saved: Mapping[str, str], base: str, by: CaseEvent | None) -> None:
        """Show what others saved beside what was typed, and begin from there when the form is sent again.

        What the person had not touched is taken as they saved it; where both wrote, her own words stay in the field.
        """
        typed = {name: str(self.cleaned_data.get(name) or "") for name in FIELDS}
        self.beside = {name: found for name, found in meet(typed, saved, base, FIELDS).items() if name in self.fields}
        self.saved_by = by
        taken = {name: found.text for name, found in self.beside.items() if found.taken}
        self.replace(**taken, base=fingerprints(saved, FIELDS))

    def rows(self) -> list[tuple[forms.BoundField, Beside | None]]:
        """Every question, and what somebody else saved there meanwhile."""
        return [(field, self.said_beside(field.name)) for field in self.visible_fields()]

    def said_beside(self, name: str) -> Beside | None:
        found = self.beside.get(name)
        if found is None or name not in {"before", "again"}:
            return found
        return replace(found, text=Known(found.text).label if found.text else "")
