"""The questions of Rapportera. One form per question; the one-page form is all of them together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms

from avvikelse.cases.kinds import Affected, Known, PartOfDay
from avvikelse.organisation.models import Person, Unit
from avvikelse.ui.forms import SwedishForm, choice
from avvikelse.ui.words import weekday

from .answers import About, Gravity, Name, Other, Routine, Sign, WholeReport
from .desk import Desk
from .fields import OTHER_DAY, UNKNOWN_DAY, DayField, FilesField, QuickSelect, UnitField, day_of, one_of, text
from .queries import NEAR_MISSES, people_called

TIMELESS = frozenset({About.CAN_HAPPEN, About.IDEA})
"""What has not happened has no time."""
PARTS_OF_DAY = [(part.value, part.label) for part in PartOfDay if part != PartOfDay.EXACT]
NAME_LENGTH = 120
LONG_AGO = timedelta(days=36_525)
"""A hundred years: a day before that is a slip of the keys."""


class QuestionForm(SwedishForm, forms.Form):
    """One question, asked at a desk: what was answered before, who asks and about which unit."""

    def __init__(self, *args: Any, desk: Desk, **kwargs: Any) -> None:
        self.desk = desk
        kwargs.setdefault("initial", {**desk.draft.answers})
        super().__init__(*args, **kwargs)
        self.ask()

    def ask(self) -> None:
        """Fit the fields to the desk."""

    def answered(self, name: str) -> str:
        """An answer of this form, else as saved before."""
        if name in self.fields:
            return str(self.cleaned_data.get(name) or "")
        return str(self.desk.draft.answers.get(name) or "")

    def forgive(self, name: str) -> None:
        """Take back the complaint about a field that need not be answered after all."""
        self.errors.pop(name, None)

    def picked(self, name: str) -> str:
        """What the field holds as it is drawn, whether sent, saved or new."""
        return str(self[name].value() or "")


class HappenedForm(QuestionForm):
    heading_field = "what_happened"
    what_happened = text(
        "Vad hände?",
        rows=7,
        required="Skriv vad som hände.",
        help_text="Berätta som för en kollega. Skriv vad som hände, inte vems fel det var. Skriv inga namn.",
    )


class UnitForm(QuestionForm):
    heading_field = "unit"
    unit = UnitField(
        label="Vilken enhet gäller det?",
        widget=QuickSelect,
        error_messages={"required": "Välj vilken enhet det gäller.", "invalid_choice": "Välj en enhet i listan."},
    )

    def ask(self) -> None:
        super().ask()
        if self.desk.unit:
            del self.fields["unit"]
            return
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.desk = self.desk
        field.choices = field.to_choose_from
        if self.is_bound or self.initial.get("unit"):
            return
        if likely := self.desk.likely_unit:
            self.initial["unit"] = str(likely.pk)
            field.help_text = "Vi har fyllt i din enhet. Gäller det en annan enhet? Välj den."


class AboutForm(QuestionForm):
    heading_field = "about"
    about = one_of("Har det hänt?", About, required="Välj det som stämmer bäst.")


class WhenForm(QuestionForm):
    heading_field = "day"
    day = DayField(
        label="När hände det?",
        widget=forms.RadioSelect,
        error_messages=dict.fromkeys(("required", "invalid_choice"), "Välj vilken dag det hände, eller Vet inte."),
    )
    other_day = forms.DateField(
        label="Vilken annan dag?", required=False, widget=forms.DateInput(attrs={"type": "date", "class": "short"})
    )
    part = one_of("När på dygnet?", PARTS_OF_DAY, inline=True)
    time = forms.TimeField(
        label="Klockslag, om du vet det",
        required=False,
        input_formats=["%H:%M", "%H:%M:%S", "%H.%M", "%H%M"],
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
    )

    def ask(self) -> None:
        super().ask()
        days = [self.desk.day, self.desk.day - timedelta(days=1)]
        known = day_of(self.picked("day"))
        named = {days[0]: f"I dag, {weekday(days[0])}", days[1]: f"I går, {weekday(days[1])}"}
        if known and known not in named:
            named[known] = weekday(known, days[0]).capitalize()
        field = self.fields["day"]
        assert isinstance(field, DayField)
        field.choices = [
            *((day.isoformat(), label) for day, label in named.items()),
            (OTHER_DAY, "En annan dag"),
            (UNKNOWN_DAY, "Vet inte"),
        ]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.answered("about") in TIMELESS:
            return self._without_time(data)
        chosen, other = data.get("day"), data.get("other_day")
        happened_on = other if chosen == OTHER_DAY or (other and not chosen) else day_of(str(chosen))
        if chosen == OTHER_DAY and other is None and "other_day" not in self.errors:
            self.add_error("other_day", "Skriv vilken dag det hände.")
        if other and not self.picked("day"):
            self.forgive("day")
        self._check_time(happened_on, "other_day" if happened_on == other else "day")
        exact = data.get("time") if happened_on else None
        data["occurred_on"], data["occurred_at"] = happened_on, exact
        data["occurred_part"] = PartOfDay.EXACT if exact else PartOfDay(data.get("part") or PartOfDay.UNKNOWN)
        return data

    def _without_time(self, data: dict[str, Any]) -> dict[str, Any]:
        """What was typed before the answer was that it has not happened is left where it is, and not sent."""
        for name in WhenForm.base_fields:
            self.forgive(name)
        return {**data, "occurred_on": None, "occurred_at": None, "occurred_part": PartOfDay.UNKNOWN}

    def _check_time(self, happened_on: date | None, day_field: str) -> None:
        at = self.cleaned_data.get("time")
        if at and happened_on is None and not {"day", "other_day"} & set(self.errors):
            self.add_error("time", "Välj dag också, eller ta bort klockslaget.")
        if happened_on and happened_on > self.desk.day:
            self.add_error(day_field, "Välj en dag som har varit. Har det inte hänt än? Svara det på frågan före.")
        if happened_on and happened_on < self.desk.day - LONG_AGO:
            self.add_error(day_field, "Så länge sedan kan det inte vara. Kontrollera året.")
        if at and happened_on == self.desk.day and at > self.desk.now.time():
            self.add_error("time", "Klockan är inte så mycket än. Skriv ett klockslag som har varit.")


class AffectedForm(QuestionForm):
    heading_field = "affected"
    affected = one_of("Vem berördes?", Affected, required="Välj vem som berördes, eller Ingen.")


class ConsequencesForm(QuestionForm):
    heading_field = "consequences"
    consequences = text("Vilka följder fick det, eller kunde det få?")
    gravity = one_of("Blev följderna allvarliga för någon, eller kunde de ha blivit det?", Gravity)


class SignsForm(QuestionForm):
    heading_field = "signs"
    signs = forms.MultipleChoiceField(
        label="Stämmer något av det här?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[
            (Sign.ABUSE.value, choice(Sign.ABUSE.label, "Kroppsligt, psykiskt, sexuellt eller ekonomiskt.")),
            (Sign.MISCONDUCT.value, choice(Sign.MISCONDUCT.label, "Någon far illa, eller riskerar att göra det.")),
            (
                Sign.CARE_HARM.value,
                choice(Sign.CARE_HARM.label, "Läkemedel, sårvård eller annan hälso- och sjukvård, också utebliven."),
            ),
        ],
    )


class ChildForm(QuestionForm):
    heading_field = "child"
    child = one_of("Gäller det ett barn?", Known, inline=True)


class AtOnceForm(QuestionForm):
    heading_field = "done_at_once"
    done_at_once = text("Vad gjordes genast?")


class RoutineForm(QuestionForm):
    heading_field = "routine"
    routine = one_of("Fanns det en rutin eller ett beslut, och följdes det?", Routine)
    routine_note = text("Vill du säga något mer om rutinen?", rows=3)


class SuggestionForm(QuestionForm):
    heading_field = "suggestion"
    suggestion = text("Har du ett förslag på vad som kan göras?")


class OftenForm(QuestionForm):
    heading_field = "often"
    often = one_of("Händer det ofta?", Known, inline=True)


class OtherForm(QuestionForm):
    heading_field = "other"
    other = one_of(
        "Var någon utanför kommunen inblandad?",
        Other,
        help_text="Till exempel sjukhuset, vårdcentralen, psykiatrin eller en annan kommun.",
    )
    other_principal = forms.CharField(
        label="Vilken?", required=False, max_length=150, widget=forms.TextInput(attrs={"class": "half"})
    )


class ChiefForm(QuestionForm):
    heading_field = "about_chief"
    about_chief = one_of(
        "Gäller det din chef?",
        [("yes", "Ja"), ("no", "Nej")],
        inline=True,
        help_text="Då går rapporten förbi chefen på enheten. Du ser vem som läser innan du skickar.",
    )


class NameForm(QuestionForm):
    heading_field = "name"
    name = one_of("Ska ditt namn synas?", Name)
    typed_name = forms.CharField(
        label="Ditt namn",
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"class": "half", "autocomplete": "name"}),
    )
    colleague = forms.CharField(
        label="Skriver du åt en kollega? Vem?",
        required=False,
        max_length=NAME_LENGTH,
        help_text="Skriv kollegans namn eller e-postadress. Kollegan står som rapportör och får kvittot.",
        widget=forms.TextInput(attrs={"class": "half", "autocomplete": "off"}),
    )

    def ask(self) -> None:
        super().ask()
        local = self.desk.local
        choices = [
            (Name.SHOWN.value, Name.SHOWN.label),
            (Name.HIDDEN.value, choice(Name.HIDDEN.label, local.text("name_promise"))),
        ]
        typed = self.fields["typed_name"]
        typed.error_messages["required"] = "Skriv ditt namn."
        if self.desk.anonymous_allowed:
            hint = "Ditt namn sparas inte. Du får en kod som du följer rapporten med."
            choices.append((Name.ANONYMOUS.value, choice(Name.ANONYMOUS.label, hint)))
            typed.help_text = "Lämna tomt om du vill vara anonym."
            typed.error_messages["required"] = "Skriv ditt namn, eller välj att vara anonym."
        field = self.fields["name"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices
        self.initial.setdefault("name", Name.SHOWN.value)
        del self.fields["typed_name" if self.desk.writer else "colleague"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        anonymous = data.get("name") == Name.ANONYMOUS
        if anonymous and "typed_name" in self.fields and not self.picked("typed_name"):
            self.forgive("typed_name")
        if anonymous and data.get("colleague"):
            self.add_error("colleague", "En anonym rapport kan inte skrivas åt en kollega. Ta bort namnet här.")
        return data

    def clean_colleague(self) -> Person | None:
        typed = self.cleaned_data["colleague"].strip()
        unit = self._unit()
        if not typed or unit is None:
            return None
        found = people_called(typed, unit, self.desk.day)
        if len(found) == 1:
            return found[0]
        if not found:
            raise forms.ValidationError("Ingen nära enheten heter så. Kontrollera namnet, eller skriv e-postadressen.")
        listed = ", ".join(f"{person.name} ({person.email})" for person in found[:NEAR_MISSES])
        raise forms.ValidationError(f"Flera heter så: {listed}. Skriv e-postadressen till rätt person.")

    def _unit(self) -> Unit | None:
        return self.desk.unit_of(self.answered("unit")) or self.desk.likely_unit


class FilesForm(QuestionForm):
    heading_field = "attached"
    attached = FilesField(
        label="Vill du lämna filer?",
        required=False,
        help_text=(
            "Bilder, PDF, Word, Excel eller text. Högst 10 filer, högst 20 MB var. En fil kan innehålla namn, "
            "till exempel på den som skapade den."
        ),
    )


class WholeForm(
    FilesForm,
    NameForm,
    ChiefForm,
    OtherForm,
    OftenForm,
    SuggestionForm,
    RoutineForm,
    AtOnceForm,
    ChildForm,
    SignsForm,
    ConsequencesForm,
    AffectedForm,
    WhenForm,
    AboutForm,
    UnitForm,
    HappenedForm,
):
    """Every question on one page, checked the same way. Bases stand last question first: fields come in MRO order."""

    heading_field = ""
    show_error_summary: ClassVar[bool] = False

    def report(self) -> WholeReport:
        """The whole report; only of a valid form."""
        data = self.cleaned_data
        unit = self.desk.unit_of(data.get("unit", ""))
        assert unit is not None, "checked by its field"
        return WholeReport(
            unit=unit,
            about=About(data["about"]),
            gravity=Gravity(data["gravity"] or Gravity.UNKNOWN),
            signs=frozenset(Sign(sign) for sign in data["signs"]),
            child=Known(data["child"] or Known.UNKNOWN),
            routine=Routine(data["routine"] or Routine.UNKNOWN),
            often=Known(data["often"] or Known.UNKNOWN),
            other=Other(data["other"] or Other.UNKNOWN),
            about_chief=data["about_chief"] == "yes",
            name=Name(data["name"] or Name.SHOWN),
            colleague=data.get("colleague"),
            typed_name=data.get("typed_name") or "",
            **{name: data[name] for name in AS_THEY_ARE},
        )


AS_THEY_ARE = (
    "what_happened",
    "affected",
    "occurred_on",
    "occurred_at",
    "occurred_part",
    "consequences",
    "done_at_once",
    "routine_note",
    "suggestion",
    "other_principal",
)
MANY = frozenset({"signs"})
"""Questions with several answers."""
