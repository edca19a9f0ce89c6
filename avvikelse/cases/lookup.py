"""How the pages find what they show, always through the viewer."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from avvikelse.audit.models import AuditEntry
from avvikelse.documents.models import Document
from avvikelse.organisation.roles import CHIEF_ROLES, Role
from avvikelse.ui import words

from .engine import workflow_of
from .kinds import Kind
from .models import Answer, Attachment, Case
from .page import reads_in_list, with_everything
from .rules import Who
from .viewer import Viewer

LIST = reverse_lazy("case_list")
ANSWER_IS_NEWS = timedelta(days=60)
"""So long the start page tells of an answer that its reader has not come to see."""


def visible_case(viewer: Viewer, reference: str) -> Case:
    """The case for one who handles it, else 404."""
    return get_object_or_404(with_everything(viewer.cases), reference=reference)


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
    """Cases that went on to a sealed kind: number and date, nothing more. Only chiefs had them to hand over."""
    if not viewer.access.has(*CHIEF_ROLES, Role.FIRST_SOCIAL_WORKER):
        return []
    left = Case.objects.handed_over_from(viewer.person, viewer.day, viewer.access, viewer.local, viewer.parts)
    rows = left.newest_first()[:20].values_list("reference", "received_on")
    return [{"reference": reference, "received_on": received} for reference, received in rows]


def related_in_sight(viewer: Viewer, case: Case) -> set[str]:
    """Which of the cases it came out of and led to the viewer may open. No question where there are none."""
    related = [child.pk for child in case.offspring.all()]
    if case.origin_id:
        related.append(case.origin_id)
    if not related:
        return set()
    return set(viewer.cases.filter(pk__in=related).values_list("reference", flat=True))


def attachment_of(case: Case, number: int, *, only_own: bool, origin: Case | None = None) -> Attachment:
    """A file of the case, or of the `origin` that is read along with it."""
    files = Attachment.objects.filter(case__in=[case, origin] if origin else [case])
    return get_object_or_404(files.filter(from_reporter=True) if only_own else files, pk=number)


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


def unread_answers(viewer: Viewer, most: int) -> list[Answer]:
    """New answers to the person's own reports, the newest first: she has not opened the report since they came."""
    looked = AuditEntry.objects.filter(
        reference=OuterRef("case__reference"),
        actor=viewer.person.actor_key,
        action="read",
        at__gte=OuterRef("answered_at"),
    )
    rows = Answer.objects.filter(case__reporter=viewer.person, answered_at__gte=viewer.at - ANSWER_IS_NEWS)
    rows = rows.exclude(text="").exclude(answered_by=viewer.person).exclude(Exists(looked))
    return list(rows.select_related("case", "answered_by").order_by("-answered_at", "-pk")[:most])
