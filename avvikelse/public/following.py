"""A report followed with its code: what is kept in the browser, who one is then, and what one may do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from avvikelse.cases.forms import words
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Outsider, Who
from avvikelse.ui.forms import SwedishForm

COOKIE = "kod"
SALT = "avvikelse.public.following"
OPEN_FOR = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a move asks whoever follows with a code, and the fact the answer becomes."""

    fact: str
    label: str
    missing: str


MOVES = {
    "answer": Asked("addition", "Ditt svar", "Skriv ditt svar."),
    "withdraw": Asked("why", "Varför vill du ta tillbaka rapporten?", "Skriv varför."),
}


class CodeForm(SwedishForm, forms.Form):
    heading_field = "code"
    code = forms.CharField(
        label="Följ din rapport",
        max_length=100,
        help_text="Skriv koden från kvittot. Stora eller små bokstäver spelar ingen roll, inte heller mellanrum.",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": "Skriv koden från ditt kvitto."},
    )


class MessageForm(SwedishForm, forms.Form):
    text = words("Skriv ett meddelande", missing="Skriv något i meddelandet.")


class MoveForm(SwedishForm, forms.Form):
    heading_field = "text"
    version = forms.IntegerField(widget=forms.HiddenInput)
    text = words("Text")

    def __init__(self, *args: object, asked: Asked, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].label = asked.label
        self.fields["text"].error_messages["required"] = asked.missing


def outsider(case: Case) -> Outsider:
    """Whoever holds the code. The log knows the report and nothing of who it is."""
    shown = "Rapportören" if case.reporter_hidden else case.reporter_typed or "Anonym"
    return Outsider(f"anonymous:{case.reference}", shown, frozenset({Who.REPORTER}))


def hash_in(request: HttpRequest) -> str:
    """The hash of the code that this browser has shown, while it is still fresh."""
    return request.get_signed_cookie(COOKIE, "", salt=SALT, max_age=OPEN_FOR) or ""


def remember(response: HttpResponse, receipt_hash: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE,
        receipt_hash,
        salt=SALT,
        path=reverse("code"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return response


def forget(response: HttpResponse) -> HttpResponse:
    response.delete_cookie(COOKIE, path=reverse("code"), samesite="Strict")
    return response
