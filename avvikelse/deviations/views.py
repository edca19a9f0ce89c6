"""The investigation's own page: written a little at a time, kept as a draft while one writes, saved for all to read."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from avvikelse.cases import lookup as cases
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.viewer import Viewer, viewer_of

from .investigation import drop_draft, keep_draft, locked_for_writing, save_investigation, written
from .lookup import draft_of, last_saved
from .sections import WRITERS
from .writing import InvestigationForm


def written_case(viewer: Viewer, reference: str) -> Case:
    """The case, for one who may write its investigation."""
    case = cases.visible_case(viewer, reference)
    if not WRITERS & viewer.capacities(case):
        raise PermissionDenied
    return case


def investigation(request: HttpRequest, reference: str) -> HttpResponse:
    """Read and write the investigation."""
    viewer = viewer_of(request)
    case = written_case(viewer, reference)
    draft = draft_of(case, viewer.person)
    data = request.POST if request.method == "POST" else None
    start = {**written(case), **(draft.texts if draft else {})}
    form = InvestigationForm(data, case=case, actor=viewer.person, day=viewer.day, local=viewer.local, initial=start)
    if form.is_valid() and save(case, form, viewer):
        messages.success(request, "Utredningen är sparad.")
        return redirect(f"{reverse('case_page', args=[reference])}#utredning")
    viewer.note_read("read", case=case)
    context = {"case": case, "form": form, "draft": draft, "locked": locked_for_writing(case), "today": viewer.day}
    return render(request, "deviations/investigation.html", context, status=409 if form.stale else 200)


def save(case: Case, form: InvestigationForm, viewer: Viewer) -> bool:
    """Save, or leave the reason on the form with everything that was typed."""
    version, texts = form.version_to_save(), form.cleaned_data
    try:
        save_investigation(case.pk, actor=viewer.person, version=version, at=viewer.at, texts=texts)
    except StaleCase as stale:
        tell_stale(form, stale, viewer)
        form.lay_beside(last_saved(case))
        return False
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    drop_draft(case, actor=viewer.person)
    return True


@require_POST
def investigation_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what is being typed. The page's script sends it every few seconds."""
    viewer = viewer_of(request)
    keep_draft(written_case(viewer, reference), actor=viewer.person, at=viewer.at, typed=request.POST.dict())
    return HttpResponse(status=204)


@require_POST
def investigation_draft_drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin again from what is saved."""
    viewer = viewer_of(request)
    drop_draft(written_case(viewer, reference), actor=viewer.person)
    messages.success(request, "Utkastet är borta. Här är utredningen som den är sparad.")
    return redirect("investigation", reference)
