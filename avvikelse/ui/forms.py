"""What all forms share: how they are drawn and how they speak."""

from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.validators import BaseValidator
from django.utils.html import format_html
from django.utils.safestring import SafeString

ERRORS = {
    "required": "Fyll i det här.",
    "invalid": "Det här går inte att läsa. Skriv på ett annat sätt.",
    "invalid_choice": "Välj något av alternativen.",
    "invalid_list": "Välj bland alternativen.",
    "max_length": "Korta texten till högst %(limit_value)d tecken. Nu är den %(show_value)d.",
    "min_length": "Skriv minst %(limit_value)d tecken. Nu är det %(show_value)d.",
    "max_value": "Skriv ett tal som är högst %(limit_value)s.",
    "min_value": "Skriv ett tal som är minst %(limit_value)s.",
    "empty": "Filen är tom. Välj en annan fil.",
    "missing": "Filen kom inte fram. Välj den igen.",
}
UNKEEPABLE = "Det finns ett tecken i texten som inte går att spara. Skriv om texten eller klistra in den på nytt."
"""Of a NUL, which nobody types but which may come along with what is pasted."""
BY_TYPE: tuple[tuple[type[forms.Field], dict[str, str]], ...] = (
    (forms.ChoiceField, {"required": "Välj ett alternativ."}),
    (forms.ModelChoiceField, {"required": "Välj ett alternativ."}),
    (forms.BooleanField, {"required": "Kryssa i rutan för att gå vidare."}),
    (forms.DateTimeField, {"invalid": "Skriv dag och tid så här: 2026-11-16 14:30."}),
    (forms.DateField, {"invalid": "Skriv dagen så här: 2026-11-16."}),
    (forms.TimeField, {"invalid": "Skriv tiden så här: 14:30."}),
    (forms.IntegerField, {"invalid": "Skriv ett heltal med siffror."}),
    (forms.EmailField, {"invalid": "Skriv en e-postadress, till exempel namn@kommun.se."}),
    (forms.URLField, {"invalid": "Skriv en webbadress, till exempel https://kommun.se."}),
    (forms.FileField, {"required": "Välj en fil."}),
)
# Texts that do not say which field they mean.
GENERIC = frozenset(ERRORS.values()).union(*(texts.values() for _, texts in BY_TYPE))

if TYPE_CHECKING:
    Base = forms.BaseForm
else:
    Base = object


class SwedishForm(Base):
    """A form drawn by `{% crispy form %}` inside the page's own <form method="post" novalidate>.

    It gives the CSRF token, the error summary and the fields. Optional fields say "(frivilligt)" unless
    `mark_optional` is False. `heading_field` names the field whose label is the page's h1. Put it before
    forms.Form or forms.ModelForm among the bases.
    """

    heading_field: ClassVar[str] = ""
    mark_optional: ClassVar[bool] = True
    show_error_summary: ClassVar[bool] = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            speak_swedish(field)

    @property
    def helper(self) -> FormHelper:
        """Return crispy's instructions; a form with a layout of its own overrides this and adds to it."""
        helper = FormHelper()
        helper.form_tag = False
        helper.form_show_errors = self.show_error_summary
        return helper


def speak_swedish(field: forms.Field) -> None:
    """Replace Django's own error texts in this field by ours; what the form's author wrote stays."""
    written = own_messages(field)
    for code, text in messages_for(field).items():
        if code not in written:
            field.error_messages[code] = text
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("null_characters_not_allowed", UNKEEPABLE)
    for validator in field.validators:
        if not isinstance(validator, BaseValidator) or validator.message is not type(validator).message:
            continue
        if validator.code in ERRORS and validator.code not in written:
            field.error_messages[validator.code] = ERRORS[validator.code]


def messages_for(field: forms.Field) -> dict[str, str]:
    """Return our texts for the codes this field knows, the most exact type's first of all."""
    texts = {code: ERRORS[code] for code in field.error_messages if code in ERRORS}
    if isinstance(field, forms.FileField):
        texts.pop("max_length", None)  # Django fills this one with other names, about the file's name.
    for kind, exact in BY_TYPE:
        if isinstance(field, kind):
            return texts | exact
    return texts


def own_messages(field: forms.Field) -> set[str]:
    """Return the codes whose text was given by the form's author, that is, differs from the class's default."""
    defaults: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        defaults.update(getattr(kind, "default_error_messages", {}))
    return {code for code, text in field.error_messages.items() if defaults.get(code) is not text}


def choice(label: str, hint: str) -> SafeString:
    """Return a radio's or checkbox's label with a small second line."""
    return format_html("{}<small>{}</small>", label, hint)
