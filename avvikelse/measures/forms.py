"""What is asked about a cause or a measure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from avvikelse.cases.forms import PersonField, VersionedForm, words
from avvikelse.organisation.models import Person, Unit
from avvikelse.ui.forms import SwedishForm, choice

from .models import Area, Decision, Strength

STRONG = "Det går inte att göra fel: en spärr, en ombyggnad, ett moment tas bort"
MEDIUM = "Det blir svårare att göra fel: checklista, dubbelkontroll, mer tid, färre avbrott"
WEAK = "Det hänger på att man minns: information, utbildning, ny rutin"
STRENGTHS = (
    (Strength.STRONG, choice("Starkare", STRONG)),
    (Strength.MEDIUM, choice("Medel", MEDIUM)),
    (Strength.WEAK, choice("Svagare", WEAK)),
)
"""The strength of a measure with examples (RCA² hierarchy)."""


class CauseForm(VersionedForm):
    area = forms.ChoiceField(
        label="Vilken sorts orsak?",
        choices=Area,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilken sorts orsak det är."},
    )
    text = words("Orsaken", rows=3, help_text="Varför kunde det hända? Sak, inte person.", missing="Skriv orsaken.")


class NoMeasureForm(VersionedForm):
    reason = words("Varför behövs ingen åtgärd?", rows=3, missing="Skriv varför ingen åtgärd behövs.")


class TakeBackForm(VersionedForm):
    pass


class MeasureForm(VersionedForm):
    text = words("Vad ska göras?", rows=3, missing="Skriv vad som ska göras.")
    strength = forms.ChoiceField(
        label="Hur stark är åtgärden?",
        help_text="Starkare åtgärder håller, vem som än arbetar. Välj en sådan om det går.",
        choices=STRENGTHS,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur stark åtgärden är."},
    )
    owner = PersonField(
        label="Vem ansvarar?", queryset=Person.objects.none(), error_messages={"required": "Välj vem som ansvarar."}
    )
    due_on = forms.DateField(
        label="När ska det vara klart?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": "Välj en dag."},
    )
    sign = words("Hur ser ni att det har hjälpt?", rows=2, missing="Skriv hur ni ser att det har hjälpt.")

    def __init__(self, *args: Any, people: Any, unit: Unit, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        owner = self.fields["owner"]
        assert isinstance(owner, PersonField)
        owner.near, owner.queryset = unit, people

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.day:
            raise forms.ValidationError("Välj en dag som inte har varit.")
        if due > self.day + timedelta(days=3660):
            raise forms.ValidationError("Välj en dag inom tio år.")
        return due


class DecideForm(VersionedForm):
    CHOICES = ((Decision.APPROVED, "Godkänn"), (Decision.PARTLY, "Godkänn delvis"), (Decision.DECLINED, "Avslå"))
    decision = forms.ChoiceField(
        label="Vad beslutar du?",
        choices=CHOICES,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad du beslutar."},
    )
    comment = words("Kommentar", required=False, rows=2, help_text="Behövs när du inte godkänner helt.")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("decision") in {Decision.PARTLY, Decision.DECLINED} and not data.get("comment"):
            self.add_error("comment", "Skriv varför åtgärden inte godkänns helt.")
        return data


class FinishForm(SwedishForm, forms.Form):
    done_on = forms.DateField(
        label="När blev det klart?",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": "Välj en dag."},
    )
    note = words("Så blev det", rows=3, missing="Skriv kort hur det blev.")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_done_on(self) -> date:
        done: date = self.cleaned_data["done_on"]
        if done > self.day:
            raise forms.ValidationError("Dagen har inte varit än.")
        return done
