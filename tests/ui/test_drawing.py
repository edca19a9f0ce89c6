"""Fields drawn in one go look as Django's own templates draw them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

from avvikelse.ui.drawing import DRAWN, Renderer
from avvikelse.ui.forms import choice

PAIRS = [("a", "Ja"), ("b", choice("Nej & nej", "Också det.")), (1, "<Vet inte>")]
GROUPS = [("Äpplen", [("a", "Ett"), ("b", "Två")]), ("c", "Ensam")]
ANGRY = 'Hon sa: "<b>Nej</b> & åter nej"'
ATTRS = {"id": "id_it", "required": True, "disabled": False, "aria-describedby": "it_hint"}

WIDGETS = [
    (forms.TextInput(attrs={"class": "half", "autocomplete": "off"}), ANGRY),
    (forms.TextInput(), None),
    (forms.EmailInput(), "a@b.example"),
    (forms.NumberInput(attrs={"min": 1}), 1000),
    (forms.PasswordInput(), "never shown"),
    (forms.HiddenInput(), 0),
    (forms.DateInput(attrs={"type": "date"}), "2026-11-22"),
    (forms.TimeInput(), "14:30"),
    (forms.CheckboxInput(), True),
    (forms.CheckboxInput(), False),
    (forms.FileInput(), None),
    (forms.Textarea(attrs={"rows": 7}), f"\n\n{ANGRY}\n"),
    (forms.Textarea(), None),
    (forms.RadioSelect(choices=PAIRS, attrs={"class": "inline"}), "a"),
    (forms.RadioSelect(choices=PAIRS), 1),
    (forms.RadioSelect(choices=PAIRS), None),
    (forms.RadioSelect(choices=GROUPS), "b"),
    (forms.CheckboxSelectMultiple(choices=PAIRS), ["a", "1"]),
    (forms.CheckboxSelectMultiple(choices=[]), []),
]


@pytest.mark.parametrize(("widget", "value"), WIDGETS, ids=lambda it: type(it).__name__)
@pytest.mark.parametrize("attrs", [ATTRS, {}], ids=["with an id", "without"])
def test_a_widget_is_the_same_drawn_in_one_go(widget: forms.Widget, value: object, attrs: dict[str, Any]) -> None:
    ours, djangos = (widget.render("it", value, attrs, renderer) for renderer in (Renderer(), DjangoTemplates()))
    assert parse_html(ours) == parse_html(djangos)


def test_a_text_keeps_its_first_empty_line() -> None:
    assert forms.Textarea().render("it", "\nrad", {}, Renderer()) == (
        '<textarea name="it" cols="40" rows="10">\n\nrad</textarea>'
    )


def test_everything_drawn_in_one_go_is_compared() -> None:
    assert set(DRAWN) == {widget.template_name for widget, _ in WIDGETS}


def test_the_forms_of_the_program_are_drawn_so() -> None:
    assert isinstance(forms.Form().renderer, Renderer)
