"""A page that asks one thing and does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.timezone import localdate

from .operations import Refused

FARTHEST_AHEAD, FARTHEST_BACK = timedelta(days=3660), timedelta(days=36600)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What stands around the form. `notes` are said before it, `section` is the part of the room it belongs to."""

    title: str
    button: str
    back: str
    back_label: str
    section: str
    lead: str = ""
    notes: tuple[str, ...] = ()
    danger: bool = False
    template: str = "organisation/ask.html"


@dataclass(frozen=True, slots=True)
class Done:
    """It is done: what to say, and where to go instead of back."""

    sentence: str
    url: str = ""


def sent(request: HttpRequest) -> QueryDict | None:
    """What was sent with the form, also when that was nothing; None when it is only shown."""
    return request.POST if request.method == "POST" else None


def ask(
    request: HttpRequest, form: BaseForm, asking: Asking, act: Callable[[Mapping[str, Any]], Done], **context: object
) -> HttpResponse:
    """Show the form, or do what it asks for and go on. A refusal is shown at its field, with all that was typed."""
    if (
        request.method == "POST"
        and form.is_valid()
        and days_are_near(form, localdate())
        and (done := attempt(form, act))
    ):
        messages.success(request, done.sentence)
        return redirect(done.url or asking.back)
    return render(request, asking.template, {"form": form, "page": asking, "section": asking.section, **context})


def days_are_near(form: BaseForm, today: date) -> bool:
    """Whether every day in the form is one that somebody can mean; what is wrong with the others is said."""
    for name, value in list(form.cleaned_data.items()):
        if isinstance(value, date) and value > today + FARTHEST_AHEAD:
            form.add_error(name, "Välj en dag inom tio år.")
        elif isinstance(value, date) and value < today - FARTHEST_BACK:
            form.add_error(name, "Kontrollera årtalet. Dagen är för långt tillbaka i tiden.")
    return not form.errors


def attempt(form: BaseForm, act: Callable[[Mapping[str, Any]], Done]) -> Done | None:
    try:
        return act(form.cleaned_data)
    except Refused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, refused.sentence)
    return None
