"""Start, Att göra and Bedöm lika."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from avvikelse.audit.operations import shown
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.organisation.roles import CHIEF_ROLES, Role
from avvikelse.ui.words import amount

from .alike import AlikeForm, alike_groups, assess_alike_all, chosen_cases, chosen_form
from .start import references_shown, start_context
from .tasks import COUNTED, SHOWN, count, tasks


def start(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    context = start_context(viewer)
    viewer.note_read("list", context=shown(references_shown(context)))
    return render(request, "workplace/start.html", context)


def todo(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    found = tasks(viewer)
    number = len(found) if len(found) < SHOWN else count(viewer)
    groups = alike_groups(viewer)
    viewer.note_read("list", context=shown(task.reference for task in found))
    context = {"tasks": found, "number": number, "counted": COUNTED, "groups": groups, "shown": SHOWN}
    return render(request, "workplace/todo.html", context)


def assess_alike(request: HttpRequest) -> HttpResponse:
    """Choose alike, low-risk reports and judge them together."""
    viewer = viewer_of(request)
    if not viewer.access.has(*CHIEF_ROLES, Role.FIRST_SOCIAL_WORKER):
        raise PermissionDenied
    rows = chosen_cases(viewer, request.GET.get("som", "").replace("\x00", ""))
    form = chosen_form(request.POST if request.method == "POST" else None, rows, viewer)
    if form and form.is_valid() and (done := judged(form, viewer)):
        messages.success(request, f"Klart. Du bedömde {amount(done, 'rapport', 'rapporter')}.")
        return redirect("todo")
    viewer.note_read("list", context=shown(case.reference for case in rows))
    return render(request, "workplace/assess_alike.html", {"rows": rows, "form": form})


def judged(form: AlikeForm, viewer: Viewer) -> int:
    """How many were judged; none when something stood in the way, and then the form says what."""
    try:
        return assess_alike_all(form, actor=viewer.person, at=viewer.at)
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
    except StaleCase as stale:
        form.add_error("chosen", f"{stale.case.reference} har ändrats av någon annan. Läs den och välj igen.")
    return 0
