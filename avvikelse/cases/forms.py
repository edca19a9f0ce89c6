"""What a move asks. One form per move; the engine's door takes its cleaned data."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms

from avvikelse.organisation.directory import people_near
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui.forms import SwedishForm

from .kinds import PartRole
from .models import Case

if TYPE_CHECKING:
    PeopleChoice = forms.ModelChoiceField[Person]
    UnitChoice = forms.ModelChoiceField[Unit]
else:
    PeopleChoice = UnitChoice = forms.ModelChoiceField


class MoveForm(SwedishForm, forms.Form):
    """A move's questions about one case. Subclasses may add fields that depend on the case in `ask`."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    stale = False

    def __init__(self, *args: Any, case: Case, actor: Person, day: date, local: LocalValues, **kwargs: Any) -> None:
        self.case, self.actor, self.day, self.local = case, actor, day, local
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"version": case.version, **self.suggested(), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.ask()

    def suggested(self) -> dict[str, object]:
        """What the fields start with."""
        return {}

    def ask(self) -> None:
        """Add or narrow fields by the case at hand."""

    @classmethod
    def required_facts(cls) -> tuple[tuple[str, str], ...]:
        """(name, label) of what must be answered whatever the case."""
        return tuple(
            (name, str(field.label or name))
            for name, field in cls.base_fields.items()
            if field.required and name != "version"
        )


def words(
    label: str, *, required: bool = True, rows: int = 4, help_text: str = "", missing: str = ""
) -> forms.CharField:
    """A field for text in one's own words, at most 10 000 characters."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or f"Skriv något under ”{label}”."},
    )


class JustMove(MoveForm):
    """A move that asks nothing but whether."""


class WhyForm(MoveForm):
    why = words("Varför?", missing="Skriv varför.")


class PersonField(PeopleChoice):
    def label_from_instance(self, obj: Person) -> str:
        return obj.name_and_title


class UnitField(UnitChoice):
    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


def investigator_field(form: MoveForm, label: str) -> PersonField:
    """Somebody near the unit; never one who is *utpekad* in the case."""
    implicated = form.case.parts.filter(role=PartRole.IMPLICATED, valid_to=None).values("person_id")
    return PersonField(
        label=label,
        queryset=people_near(form.case.unit, form.day).exclude(pk__in=implicated),
        initial=form.actor.pk,
        error_messages={"required": "Välj vem som ska göra det.", "invalid_choice": "Välj någon i listan."},
    )


class AnsweringForm(MoveForm):
    """A move that ends with an answer to the reporter, or with why there can be none."""

    answer = words(
        "Svar till rapportören",
        required=False,
        help_text="I vanliga ord: vad ni såg, vad ni gör och när. Rapportören läser det.",
    )
    why_not = words(
        "Kan svar inte lämnas? Skriv varför",
        required=False,
        rows=2,
        help_text="Till exempel att rapportören har slutat.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("answer") and not data.get("why_not"):
            self.add_error("answer", "Skriv ett svar till rapportören, eller varför det inte går.")
        return data
