"""Pages about people in a case: who was affected, and who has read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from . import lookup
from .affected import HANDLERS, add_affected, masked, remove_affected, reveal_affected
from .dialogue import AffectedForm
from .models import AffectedPerson, Case
from .readers import readers_of
from .rules import may_see_reporter
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
    viewer.note_read("read", case=case)
    return render(request, "cases/affected.html", {"case": case, "form": form, "people": shown_masked(case)})


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
    context = {"case": case, "form": AffectedForm(), "people": shown_masked(case, revealed)}
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
