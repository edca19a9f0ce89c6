"""The case list, the case page, the pages of its moves and the reporter's own pages."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from io import BytesIO

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from avvikelse.documents.operations import DocumentChanged, printed

from . import lookup
from .affected import read_from
from .belongings import belongings_of
from .clocks import closed_days
from .dialogue import MessageForm
from .engine import workflow_of
from .kinds import Kind
from .models import Case
from .moving import attempt, move_form, refusals_now, rests_on
from .next_step import NextStep, date_lines, next_step
from .operations import add_message
from .page import Choice, choices, reporter_page, way
from .rules import HANDLERS, Who, may_see_reporter
from .story import story
from .viewer import Viewer, viewer_of
from .wording import reporter_name, when_it_happened

logger = logging.getLogger(__name__)

AS_REPORTER = {"as": "reporter"}
"""Context of a look at one's own report: the one who may not know the reporter reads it without the name."""


def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    viewer = viewer_of(request)
    case = lookup.visible_case(viewer, reference)
    origin = viewer.origin_read_in(case)
    viewer.note_read("read", case=case, context=read_from(origin))
    return render(request, "cases/case_page.html", case_context(viewer, case, origin))


def case_context(viewer: Viewer, case: Case, origin: Case | None) -> dict[str, object]:
    """All that the case page shows; the parts come before the moves: they read what the moves' objections look at."""
    capacity, workflow, closed = viewer.capacities(case), workflow_of(case.kind), closed_days()
    name_shown = may_see_reporter(case, capacity)
    parts = [(part, data) for part in workflow.sections if (data := part.context(case, capacity, viewer.local))]
    belongings = belongings_of(case, origin)
    labels, current = way(workflow, case)
    possible = choices(case, workflow, capacity, viewer.day, viewer.local)
    step = next_step(case, belongings.events, viewer, closed, name_shown=name_shown)
    main = main_of(possible, step)
    return {
        "case": case,
        "today": viewer.day,
        "kind": Kind(case.kind).label,
        "way": labels,
        "current": current,
        "final": workflow.place(case.state).final,
        "next": step,
        "main": main,
        "others": [choice for choice in possible if choice is not main],
        "acts": [data["act"] for _, data in parts if data.get("act")],
        "handles": bool(capacity & HANDLERS),
        "when": when_it_happened(case),
        "reporter": reporter_name(case, visible=name_shown),
        "sections": parts,
        "dates": date_lines(case, viewer.day, closed),
        "story": story(case, belongings.events, name_shown=name_shown),
        "in_sight": lookup.related_in_sight(viewer, case),
        "has": belongings,
    }


def main_of(possible: list[Choice], step: NextStep) -> Choice | None:
    """The move that stands in the box of the next step: a refused one only to whoever it waits for."""
    first = possible[0] if possible and possible[0].main else None
    return first if first and (step.mine or not first.refusals) else None


def case_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """The page of one move: what it asks, why not, and the move itself."""
    viewer = viewer_of(request)
    case = lookup.case_in_reach(viewer, reference)
    row = workflow_of(case.kind).move(move)
    if row is None or row.quiet:
        raise Http404
    capacity = viewer.capacities(case)
    if not row.who & capacity:
        raise PermissionDenied
    sent = request.method == "POST"
    form = move_form(case, row, viewer, request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid() and (event := attempt(case, row, form, viewer)):
        messages.success(request, f"Klart. Du {event.facts['sentence']}.")
        return redirect(lookup.way_back(viewer, case))
    viewer.note_read("read", case=case, context=AS_REPORTER if capacity == {Who.REPORTER} else None)
    context = {
        "case": case,
        "today": viewer.day,
        "move": row,
        "form": form,
        "refusals": [] if form.is_bound else refusals_now(case, row, viewer),
        "law": rests_on(case, row, viewer),
        "back": lookup.way_back(viewer, case),
    }
    return render(request, "cases/case_move.html", context, status=409 if form.stale else 200)


@require_POST
def case_message(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the dialogue, from the case page or from the reporter's own."""
    viewer = viewer_of(request)
    case = lookup.case_in_reach(viewer, reference)
    back = lookup.way_back(viewer, case)
    form = MessageForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/case_message.html", {"case": case, "form": form, "back": back})
    add_message(case.pk, form.cleaned_data["text"], actor=viewer.person, at=viewer.at)
    messages.success(request, "Meddelandet är skickat.")
    return redirect(f"{back}#dialog")


def attachment(request: HttpRequest, reference: str, number: int) -> HttpResponse | FileResponse:
    """A file of the case or of what it came out of, always as a download.

    Whoever only reported reaches what came with the report.
    """
    viewer = viewer_of(request)
    case = lookup.case_in_reach(viewer, reference)
    only_own = viewer.capacities(case) == {Who.REPORTER}
    origin = None if only_own else viewer.origin_read_in(case)
    found = lookup.attachment_of(case, number, only_own=only_own, origin=origin)
    how = AS_REPORTER if only_own else {} if found.case_id == case.pk else read_from(origin)
    context = {"file": found.pk, **how}
    if not found.file.storage.exists(found.file.name or ""):
        return cannot_be_shown(request, viewer, case, found.name, context, status=404)
    viewer.note_read("download", case=case, context=context)
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)


def document(request: HttpRequest, reference: str, sort: str, number: int) -> HttpResponse | FileResponse:
    """A numbered document of the case. Until the worker has printed it the page says so."""
    viewer = viewer_of(request)
    case = lookup.visible_case(viewer, reference)
    found = lookup.document_of(case, sort, number)
    context = {"document": found.pk}
    if not found.file:
        viewer.note_read("read", case=case, context=context)
        return render(request, "cases/document_waiting.html", {"case": case, "document": found}, status=202)
    try:
        paper = BytesIO(printed(found))
    except DocumentChanged:
        title = f"{found.title}, handling nr {number}"
        return cannot_be_shown(request, viewer, case, title, context, status=409)
    viewer.note_read("download", case=case, context=context)
    name = f"{case.reference}-{found.get_sort_display().lower()}-{number}.pdf"
    return FileResponse(paper, filename=name, content_type="application/pdf")


def cannot_be_shown(
    request: HttpRequest, viewer: Viewer, case: Case, title: str, which: Mapping[str, object], *, status: int
) -> HttpResponse:
    """A file that is gone (404), or a document that is not the one that was locked (409): who can mend it.

    `which` tells the log of reads what was asked for, and the program's log what to restore.
    """
    viewer.note_read("read", case=case, context=which)
    logger.error("a file of %s is gone or is not the one that was stored: %s", case.reference, dict(which))
    changed, back = status == HTTPStatus.CONFLICT, lookup.way_back(viewer, case)
    context = {"case": case, "title": title, "changed": changed, "back": back}
    return render(request, "cases/file_gone.html", context, status=status)


def my_report(request: HttpRequest, reference: str) -> HttpResponse:
    viewer = viewer_of(request)
    case = lookup.own_case(viewer, reference)
    viewer.note_read("read", case=case, context=AS_REPORTER)
    context = {
        **reporter_page(case, viewer.person, viewer.day, viewer.access),
        "today": viewer.day,
        "when": when_it_happened(case),
    }
    return render(request, "cases/my_report.html", context)
