"""Pages for causes and measures. Each asks a little, does one thing and goes back to the case."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone

from avvikelse.cases import lookup as cases
from avvikelse.cases.models import Case
from avvikelse.cases.moving import meanwhile
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.rules import capacities
from avvikelse.organisation.access import access_of
from avvikelse.organisation.directory import people_near
from avvikelse.organisation.models import Person
from avvikelse.workdays import working_days_between

from . import forms, lookup, operations
from .models import Measure


def answer(
    request: HttpRequest, case: Case, form: forms.VersionedForm, act: Callable[..., Any], *, title: str, button: str
) -> HttpResponse:
    """Show the form, or do what it asks and go back to the case. What stops it is said with all that was typed kept."""
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                act(actor=cases.signed_in(request), at=timezone.now(), **form.cleaned_data)
            return redirect(f"{reverse('case_page', args=[case.reference])}#orsaker")
        except MoveRefused as refused:
            form.add_error(None, " ".join(refused.sentences))
        except StaleCase as stale:
            form.stale = True
            form.add_error(None, meanwhile(stale))
            form.data = {**form.data, "version": str(stale.case.version)}
    context = {"case": case, "form": form, "title": title, "button": button}
    return render(request, "measures/case_form.html", context, status=409 if form.stale else 200)


def data_of(request: HttpRequest, case: Case, **start: object) -> dict[str, Any]:
    """What a versioned form is made of."""
    return {"data": request.POST if request.method == "POST" else None, "initial": {"version": case.version, **start}}


def guard(case: Case, request: HttpRequest, allowed: frozenset[Any]) -> None:
    person, day = cases.signed_in(request), timezone.localdate()
    if not allowed & capacities(case, person, day):
        raise PermissionDenied
    cases.note_read(person, access_of(person, day), "read", case=case)


def cause_add(request: HttpRequest, reference: str) -> HttpResponse:
    person, day = cases.signed_in(request), timezone.localdate()
    case = cases.visible_case(person, reference, day, access_of(person, day))
    guard(case, request, operations.WORKERS)
    form = forms.CauseForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.add_cause(case.pk, **facts)

    return answer(request, case, form, act, title="Lägg till en orsak", button="Lägg till orsaken")


def cause_take_back(request: HttpRequest, number: int) -> HttpResponse:
    cause, case = lookup.cause_in_sight(cases.signed_in(request), number, timezone.localdate())
    guard(case, request, operations.WORKERS)
    form = forms.TakeBackForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.take_back_cause(cause.pk, **facts)

    return answer(request, case, form, act, title=f"Stryk orsaken ”{cause.text}”", button="Stryk orsaken")


def no_measure(request: HttpRequest, number: int) -> HttpResponse:
    cause, case = lookup.cause_in_sight(cases.signed_in(request), number, timezone.localdate())
    guard(case, request, operations.WORKERS)
    form = forms.NoMeasureForm(**data_of(request, case, reason=cause.no_measure_reason))

    def act(**facts: Any) -> object:
        return operations.explain_no_measure(cause.pk, **facts)

    return answer(request, case, form, act, title="Ingen åtgärd mot den här orsaken", button="Spara skälet")


def measure_add(request: HttpRequest, number: int) -> HttpResponse:
    day = timezone.localdate()
    cause, case = lookup.cause_in_sight(cases.signed_in(request), number, day)
    guard(case, request, operations.WORKERS)
    form = forms.MeasureForm(**data_of(request, case), people=people_near(case.unit, day), day=day)

    def act(*, actor: Person, at: datetime, version: int, **plan: Any) -> object:
        return operations.add_measure(cause.pk, operations.Plan(**plan), actor=actor, at=at, version=version)

    return answer(request, case, form, act, title=f"Åtgärd mot ”{cause.text}”", button="Föreslå åtgärden")


def measure_decide(request: HttpRequest, number: int) -> HttpResponse:
    measure, case = lookup.measure_in_sight(cases.signed_in(request), number, timezone.localdate())
    guard(case, request, operations.DECIDERS)
    form = forms.DecideForm(**data_of(request, case))

    def act(**facts: Any) -> object:
        return operations.decide_measure(measure.pk, **facts)

    return answer(request, case, form, act, title=f"Besluta om ”{measure.text}”", button="Besluta")


def measure_finish(request: HttpRequest, number: int) -> HttpResponse:
    """The owner says that the measure is done. The owner sees the measure, its cause and the number, nothing more."""
    person, at = cases.signed_in(request), timezone.now()
    day = timezone.localdate(at)
    measure = lookup.measure_to_finish(person, number, day)
    data = request.POST if request.method == "POST" else None
    form = forms.FinishForm(data, day=day, initial={"done_on": day})
    cases.note_read(person, access_of(person, day), "measure", context={"measure": measure.pk})
    if data is not None and form.is_valid() and finished(form, measure, request):
        messages.success(request, "Åtgärden är klar. Bra jobbat.")
        return redirect("measure_list")
    return render(request, "measures/finish.html", {"measure": measure, "form": form})


def finished(form: BaseForm, measure: Measure, request: HttpRequest) -> bool:
    try:
        with transaction.atomic():
            operations.finish_measure(
                measure.pk, actor=cases.signed_in(request), at=timezone.now(), **form.cleaned_data
            )
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    return True


def measure_list(request: HttpRequest) -> HttpResponse:
    """My measures, and those of the cases I handle."""
    person, day = cases.signed_in(request), timezone.localdate()
    mine, others = list(lookup.own_measures(person)), lookup.measures_of_cases_seen(person, day)
    cases.note_read(person, access_of(person, day), "list", context={"measures": [row.pk for row in [*mine, *others]]})
    context = {
        "mine": [(row, working_days_between(day, row.due_on)) for row in mine],
        "others": [(row, working_days_between(day, row.due_on)) for row in others],
        "done": lookup.done_measures(person),
        "today": day,
    }
    return render(request, "measures/measure_list.html", context)
