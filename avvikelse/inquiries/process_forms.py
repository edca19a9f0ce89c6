"""What the moves of a lex Sarah case and a vårdskada ask, beside what is asked in `asking`."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from avvikelse.cases.attaching import JudgedFile
from avvikelse.cases.forms import AnsweringForm, Group, MoveForm, PersonField, WhyForm, words
from avvikelse.cases.kinds import Kind, State, in_text
from avvikelse.cases.models import Case
from avvikelse.cases.rules import implicated_people
from avvikelse.cases.takers import line_over
from avvikelse.measures import following
from avvikelse.organisation.directory import by_name, people_near
from avvikelse.organisation.models import Person

from .asking import GradeForm, GradingForm, day_field
from .choices import Told

INLINE = {"class": "inline"}
NOT_BEGUN = frozenset({State.RECEIVED, State.ASSESSING})
IMPLICATED = ("implicated", "implicated_second", "implicated_third")
"""The fields in which people are pointed out when a case is received; more are pointed out one by one."""


def people_for(case: Case, day: date) -> QuerySet[Person]:
    """Who may have to do with the case: those near the unit, the line over it, and nobody *utpekad*."""
    line = [holder.person.pk for holder in line_over(case, day)]
    near = people_near(case.unit, day).order_by().values("pk")
    found = Person.objects.filter(Q(pk__in=near) | Q(pk__in=line), is_active=True)
    return found.exclude(pk__in=implicated_people(case)).order_by(by_name(), "pk")


def person_field(form: MoveForm, label: str, *, required: bool = True, help_text: str = "", empty: str = "") -> Any:
    return PersonField(
        label=label,
        near=form.case.unit,
        queryset=people_for(form.case, form.day),
        required=required,
        help_text=help_text,
        empty_label=empty or "Välj person",
        error_messages={"required": "Välj vem det ska vara.", "invalid_choice": "Välj någon i listan."},
    )


def conflict_field(about: str) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"Har {about} jäv?",
        choices=(("no", "Nej"), ("yes", "Ja")),
        widget=forms.RadioSelect(attrs=INLINE),
        help_text="Fråga först. Jäv är till exempel att vara inblandad, eller att stå nära någon som det gäller.",
        error_messages={"required": f"Fråga om {about} har jäv och välj svaret."},
    )


def optional_day(label: str, help_text: str = "") -> forms.DateField:
    found = day_field(label)
    found.required, found.help_text = False, help_text
    return found


class RegisterForm(MoveForm):
    """When and how it came in, who is *utpekad*, and what was done at once."""

    reads_story = True
    mark_optional = False  # The labels say what may be left out; some of it by who is pointed out.
    received_how = forms.ChoiceField(
        label="Hur kom rapporten in?",
        choices=Told,
        widget=forms.RadioSelect(attrs=INLINE),
        error_messages={"required": "Välj hur rapporten kom in."},
    )
    told_on = day_field("Vilken dag kom den in?")
    told_at = forms.TimeField(
        label="Klockan, om du vet",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time", "class": "short"}),
    )
    protected = words(
        "Vad har gjorts genast för att skydda den enskilda?",
        missing="Skriv vad som har gjorts genast, eller varför inget behövde göras.",
    )
    protected_at = forms.DateTimeField(
        label="När gjordes det, om något gjordes?",
        required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local", "class": "half"}),
    )
    implicated_outside = words(
        "Utpekade som inte har konto, om det finns några",
        required=False,
        rows=2,
        help_text="Namn och uppgift, till exempel inhyrd personal.",
    )
    chair_informed_on = optional_day("Nämndens ordförande fick veta", "Gäller inte om ordföranden är utpekad.")
    director_informed_on = optional_day("Förvaltningschefen fick veta", "Gäller inte om chefen är utpekad.")
    groups: tuple[Group, ...] = (
        Group(("received_how", "told_on", "told_at"), "När och hur"),
        Group(("lagrum", "kind_of", "unit")),
        Group(("protected", "protected_at"), "Det som gjordes genast"),
        Group(
            (*IMPLICATED, "implicated_outside"),
            "Utpekade",
            "Den som är utpekad får aldrig se ärendet, vilken roll hon eller han än har.",
        ),
        Group(("chair_informed_on", "director_informed_on"), "Information till ledningen"),
    )

    def suggested(self) -> dict[str, object]:
        return {"told_on": self.case.received_on, "protected": self.case.report.done_at_once}

    def ask(self) -> None:
        for name, label in zip(IMPLICATED, ("Utpekad", "Utpekad, nummer två", "Utpekad, nummer tre"), strict=True):
            self.fields[name] = person_field(self, label, required=False, empty="Ingen")
        if not self.local.flag("inform_chair_and_director"):
            del self.fields["chair_informed_on"], self.fields["director_informed_on"]

    def clean_told_on(self) -> Any:
        return self.not_ahead("told_on")

    def clean_chair_informed_on(self) -> Any:
        return self.not_ahead("chair_informed_on")

    def clean_director_informed_on(self) -> Any:
        return self.not_ahead("director_informed_on")

    def not_ahead(self, name: str) -> Any:
        chosen = self.cleaned_data[name]
        if chosen and chosen > self.day:
            raise forms.ValidationError("Dagen har inte varit än.")
        return chosen


class BeginForm(MoveForm):
    """Who investigates, whether that person has *jäv*, and who decides."""

    reads_story = True
    investigates = "Utredare"
    investigator = PersonField(label="Vem ska utreda?", queryset=Person.objects.none())
    conflict = conflict_field("hon eller han")
    decider = PersonField(label="Vem beslutar?", queryset=Person.objects.none(), required=False)
    groups: tuple[Group, ...] = (Group(("investigator", "conflict", "team", "decider")),)

    def ask(self) -> None:
        self.fields["investigator"] = person_field(self, self.investigates, help_text="Välj någon utanför enheten.")
        self.fields["decider"] = person_field(
            self,
            "Beslutsfattare",
            required=False,
            help_text="Den som beslutar på delegation. En annan än den som utreder.",
            empty="Nämnden beslutar",
        )


class ReopenForm(BeginForm):
    """The same anew, and why."""

    why = words("Varför återupptas ärendet?", missing="Skriv varför.")
    groups = (Group(("why", "investigator", "conflict", "team", "decider")),)

    def suggested(self) -> dict[str, object]:
        decider = next((part.person_id for part in self.case.parts.all() if is_decider(part)), None)
        return {"investigator": self.case.handler_id, "decider": decider}


def is_decider(part: Any) -> bool:
    return part.role == "decider" and part.valid_to is None


class SettleForm(AnsweringForm):
    """Why there clearly is nothing to investigate, and the answer."""

    reads_story = True
    why = words(
        "Varför är det uppenbart att det inte behöver utredas?",
        help_text="Du tar ställning på det som redan är känt.",
        missing="Skriv varför det inte behöver utredas.",
    )
    groups = (Group(("why",)), Group(("answer", "why_not"), "Svaret"))


class NotifyForm(WhyForm):
    why = words(
        "Varför är det redan klart att det är allvarligt?",
        help_text="Utredningen går vidare som vanligt. Ett IVO-ärende öppnas.",
        missing="Skriv varför det är allvarligt redan nu.",
    )


class ReappointForm(WhyForm):
    """Another who investigates or decides, or the nämnd instead of a person."""

    mark_optional = False  # What is asked depends on what is changed.
    INVESTIGATOR, DECIDER, NAMND = "investigator", "decider", "namnd"
    WHATS = ((INVESTIGATOR, "Den som utreder"), (DECIDER, "Den som beslutar"), (NAMND, "Nämnden ska besluta"))
    what = forms.ChoiceField(
        label="Vad vill du byta?",
        widget=forms.RadioSelect,
        choices=WHATS,
        error_messages={"required": "Välj vad du vill byta."},
    )
    groups = (Group(("what", "person", "conflict", "why")),)

    def ask(self) -> None:
        self.fields["person"] = person_field(self, "Till vem?", required=False, empty="Ingen: nämnden beslutar")
        conflict = conflict_field("hon eller han")
        conflict.required = False
        self.fields["conflict"] = conflict
        if self.case.state in NOT_BEGUN:
            field = self.fields["what"]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [(value, label) for value, label in self.WHATS if value != self.INVESTIGATOR]


class PointOutForm(WhyForm):
    """Somebody who turns out to be implicated: from now on she never sees the case."""

    person = PersonField(label="Vem är utpekad?", queryset=Person.objects.none())
    groups = (Group(("person", "why")),)

    def ask(self) -> None:
        self.fields["person"] = person_field(self, "Vem är utpekad?", help_text="Personen ser aldrig ärendet igen.")


class SendBackForm(MoveForm):
    missing = words("Vad saknas?", missing="Skriv vad som saknas.")


class DecideForm(GradingForm):
    deidentified = words(
        "Beskrivning utan namn",
        required=False,
        help_text="Visas som jämförelse när ni bedömer liknande händelser. Ingen ska gå att känna igen.",
    )

    def suggested(self) -> dict[str, object]:
        proposal = self.summary()["proposal"]
        return {"grade": getattr(proposal, "grade", ""), "why": getattr(proposal, "why", "")}


class RecordForm(GradeForm):
    """What an organ decided. Nothing of what the case says is shown: the registrator records too."""

    organ = forms.CharField(
        label="Vem beslutade?",
        max_length=120,
        help_text="Till exempel socialnämnden eller arbetsutskottet.",
        error_messages={"required": "Skriv vem som beslutade."},
    )
    decided_on = day_field("Vilken dag?")
    section_number = forms.CharField(
        label="Paragraf",
        max_length=20,
        help_text="Till exempel § 45.",
        widget=forms.TextInput(attrs={"class": "short"}),
        error_messages={"required": "Skriv paragrafen."},
    )
    minutes = JudgedFile(label="Protokollsutdraget", error_messages={"required": "Välj filen med protokollsutdraget."})
    groups = (Group(("organ", "decided_on", "section_number", "minutes", "grade")),)

    def clean_decided_on(self) -> date:
        decided: date = self.cleaned_data["decided_on"]
        if decided > self.day:
            raise forms.ValidationError("Dagen har inte varit än.")
        return decided


class WrongKindForm(WhyForm):
    """What it is instead: the kinds that a room's own table names."""

    kinds: tuple[Kind, ...] = ()
    kind = forms.ChoiceField(
        label="Vad är det i stället?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad det är i stället."},
    )
    groups = (Group(("kind", "why")),)

    def ask(self) -> None:
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind.value, in_text(kind).capitalize()) for kind in self.kinds]


class CloseForm(following.CloseForm):
    lesson = words(
        "Vad har ni lärt er?",
        help_text="Skriv utan namn och så att ingen går att känna igen. Andra enheter får läsa det.",
        missing="Skriv vad ni har lärt er, eller att det inte finns något att föra vidare.",
    )
