"""What the room's pages ask. Whether it can be done is the operations' business."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from avvikelse.ui.forms import SwedishForm, choice

from . import directory
from .models import Assignment, Lagrum, Person, Unit
from .preferences import Preference
from .roles import Basis, Level, Role, levels_in_words

EM_SPACE = "\N{EM SPACE}"


class SuggestingInput(forms.TextInput):
    """A text field that suggests but lets anything be typed; needs no script."""

    suggestions: Iterable[str] = ()

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> SafeString:
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


class UnitField(forms.TypedChoiceField):
    """One of the units offered, in the order of the tree. Cleaned to a Unit."""

    def offer(self, units: Iterable[Unit], nothing: str = "Välj …") -> None:
        rows = directory.in_tree_order(units)
        self.choices = [("", nothing), *((unit.pk, indented(unit)) for unit in rows)]
        self.coerce = {str(unit.pk): unit for unit in rows}.__getitem__
        self.empty_value = None


def indented(unit: Unit) -> str:
    """The name, further in the deeper it stands; em spaces, since a list's options keep no others."""
    return f"{EM_SPACE * (unit.path.count('.') - 1)}{unit.name}"


class RolesField(forms.TypedMultipleChoiceField):
    """Some of a person's roles. Cleaned to assignments."""

    widget = forms.CheckboxSelectMultiple

    def offer(self, rows: Iterable[Assignment]) -> None:
        found = {str(row.pk): row for row in rows}
        self.choices = [(key, f"{row.get_role_display()}, {row.unit.name}") for key, row in found.items()]
        self.coerce = found.__getitem__
        self.initial = list(found)


def day_field(
    label: str, help_text: str = "", *, required: bool = True, missing: str = "Välj en dag."
) -> forms.DateField:
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=required,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": missing},
    )


def line(label: str, missing: str, help_text: str = "", *, most: int = 120, required: bool = True) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=most,
        required=required,
        error_messages={"required": missing},
    )


class ConfirmForm(SwedishForm, forms.Form):
    """Asks nothing but whether."""


class UnitForm(SwedishForm, forms.Form):
    mark_optional: ClassVar[bool] = False

    name = line("Vad heter den?", "Skriv vad enheten heter.")
    level = forms.ChoiceField(
        label="Vad är det?",
        choices=[(level.value, level.label) for level in Level],
        initial=Level.UNIT,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    parent = UnitField(label="Vad ligger den under?", required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "parent", UnitField).offer(units, "Inget (bara en nämnd)")


class RenameForm(SwedishForm, forms.Form):
    name = line("Nytt namn", "Skriv vad enheten ska heta.")


class MoveForm(SwedishForm, forms.Form):
    parent = UnitField(label="Vad ska den ligga under?", error_messages={"required": "Välj vad den ska ligga under."})

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "parent", UnitField).offer(units)


class PersonForm(SwedishForm, forms.Form):
    name = line("Namn", "Skriv personens namn.")
    email = forms.EmailField(
        label="E-post",
        help_text="Personen loggar in med adressen.",
        max_length=254,
        error_messages={"required": "Skriv e-postadressen."},
    )
    title = line("Titel", "", "Till exempel undersköterska eller socialsekreterare.", required=False)
    home_unit = UnitField(label="Hör till", error_messages={"required": "Välj vilken enhet personen hör till."})

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "home_unit", UnitField).offer(units)


class BringBackForm(SwedishForm, forms.Form):
    home_unit = UnitField(label="Hör till", error_messages={"required": "Välj vilken enhet personen hör till."})

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "home_unit", UnitField).offer(units)


