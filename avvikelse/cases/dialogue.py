"""Small forms of the case pages that are not moves."""

from django import forms

from avvikelse.ui.forms import SwedishForm

from .forms import words


class MessageForm(SwedishForm, forms.Form):
    text = words("Skriv ett meddelande", missing="Skriv något i meddelandet.")


class NameForm(SwedishForm, forms.Form):
    name = forms.CharField(label="Namn på filtret", max_length=60)


class AffectedForm(SwedishForm, forms.Form):
    name = forms.CharField(label="Namn", max_length=120, error_messages={"required": "Skriv namnet."})
    identity_number = forms.CharField(label="Personnummer", required=False, max_length=13)
