"""The points of the documentation, one table per kind: what each asks, and what it still lacks (workflows §6, §7)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from django.urls import reverse

from avvikelse.cases.kinds import Kind, Known, Sort
from avvikelse.cases.models import Case
from avvikelse.measures.lookup import standing_causes

from . import forms
from .analysis_lookup import what_lacks
from .choices import Answered, PatientTold
from .lookup import matter_of
from .models import Matter

Lacks: TypeAlias = Callable[[Matter, Case], list[str]]
"""What remains of a point, in sentences for the investigator; empty when it is done."""

SIX_POINTS = (
    "told_event",
    "told_measures",
    "told_complaints",
    "told_committee",
    "told_ivo",
    "told_compensation",
)


def always(_case: Case) -> bool:
    return True


def concerns_child(case: Case) -> bool:
    return case.report.child == Known.YES


@dataclass(frozen=True, slots=True)
class Task:
    """One point. `asks` is its form.

    A point without one is done elsewhere: on the page `page`, or else on the part `part` of the case page.
    """

    slug: str
    label: str
    lacks: Lacks
    asks: type[forms.TaskForm] | None = None
    concerns: Callable[[Case], bool] = always
    page: str = ""
    part: str = ""

    def address(self, case: Case) -> str:
        """Where the point is written."""
        if self.asks:
            return reverse("inquiry_task", args=[case.reference, self.slug])
        if self.page:
            return reverse(self.page, args=[case.reference])
        return f"{reverse('case_page', args=[case.reference])}#{self.part}"


def filled(**asked: str) -> Lacks:
    """Each column by name and the sentence while it is empty."""

    def lacks(matter: Matter, _case: Case) -> list[str]:
        return [sentence for name, sentence in asked.items() if not getattr(matter, name)]

    return lacks


def answered(*questions: tuple[str, str, str]) -> Lacks:
    """(column, what it is about, column of the reason) of questions in which a no is followed by why."""

    def lacks(matter: Matter, _case: Case) -> list[str]:
        found = []
        for name, about, why in questions:
            if not getattr(matter, name):
                found.append(f"Svara på om {about}.")
            elif getattr(matter, name) == Answered.NO and not getattr(matter, why):
                found.append(f"Du svarade nej på om {about}. Skriv varför.")
        return found

    return lacks


def consequences(matter: Matter, case: Case) -> list[str]:
    """The reporter's own words on consequences are taken up, or it is said why not (users §9.3)."""
    if matter.consequences or (case.report.consequences and matter.consequences_left_out):
        return []
    if case.report.consequences:
        return ["Skriv vilka följder det fick, eller varför du inte tar med det rapportören skrev."]
    return ["Skriv vilka följder det fick eller kunde ha fått."]


def happened_before(matter: Matter, _case: Case) -> list[str]:
    if not matter.before:
        return ["Svara på om något liknande har hänt förut."]
    if matter.before == Known.YES and not matter.before_note:
        return ["Skriv varför det hände igen."]
    return []


def causes(_matter: Matter, case: Case) -> list[str]:
    return [] if standing_causes(case) else ["Skriv minst en orsak."]


def course(_matter: Matter, case: Case) -> list[str]:
    return what_lacks(case)


def patient(matter: Matter, _case: Case) -> list[str]:
    """The patient is told, or a relative in the patient's place, or it is said why nobody (PSL 3 kap. 8 §)."""
    if not matter.patient_told:
        return ["Svara på om patienten har fått veta vad som har hänt."]
    if matter.patient_told == PatientTold.NOBODY:
        return [] if matter.patient_why else ["Skriv varför ingen har fått veta."]
    found = []
    if matter.patient_told == PatientTold.RELATIVE and not matter.patient_why:
        found.append("Skriv varför en närstående fick veta i stället för patienten.")
    if not (matter.patient_told_on and matter.patient_told_by):
        found.append("Skriv vilken dag det var och vem som informerade.")
    untold = sum(not getattr(matter, name) for name in SIX_POINTS)
    if untold:
        found.append(f"{untold} av de {len(SIX_POINTS)} punkter patienten ska få veta är inte ikryssade.")
    return found


