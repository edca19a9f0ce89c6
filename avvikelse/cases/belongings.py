"""What belongs to a case and is shown on its page: words, files, judgements, documents and its story. One question.

Asked for one by one they cost more than all the rest of the page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db import connection, models

from avvikelse.documents.models import Document
from avvikelse.organisation.models import Person

from .models import Answer, Assessment, Attachment, Case, CaseEvent, Message

QUESTION = """
    SELECT jsonb_build_object(
        'dialogue', (
            SELECT jsonb_agg(to_jsonb(m) ORDER BY m.at, m.id) FROM cases_message m WHERE m.case_id = ANY(%(both)s)
        ),
        'answers', (SELECT jsonb_agg(to_jsonb(a) ORDER BY a.id DESC) FROM cases_answer a WHERE a.case_id = %(case)s),
        'files', (
            SELECT jsonb_agg(to_jsonb(f) ORDER BY f.id) FROM cases_attachment f WHERE f.case_id = ANY(%(both)s)
        ),
        'assessments', (
            SELECT jsonb_agg(to_jsonb(j) ORDER BY j.lagrum) FROM (
                SELECT DISTINCT ON (lagrum) * FROM cases_assessment WHERE case_id = %(case)s
                ORDER BY lagrum, assessed_at DESC, id DESC
            ) j
        ),
        'documents', (
            SELECT jsonb_agg(to_jsonb(d) - 'content' ORDER BY d.sort, d.number) FROM documents_document d
            WHERE d.reference = %(reference)s
        ),
        'events', (
            SELECT jsonb_agg(to_jsonb(e) ORDER BY e.at DESC, e.id DESC) FROM cases_caseevent e
            WHERE e.case_id = %(case)s
        ),
        'people', (
            SELECT jsonb_agg(jsonb_build_object('id', p.id, 'name', p.name, 'title', p.title))
            FROM organisation_person p WHERE p.id IN (
                SELECT author_id FROM cases_message WHERE case_id = ANY(%(both)s)
                UNION SELECT answered_by_id FROM cases_answer WHERE case_id = %(case)s
            )
        ),
        'affected', (
            SELECT jsonb_agg(a.case_id) FROM cases_affectedperson a
            WHERE a.case_id = ANY(%(both)s) AND a.removed_at IS NULL
        )
    )
"""

Row = TypeVar("Row", bound=models.Model)


@dataclass(frozen=True, slots=True)
class CameAlong:
    """What is read of the case it came out of, never written in. `affected` is how many are noted by name there."""

    reference: str
    dialogue: list[Message]
    files: list[Attachment]
    affected: int

    def __bool__(self) -> bool:
        return bool(self.dialogue or self.files or self.affected)


@dataclass(frozen=True, slots=True)
class Belongings:
    """The newest event and answer come first, the oldest message; one assessment per lagrum, the one that holds.

    `affected` is how many people are noted by name. `came_along` is None where nothing did.
    """

    dialogue: list[Message]
    answers: list[Answer]
    files: list[Attachment]
    assessments: list[Assessment]
    documents: list[Document]
    events: list[CaseEvent]
    affected: int
    came_along: CameAlong | None


def belongings_of(case: Case, origin: Case | None) -> Belongings:
    """All of it, with what is read along out of `origin`: whether anything may be is for the caller to know."""
    both = [case.pk, origin.pk] if origin else [case.pk]
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, {"case": case.pk, "both": both, "reference": case.reference})
        (text,) = cursor.fetchone() or ("{}",)
    found = json.loads(text)
    people = {row["id"]: Person(**row) for row in found["people"] or []}
    dialogue = [read(Message, row, author=people.get(row["author_id"])) for row in found["dialogue"] or []]
    files = [read(Attachment, row) for row in found["files"] or []]
    affected = found["affected"] or []
    return Belongings(
        [message for message in dialogue if message.case_id == case.pk],
        [read(Answer, row, answered_by=people[row["answered_by_id"]]) for row in found["answers"] or []],
        [file for file in files if file.case_id == case.pk],
        [read(Assessment, row) for row in found["assessments"] or []],
        [read(Document, row) for row in found["documents"] or []],
        [read(CaseEvent, row) for row in found["events"] or []],
        affected.count(case.pk),
        came_along(origin, dialogue, files, affected) if origin else None,
    )


def came_along(origin: Case, dialogue: list[Message], files: list[Attachment], affected: list[int]) -> CameAlong | None:
    """What of all that was read belongs to the origin."""
    found = CameAlong(
        origin.reference,
        [message for message in dialogue if message.case_id == origin.pk],
        [file for file in files if file.case_id == origin.pk],
        affected.count(origin.pk),
    )
    return found or None


def read(model: type[Row], row: dict[str, Any], **people: Person | None) -> Row:
    """A row as the table's own model, its times as times."""
    for name in MOMENTS[model]:
        if row.get(name):
            row[name] = datetime.fromisoformat(row[name])
    made = model(**row)
    for name, person in people.items():
        setattr(made, name, person)
    return made


MOMENTS: dict[type[models.Model], tuple[str, ...]] = {
    model: tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, models.DateTimeField))  # noqa: SLF001 (Django's way to ask a model)
    for model in (Message, Answer, Attachment, Assessment, Document, CaseEvent)
}
