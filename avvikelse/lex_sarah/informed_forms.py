"""What is asked about an underrättelse: of the provider, of SAS who writes one down, and in its moves."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django import forms

from avvikelse.cases.attaching import JudgedFile
from avvikelse.cases.forms import MoveForm, UnitField, WhyForm, words
from avvikelse.cases.kinds import Affected, Known
from avvikelse.measures.following import FollowUpForm
from avvikelse.organisation.models import Unit
from avvikelse.ui.forms import SwedishForm

from .models.informed import THEIR_GRADES

INLINE = {"class": "inline"}


def line(label: str, missing: str, help_text: str = "", most: int = 200) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=most, help_text=help_text, error_messages={"required": missing}, required=bool(missing)
    )


def grade_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Hur har verksamheten själv bedömt det?",
        choices=[("", "Inte bedömt än"), *THEIR_GRADES],
        widget=forms.RadioSelect,
        required=False,
    )


def ivo_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Har verksamheten anmält till IVO?",
        choices=Known,
        widget=forms.RadioSelect(attrs=INLINE),
        initial=Known.UNKNOWN,
        error_messages={"required": "Välj om det är anmält till IVO."},
    )


class TellForm(SwedishForm, forms.Form):
    """What the provider tells. `key` makes the same page sent twice come in once."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    contact = line("Ditt namn och din uppgift", "Skriv ditt namn.", most=120)
    what_happened = words("Vad har hänt?", rows=8, missing="Skriv vad som har hänt.")
    affected = forms.ChoiceField(
        label="Vem berördes?",
        choices=Affected,
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": "Välj vem som berördes."},
    )
    occurred_on = forms.DateField(
        label="Vilken dag hände det?",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    done_at_once = words("Vad har gjorts genast?", required=False)
    grade = grade_field()
    ivo = ivo_field()
    ivo_number = line("IVO:s diarienummer", "", most=40)
    document = JudgedFile(label="Handling", required=False, help_text="Till exempel er utredning. En fil.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": uuid4()})
        super().__init__(*args, **kwargs)


class RegisterForm(TellForm):
    """The same, written down by SAS."""

    provider = line("Vilken verksamhet underrättar?", "Skriv vilken verksamhet det är.")
    unit = UnitField(
        label="Vilken del av vår organisation gäller det?",
        empty_label="Välj enhet",
        queryset=Unit.objects.none(),
        error_messages={"required": "Välj vilken del det gäller."},
    )
    field_order = ("provider", "contact", "unit")

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contact"].label = "Vem berättade?"
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.queryset = units


class LinkForm(SwedishForm, forms.Form):
    provider = line("Vilken verksamhet får länken?", "Skriv vilken verksamhet det är.")
    contact = line("Vem skickar du den till?", "Skriv vem du skickar den till.", "Namn eller e-postadress.")
    unit = UnitField(
        label="Vilken del av vår organisation gäller det?",
        empty_label="Välj enhet",
        queryset=Unit.objects.none(),
        error_messages={"required": "Välj vilken del det gäller."},
    )

    def __init__(self, *args: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.queryset = units


class FollowForm(FollowUpForm):
    reads_story = True
    plan = words("Vad ska nämnden följa upp, och hur?", missing="Skriv vad ni ska följa upp.")
    field_order = ("plan", "follow_up_on")


class CompleteForm(MoveForm):
    """What the provider has told since."""

    grade = grade_field()
    ivo = ivo_field()
    ivo_number = line("IVO:s diarienummer", "", most=40)
    document = JudgedFile(label="Ny handling", required=False)

    def suggested(self) -> dict[str, object]:
        told = getattr(self.case, "informed", None)
        return {name: getattr(told, name, "") for name in ("grade", "ivo", "ivo_number")}


class EndForm(MoveForm):
    outcome = words("Vad visade uppföljningen?", missing="Skriv vad uppföljningen visade.")
    lesson = words(
        "Vad har ni lärt er?",
        help_text="Skriv utan namn och så att ingen går att känna igen.",
        missing="Skriv vad ni har lärt er, eller att det inte finns något att föra vidare.",
    )


class TakeUpForm(FollowUpForm, WhyForm):
    """Why, and when it is to be followed up."""
