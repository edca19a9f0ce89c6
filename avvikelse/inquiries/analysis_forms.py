"""What is asked about each part of a händelseanalys."""

from __future__ import annotations

from typing import Any

from django import forms

from avvikelse.cases.forms import VersionedForm
from avvikelse.cases.growing import GrowingForm
from avvikelse.measures.models import Area
from avvikelse.ui.forms import choice

from .analysis_lookup import WHOLE, Course
from .models import Analysis, Barrier, Block, Factor

LONGEST = 1_000
"""Letters in a text that is drawn; more would not be readable in a picture."""
SHORT = 60
"""Letters of a step in a list of steps."""


def drawn_text(label: str, *, rows: int, help_text: str, missing: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing},
    )


class CourseForm(GrowingForm):
    """A form about a part of the course. `row` is what is changed, None when something is added."""

    row: Analysis | Block | Factor | Barrier | None = None

    def __init__(self, *args: Any, course: Course, row: Any = None, **kwargs: Any) -> None:
        self.course, self.row = course, row
        start = {**self.written(), **kwargs.pop("initial", {})} if row else kwargs.pop("initial", {})
        super().__init__(*args, initial=start, **kwargs)

    def written(self) -> dict[str, str]:
        return {name: as_typed(getattr(self.row, name)) for name in self.texts} if self.row else {}

    def steps(self) -> list[tuple[str, str]]:
        return [(str(step.block.pk), named(step.block)) for step in self.course.steps]

    def chosen_block(self) -> Block | None:
        """The step that was chosen; None for the whole course."""
        chosen = self.cleaned_data["block"]
        return next((step.block for step in self.course.steps if str(step.block.pk) == chosen), None)

    def answers(self) -> dict[str, Any]:
        """What is saved: the texts as they are, a chosen step as itself, held as yes or no."""
        found = {name: self.cleaned_data[name] for name in self.texts}
        if "block" in found:
            found["block"] = self.chosen_block()
        if "held" in found:
            found["held"] = found["held"] == "yes"
        return found


def as_typed(value: object) -> str:
    """A value as its field sends it."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value.pk) if isinstance(value, Block) else str(value or "")


def named(block: Block) -> str:
    text = " ".join(part for part in (block.when, block.what) if part)
    return f"Steg {block.place}: {text if len(text) <= SHORT else f'{text[:SHORT].rstrip()}…'}"


def in_line(name: str) -> str:
    return f"{name[0].lower()}{name[1:]}"


class FrameForm(CourseForm):
    texts = ("assignment", "method", "team")
    assignment = forms.CharField(
        label="Vad är uppdraget?",
        required=False,
        max_length=10_000,
        help_text="Vad analysen ska svara på, och vem som har gett uppdraget.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    method = forms.CharField(
        label="Hur gör ni?",
        required=False,
        max_length=10_000,
        help_text="Till exempel vilka ni pratar med och vad ni läser.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    team = forms.CharField(
        label="Vilka arbetar med analysen?",
        required=False,
        max_length=10_000,
        help_text="Namn och yrke, en på varje rad.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BlockForm(CourseForm):
    texts = ("when", "what")
    after = forms.TypedChoiceField(label="Var i förloppet?", coerce=int)
    when = forms.CharField(
        label="När, om du vet?",
        required=False,
        max_length=120,
        help_text="Till exempel ”2 november klockan 07.30” eller ”under natten”.",
    )
    what = drawn_text(
        "Vad hände i det här steget?",
        rows=4,
        help_text="En sak i varje steg, med ord som alla förstår. Skriv roller, inte namn.",
        missing="Skriv vad som hände i steget.",
    )

    def ask(self) -> None:
        if self.row:
            del self.fields["after"]
            return
        places = [(str(step.block.place), f"Efter {in_line(named(step.block))}") for step in self.course.steps]
        set_choices(self.fields["after"], [("0", "Först"), *places])
        self.initial.setdefault("after", len(places))
        if not places:
            self.fields["after"].widget = forms.HiddenInput()


class FactorForm(CourseForm):
    texts = ("block", "area", "text")
    block = forms.ChoiceField(label="Vad i förloppet hör det till?", required=False)
    area = forms.ChoiceField(
        label="Vilket område hör det till?",
        choices=Area,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilket område det hör till."},
    )
    text = drawn_text(
        "Vad bidrog till att det hände?",
        rows=3,
        help_text="Sak, inte person. Varför var det lätt att det blev fel?",
        missing="Skriv vad som bidrog.",
    )

    def ask(self) -> None:
        set_choices(self.fields["block"], [("", WHOLE), *self.steps()])


class BarrierForm(CourseForm):
    HELD = (
        ("yes", choice("Det höll", "Det hindrade att det blev värre")),
        ("no", choice("Det brast", "Det saknades, kringgicks eller räckte inte")),
    )
    texts = ("block", "held", "text")
    block = forms.ChoiceField(
        label="Vid vilket steg?", error_messages={"required": "Välj vid vilket steg skyddet fanns."}
    )
    text = drawn_text(
        "Vilket skydd fanns, eller borde ha funnits?",
        rows=3,
        help_text="Det som ska hindra att det händer eller göra att det upptäcks: en spärr, en kontroll, ett larm.",
        missing="Skriv vilket skydd det var.",
    )
    held = forms.ChoiceField(
        label="Höll det eller brast det?",
        choices=HELD,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj om skyddet höll eller brast."},
    )

    def ask(self) -> None:
        set_choices(self.fields["block"], [("", "Välj steg"), *self.steps()])


class TakeAwayForm(VersionedForm):
    """Nothing is asked but whether."""


def set_choices(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices
