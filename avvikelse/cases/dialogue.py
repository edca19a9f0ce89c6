"""Small forms of the case pages that are not moves."""

from datetime import date

from django import forms
from stdnum import luhn

from avvikelse.ui.forms import SwedishForm

from .forms import words

IDENTITY_DIGITS = 12
ADDED_TO_DAY = 60


class MessageForm(SwedishForm, forms.Form):
    text = words("Skriv ett meddelande", missing="Skriv något i meddelandet.")


class NameForm(SwedishForm, forms.Form):
    name = forms.CharField(label="Namn på filtret", max_length=60)


class AffectedForm(SwedishForm, forms.Form):
    name = forms.CharField(label="Namn", max_length=120, error_messages={"required": "Skriv namnet."})
    identity_number = forms.CharField(
        label="Personnummer",
        required=False,
        max_length=20,
        help_text="Tolv siffror, om ni behöver det.",
        widget=forms.TextInput(attrs={"class": "half", "inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_identity_number(self) -> str:
        """The number as it is kept: eight digits, a hyphen and four digits. A samordningsnummer will do."""
        digits = "".join(sign for sign in self.cleaned_data["identity_number"] if sign not in "-+ ")
        if not digits:
            return ""
        if not is_identity_number(digits):
            raise forms.ValidationError(
                "Det är inget personnummer. Skriv tolv siffror, ÅÅÅÅMMDD-NNNN, eller lämna tomt."
            )
        return f"{digits[:8]}-{digits[8:]}"


def is_identity_number(digits: str) -> bool:
    """Whether the twelve digits are a personnummer or a samordningsnummer, in which sixty is added to the day."""
    if len(digits) != IDENTITY_DIGITS or not (digits.isascii() and digits.isdigit()):
        return False
    day = int(digits[6:8])
    try:
        date(int(digits[:4]), int(digits[4:6]), day - ADDED_TO_DAY if day > ADDED_TO_DAY else day)
    except ValueError:
        return False
    return bool(luhn.is_valid(digits[2:]))
