"""Start, Att göra and Bedöm lika."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from avvikelse.audit.operations import shown
from avvikelse.cases.lookup import note_read, signed_in
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.organisation.access import access_of
from avvikelse.ui.words import amount

from .alike import alike_groups, assess_alike_all, chosen_cases, chosen_form
from .start import start_context
from .tasks import COUNTED, SHOWN, count, tasks


def start(request: HttpRequest) -> HttpResponse:
    person, at = signed_in(request), timezone.now()
    access = access_of(person, timezone.localdate(at))
    context = start_context(person, at, access)
    note_read(person, access, "list", context=shown(task.reference for task in context["tasks"]))
    return render(request, "workplace/start.html", context)


def todo(request: HttpRequest) -> HttpResponse:
    person, day = signed_in(request), timezone.localdate()
    access = access_of(person, day)
    found = tasks(person, day, access)
    number = len(found) if len(found) < SHOWN else count(person, day, access)
    note_read(person, access, "list", context=shown(task.reference for task in found))
    groups = alike_groups(person, day, access)
    context = {"tasks": found, "number": number, "counted": COUNTED, "groups": groups, "shown": SHOWN}
    return render(request, "workplace/todo.html", context)


def assess_alike(request: HttpRequest) -> HttpResponse:
    """Choose alike, low-risk reports and judge them together."""
    person, at = signed_in(request), timezone.now()
    day = timezone.localdate(at)
    access = access_of(person, day)
    if not access.has(*SEEN_IN_ROLE):
        raise PermissionDenied
    rows = chosen_cases(person, day, access, request.GET.get("som", ""))
    note_read(person, access, "list", context=shown(case.reference for case in rows))
    form = chosen_form(request.POST if request.method == "POST" else None, rows, person=person, day=day)
    if form and request.method == "POST" and form.is_valid():
        try:
            done = assess_alike_all(form, actor=person, at=at)
        except MoveRefused as refused:
            form.add_error(None, " ".join(refused.sentences))
        except StaleCase as stale:
            form.add_error(None, f"{stale.case.reference} har ändrats av någon annan. Läs den och välj igen.")
        else:
            messages.success(request, f"{amount(done, 'rapport', 'rapporter')} är bedömda.")
            return redirect("todo")
    return render(request, "workplace/assess_alike.html", {"rows": rows, "form": form})
