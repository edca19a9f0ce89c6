"""What is asked when an investigation is written, and when it is concluded."""

from __future__ import annotations

from django import forms

from avvikelse.cases.forms import MoveForm, words
from avvikelse.cases.growing import GrowingForm
from avvikelse.cases.kinds import Known
from avvikelse.measures.lookup import standing_causes

from .investigation import FIELDS, written
from .lookup import draft_of, investigation_of


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


class InvestigationForm(GrowingForm):
    """The investigation as it grows: nothing is required until it is concluded."""

    texts = FIELDS
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

    def written(self) -> dict[str, str]:
        return written(self.case)

    def ask(self) -> None:
        if self.case.report.child == Known.NO:
            del self.fields["child_perspective"]
        if not self.case.report.consequences:
            del self.fields["consequences_left_out"]
