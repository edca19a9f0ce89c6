"""Widgets drawn as Django draws them, but in one go: its own renderer includes a template for every option."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from django.forms.renderers import DjangoTemplates
from django.forms.utils import flatatt
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

Drawn: TypeAlias = Mapping[str, Any]
"""A widget as Django's `get_context` tells of it."""

OUTER = ("id", "class")
"""What the box around a row of choices takes from its widget."""


class Renderer(DjangoTemplates):
    """The project's FORM_RENDERER. What is not drawn here has Django's template."""

    def render(self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None) -> str:
        draw = DRAWN.get(template_name)
        if draw is None or has_groups(context["widget"]):
            return super().render(template_name, context, request)
        return draw(context["widget"])


def has_groups(widget: Drawn) -> bool:
    return any(name for name, _, _ in widget.get("optgroups", ()))


def drawn_input(widget: Drawn) -> SafeString:
    value, attrs = widget["value"], flatatt(widget["attrs"])
    shown = "" if value is None else format_html(' value="{}"', value)
    return format_html('<input type="{}" name="{}"{}{}>', widget["type"], widget["name"], shown, attrs)


def drawn_textarea(widget: Drawn) -> SafeString:
    # Browsers drop the line end that follows the tag; without it they would drop the text's own first one.
    text = widget["value"] or ""
    return format_html('<textarea name="{}"{}>\n{}</textarea>', widget["name"], flatatt(widget["attrs"]), text)


def drawn_choices(widget: Drawn) -> SafeString:
    """Radio buttons or check boxes, each in its label."""
    options = [option for _, group, _ in widget["optgroups"] for option in group]
    outer = flatatt({name: widget["attrs"][name] for name in OUTER if widget["attrs"].get(name)})
    rows = ((label_for(option), drawn_input(option), option["label"]) for option in options)
    return format_html("<div{}>{}</div>", outer, format_html_join("", "<div><label{}>{} {}</label></div>", rows))


def label_for(option: Drawn) -> SafeString:
    return flatatt({"for": option["attrs"]["id"]} if option["attrs"].get("id") else {})


INPUTS = ("text", "email", "number", "password", "hidden", "date", "time", "checkbox", "file")
BY_KIND: Mapping[str, Callable[[Drawn], SafeString]] = {
    **dict.fromkeys(INPUTS, drawn_input),
    "textarea": drawn_textarea,
    "radio": drawn_choices,
    "checkbox_select": drawn_choices,
}
DRAWN = {f"django/forms/widgets/{kind}.html": draw for kind, draw in BY_KIND.items()}
