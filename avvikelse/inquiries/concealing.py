"""Hiding a passage that should never have been written: the text shows "[dolt]", the original is sealed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models

from avvikelse.cases.engine import Step, Told
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.organisation.models import Person

from .lookup import matter_of, notes_of, statements_of
from .models import Concealment, Note

HIDDEN = "[dolt]"
REPORTED = {
    "consequences": "Rapporten: följder",
    "done_at_once": "Rapporten: gjordes genast",
    "routine_note": "Rapporten: rutin",
    "suggestion": "Rapporten: förslag",
    "other_principal": "Rapporten: annan huvudman",
    "other_principal_note": "Rapporten: om annan huvudman",
}
DOCUMENTED = {
    "protected": "Dokumentationen: gjordes genast",
    "implicated_outside": "Dokumentationen: utpekade utan konto",
    "team": "Dokumentationen: team",
    "event": "Dokumentationen: vad hände",
    "consequences": "Dokumentationen: följder",
    "consequences_left_out": "Dokumentationen: varför rapportörens ord inte tas med",
    "noticed": "Dokumentationen: hur det uppmärksammades",
    "occurred": "Dokumentationen: när det hände",
    "before_note": "Dokumentationen: om det har hänt förut",
    "again_note": "Dokumentationen: om det kan hända igen",
    "remedied": "Dokumentationen: vad som har rättats till",
    "remedied_when": "Dokumentationen: när det rättades till",
    "prevention": "Dokumentationen: förebyggande",
    "prevention_when": "Dokumentationen: när det förebyggs",
    "other": "Dokumentationen: övrigt",
    "child_perspective": "Dokumentationen: barnperspektivet",
    "individual_why": "Dokumentationen: den enskilda",
    "representative_why": "Dokumentationen: god man eller närstående",
    "personal_file_why": "Dokumentationen: personakten",
    "police_why": "Dokumentationen: polisanmälan",
    "patient_told_by": "Dokumentationen: vem som informerade patienten",
    "patient_why": "Dokumentationen: patienten",
    "journal_why": "Dokumentationen: journalen",
    "journal_reference": "Dokumentationen: hänvisning till journalen",
    "lesson": "Dokumentationen: lärdom",
}


@dataclass(frozen=True, slots=True)
class Place:
    """A text in which something can be hidden: `key` is what a form sends, `row` and `column` where it is kept."""

    key: str
    label: str
    row: models.Model
    column: str

    @property
    def text(self) -> str:
        return str(getattr(self.row, self.column))


def places(case: Case) -> list[Place]:
    """Every text of the case that something is written in and can be hidden in."""
    found = [
        Place("case.title", "Rubriken", case, "title"),
        Place("case.what_happened", "Rapporten: vad hände", case, "what_happened"),
    ]
    found += [Place(f"report.{name}", label, case.report, name) for name, label in REPORTED.items()]
    if matter := matter_of(case):
        found += [Place(f"matter.{name}", label, matter, name) for name, label in DOCUMENTED.items()]
    for note in notes_of(case):
        day = note.noted_on.isoformat()
        found.append(Place(f"note.{note.pk}.text", f"Anteckning {day}: {note.text[:40]}", note, "text"))
        found.append(
            Place(f"note.{note.pk}.source", f"Källan till anteckning {day}: {note.source[:40]}", note, "source")
        )
    found += [
        Place(f"statement.{row.pk}", f"Yttrande av {row.asked_of.name}", row, "text") for row in statements_of(case)
    ]
    return [place for place in found if place.text]


def conceal(step: Step) -> Told:
    """Hide the `passage` in the text at `place` on a `ground`, wherever it stands there.

    Raises MoveRefused when the text or the passage is not there. The history tells the place and the ground only.
    """
    assert isinstance(step.actor, Person), "a passage is concealed by a person"
    place = next((place for place in places(step.case) if place.key == step.facts["place"]), None)
    if place is None:
        raise MoveRefused(["Texten finns inte längre. Välj en annan."])
    passage = as_it_stands(place.text, step.facts["passage"])
    if passage is None:
        raise MoveRefused(["Stycket finns inte i texten. Skriv det precis som det står där."])
    shown = place.text.replace(passage, HIDDEN)
    refuse_too_long(place, shown)
    Concealment.objects.create(
        case=step.case,
        place=place.key,
        original=passage,
        ground=step.facts["ground"],
        by=step.actor,
        at=step.at,
    )
    show(place, shown)
    where = place.label if not isinstance(place.row, Note) else f"En anteckning den {place.row.noted_on.isoformat()}"
    return Told("dolde en uppgift", (("Var", where), ("Grund", step.facts["ground"])))


def as_it_stands(text: str, passage: str) -> str | None:
    """The passage with the line ends of the text; None when it is not there. Browsers change line ends."""
    plain = "\n".join(passage.strip().splitlines())
    found = (typed for typed in (plain, plain.replace("\n", "\r\n")) if typed and typed in text)
    return next(found, None)


def refuse_too_long(place: Place, shown: str) -> None:
    column = place.row._meta.get_field(place.column)  # noqa: SLF001 (Django's own, documented)
    most = getattr(column, "max_length", None)
    if most and len(shown) > most:
        raise MoveRefused([f"Texten blir för lång när stycket byts mot {HIDDEN}. Dölj ett längre stycke."])


def show(place: Place, shown: str) -> None:
    setattr(place.row, place.column, shown)
    columns: Iterable[str] = [place.column]
    if isinstance(place.row, Note):
        place.row.hidden = True
        columns = [place.column, "hidden"]
    place.row.save(update_fields=columns)
