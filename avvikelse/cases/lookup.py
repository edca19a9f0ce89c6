"""How the pages find what they show, always through the viewer, and how the look is logged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse, reverse_lazy

from avvikelse.audit.operations import record_read
from avvikelse.documents.models import Document
from avvikelse.organisation.access import Access
from avvikelse.organisation.models import Person
from avvikelse.ui import words

from .kinds import Kind
from .models import Attachment, Case, CaseQuerySet
from .page import reads_in_list, with_everything

LIST = reverse_lazy("case_list")


def signed_in(request: HttpRequest) -> Person:
    """The person behind the request; every page but the named ones requires one."""
    assert isinstance(request.user, Person)
    return request.user


def visible_case(person: Person, reference: str, day: date, access: Access) -> Case:
    """The case for one who handles it, else 404."""
    return get_object_or_404(with_everything(Case.objects.visible_to(person, day, access)), reference=reference)


def own_reports(person: Person) -> CaseQuerySet:
    return Case.objects.reported_by(person).newest_first()


def own_case(person: Person, reference: str) -> Case:
    """The case for the one who reported it, else 404."""
    return get_object_or_404(with_everything(Case.objects.reported_by(person)), reference=reference)


def case_in_reach(person: Person, reference: str, day: date) -> Case:
    """The case for one who handles it or reported it, else 404."""
    either = Case.objects.visible_to(person, day) | Case.objects.reported_by(person)
    return get_object_or_404(with_everything(either), reference=reference)


def way_back(case: Case, person: Person, day: date) -> str:
    """Where a person goes after an act on the case.

    Its page, the reporter's own page, or the list if it is out of sight.
    """
    if Case.objects.visible_to(person, day).filter(pk=case.pk).exists():
        return reverse("case_page", args=[case.reference])
    if Case.objects.reported_by(person).filter(pk=case.pk).exists():
        return reverse("my_report", args=[case.reference])
    return str(LIST)


def note_read(
    person: Person,
    access: Access,
    action: str,
    *,
    case: Case | None = None,
    context: Mapping[str, object] | None = None,
) -> None:
    """Log the look before anything is shown."""
    roles = ", ".join(sorted({grant.role.label for grant in access.grants}))
    record_read(
        person.actor_key,
        action=action,
        table="cases_case",
        object_id=case.pk if case else None,
        reference=case.reference if case else "",
        role=roles,
        context=context,
    )


def handed_over(person: Person, day: date, access: Access) -> list[dict[str, object]]:
    """Cases that went on to a sealed kind: number and date, nothing more."""
    rows = Case.objects.handed_over_from(person, day, access).newest_first()[:20]
    return [
        {"reference": reference, "received_on": received}
        for reference, received in rows.values_list("reference", "received_on")
    ]


def belongings(case: Case) -> dict[str, object]:
    """What belongs to the case and is shown on its page to those who handle it."""
    return {
        "dialogue": list(case.messages.order_by("at", "pk").select_related("author")),
        "answers": list(case.answers.order_by("-answered_at").select_related("answered_by")),
        "files": list(case.attachments.order_by("pk")),
        "documents": list(Document.objects.filter(reference=case.reference).order_by("sort", "number")),
        "assessments": list(case.assessments.order_by("lagrum", "-assessed_at", "-pk").distinct("lagrum")),
        "went_on_as": list(case.offspring.order_by("pk").only("reference", "kind", "sealed")),
        "affected_people": case.affected_people.filter(removed_at=None).count(),
    }


def attachment_of(case: Case, number: int, *, only_own: bool) -> Attachment:
    files = case.attachments.filter(from_reporter=True) if only_own else case.attachments.all()
    return get_object_or_404(files, pk=number)


def document_of(case: Case, sort: str, number: int) -> Document:
    return get_object_or_404(Document, reference=case.reference, sort=sort, number=number)


def own_rows(cases: list[Case], day: date) -> list[dict[str, object]]:
    """The reporter's list: number, title, when it was sent and the state in plain words. One question in all."""
    children = Case.objects.filter(origin__in=[case.pk for case in cases]).order_by("pk")
    went_on = {child.origin_id: Kind(child.kind) for child in children.only("origin_id", "kind")}
    return [
        {
            "case": case,
            "reads": reads_in_list(case, went_on.get(case.pk)),
            "sent": words.day_short(case.received_on, day),
        }
        for case in cases
    ]
