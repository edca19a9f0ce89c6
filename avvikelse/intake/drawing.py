"""Fields drawn as HTML, and kept: a question that nobody has answered yet looks the same to everybody."""

from __future__ import annotations

from collections.abc import Hashable

from django.forms import BoundField, ChoiceField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

TEMPLATE = "bootstrap5/field.html"
MOST_KEPT = 500

_kept: dict[Hashable, SafeString] = {}


def drawn(field: BoundField) -> SafeString:
    """The field's HTML. Kept for the next page, unless it holds words somebody wrote or a fault."""
    value, inner = field.value(), field.field
    if field.form.is_bound or (value and not isinstance(inner, ChoiceField)):
        return draw(field)
    choices = tuple(inner.widget.choices) if isinstance(inner, ChoiceField) else ()
    looks = (type(field.form), field.name, str(inner.label), str(inner.help_text), inner.required, choices, str(value))
    if looks not in _kept:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        _kept[looks] = draw(field)
    return _kept[looks]


def draw(field: BoundField) -> SafeString:
    return render_to_string(TEMPLATE, {"field": field})
