"""How the pages find what is between the municipality and IVO, always through the viewer."""

from __future__ import annotations

from django.db.models import Prefetch, Q, QuerySet, prefetch_related_objects
from django.shortcuts import get_object_or_404

from avvikelse.cases.filters import open_cases
from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.cases.rules import implicated_people
from avvikelse.cases.sight import with_part
from avvikelse.cases.viewer import Viewer

from .choices import What
from .models import Decision, Demand, Extension, IvoMatter, Notification, Reader, Request, Sending, SentFile

DRAFT = "anmalan"
"""Under which name a draft of the notification is kept."""


def ivo_matter_of(case: Case) -> IvoMatter | None:
    """IVO's number and the rest, read once for the case at hand."""
    prefetch_related_objects([case], Prefetch("ivo_matter", IvoMatter.objects.select_related("letter")))
    found: IvoMatter | None = getattr(case, "ivo_matter", None)
    return found


def notification_of(case: Case) -> Notification | None:
    """The notification as it is saved, read once for the case at hand; None before it is."""
    prefetch_related_objects([case], "notification")
    found: Notification | None = getattr(case, "notification", None)
    return found


def requests_of(case: Case) -> list[Request]:
    """What IVO has asked for, the first first; read once for the case at hand."""
    extensions = Prefetch("extensions", Extension.objects.select_related("letter").order_by("pk"))
    rows = Request.objects.select_related("letter", "sending").prefetch_related(extensions).order_by("pk")
    prefetch_related_objects([case], Prefetch("requests", rows))
    return list(case.requests.all())


def open_requests(case: Case) -> list[Request]:
    return [row for row in requests_of(case) if row.is_open]


def decisions_of(case: Case) -> list[Decision]:
    """IVO's decisions with their demands and readers, the newest first; read once for the case at hand."""
    extensions = Prefetch("extensions", Extension.objects.select_related("letter").order_by("pk"))
    demands = Prefetch("demands", Demand.objects.select_related("sending").prefetch_related(extensions).order_by("pk"))
    readers = Prefetch("readers", Reader.objects.select_related("person").order_by("pk"))
    rows = Decision.objects.select_related("letter", "recorded_by").prefetch_related(demands, readers)
    prefetch_related_objects([case], Prefetch("ivo_decisions", rows.order_by("-pk")))
    return list(case.ivo_decisions.all())


def open_demands(case: Case) -> list[Demand]:
    demands = [demand for decision in reversed(decisions_of(case)) for demand in decision.demands.all()]
    return [demand for demand in demands if demand.is_open]


def unread(case: Case) -> list[Reader]:
    """Those who must read a decision and have not: none who have left, or who may not see the case."""
    barred = implicated_people(case)
    readers = [reader for decision in decisions_of(case) for reader in decision.readers.all()]
    return [row for row in readers if not row.read_at and row.person.is_active and row.person_id not in barred]


def sendings_of(case: Case) -> list[Sending]:
    """What has been sent, the first first; read once for the case at hand."""
    files = Prefetch("files", SentFile.objects.order_by("pk"))
    rows = Sending.objects.select_related("document", "sent_by").prefetch_related(files).order_by("pk")
    prefetch_related_objects([case], Prefetch("sendings", rows))
    return list(case.sendings.all())


def notice_of(case: Case) -> Sending | None:
    """The notification as it was sent."""
    return next((row for row in sendings_of(case) if row.what == What.NOTICE), None)


def last_saved(case: Case) -> CaseEvent | None:
    """Who saved the notification last, and when."""
    return case.events.filter(what="notification").order_by("-pk").first()


def sending_in(case: Case, number: int) -> Sending:
    """Something that was sent in the case, else 404."""
    return get_object_or_404(Sending.objects.select_related("document").prefetch_related("files"), case=case, pk=number)


def sent_file_in(case: Case, number: int) -> SentFile:
    return get_object_or_404(SentFile, sending__case=case, pk=number)


def readings(viewer: Viewer) -> QuerySet[Reader]:
    """What the person must read or has read of IVO's decisions, never in a case about herself."""
    barred = with_part([viewer.person.pk], [PartRole.IMPLICATED])
    return Reader.objects.filter(person=viewer.person).exclude(decision__case_id__in=barred)


def readings_waiting(viewer: Viewer) -> QuerySet[Reader]:
    """What the person has left to read in cases that go on, the oldest first."""
    going = Case.objects.filter(open_cases(), kind=Kind.IVO).values("pk")
    waiting = readings(viewer).filter(read_at=None, decision__case__in=going)
    return waiting.select_related("decision__case").order_by("pk")


def decision_to_read(viewer: Viewer, number: int) -> Decision:
    """A decision the person must read, or of a case she handles, else 404."""
    named = Q(pk__in=readings(viewer).values("decision_id"))
    handled = Q(case__in=viewer.cases.values("pk"))
    rows = Decision.objects.select_related("case__unit", "letter").prefetch_related("demands")
    return get_object_or_404(rows.filter(named | handled), pk=number)


def own_reading(viewer: Viewer, decision: Decision) -> Reader | None:
    return readings(viewer).filter(decision=decision).first()
