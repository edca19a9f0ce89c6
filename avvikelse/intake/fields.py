"""The kinds of field that the questions are made of."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.forms.renderers import BaseRenderer
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .desk import Desk

LONGEST = 10_000
OTHER_DAY, UNKNOWN_DAY = "other", "unknown"


def text(label: str, *, rows: int = 4, required: str = "", help_text: str = "") -> forms.CharField:
    """A field for one's own words. `required` is what is said when it is left empty; without it may be skipped."""
    return forms.CharField(
        label=label,
        required=bool(required),
        max_length=LONGEST,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": required} if required else {},
    )


def one_of(label: str, choices: Any, *, required: str = "", help_text: str = "", inline: bool = False) -> Any:
    return forms.ChoiceField(
        label=label,
        required=bool(required),
        choices=getattr(choices, "choices", choices),
        help_text=help_text,
        widget=forms.RadioSelect(attrs={"class": "inline"} if inline else {}),
        error_messages={"required": required} if required else {},
    )


class QuickSelect(forms.Select):
    """A list of units drawn in one go: Django's own draws every option as a template."""

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: BaseRenderer | None = None,  # noqa: ARG002 (Django's signature)
    ) -> SafeString:
        chosen = str(value or "")
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            ((key, SafeString(" selected") if key == chosen else "", label) for key, label in self.choices),
        )
        flat = format_html_join("", ' {}="{}"', (self.build_attrs(self.attrs, attrs) | {"name": name}).items())
        return format_html("<select{}>{}</select>", flat, options)


class ManyFiles(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:  # noqa: ARG002 (Django's signature)
        return files.getlist(name) if hasattr(files, "getlist") else []


class FilesField(forms.Field):
    """Any number of files; what they are and how many is judged when they are taken in."""

    widget = ManyFiles


class UnitField(forms.ChoiceField):
    """A unit by its id. The list is looked up when it is drawn, and not when an answer is judged."""

    desk: Desk

    def to_choose_from(self) -> list[tuple[str, str]]:
        return [("", "Välj enhet"), *self.desk.unit_names]

    def valid_value(self, value: Any) -> bool:
        return self.desk.unit_of(str(value)) is not None


class DayField(forms.ChoiceField):
    """Today and yesterday by their dates, so that a page left open over midnight still means the same day."""

    def valid_value(self, value: Any) -> bool:
        return value in {OTHER_DAY, UNKNOWN_DAY} or day_of(str(value)) is not None


def day_of(value: str) -> date | None:
    try:
        return date.fromisoformat(value)
    except ValueError:
        return None
