"""The form in which a notification is written, part by part in the order IVO asks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms

from avvikelse.cases.attaching import JudgedFile
from avvikelse.cases.forms import UnitField, words
from avvikelse.cases.growing import GrowingForm
from avvikelse.cases.kinds import Affected, Sort
from avvikelse.cases.meeting import Beside
from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Person, Unit
from avvikelse.ui.forms import SwedishForm, choice

from .choices import GRAVE_LABELS
from .enclosing import enclosables
from .forms import LATER, JudgedFiles, day_field
from .operations import texts_of
from .parts import GROUPS, NAMES, Part, PartGroup, begun

LONGEST_LINE = 300


@dataclass(frozen=True, slots=True)
class Row:
    """A part as it is drawn: its field, what another saved in it meanwhile, and what the case now says there."""

    field: forms.BoundField
    beside: Beside | None
    now: str


class NotificationForm(GrowingForm):
    """Nothing is required until the notification is sent."""

    texts = NAMES
    enclosures = forms.MultipleChoiceField(
        label="Vilka filer ska med?", required=False, widget=forms.CheckboxSelectMultiple
    )
    uploads = JudgedFiles(label="Lägg till filer", required=False, help_text="De läggs in i ärendet och följer med.")

    def written(self) -> dict[str, str]:
        return texts_of(self.case, self.day)

    def ask(self) -> None:
        for group in GROUPS:
            for part in group.parts:
                self.fields[part.name] = self.field_of(part)
        files = self.fields["enclosures"]
        assert isinstance(files, forms.MultipleChoiceField)
        files.choices = [(each.key, each.name) for each in enclosables(self.case)]
        if not files.choices:
            del self.fields["enclosures"]

    def field_of(self, part: Part) -> forms.Field:
        if part.name == "grave":
            labels = GRAVE_LABELS[self.case.sort]
            return forms.ChoiceField(
                label=part.label, choices=list(labels.items()), required=False, widget=forms.RadioSelect
            )
        if part.rows > 1:
            return words(part.label, required=False, rows=part.rows, help_text=part.hint)
        return forms.CharField(label=part.label, required=False, help_text=part.hint, max_length=LONGEST_LINE)

    def in_groups(self) -> Iterator[tuple[PartGroup, list[Row]]]:
        """The parts in their groups. What the case now says is shown beside where it differs from what is written."""
        now, written = begun(self.case, self.day), self.written()
        for group in GROUPS:
            yield group, [self.row(part, now[part.name], written[part.name]) for part in group.parts]

    def row(self, part: Part, now: str, written: str) -> Row:
        differs = now.strip() and now.strip() != written.strip() and part.name != "grave"
        return Row(self[part.name], self.said_beside(part.name), now if differs else "")


# --- What comes out of no case


class OpenForm(SwedishForm, forms.Form):
    """The municipality's own notification, or a tillsyn of IVO's, at one of the units given."""

    sort = forms.ChoiceField(
        label="Vad gäller det?",
        choices=[
            (Sort.NOTICE_MUNICIPALITY.value, choice("Kommunens anmälan", "Kommunen anmäler brister till IVO.")),
            (Sort.SUPERVISION.value, choice("Tillsyn", "IVO har inlett en tillsyn hos oss.")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det gäller."},
    )
    unit = UnitField(
        label="Vilken enhet?",
        queryset=Unit.objects.none(),
        empty_label="Välj enhet",
        error_messages={"required": "Välj enhet.", "invalid_choice": "Välj en enhet i listan."},
    )
    title = forms.CharField(
        label="Kort om vad det gäller",
        max_length=160,
        error_messages={"required": "Skriv kort vad det gäller."},
    )
    what = words("Beskriv vad det gäller", rows=6, missing="Beskriv vad det gäller.")
    affected = forms.ChoiceField(
        label="Vem berörs?",
        choices=Affected,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={"required": "Välj vem som berörs."},
    )
    implicated = forms.ModelMultipleChoiceField(
        label="Är någon utpekad?",
        queryset=Person.objects.none(),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 6}),
        help_text="Den som pekas ut ser aldrig ärendet.",
    )
    opened_on = day_field("Vid tillsyn: vilken dag inleddes den?", required=False)
    letter = JudgedFile(label="Vid tillsyn: IVO:s brev", required=False)
    ivo_number = forms.CharField(label="Vid tillsyn: IVO:s diarienummer", required=False, max_length=60)
    mark_optional = False

    def __init__(self, *args: Any, units: frozenset[int], day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.day = day
        unit, people = self.fields["unit"], self.fields["implicated"]
        assert isinstance(unit, UnitField)
        assert isinstance(people, forms.ModelMultipleChoiceField)
        unit.queryset = Unit.objects.open(day).filter(pk__in=list(units)).order_by(by_name(), "pk")
        people.queryset = Person.objects.filter(is_active=True).order_by(by_name(), "pk")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        opened = data.get("opened_on")
        if opened and opened > self.day:
            self.add_error("opened_on", LATER)
        if data.get("sort") == Sort.SUPERVISION:
            if "opened_on" not in self.errors and not opened:
                self.add_error("opened_on", "Välj vilken dag IVO inledde tillsynen.")
            if "letter" not in self.errors and not data.get("letter"):
                self.add_error("letter", "Lägg till IVO:s brev som en fil.")
        return data
