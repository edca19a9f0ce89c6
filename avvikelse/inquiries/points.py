"""The documentation as it is read: on the case page and in the documents."""

from __future__ import annotations

from dataclasses import dataclass

from avvikelse.cases.kinds import Kind, Known
from avvikelse.cases.models import Case
from avvikelse.ui import words

from .choices import Answered, PatientTold
from .models import Matter

TOLD = (
    ("told_event", "att något har hänt"),
    ("told_measures", "vad som görs för att det inte ska hända igen"),
    ("told_complaints", "hur man klagar hos vårdgivaren"),
    ("told_committee", "patientnämnden"),
    ("told_ivo", "klagomål till IVO"),
    ("told_compensation", "ersättning"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """A heading of the documentation and what is written there; empty while nothing is."""

    label: str
    text: str


def points(case: Case, matter: Matter) -> list[Point]:
    """Every point of the case's kind in the order of the regulation, also those that are still empty."""
    left_out = f"Rapportörens ord tas inte med: {matter.consequences_left_out}" if matter.consequences_left_out else ""
    found = [
        Point(
            "Gjordes genast", when(matter.protected, words.moment(matter.protected_at) if matter.protected_at else "")
        ),
        Point("Vad hände", matter.event),
        Point("Följder", "\n\n".join(part for part in (matter.consequences, left_out) if part)),
        Point("När det hände", matter.occurred),
        Point("Hur det uppmärksammades", matter.noticed),
        Point("Har något liknande hänt förut", known(matter.before, matter.before_note)),
        Point("Kan det hända igen", known(matter.again, matter.again_note)),
        Point("Vad som har gjorts för att rätta till det", when(matter.remedied, matter.remedied_when)),
        Point("Vad som görs för att det inte ska hända igen", when(matter.prevention, matter.prevention_when)),
        Point("Vad som i övrigt har kommit fram", matter.other),
    ]
    if case.report.child == Known.YES:
        found.append(Point("Barnperspektivet", matter.child_perspective))
    return found + (of_patient(matter) if case.kind == Kind.VSK else of_individual(matter))


def of_individual(matter: Matter) -> list[Point]:
    return [
        Point("Den enskilda har fått veta", answer(matter.individual_informed, matter.individual_why)),
        Point(
            "God man, förvaltare eller närstående har fått veta",
            answer(matter.representative_informed, matter.representative_why),
        ),
        Point("Antecknat i personakten", answer(matter.personal_file, matter.personal_file_why)),
        Point("Anmält till polisen", answer(matter.police, matter.police_why)),
    ]


def of_patient(matter: Matter) -> list[Point]:
    told = PatientTold(matter.patient_told).label if matter.patient_told else ""
    day = words.day(matter.patient_told_on) if matter.patient_told_on else ""
    who = ", ".join(part for part in (day, matter.patient_told_by) if part)
    about = ", ".join(label for name, label in TOLD if getattr(matter, name))
    return [
        Point("Patienten har fått veta", sentences(told, who, matter.patient_why)),
        Point("Patienten har fått veta om", about),
        Point(
            "Antecknat i journalen",
            sentences(answer(matter.journal_noted, matter.journal_why), matter.journal_reference),
        ),
    ]


def answer(given: str, why: str) -> str:
    return sentences(Answered(given).label if given else "", why)


def known(given: str, note: str) -> str:
    return sentences(Known(given).label if given else "", note)


def when(text: str, at: str) -> str:
    return f"{text}\n\nNär: {at}" if text and at else text


def sentences(*parts: str) -> str:
    """What is written, one sentence after the other."""
    said = [part for part in parts if part]
    return ". ".join([*(part.rstrip(".") for part in said[:-1]), *said[-1:]])