class RoleForm(SwedishForm, forms.Form):
    role = forms.ChoiceField(
        label="Roll",
        choices=[("", "Välj …"), *((role.value, f"{role.label} – {levels_in_words(role)}") for role in Role)],
        error_messages={"required": "Välj en roll."},
    )
    unit = UnitField(label="Var?", error_messages={"required": "Välj var rollen gäller."})
    valid_from = day_field("Från och med", missing="Välj från vilken dag.")
    valid_to = day_field("Till och med", "Lämna tomt om rollen gäller tills vidare.", required=False)

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "unit", UnitField).offer(units)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class DeputyForm(SwedishForm, forms.Form):
    """A deputy or a delegation, registered by the systemförvaltare."""

    basis = forms.ChoiceField(
        label="Vad gäller det?",
        initial=Basis.DEPUTY,
        widget=forms.RadioSelect,
        choices=[
            (Basis.DEPUTY.value, choice("Ersättare", "Tar över när den ordinarie är borta eller inte kan.")),
            (Basis.DELEGATED.value, choice("Delegation", "Har uppgiften vid sidan av den ordinarie, efter beslut.")),
        ],
    )
    deputy = PersonField(
        label="Vem?",
        help_text="Skriv namn eller e-postadress.",
        error_messages={"required": "Skriv vem det är."},
    )
    roles = RolesField(label="För vilken roll?", error_messages={"required": "Välj vilken roll det gäller."})
    valid_from = day_field("Från och med", missing="Välj från vilken dag.")
    valid_to = day_field("Till och med", missing="Välj till vilken dag.")

    def __init__(self, *args: Any, rows: Iterable[Assignment], suggested: Iterable[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "roles", RolesField).offer(rows)
        field_of(self, "deputy", PersonField).suggest(suggested)


class AbsenceForm(SwedishForm, forms.Form):
    from_day = day_field("Första dagen borta", missing="Välj första dagen.")
    to_day = day_field("Sista dagen borta", missing="Välj sista dagen.")


class MyDeputyForm(SwedishForm, forms.Form):
    """When I am away and who stands in for me."""

    from_day = day_field("Första dagen du är borta", missing="Välj första dagen.")
    to_day = day_field("Sista dagen du är borta", missing="Välj sista dagen.")
    deputy = PersonField(label="Vem ersätter dig?", required=False)
    roles = RolesField(label="I vilken roll?", required=False)

    def __init__(
        self, *args: Any, rows: list[Assignment], suggested: Iterable[Person], otherwise: str, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "roles", RolesField).offer(rows)
        field_of(self, "deputy", PersonField).suggest(suggested)
        self.fields["deputy"].help_text = f"Skriv namn eller e-postadress. {otherwise}"
        if len(rows) == 1:
            del self.fields["roles"]


class PreferenceForm(SwedishForm, forms.Form):
    """One local value; what it may be is the preference's own business."""

    value = forms.CharField(label="Nytt värde")
    valid_from = day_field("Gäller från och med", missing="Välj från vilken dag det gäller.")

    def __init__(self, *args: Any, preference: Preference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["value"] = value_field(preference)


def value_field(preference: Preference) -> forms.Field:
    if isinstance(preference.default, bool):
        return forms.ChoiceField(
            label=preference.label,
            help_text=preference.help,
            choices=[("ja", "Ja"), ("nej", "Nej")],
            widget=forms.RadioSelect(attrs={"class": "inline"}),
            error_messages={"required": "Välj ja eller nej."},
        )
    if preference.long:
        return forms.CharField(
            label=preference.label,
            help_text=preference.help,
            widget=forms.Textarea(attrs={"rows": 7}),
            max_length=2000,
            error_messages={"required": "Skriv en text."},
        )
    if preference.clock:
        return forms.CharField(
            label=preference.label,
            help_text=f"{preference.help} Skriv ett klockslag, till exempel 16.30.",
            widget=forms.TextInput(attrs={"class": "short"}),
            error_messages={"required": "Skriv ett klockslag."},
        )
    return forms.CharField(
        label=preference.label,
        help_text=f"{preference.help} Från {preference.lowest} till {preference.highest}.",
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric"}),
        error_messages={"required": "Skriv ett heltal."},
    )


class CategoryForm(SwedishForm, forms.Form):
    lagrum = forms.ChoiceField(
        label="Lagrum",
        choices=Lagrum.choices,
        initial=Lagrum.SOL_LSS,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )
    group = forms.CharField(
        label="Grupp",
        max_length=100,
        widget=SuggestingInput,
        help_text="Välj en som finns eller skriv en ny.",
        error_messages={"required": "Skriv vilken grupp den hör till."},
    )
    name = line("Kategori", "Skriv vad kategorin heter.", "Så kort att den går att läsa i en lista.")
    valid_from = day_field("Från och med", missing="Välj från vilken dag.")

    def __init__(self, *args: Any, groups: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        widget = self.fields["group"].widget
        assert isinstance(widget, SuggestingInput)
        widget.suggestions = groups


class LastDayForm(SwedishForm, forms.Form):
    last_day = day_field("Sista dagen", missing="Välj sista dagen.")


class ClosedDayForm(SwedishForm, forms.Form):
    day = day_field("Vilken dag?", missing="Välj vilken dag.")
    name = line("Varför är det stängt?", "Skriv varför det är stängt.", "Till exempel klämdag.", most=80)


class PeopleFilter(SwedishForm, forms.Form):
    """How the list of people is narrowed. Whatever is wrong in the address is left out."""

    mark_optional: ClassVar[bool] = False

    q = forms.CharField(label="Namn, titel eller e-post", required=False, max_length=100)
    unit = UnitField(label="Enhet", required=False)
    left = forms.ChoiceField(label="Visa", required=False, choices=[("", "De som är här"), ("1", "De som har slutat")])

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "unit", UnitField).offer(units, "Alla")


Chosen = TypeVar("Chosen", bound=forms.Field)


def field_of(form: forms.BaseForm, name: str, kind: type[Chosen]) -> Chosen:
    """The form's own field, known to be of the kind."""
    field = form.fields[name]
    assert isinstance(field, kind), name
    return field
