"""How the pages find what they show, always through the viewer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef, Subquery
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from avvikelse.documents.models import Document
from avvikelse.ui import words

from .engine import workflow_of
from .kinds import Kind
from .models import AffectedPerson, Answer, Assessment, Attachment, Case, Message
from .page import reads_in_list, with_everything
from .rules import Who
from .viewer import Viewer

LIST = reverse_lazy("case_list")
BELONGINGS: dict[str, models.Manager[Any]] = {
    "dialogue": Message.objects,
    "answers": Answer.objects,
    "files": Attachment.objects,
    "assessments": Assessment.objects,
}


def visible_case(viewer: Viewer, reference: str) -> Case:
    """The case for one who handles it, else 404."""
    return get_object_or_404(with_everything(viewer.cases), reference=reference)


def case_to_show(viewer: Viewer, reference: str) -> Case:
    """The case for its page. It knows how many people are noted as affected, and which of its belongings there are."""
    standing = AffectedPerson.objects.filter(case=OuterRef("pk"), removed_at=None).order_by().values("case")
    number = Subquery(standing.annotate(number=Count("pk")).values("number"))
    has = {f"has_{name}": Exists(rows.filter(case=OuterRef("pk"))) for name, rows in BELONGINGS.items()}
    found = with_everything(viewer.cases).annotate(affected_number=number, **has)
    return get_object_or_404(found, reference=reference)


def own_case(viewer: Viewer, reference: str) -> Case:
    """The case for the one who reported it, else 404."""
    return get_object_or_404(with_everything(viewer.reports), reference=reference)


def case_in_reach(viewer: Viewer, reference: str) -> Case:
    """The case for one who handles it or reported it, else 404."""
    return get_object_or_404(with_everything(viewer.cases | viewer.reports), reference=reference)


def way_back(viewer: Viewer, case: Case) -> str:
    """Where a person goes after an act on the case.

    Its page, the reporter's own page, or the list if it is out of sight.
    """
    if viewer.cases.filter(pk=case.pk).exists():
        return reverse("case_page", args=[case.reference])
    if case.reporter_id == viewer.person.pk:
        return reverse("my_report", args=[case.reference])
    return str(LIST)


def handed_over(viewer: Viewer) -> list[dict[str, object]]:
    """Cases that went on to a sealed kind: number and date, nothing more."""
    left = Case.objects.handed_over_from(viewer.person, viewer.day, viewer.access, viewer.local)
    rows = left.newest_first()[:20].values_list("reference", "received_on")
    return [{"reference": reference, "received_on": received} for reference, received in rows]


def belongings(case: Case) -> dict[str, list[Any]]:
    """What belongs to a case from `case_to_show`. Nothing is asked for that is not there."""
    questions: dict[str, Callable[[], Iterable[Any]]] = {
        "dialogue": lambda: case.messages.order_by("at", "pk").select_related("author"),
        "answers": lambda: case.answers.order_by("-answered_at").select_related("answered_by"),
        "files": lambda: case.attachments.order_by("pk"),
        "assessments": lambda: case.assessments.order_by("lagrum", "-assessed_at", "-pk").distinct("lagrum"),
    }
    found = {name: list(ask()) if getattr(case, f"has_{name}") else [] for name, ask in questions.items()}
    return {**found, "documents": list(Document.objects.filter(reference=case.reference).order_by("sort", "number"))}


def related_in_sight(viewer: Viewer, case: Case) -> set[str]:
    """Which of the cases it came out of and led to the viewer may open. No question where there are none."""
    related = [child.pk for child in case.offspring.all()]
    if case.origin_id:
        related.append(case.origin_id)
    if not related:
        return set()
    return set(viewer.cases.filter(pk__in=related).values_list("reference", flat=True))


def attachment_of(case: Case, number: int, *, only_own: bool) -> Attachment:
    files = case.attachments.filter(from_reporter=True) if only_own else case.attachments.all()
    return get_object_or_404(files, pk=number)


def document_of(case: Case, sort: str, number: int) -> Document:
    return get_object_or_404(Document, reference=case.reference, sort=sort, number=number)


def own_rows(cases: list[Case], day: date) -> list[dict[str, object]]:
    """The reporter's list: title, when it was sent, the state in plain words and whether it waits for her.

    One question in all.
    """
    children = Case.objects.filter(origin__in=[case.pk for case in cases]).order_by("pk")
    went_on = {child.origin_id: Kind(child.kind) for child in children.only("origin_id", "kind")}
    return [
        {
            "case": case,
            "reads": reads_in_list(case, went_on.get(case.pk)),
            "sent": words.day_short(case.received_on, day),
            "asks": Who.REPORTER in workflow_of(case.kind).place(case.state).waits_for,
        }
        for case in cases
    ]
