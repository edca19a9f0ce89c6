"""What the room's pages ask. Whether it can be done is the operations' business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from avvikelse.ui.forms import SwedishForm, choice

from . import directory
from .models import Assignment, Lagrum, Person, Unit
from .preferences import Preference
from .roles import Basis, Level, Role, levels_in_words

if TYPE_CHECKING:
    UnitChoice = forms.ModelChoiceField[Unit]
    RowsChoice = forms.ModelMultipleChoiceField[Assignment]
else:
    UnitChoice, RowsChoice = forms.ModelChoiceField, forms.ModelMultipleChoiceField


class SuggestingInput(forms.TextInput):
    """A text field that suggests but lets anything be typed; needs no script."""

    suggestions: Iterable[str] = ()

    def render(
        self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None
    ) -> SafeString:
        listed = f"{name}-suggestions"
        field = super().render(name, value, {**(attrs or {}), "list": listed, "autocomplete": "off"}, renderer)
        options = format_html_join("", '<option value="{}"></option>', ((text,) for text in self.suggestions))
        return format_html('{}<datalist id="{}">{}</datalist>', field, listed, options)


def addressed(person: Person) -> str:
    return f"{person.name} ({person.email})"


class PersonField(forms.CharField):
    """Somebody by name or e-mail address. Cleaned to a Person, or None when left empty."""

    widget = SuggestingInput

    def suggest(self, people: Iterable[Person]) -> None:
        assert isinstance(self.widget, SuggestingInput)
        self.widget.suggestions = [addressed(person) for person in people]

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        found = directory.named(text)
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(f"Vi hittar ingen som heter ”{text}”. Skriv hela namnet eller e-postadressen.")
        names = ", ".join(addressed(person) for person in found[: directory.MANY - 1])
        raise ValidationError(f"Flera passar in på ”{text}”: {names}. Skriv e-postadressen.")


class UnitField(UnitChoice):
    """A unit, each shown below the one it stands under."""

    def label_from_instance(self, obj: Unit) -> str:
        return f"{obj.name} ({Level(obj.level).label.lower()})" if obj.level != Level.UNIT else obj.name


def units_by_branch(units: Iterable[Unit]) -> list[tuple[Any, Any]]:
    """Choices in the order of the tree, indented by depth."""
    rows = list(units)
    names = {unit.pk: unit.name for unit in rows}
    order = sorted(rows, key=lambda unit: [names.get(int(part), "") for part in unit.path.split(".") if part])
    return [(unit.pk, f"{'\u2003' * (unit.path.count('.') - 1)}{unit.name}") for unit in order]


def day_field(label: str, help_text: str = "", *, required: bool = True, missing: str = "Välj en dag.") -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": missing},
    )
