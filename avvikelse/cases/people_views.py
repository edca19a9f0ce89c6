"""Pages about people in a case: who was affected, and who has read."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from avvikelse.organisation.access import access_of

from . import lookup
from .affected import HANDLERS, add_affected, masked, remove_affected, reveal_affected
from .dialogue import AffectedForm
from .models import AffectedPerson, Case
from .readers import readers_of
from .rules import capacities


def handled_case(request: HttpRequest, reference: str) -> Case:
    """The case, for one who handles it and may know names."""
    person, day = lookup.signed_in(request), timezone.localdate()
    access = access_of(person, day)
    case = lookup.visible_case(person, reference, day, access)
    if not HANDLERS & capacities(case, person, day, access):
        raise PermissionDenied
    lookup.note_read(person, access, "read", case=case)
    return case


def affected(request: HttpRequest, reference: str) -> HttpResponse:
    """Names, masked; POST adds one."""
    person, case = lookup.signed_in(request), handled_case(request, reference)
    form = AffectedForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        add_affected(case, **form.cleaned_data, actor=person, at=timezone.now())
        return redirect("affected", reference)
    return render(request, "cases/affected.html", {"case": case, "form": form, "people": shown_masked(case)})


def shown_masked(case: Case, revealed: AffectedPerson | None = None) -> list[dict[str, object]]:
    rows = case.affected_people.filter(removed_at=None).order_by("pk").select_related("added_by")
    return [
        {"row": row, "masked": masked(row), "revealed": revealed if revealed and revealed.pk == row.pk else None}
        for row in rows
    ]


@require_POST
def affected_reveal(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    person, case = lookup.signed_in(request), handled_case(request, reference)
    try:
        revealed = reveal_affected(case, number, actor=person, at=timezone.now())
    except AffectedPerson.DoesNotExist:
        raise Http404 from None
    context = {"case": case, "form": AffectedForm(), "people": shown_masked(case, revealed)}
    return render(request, "cases/affected.html", context)


@require_POST
def affected_remove(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    person, case = lookup.signed_in(request), handled_case(request, reference)
    remove_affected(case, number, actor=person, at=timezone.now())
    return redirect("affected", reference)


def case_readers(request: HttpRequest, reference: str) -> HttpResponse:
    """Who has read the case and when."""
    case = handled_case(request, reference)
    context = {"case": case, "readers": readers_of(case), "today": timezone.localdate()}
    return render(request, "cases/case_readers.html", context)
