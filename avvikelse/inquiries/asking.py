"""What is asked when somebody is asked for a yttrande, something is hidden or noted, or a grade is set."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from avvikelse.cases.forms import MoveForm, PersonField, words
from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.organisation.directory import people_near
from avvikelse.organisation.models import Person
from avvikelse.ui.forms import SwedishForm

from .choices import GRADES, Nature
from .concealing import places
from .lookup import proposal_of
from .precedents import precedents

DAY_WIDGET = {"type": "date", "class": "short"}


def day_field(label: str, missing: str = "Välj en dag.") -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY_WIDGET),
        error_messages={"required": missing},
    )


class AskStatementForm(MoveForm):
    """Whom, what and by when. Nobody who is *utpekad* can be asked."""

    asked_of = PersonField(
        label="Vem ska yttra sig?",
        queryset=Person.objects.none(),
        help_text="Personen ser din fråga, ditt namn och ärendets nummer. Inget annat.",
        error_messages={"required": "Välj vem som ska yttra sig.", "invalid_choice": "Välj någon i listan."},
    )
    question = words(
        "Vad vill du fråga?",
        help_text="Skriv så att frågan går att svara på utan att se ärendet. Nämn inga namn.",
        missing="Skriv din fråga.",
    )
    due_on = day_field("Senast när?")

    def ask(self) -> None:
        field = self.fields["asked_of"]
        assert isinstance(field, PersonField)
        implicated = self.case.parts.filter(role=PartRole.IMPLICATED, valid_to=None).values("person_id")
        near = people_near(self.case.unit, self.day).exclude(pk__in=implicated).exclude(pk=self.actor.pk)
        field.near, field.queryset = self.case.unit, near

    def clean_due_on(self) -> date:
        due: date = self.cleaned_data["due_on"]
        if due < self.day:
            raise forms.ValidationError("Välj en dag som inte har varit.")
        return due


class ConcealForm(MoveForm):
    """Where, which words and on which ground."""

    place = forms.ChoiceField(
        label="I vilken text?",
        error_messages={"required": "Välj i vilken text.", "invalid_choice": "Välj en text i listan."},
    )
    passage = words(
        "Vad ska döljas?",
        rows=2,
        help_text="Klipp ut det precis som det står. I texten står sedan [dolt].",
        missing="Skriv det som ska döljas.",
    )
    ground = words(
        "Varför ska det döljas?",
        rows=2,
        help_text="Grunden syns i historiken. Skriv inte om det som döljs.",
        missing="Skriv varför det ska döljas.",
    )

    def ask(self) -> None:
        field = self.fields["place"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Välj text"), *((place.key, place.label) for place in places(self.case))]


class GradeForm(MoveForm):
    """A grade of the kind's scale."""

    grade = forms.ChoiceField(
        label="Hur allvarligt är det?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj hur allvarligt det är."},
    )

    def ask(self) -> None:
        field = self.fields["grade"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(grade.value, grade.label) for grade in GRADES[Kind(self.case.kind)]]


class GradingForm(GradeForm):
    """A grade and why, beside the proposal and what was decided in cases of the same type."""

    summary_template = "inquiries/_grading.html"
    why = words("Varför?", rows=6, help_text="Vad i utredningen som visar det.", missing="Skriv varför.")

    def summary(self) -> dict[str, object]:
        return {"proposal": proposal_of(self.case), "precedents": precedents(self.case)}


class NoteForm(SwedishForm, forms.Form):
    noted_on = day_field("Vilken dag gäller det?")
    source = forms.CharField(
        label="Varifrån vet du det?",
        max_length=300,
        help_text="Till exempel samtal med personal, journalen eller larmloggen.",
        error_messages={"required": "Skriv varifrån du vet det."},
    )
    nature = forms.ChoiceField(
        label="Är det fakta eller en bedömning?",
        choices=Nature,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={"required": "Välj om det är fakta eller en bedömning."},
    )
    text = words("Anteckning", rows=6, missing="Skriv anteckningen.")

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day

    def clean_noted_on(self) -> date:
        noted: date = self.cleaned_data["noted_on"]
        if noted > self.day:
            raise forms.ValidationError("Dagen har inte varit än.")
        return noted


class StatementForm(SwedishForm, forms.Form):
    text = words(
        "Ditt yttrande",
        rows=10,
        help_text="Du lämnar det en gång. Sedan går det inte att ändra.",
        missing="Skriv ditt yttrande.",
    )
