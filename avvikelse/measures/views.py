"""Pages for causes and measures. Each asks a little, does one thing and goes back to the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from avvikelse.audit.operations import shown
from avvikelse.cases.forms import VersionedForm
from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.rules import Who, implicated_people
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.organisation.directory import people_near
from avvikelse.workdays import working_days_left

from . import forms, lookup, operations
from .models import Cause, Measure


def answer(
    request: HttpRequest,
    case: Case,
    form: VersionedForm,
    act: Callable[..., Any],
    *,
    title: str,
    button: str,
    about: Cause | Measure | None = None,
) -> HttpResponse:
    """Show the form, or do what it asks and go back to the case. What stops it is said with all that was typed kept."""
    viewer = viewer_of(request)
    back = f"{reverse('case_page', args=[case.reference])}#orsaker"
    if form.is_valid():
        try:
            with transaction.atomic():
                act(actor=viewer.person, at=viewer.at, **form.cleaned_data)
            return redirect(back)
        except MoveRefused as refused:
            form.add_error(None, " ".join(refused.sentences))
        except StaleCase as stale:
            tell_stale(form, stale, viewer)
    viewer.note_read("read", case=case)
    context = {"case": case, "form": form, "title": title, "button": button, "about": about, "back": back}
    status = 409 if form.stale else 200
    return render(request, "measures/case_form.html", {**context, "today": viewer.day}, status=status)


def data_of(request: HttpRequest, case: Case, **start: object) -> dict[str, Any]:
    """What a versioned form is made of."""
    return {"data": request.POST if request.method == "POST" else None, "initial": {"version": case.version, **start}}


def guard(viewer: Viewer, case: Case, allowed: frozenset[Who]) -> None:
    if not allowed & viewer.capacities(case):
        raise PermissionDenied


def cause_add(request: HttpRequest, reference: str) -> HttpResponse:
    viewer = viewer_of(request)
    case = visible_case(viewer, reference)
    guard(viewer, case, operations.WORKERS)
    form = forms.CauseForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.add_cause(case.pk, **facts)

    return answer(request, case, form, act, title="Lägg till en orsak", button="Lägg till orsaken")


def cause_take_back(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    cause, case = lookup.cause_in_sight(viewer, number)
    guard(viewer, case, operations.WORKERS)
    form = forms.TakeBackForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.take_back_cause(cause.pk, **facts)

    return answer(request, case, form, act, title="Stryk orsaken", button="Stryk orsaken", about=cause)


def no_measure(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    cause, case = lookup.cause_in_sight(viewer, number)
    guard(viewer, case, operations.WORKERS)
    form = forms.NoMeasureForm(**data_of(request, case, reason=cause.no_measure_reason))

    def act(**facts: Any) -> object:
        return operations.explain_no_measure(cause.pk, **facts)

    return answer(request, case, form, act, title="Ingen åtgärd behövs", button="Spara skälet", about=cause)


def measure_add(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    cause, case = lookup.cause_in_sight(viewer, number)
    guard(viewer, case, operations.WORKERS)
    people = people_near(case.unit, viewer.day).exclude(pk__in=implicated_people(case))
    decides = bool(operations.DECIDERS & viewer.capacities(case))
    form = forms.MeasureForm(**data_of(request, case), people=people, unit=case.unit, day=viewer.day)

    def act(*, version: int, actor: Any, at: Any, **plan: Any) -> object:
        return operations.add_measure(cause.pk, operations.Plan(**plan), actor=actor, at=at, version=version)

    button = "Besluta åtgärden" if decides else "Föreslå åtgärden"
    return answer(request, case, form, act, title="Lägg till en åtgärd", button=button, about=cause)


def measure_decide(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    measure, case = lookup.measure_in_sight(viewer, number)
    guard(viewer, case, operations.DECIDERS)
    form = forms.DecideForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.decide_measure(measure.pk, **facts)

    return answer(request, case, form, act, title="Besluta om åtgärden", button="Besluta", about=measure)


def measure_finish(request: HttpRequest, number: int) -> HttpResponse:
    """The owner says that the measure is done. The owner sees the measure, its cause and the number, nothing more."""
    viewer = viewer_of(request)
    measure = lookup.measure_to_finish(viewer, number)
    data = request.POST if request.method == "POST" else None
    form = forms.FinishForm(data, day=viewer.day, initial={"done_on": viewer.day})
    if form.is_valid() and finished(form, measure, viewer):
        messages.success(request, "Åtgärden är klar. Bra jobbat.")
        return redirect("measure_list")
    viewer.note_read("measure", case=measure.cause.case, context={"measure": measure.pk})
    return render(request, "measures/finish.html", {"measure": measure, "form": form, "today": viewer.day})


def finished(form: BaseForm, measure: Measure, viewer: Viewer) -> bool:
    try:
        with transaction.atomic():
            operations.finish_measure(measure.pk, actor=viewer.person, at=viewer.at, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    return True


def measure_list(request: HttpRequest) -> HttpResponse:
    """My measures, and those of the cases I handle."""
    viewer = viewer_of(request)
    mine, others = lookup.own_measures(viewer, lookup.SHOWN), lookup.measures_of_cases_seen(viewer)
    done = lookup.done_measures(viewer)
    viewer.note_read("list", context=shown(row.cause.case.reference for row in (*mine, *others, *done)))
    context = {
        "mine": [(row, working_days_left(viewer.day, row.due_on)) for row in mine],
        "others": [(row, working_days_left(viewer.day, row.due_on)) for row in others],
        "done": done,
        "most": lookup.SHOWN,
        "today": viewer.day,
    }
    return render(request, "measures/measure_list.html", context)
