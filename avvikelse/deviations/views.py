"""The investigation's own page: written a little at a time, saved as it stands."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from avvikelse.cases import lookup
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.rules import Who, capacities
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues

from .forms import InvestigationForm
from .investigation import save_investigation, written


def investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Read and write the investigation."""
    person, at = lookup.signed_in(request), timezone.now()
    day = timezone.localdate(at)
    access = access_of(person, day)
    case = lookup.visible_case(person, reference, day, access)
    if not {Who.CHEF, Who.INVESTIGATOR} & capacities(case, person, day, access):
        raise PermissionDenied
    lookup.note_read(person, access, "read", case=case)
    data = request.POST if request.method == "POST" else None
    form = InvestigationForm(data, case=case, actor=person, day=day, local=LocalValues(day), initial=written(case))
    if data is not None and form.is_valid() and save(case, form, person):
        messages.success(request, "Utredningen är sparad.")
        return redirect("case_page", reference)
    status = 409 if form.stale else 200
    return render(request, "deviations/investigation.html", {"case": case, "form": form}, status=status)


def save(case: Case, form: InvestigationForm, person: Person) -> bool:
    """Save, or leave the reason on the form with everything that was typed."""
    facts = dict(form.cleaned_data)
    try:
        save_investigation(case.pk, actor=person, version=facts.pop("version"), at=timezone.now(), texts=facts)
    except StaleCase as stale:
        tell_stale(form, stale)
        return False
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    return True