def journal(matter: Matter, _case: Case) -> list[str]:
    if not matter.journal_noted:
        return ["Svara på om informationen är antecknad i journalen."]
    if matter.journal_noted == Answered.NO and not matter.journal_why:
        return ["Skriv varför det inte är antecknat i journalen."]
    if matter.journal_noted == Answered.YES and not matter.journal_reference:
        return ["Skriv var i journalen det står."]
    return []


INFORMED = answered(
    ("individual_informed", "den enskilda har fått veta", "individual_why"),
    ("representative_informed", "god man, förvaltare eller närstående har fått veta", "representative_why"),
)
FILED = answered(
    ("personal_file", "det är antecknat i personakten", "personal_file_why"),
    ("police", "det är anmält till polisen", "police_why"),
)
BEGINNING = (
    Task("handelsen", "Vad hände", filled(event="Skriv vad som hände."), forms.EventForm),
    Task("foljder", "Vilka följder det fick", consequences, forms.ConsequencesForm),
    Task(
        "nar",
        "När det hände och hur det uppmärksammades",
        filled(occurred="Skriv när det hände.", noticed="Skriv när och hur det uppmärksammades."),
        forms.WhenForm,
    ),
    Task(
        "barn",
        "Barnperspektivet",
        filled(child_perspective="Skriv vad det betyder för barnet."),
        forms.ChildForm,
        concerns_child,
    ),
)
CAUSES = Task("orsaker", "Orsaker", causes, part="orsaker")
END = (
    Task("forut", "Har det hänt förut", happened_before, forms.BeforeForm),
    Task(
        "igen",
        "Kan det hända igen",
        filled(again="Svara på om det kan hända igen.", again_note="Skriv hur du tänker om det kan hända igen."),
        forms.AgainForm,
    ),
    Task(
        "rattat",
        "Vad som har gjorts för att rätta till det",
        filled(remedied="Skriv vad som har gjorts för att rätta till det.", remedied_when="Skriv när det gjordes."),
        forms.RemediedForm,
    ),
    Task(
        "forebygga",
        "Vad som görs för att det inte ska hända igen",
        filled(prevention="Skriv vad som görs för att det inte ska hända igen.", prevention_when="Skriv när det görs."),
        forms.PreventionForm,
    ),
    Task(
        "ovrigt",
        "Vad som i övrigt har kommit fram",
        filled(other="Skriv vad mer som har kommit fram."),
        forms.OtherForm,
    ),
)
TASKS: dict[Kind, tuple[Task, ...]] = {
    Kind.LEX: (
        *BEGINNING,
        CAUSES,
        *END,
        Task("enskild", "Vad den enskilda och närstående har fått veta", INFORMED, forms.InformedForm),
        Task("personakt", "Personakt och polisanmälan", FILED, forms.FileForm),
    ),
    Kind.VSK: (
        *BEGINNING,
        Task("analys", "Händelseanalysen", course, page="event_analysis"),
        *END,
        Task("patient", "Vad patienten har fått veta", patient, forms.PatientForm),
        Task("journal", "Anteckning i journalen", journal, forms.JournalForm),
    ),
}


@dataclass(frozen=True, slots=True)
class Standing:
    """A point and how far it has come."""

    task: Task
    address: str
    lacks: list[str]

    @property
    def done(self) -> bool:
        return not self.lacks


def tasks_of(case: Case) -> list[Task]:
    """The points that concern the case; none where the municipality does not investigate itself."""
    if case.sort == Sort.INFORMED:
        return []
    return [task for task in TASKS.get(Kind(case.kind), ()) if task.concerns(case)]


def task_of(case: Case, slug: str) -> Task | None:
    """The point of that name, if it is written on a page of its own."""
    return next((task for task in tasks_of(case) if task.slug == slug and task.asks), None)


def task_list(case: Case) -> list[Standing]:
    """Every point of the case in order."""
    matter = matter_of(case) or Matter(case=case)
    return [Standing(task, task.address(case), task.lacks(matter, case)) for task in tasks_of(case)]


def remaining(case: Case) -> list[str]:
    """All that the documentation lacks before a decision can be proposed; empty when it is complete."""
    return [sentence for standing in task_list(case) for sentence in standing.lacks]
