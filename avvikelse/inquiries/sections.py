"""The parts of the case page that an investigation of this sort has."""

from __future__ import annotations

from django.urls import reverse

from avvikelse.cases.engine import Act, Section, workflow_of
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.organisation.preferences import LocalValues

from .lookup import matter_of, notes_of, rulings_of, statements_of
from .operations import WRITERS, WRITTEN_IN
from .points import points
from .tasks import task_list


def documentation(case: Case, capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing until something is written or may be."""
    matter = matter_of(case)
    may_write = case.state in WRITTEN_IN and bool(capacity & WRITERS)
    if not matter and not may_write:
        return {}
    left = [standing for standing in task_list(case) if not standing.done] if case.state in WRITTEN_IN else []
    address = reverse("inquiry", args=[case.reference])
    return {
        "matter": matter,
        "points": [point for point in points(case, matter) if point.text] if matter else [],
        "left": left,
        "may_write": may_write,
        "address": address,
        "act": Act("Fortsätt dokumentationen", address) if may_write and left else None,
    }


def rulings(case: Case, _capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    found = rulings_of(case)
    return {"rulings": found} if found else {}


def notes(case: Case, capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing while there are no notes and none may be written."""
    found = notes_of(case)
    may_write = bool(capacity & WRITERS) and not workflow_of(case.kind).place(case.state).final
    return {"notes": found, "may_write": may_write} if found or may_write else {}


def statements(case: Case, _capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    found = statements_of(case)
    return {"statements": found, "today": local.day} if found else {}


DOCUMENTATION = Section("dokumentation", "Dokumentation", "inquiries/_documentation.html", documentation)
NOTES = Section("anteckningar", "Anteckningar", "inquiries/_notes.html", notes)
STATEMENTS = Section("yttranden", "Yttranden", "inquiries/_statements.html", statements)
RULINGS = Section("beslut", "Beslut", "inquiries/_rulings.html", rulings)
"""A case page has the documentation first, then measures.sections.CAUSES where there are causes, then the others."""
