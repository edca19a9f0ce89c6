"""What is asked between the municipality and IVO."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q

from avvikelse.cases.attaching import JudgedFile
from avvikelse.cases.diary import SetNumberForm
from avvikelse.cases.forms import Group, MoveForm, PersonField, words
from avvikelse.cases.kinds import PartRole
from avvikelse.cases.takers import LINE
from avvikelse.organisation.access import holders
from avvikelse.organisation.directory import by_name, people_near
from avvikelse.organisation.models import Person
from avvikelse.ui.words import day as day_words

from .choices import How, Outcome
from .enclosing import enclosables, enclosed_with
from .lawful import cited, ground, notified_by, sentence
from .lookup import ivo_matter_of, notification_of, open_demands, open_requests
from .models import Demand, Request
from .operations import texts_of
from .paper import fine_words, groups
from .rules import WITH_INVESTIGATION

MOST_DEMANDS = 8
LATER = "Dagen har inte varit än."
DAY_WIDGET = {"type": "date", "class": "short"}


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class JudgedFiles(JudgedFile):
    """Any number of files, each judged by what it holds. Gives a list of uploads."""

    widget = ManyFiles

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile[Any]]:
        given = data if isinstance(data, (list, tuple)) else [data] if data else []
        return [super(JudgedFiles, self).clean(each, initial) for each in given]


def day_field(
    label: str, *, missing: str = "Välj en dag.", help_text: str = "", required: bool = True
) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs=DAY_WIDGET),
        error_messages={"required": missing},
    )


def fine_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Vite i kronor",
        required=False,
        min_value=1,
        max_value=2_000_000_000,
        widget=forms.NumberInput(attrs={"class": "short"}),
        error_messages={"invalid": "Skriv vitet i hela kronor, med siffror."},
    )


def letter_field(label: str = "IVO:s brev") -> JudgedFile:
    return JudgedFile(label=label, error_messages={"required": "Lägg till IVO:s brev som en fil."})


def people_to_name(form: MoveForm) -> Any:
    """Those near the unit and those in the line over it, and nobody who is *utpekad*."""
    implicated = form.case.parts.filter(role=PartRole.IMPLICATED, valid_to=None).values("person_id")
    line = [holder.person.pk for holder in holders(form.case.unit, LINE, form.day)]
    parts = form.case.parts.filter(valid_to=None).values("person_id")
    near = people_near(form.case.unit, form.day).order_by().values("pk")
    named = Q(pk__in=near) | Q(pk__in=[*line, form.actor.pk]) | Q(pk__in=parts)
    return Person.objects.filter(named, is_active=True).exclude(pk__in=implicated).order_by(by_name(), "pk")


# --- Sending


class SendingForm(MoveForm):
    """When, how and by whom something was sent, and the files that went along."""

    summary_template = "ivo/_law.html"
    sent_on = day_field("Vilken dag skickades det?", missing="Välj vilken dag det skickades.")
    how = forms.ChoiceField(
        label="Hur skickades det?",
        choices=How,
        help_text="Aldrig med e-post eller fax.",
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        error_messages={"required": "Välj hur det skickades."},
    )
    sent_by = PersonField(
        label="Vem skickade det?",
        queryset=Person.objects.none(),
        error_messages={"required": "Välj vem som skickade det.", "invalid_choice": "Välj någon i listan."},
    )
    enclosures = forms.MultipleChoiceField(
        label="Vilka filer skickades med?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="En kopia av varje fil låses så som den är nu.",
    )
    uploads = JudgedFiles(label="Lägg till filer", required=False, help_text="De läggs också in i ärendet.")

    def ask(self) -> None:
        person, files = self.fields["sent_by"], self.fields["enclosures"]
        assert isinstance(person, PersonField)
        assert isinstance(files, forms.MultipleChoiceField)
        person.near, person.queryset = self.case.unit, people_to_name(self)
        files.choices = [(each.key, each.name) for each in enclosables(self.case)]
        if not files.choices:
            del self.fields["enclosures"]

    def suggested(self) -> dict[str, object]:
        return {"sent_on": self.day, "sent_by": self.actor.pk}

    def clean_sent_on(self) -> date:
        sent: date = self.cleaned_data["sent_on"]
        if sent > self.day:
            raise forms.ValidationError(LATER)
        return sent


class SendForm(SendingForm):
    """The notification is read once more before it is locked."""

    summary_template = "ivo/_check.html"
    enclosed = forms.ChoiceField(
        label="Skickades utredningen med?",
        choices=(("yes", "Ja"), ("no", "Nej, den skickas senare")),
        required=False,
        widget=forms.RadioSelect,
    )
    field_order = ("version", "sent_on", "how", "sent_by", "enclosed", "enclosures", "uploads")
    mark_optional = False

    def ask(self) -> None:
        super().ask()
        if self.case.sort not in WITH_INVESTIGATION:
            del self.fields["enclosed"]

    def suggested(self) -> dict[str, object]:
        return {**super().suggested(), "enclosures": enclosed_with(notification_of(self.case))}

    def summary(self) -> dict[str, object]:
        shown = groups(self.case, texts_of(self.case, self.day))
        return {"law": sentence("Anmälan ska göras", notified_by(self.case)), "groups": shown}


class InvestigationForm(SendingForm):
    """The investigation; the law on how soon stands on the page of the move."""

    summary_template = ""


class AnswerForm(SendingForm):
    request = forms.ChoiceField(
        label="Vilken begäran svarar ni på?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilken begäran det gäller."},
    )
    answer = words("Svaret", rows=8, missing="Skriv svaret.")
    field_order = ("version", "request", "answer", "sent_on", "how", "sent_by", "enclosures", "uploads")

    def ask(self) -> None:
        super().ask()
        offer(self, "request", [(str(row.pk), request_words(row)) for row in open_requests(self.case)])

    def suggested(self) -> dict[str, object]:
        return {**super().suggested(), "request": only([row.pk for row in open_requests(self.case)])}

    def summary(self) -> dict[str, object]:
        duties = dict.fromkeys(("order_documents" if row.ordered else "hand_out") for row in open_requests(self.case))
        said = {"hand_out": "Handlingar lämnas ut till IVO", "order_documents": "IVO förelägger om handlingar"}
        asked = min((row.asked_on for row in open_requests(self.case)), default=self.day)
        return {"law": " ".join(ground(said[duty], cited(duty, self.case, asked)) for duty in duties)}


class RemedyForm(SendingForm):
    demand = forms.ChoiceField(
        label="Vilket krav gäller det?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilket krav det gäller."},
    )
    what_was_done = words("Vad har gjorts?", rows=8, missing="Skriv vad som har gjorts.")
    field_order = ("version", "demand", "what_was_done", "sent_on", "how", "sent_by", "enclosures", "uploads")

    def ask(self) -> None:
        super().ask()
        offer(self, "demand", [(str(row.pk), demand_label(row)) for row in open_demands(self.case)])

    def suggested(self) -> dict[str, object]:
        return {**super().suggested(), "demand": only([row.pk for row in open_demands(self.case)])}

    def summary(self) -> dict[str, object]:
        days = [row.decision.decided_on for row in open_demands(self.case)]
        found = cited("order_remedy", self.case, min(days, default=self.day))
        return {"law": ground("IVO förelägger om att avhjälpa", found)}


def offer(form: MoveForm, name: str, choices: Iterable[tuple[str, str]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    field.choices = list(choices)


def only(ids: list[int]) -> str:
    """The one there is to choose, if there is just one."""
    return str(ids[0]) if len(ids) == 1 else ""


def request_words(row: Request) -> str:
    return f"{row.what} Senast {day_words(row.due_on)}."


def demand_label(row: Demand) -> str:
    fine = f" Vite {fine_words(row.fine)}." if row.fine else ""
    return f"{row.text} Senast {day_words(row.due_on)}.{fine}"


# --- What comes from IVO


class SupervisionForm(MoveForm):
    opened_on = day_field("Vilken dag inledde IVO tillsynen?", missing="Välj vilken dag tillsynen inleddes.")
    letter = letter_field()
    ivo_number = forms.CharField(label="IVO:s diarienummer", required=False, max_length=60)

    def clean_opened_on(self) -> date:
        return not_later(self.cleaned_data["opened_on"], self.day)


def not_later(given: date, day: date) -> date:
    if given > day:
        raise forms.ValidationError(LATER)
    return given


class RequestForm(MoveForm):
    asked_on = day_field("Vilken dag är IVO:s brev från?", missing="Välj vilken dag brevet är från.")
    what = words("Vad vill IVO ha?", missing="Skriv vad IVO vill ha.")
    due_on = day_field("När ska svaret vara hos IVO?", missing="Välj vilken dag svaret ska vara hos IVO.")
    ordered = forms.BooleanField(label="Det är ett föreläggande", required=False)
    fine = fine_field()
    letter = letter_field()

    def clean_asked_on(self) -> date:
        return not_later(self.cleaned_data["asked_on"], self.day)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        asked, due = data.get("asked_on"), data.get("due_on")
        if asked and due and due < asked:
            self.add_error("due_on", "Svarsdagen kan inte vara före dagen på brevet.")
        if data.get("fine") and not data.get("ordered"):
            self.add_error("fine", "Vite finns bara i ett föreläggande. Kryssa i att det är ett.")
        return data


class ExtendForm(MoveForm):
    about = forms.ChoiceField(
        label="Vad har IVO gett anstånd med?",
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad anståndet gäller."},
    )
    due_on = day_field("Vilken dag gäller nu?", missing="Välj vilken dag som gäller nu.")
    letter = letter_field("IVO:s beslut om anstånd")

    def ask(self) -> None:
        requests = [(f"request-{row.pk}", request_words(row)) for row in open_requests(self.case)]
        offer(self, "about", requests + [(f"demand-{row.pk}", demand_label(row)) for row in open_demands(self.case)])


class PeopleField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.name_and_title)


class DecisionForm(MoveForm):
    """IVO's decision; the demands of a föreläggande one by one, each in a part of its own that opens when asked for."""

    decided_on = day_field("Vilken dag beslutade IVO?", missing="Välj vilken dag IVO beslutade.")
    outcome = forms.ChoiceField(
        label="Vad beslutade IVO?",
        choices=Outcome,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vad IVO beslutade."},
    )
    text = words("Vad står det i beslutet?", required=False, help_text="Kort, för den som ska läsa det.")
    letter = letter_field("IVO:s beslut som fil")
    readers = PeopleField(
        label="Vilka ska läsa beslutet?",
        queryset=Person.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text="De ser beslutet, men inte ärendet. Ärendet kan avslutas först när alla har läst.",
        error_messages={"required": "Välj minst en som ska läsa beslutet."},
    )
    groups = (
        Group(("decided_on", "outcome", "text", "letter", "readers")),
        *(
            Group(
                (f"demand_{number}_text", f"demand_{number}_due", f"demand_{number}_fine"),
                heading=f"Krav {number}",
                hint="Bara om beslutet är ett föreläggande." if number == 1 else "",
                folded=True,
            )
            for number in range(1, MOST_DEMANDS + 1)
        ),
    )

    def ask(self) -> None:
        readers = self.fields["readers"]
        assert isinstance(readers, PeopleField)
        unit = Q(home_unit=self.case.unit)
        line = [holder.person.pk for holder in holders(self.case.unit, LINE, self.day)]
        parts = self.case.parts.filter(valid_to=None).values("person_id")
        readers.queryset = people_to_name(self).filter(unit | Q(pk__in=line) | Q(pk__in=parts))
        for number in range(1, MOST_DEMANDS + 1):
            self.fields[f"demand_{number}_text"] = words("Vad kräver IVO?", required=False, rows=3)
            self.fields[f"demand_{number}_due"] = day_field("När ska det vara klart?", required=False)
            self.fields[f"demand_{number}_fine"] = fine_field()

    def clean_decided_on(self) -> date:
        return not_later(self.cleaned_data["decided_on"], self.day)

    def clean(self) -> dict[str, Any]:
        """The demands that are written become rows under `demands`."""
        data = super().clean() or {}
        data["demands"] = [row for number in range(1, MOST_DEMANDS + 1) if (row := self.demand(data, number))]
        return data

    def demand(self, data: dict[str, Any], number: int) -> dict[str, Any] | None:
        text, due, fine = (data.pop(f"demand_{number}_{name}", None) for name in ("text", "due", "fine"))
        if not (text or due or fine):
            return None
        if not text:
            self.add_error(f"demand_{number}_text", f"Skriv vad IVO kräver i krav {number}.")
        if not due:
            self.add_error(f"demand_{number}_due", f"Välj vilken dag krav {number} ska vara klart.")
        elif data.get("decided_on") and due < data["decided_on"]:
            self.add_error(f"demand_{number}_due", f"Krav {number} kan inte vara klart före beslutet.")
        return {"text": text, "due_on": due, "fine": fine}


# --- Numbers and the end


class NumbersForm(SetNumberForm):
    diary_number = forms.CharField(
        label="Vårt diarienummer",
        required=False,
        max_length=40,
        help_text="Så som det står i diariet, till exempel SN 2026/123.",
        widget=forms.TextInput(attrs={"class": "half", "autocomplete": "off"}),
    )
    ivo_number = forms.CharField(
        label="IVO:s diarienummer",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"class": "half", "autocomplete": "off"}),
    )
    mark_optional = False

    def suggested(self) -> dict[str, object]:
        matter = ivo_matter_of(self.case)
        return {**super().suggested(), "ivo_number": matter.ivo_number if matter else ""}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("diary_number") and not data.get("ivo_number"):
            self.add_error("diary_number", "Skriv vårt diarienummer, IVO:s eller båda.")
        return data


class CloseForm(MoveForm):
    lesson = words(
        "Vad har ni lärt er?", help_text="Utan namn, så att andra kan läsa det.", missing="Skriv vad ni har lärt er."
    )
    measures = words(
        "Vilka åtgärder har gjorts?",
        help_text="Det som IVO:s beslut ledde till.",
        missing="Skriv vilka åtgärder som har gjorts, eller varför inga behövdes.",
    )
