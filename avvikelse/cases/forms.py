"""What a move asks. One form per move; the engine's door takes its cleaned data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import QueryDict

from avvikelse.organisation.directory import people_near
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui.forms import SwedishForm, speak_swedish

from .kinds import PartRole
from .models import Case
from .story import Line

if TYPE_CHECKING:
    PeopleChoice = forms.ModelChoiceField[Person]
    UnitChoice = forms.ModelChoiceField[Unit]
    PeopleIterator = forms.models.ModelChoiceIterator[Person]
else:
    PeopleChoice = UnitChoice = forms.ModelChoiceField
    PeopleIterator = forms.models.ModelChoiceIterator


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under a heading. A folded group opens by itself when any of it is answered."""

    fields: tuple[str, ...]
    heading: str = ""
    hint: str = ""
    folded: bool = False


@dataclass(frozen=True, slots=True)
class AskedTogether:
    """A group as it is drawn."""

    group: Group
    fields: list[forms.BoundField]

    @property
    def open(self) -> bool:
        return any(field.errors or field.value() for field in self.fields)


class VersionedForm(SwedishForm, forms.Form):
    """A form about something in a case. It knows the version of the case that the person saw.

    `meanwhile` is what others did since then, oldest first: not empty when the case was no longer the same.
    `groups` orders the questions; fields that no group names follow after, in their own order.
    """

    version = forms.IntegerField(widget=forms.HiddenInput)
    meanwhile: Sequence[Line] = ()
    groups: tuple[Group, ...] = ()

    @property
    def stale(self) -> bool:
        return bool(self.meanwhile)

    def replace(self, **values: str) -> None:
        """Show other values than those that were sent; all else stays as it was typed."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        for name, value in values.items():
            data[name] = value
        self.data = data

    def together(self) -> list[AskedTogether]:
        """The questions in their groups; a group none of whose fields are asked is left out."""
        found = [
            AskedTogether(group, [self[name] for name in group.fields if name in self.fields]) for group in self.groups
        ]
        named = {name for group in self.groups for name in group.fields}
        rest = [field for field in self.visible_fields() if field.name not in named]
        return [asked for asked in (*found, AskedTogether(Group(()), rest)) if asked.fields]


class MoveForm(VersionedForm):
    """A move's questions about one case. Subclasses may add fields that depend on the case in `ask`.

    `reads_story` opens what the reporter told above the questions. `summary_template` is drawn there too, with
    `summary` as its `data`.
    """

    reads_story = False
    summary_template = ""

    def __init__(self, *args: Any, case: Case, actor: Person, day: date, local: LocalValues, **kwargs: Any) -> None:
        self.case, self.actor, self.day, self.local = case, actor, day, local
        kwargs.setdefault("initial", {})
        kwargs["initial"] = {"version": case.version, **self.suggested(), **kwargs["initial"]}
        super().__init__(*args, **kwargs)
        self.ask()
        self.order_fields([name for group in self.groups for name in group.fields])
        for field in self.fields.values():
            speak_swedish(field)

    def suggested(self) -> dict[str, object]:
        """What the fields start with."""
        return {}

    def ask(self) -> None:
        """Add or narrow fields by the case at hand."""

    def summary(self) -> dict[str, object]:
        """What `summary_template` shows."""
        return {}

    @classmethod
    def required_facts(cls) -> tuple[tuple[str, str], ...]:
        """(name, label) of what must be answered whatever the case."""
        return tuple(
            (name, str(field.label or name))
            for name, field in cls.base_fields.items()
            if field.required and name != "version"
        )


def words(
    label: str, *, required: bool = True, rows: int = 4, help_text: str = "", missing: str = ""
) -> forms.CharField:
    """A field for text in one's own words, at most 10 000 characters."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": rows}),
        error_messages={"required": missing or f"Skriv något under ”{label}”."},
    )


class JustMove(MoveForm):
    """A move that asks nothing but whether."""


class WhyForm(MoveForm):
    why = words("Varför?", missing="Skriv varför.")


class NearFirst(PeopleIterator):
    """Those who work at the field's own unit first, under its name."""

    def __iter__(self) -> Iterator[Any]:
        field = self.field
        assert isinstance(field, PersonField)
        if field.empty_label is not None:
            yield ("", field.empty_label)
        people = list(self.queryset)
        near = [person for person in people if field.near and person.home_unit_id == field.near.pk]
        others = [person for person in people if person not in near]
        for label, group in ((field.near.name if field.near else "", near), ("Övriga" if near else "", others)):
            rows = [self.choice(person) for person in group]
            yield from [(label, rows)] if rows and label else rows


class PersonField(PeopleChoice):
    """Somebody among people; those of the unit `near` first."""

    iterator = NearFirst
    near: Unit | None = None

    def __init__(self, *args: Any, near: Unit | None = None, **kwargs: Any) -> None:
        self.near = near
        super().__init__(*args, **{"empty_label": "Välj person", **kwargs})

    def label_from_instance(self, obj: Person) -> str:
        return obj.name_and_title


class UnitField(UnitChoice):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"empty_label": "Välj enhet", **kwargs})

    def label_from_instance(self, obj: Unit) -> str:
        return obj.name


def investigator_field(form: MoveForm, label: str) -> PersonField:
    """Somebody near the unit; never one who is *utpekad* in the case."""
    implicated = form.case.parts.filter(role=PartRole.IMPLICATED, valid_to=None).values("person_id")
    return PersonField(
        label=label,
        near=form.case.unit,
        queryset=people_near(form.case.unit, form.day).exclude(pk__in=implicated),
        initial=form.actor.pk,
        error_messages={"required": "Välj vem som ska göra det.", "invalid_choice": "Välj någon i listan."},
    )


class AnsweringForm(MoveForm):
    """A move that ends with an answer to the reporter, or with why there can be none."""

    mark_optional = False  # One of the two is asked for, so neither may be called optional.
    answer = words(
        "Svar till rapportören",
        required=False,
        help_text="I vanliga ord: vad ni såg, vad ni gör och när. Rapportören läser det.",
    )
    why_not = words(
        "Kan svar inte lämnas? Skriv varför",
        required=False,
        rows=2,
        help_text="Till exempel att rapportören har slutat.",
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("answer") and not data.get("why_not"):
            self.add_error("answer", "Skriv ett svar till rapportören, eller varför det inte går.")
        elif data.get("answer") and data.get("why_not"):
            self.add_error("why_not", "Skriv antingen ett svar eller varför det inte går, inte båda.")
        return data
