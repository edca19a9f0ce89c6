"""The registrator's pages."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.audit.operations import shown

from .diary import entries, must_register, registered_case, registrars_move
from .kinds import Kind
from .moving import attempt, move_form, refusals_now
from .viewer import viewer_of


@require_safe
def diary(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    must_register(viewer)
    page = entries(viewer, request.GET.get("page", ""))
    viewer.note_read("list", context=shown(row.reference for row in page.rows))
    return render(request, "cases/diary.html", {"page": page, "today": viewer.day})


@require_http_methods(["GET", "POST"])
def diary_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """A move that is the registrator's to make: what it asks, and nothing of what the case says."""
    viewer = viewer_of(request)
    case = registered_case(viewer, reference)
    row = registrars_move(case, move)
    sent = request.method == "POST"
    form = move_form(case, row, viewer, request.POST if sent else None, request.FILES if sent else None)
    if form.is_valid() and (event := attempt(case, row, form, viewer)):
        messages.success(request, f"Klart. Du {event.facts['sentence']}.")
        return redirect("diary")
    viewer.note_read("read", case=case, context={"as": "registrar"})
    context = {
        "reference": case.reference,
        "kind": Kind(case.kind).label,
        "today": viewer.day,
        "move": row,
        "form": form,
        "refusals": [] if form.is_bound else refusals_now(case, row, viewer),
    }
    return render(request, "cases/diary_move.html", context, status=409 if form.stale else 200)
