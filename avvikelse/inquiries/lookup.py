"""How the pages find what an investigation is made of."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.filters import open_cases
from avvikelse.cases.kinds import PartRole
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.cases.sight import with_part
from avvikelse.cases.viewer import Viewer
from avvikelse.organisation.models import Person

from .choices import Stage
from .models import Matter, Note, Ruling, Statement, TaskDraft


def matter_of(case: Case) -> Matter | None:
    """The case's documentation, read once for the case at hand; None before anything is written."""
    prefetch_related_objects([case], "matter")
    found: Matter | None = getattr(case, "matter", None)
    return found


def written(case: Case, names: tuple[str, ...]) -> dict[str, str]:
    """The named columns as they are saved now, as texts."""
    found = Matter.objects.filter(case=case).first() or Matter(case=case)
    return {name: as_text(getattr(found, name)) for name in names}


def as_text(value: object) -> str:
    """What a form's field holds, as one text: days as 2026-11-16, nothing for what is empty or not ticked."""
    return value.isoformat() if isinstance(value, date) else str(value or "")


def notes_of(case: Case) -> list[Note]:
    """All notes, the day that is noted first and then the order they were written in."""
    return list(case.notes.select_related("author").order_by("noted_on", "pk"))


def rulings_of(case: Case) -> list[Ruling]:
    """Proposals and decisions, the newest first; read once for the case at hand."""
    rows = Ruling.objects.select_related("by", "recorded_by", "minutes").order_by("-pk")
    prefetch_related_objects([case], Prefetch("rulings", rows))
    return list(case.rulings.all())


def proposal_of(case: Case) -> Ruling | None:
    """The latest proposal."""
    return next((row for row in rulings_of(case) if row.stage == Stage.PROPOSAL), None)


def decision_of(case: Case) -> Ruling | None:
    """The decision in force: the latest that nothing has replaced."""
    return next((row for row in rulings_of(case) if row.stage != Stage.PROPOSAL and not row.replaced), None)


def statements_of(case: Case) -> list[Statement]:
    return list(case.statements.select_related("asked_of", "asked_by").order_by("pk"))


def statement_asked_of(viewer: Viewer, number: int) -> Statement:
    """A statement the person is asked for, else 404. She sees the question and the case's number, nothing more."""
    return get_object_or_404(asked_of(viewer).select_related("case", "asked_by"), pk=number)


def asked_of(viewer: Viewer) -> QuerySet[Statement]:
    """What the person is or was asked to say, never about a case where she is *utpekad*."""
    barred = with_part([viewer.person.pk], [PartRole.IMPLICATED])
    return Statement.objects.filter(asked_of=viewer.person).exclude(case_id__in=barred)


def statements_waiting(viewer: Viewer) -> QuerySet[Statement]:
    """The person's unanswered statements in cases that still go on, the soonest first."""
    waiting = asked_of(viewer).filter(answered_at=None, case__in=Case.objects.filter(open_cases()).values("pk"))
    return waiting.select_related("case", "asked_by").order_by("due_on", "pk")


def draft_of(case: Case, person: Person, task: str) -> TaskDraft | None:
    """What the person has written in the point and not saved. Nobody else's is ever read."""
    return TaskDraft.objects.filter(case=case, person=person, task=task).first()


def drafts_of(case: Case, person: Person) -> frozenset[str]:
    """The points in which the person has text that is not saved."""
    return frozenset(TaskDraft.objects.filter(case=case, person=person).values_list("task", flat=True))


def last_saved(case: Case) -> CaseEvent | None:
    """Who saved any of the documentation last, and when."""
    return case.events.filter(what="documentation").order_by("-pk").first()


def is_waiting(statement: Statement) -> bool:
    """Whether the statement can still be given: unanswered, in a case that goes on."""
    final = workflow_of(statement.case.kind).place(statement.case.state).final
    return statement.answered_at is None and not final
