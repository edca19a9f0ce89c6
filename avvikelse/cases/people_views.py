"""Pages about people in a case: who was affected, and who has read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from . import lookup
from .affected import add_affected, masked, read_from, remove_affected, reveal_affected
from .dialogue import AffectedForm
from .models import AffectedPerson, Case
from .readers import readers_of
from .rules import HANDLERS, may_see_reporter
from .viewer import Viewer, viewer_of


def handled_case(viewer: Viewer, reference: str) -> Case:
    """The case, for one who handles it and may know names."""
    case = lookup.visible_case(viewer, reference)
    if not HANDLERS & viewer.capacities(case):
        raise PermissionDenied
    return case


def affected(request: HttpRequest, reference: str) -> HttpResponse:
    """Names, masked; POST adds one."""
    viewer = viewer_of(request)
    case = handled_case(viewer, reference)
    form = AffectedForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        add_affected(case, **form.cleaned_data, actor=viewer.person, at=viewer.at)
        return redirect("affected", reference)
    origin = viewer.origin_read_in(case)
    viewer.note_read("read", case=case, context=read_from(origin))
    return render(request, "cases/affected.html", affected_context(case, origin, form))


def affected_context(
    case: Case, origin: Case | None, form: AffectedForm, revealed: AffectedPerson | None = None
) -> dict[str, object]:
    """What the page of names shows: the case's own, and those read along out of `origin`."""
    return {
        "case": case,
        "form": form,
        "people": shown_masked(case, revealed),
        "origin": origin,
        "came_along": shown_masked(origin, revealed) if origin else [],
    }


def shown_masked(case: Case, revealed: AffectedPerson | None = None) -> list[dict[str, object]]:
    rows = case.affected_people.filter(removed_at=None).order_by("pk").select_related("added_by")
    return [
        {"row": row, "masked": masked(row), "revealed": revealed if revealed and revealed.pk == row.pk else None}
        for row in rows
    ]


@require_POST
def affected_reveal(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """One name unmasked. The look at the name is logged, and stands for the look at the page."""
    viewer = viewer_of(request)
    case = handled_case(viewer, reference)
    try:
        revealed = reveal_affected(case, number, actor=viewer.person, at=viewer.at)
    except AffectedPerson.DoesNotExist:
        raise Http404 from None
    context = affected_context(case, viewer.origin_read_in(case), AffectedForm(), revealed)
    return render(request, "cases/affected.html", context)


@require_POST
def affected_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    try:
        remove_affected(handled_case(viewer, reference), number, actor=viewer.person, at=viewer.at)
    except AffectedPerson.DoesNotExist:
        raise Http404 from None
    return redirect("affected", reference)


def case_readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has read the case and when."""
    viewer = viewer_of(request)
    case = handled_case(viewer, reference)
    viewer.note_read("read", case=case)
    name_shown = may_see_reporter(case, viewer.capacities(case))
    context = {"case": case, "readers": readers_of(case, name_shown=name_shown), "today": viewer.day}
    return render(request, "cases/case_readers.html", context)
