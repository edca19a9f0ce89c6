"""What each point of the documentation asks. Nothing is required here: what remains is said by the list of tasks."""

from __future__ import annotations

from typing import Any

from django import forms

from avvikelse.cases.forms import words
from avvikelse.cases.growing import GrowingForm
from avvikelse.cases.kinds import Known

from .choices import Answered, PatientTold
from .lookup import written

NOT_TEXTS = frozenset({"version", "base"})


def chosen(label: str, choices: Any, help_text: str = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=False,
        help_text=help_text,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
    )


def text(label: str, *, rows: int = 4, help_text: str = "") -> forms.CharField:
    return words(label, required=False, rows=rows, help_text=help_text)


class Ticked(forms.BooleanField):
    """A box to tick; `heading` stands above it when it is the first of several."""

    def __init__(self, label: str, heading: str = "") -> None:
        super().__init__(label=label, required=False)
        self.heading = heading


def line(label: str, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, required=False, max_length=200, help_text=help_text)


def texts_of(form: type[TaskForm]) -> tuple[str, ...]:
    """The columns of the documentation that the form writes."""
    return tuple(name for name in form.base_fields if name not in NOT_TEXTS)


class TaskForm(GrowingForm):
    """One point of the documentation."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.texts = texts_of(type(self))
        super().__init__(*args, **kwargs)

    def written(self) -> dict[str, str]:
        return written(self.case, self.texts)


class EventForm(TaskForm):
    event = text("Vad hände?", rows=8, help_text="Det du har kommit fram till, i den ordning det hände.")


class ConsequencesForm(TaskForm):
    summary_template = "inquiries/_reporters_words.html"
    consequences = text(
        "Vilka följder fick det för den enskilda, eller kunde det ha fått?",
        help_text="Det du har kommit fram till. Ta upp det som rapportören skrev.",
    )
    consequences_left_out = text(
        "Tar du inte med det rapportören skrev om följder? Skriv varför",
        rows=2,
        help_text="Ordet från den som såg det får inte bara försvinna.",
    )

    def ask(self) -> None:
        if not self.case.report.consequences:
            del self.fields["consequences_left_out"]


class WhenForm(TaskForm):
    occurred = text("När hände det?", rows=2, help_text="Dag och tid så noga som du vet.")
    noticed = text("När och hur uppmärksammades det?", rows=3)


class BeforeForm(TaskForm):
    before = chosen("Har något liknande hänt förut?", Known)
    before_note = text("Vad vet du om det? Om det har hänt förut: varför hände det igen?")


class AgainForm(TaskForm):
    again = chosen("Kan något liknande hända igen?", Known)
    again_note = text("Hur tänker du?")


class RemediedForm(TaskForm):
    remedied = text("Vad har gjorts för att rätta till det?", help_text="Också det som gjordes genast.")
    remedied_when = text("När gjordes det?", rows=2)


class PreventionForm(TaskForm):
    prevention = text("Vad har gjorts eller ska göras för att det inte ska hända igen?")
    prevention_when = text("När är det gjort, eller när ska det vara gjort?", rows=2)


class OtherForm(TaskForm):
    other = text("Vad har mer kommit fram?", help_text="Skriv ”inget” om inget mer har kommit fram.")


class ChildForm(TaskForm):
    child_perspective = text(
        "Vad betyder det för barnet, och vad säger barnet?",
        rows=6,
        help_text="Barnets bästa, barnets egna ord och hur vårdnadshavarna har fått veta.",
    )


class InformedForm(TaskForm):
    individual_informed = chosen("Har den enskilda fått veta vad som har hänt?", Answered)
    individual_why = text("Om nej: varför inte? Om ja: när och av vem?", rows=2)
    representative_informed = chosen("Har god man, förvaltare eller närstående fått veta?", Answered)
    representative_why = text("Om nej: varför inte? Om ja: vem, när och av vem?", rows=2)


class FileForm(TaskForm):
    personal_file = chosen("Är det antecknat i personakten?", Answered, "Bara det som rör den enskilda och insatsen.")
    personal_file_why = text("Om nej: varför är det inte antecknat?", rows=2)
    police = chosen("Är det anmält till polisen?", Answered, "En fråga att ta ställning till. Den är rutin, inte lag.")
    police_why = text("Om nej: varför är det inte anmält?", rows=2)


class PatientForm(TaskForm):
    """The six points are those of PSL 3 kap. 8 §."""

    patient_told = chosen("Har patienten fått veta vad som har hänt?", PatientTold)
    patient_told_on = forms.DateField(
        label="Vilken dag?",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
    )
    patient_told_by = line("Vem informerade?", "Namn och titel.")
    patient_why = text(
        "Varför fick en närstående veta i stället, eller varför ingen?",
        rows=2,
        help_text="Behövs inte när patienten själv har fått veta.",
    )
    told_event = Ticked(
        "Att det har hänt något som har medfört eller kunde ha medfört en vårdskada",
        heading="Vad har patienten eller närstående fått veta?",
    )
    told_measures = Ticked("Vad vårdgivaren tänker göra så att det inte händer igen")
    told_complaints = Ticked("Att det går att klaga hos vårdgivaren, och hur")
    told_committee = Ticked("Att patientnämnden kan hjälpa till")
    told_ivo = Ticked("Att det går att anmäla klagomål till IVO")
    told_compensation = Ticked("Att det går att få ersättning: patientskada eller läkemedelsförsäkring")


class JournalForm(TaskForm):
    journal_noted = chosen("Är informationen till patienten antecknad i journalen?", Answered)
    journal_why = text("Om nej: varför inte?", rows=2)
    journal_reference = line("Var i journalen?", "Bara en hänvisning. Själva journalen ska inte in här.")
