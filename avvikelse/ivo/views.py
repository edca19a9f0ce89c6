"""The page of a notification, what was sent, IVO's decisions as their readers see them, and new matters."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from avvikelse.cases.kinds import Kind, Sort
from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.documents.render import RenderError
from avvikelse.inquiries.lookup import draft_of
from avvikelse.organisation.roles import Role

from . import lookup, operations
from .binding import draft_as_one, sent_as_one
from .building import NotificationForm, OpenForm
from .enclosing import PDF, content_of, enclosed_with
from .lawful import notified_by, sentence
from .operations import WRITERS, Opened
from .parts import what_lacks


def seen(viewer: Viewer, reference: str) -> Case:
    """A case with IVO, for one who handles it, else 404."""
    case = visible_case(viewer, reference)
    if case.kind != Kind.IVO:
        raise Http404
    return case


def written(viewer: Viewer, reference: str) -> Case:
    """One with a notification, for one who writes it."""
    case = seen(viewer, reference)
    if case.sort == Sort.SUPERVISION:
        raise Http404
    if not WRITERS & viewer.capacities(case):
        raise PermissionDenied
    return case


def notice(request: HttpRequest, reference: str) -> HttpResponse:
    """Write the notification, part by part."""
    viewer = viewer_of(request)
    case = written(viewer, reference)
    found = lookup.notification_of(case)
    draft = draft_of(case, viewer.person, lookup.DRAFT)
    start = {
        **operations.texts_of(case, viewer.day),
        "enclosures": enclosed_with(found),
        **(draft.texts if draft else {}),
    }
    sent = request.method == "POST"
    made_of = {"case": case, "actor": viewer.person, "day": viewer.day, "local": viewer.local, "initial": start}
    form = NotificationForm(request.POST if sent else None, request.FILES if sent else None, **made_of)
    if form.is_valid() and save(case, form, viewer):
        messages.success(request, "Anmälan är sparad.")
        return redirect("ivo_notice", reference)
    viewer.note_read("read", case=case)
    context = {
        "case": case,
        "form": form,
        "draft": draft,
        "saved": found,
        "locked": operations.locked_for_writing(case),
        "lacks": what_lacks(operations.texts_of(case, viewer.day)),
        "law": sentence("Anmälan ska göras", notified_by(case)),
        "today": viewer.day,
    }
    return render(request, "ivo/notice.html", context, status=409 if form.stale else 200)


def save(case: Case, form: NotificationForm, viewer: Viewer) -> bool:
    """Save, or leave the reason on the form with everything that was typed."""
    version, texts = form.version_to_save(), form.cleaned_data
    files = {"files": texts.get("enclosures") or (), "uploads": texts.get("uploads") or ()}
    try:
        with transaction.atomic():
            operations.save_notification(
                case.pk, actor=viewer.person, version=version, at=viewer.at, texts=texts, **files
            )
    except StaleCase as stale:
        tell_stale(form, stale, viewer)
        form.lay_beside(lookup.last_saved(case))
        return False
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    operations.drop_draft(case, actor=viewer.person)
    return True


@require_POST
def notice_draft(request: HttpRequest, reference: str) -> HttpResponse:
    """Keep what is being typed. The page's script sends it every few seconds."""
    viewer = viewer_of(request)
    operations.keep_draft(written(viewer, reference), actor=viewer.person, at=viewer.at, typed=request.POST.dict())
    return HttpResponse(status=204)


@require_POST
def notice_draft_drop(request: HttpRequest, reference: str) -> HttpResponse:
    """Begin again from what is saved."""
    viewer = viewer_of(request)
    operations.drop_draft(written(viewer, reference), actor=viewer.person)
    messages.success(request, "Utkastet är borta. Här är anmälan som den är sparad.")
    return redirect("ivo_notice", reference)


@require_safe
def notice_pdf(request: HttpRequest, reference: str) -> HttpResponse:
    """The notification as it is saved with what is to go along, as one PDF that says that it is a draft."""
    viewer = viewer_of(request)
    case = written(viewer, reference)
    if locked := operations.locked_for_writing(case):
        messages.warning(request, locked)
        return redirect("case_page", reference)
    viewer.note_read("download", case=case, context={"draft": "notice"})
    try:
        pdf = draft_as_one(case, by=viewer.person, day=viewer.day, at=viewer.at)
    except (RenderError, MoveRefused) as error:
        messages.warning(request, str(error))
        return redirect("ivo_notice", reference)
    return file_answer(pdf, f"{reference}-utkast.pdf", PDF)


@require_safe
def sending_pdf(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """Something that was sent, with the files that went along, as one PDF made of what was frozen."""
    viewer = viewer_of(request)
    case = seen(viewer, reference)
    sending = lookup.sending_in(case, number)
    if sending.document is None:
        raise Http404
    viewer.note_read("download", case=case, context={"sending": sending.pk})
    try:
        pdf = sent_as_one(sending)
    except (RenderError, MoveRefused) as error:
        messages.warning(request, str(error))
        return redirect("case_page", reference)
    return file_answer(pdf, f"{reference}-{sending.what}-{sending.document.number}.pdf", PDF)


@require_safe
def sent_file(request: HttpRequest, reference: str, number: int) -> HttpResponse:
    """A file exactly as it was sent; one that is no longer that is never given."""
    viewer = viewer_of(request)
    case = seen(viewer, reference)
    found = lookup.sent_file_in(case, number)
    viewer.note_read("download", case=case, context={"sent_file": found.pk})
    try:
        content = content_of(found)
    except MoveRefused as error:
        messages.warning(request, str(error))
        return redirect("case_page", reference)
    return file_answer(content, found.name, found.content_type)


def file_answer(content: bytes, name: str, content_type: str) -> HttpResponse:
    """A file, always as a download."""
    disposition = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    return HttpResponse(content, content_type=content_type, headers={"Content-Disposition": disposition})


# --- IVO's decisions, for those who must read them


def decision(request: HttpRequest, number: int) -> HttpResponse:
    """The decision and nothing of the case; whoever must read it says so here."""
    viewer = viewer_of(request)
    found = lookup.decision_to_read(viewer, number)
    reading = lookup.own_reading(viewer, found)
    if request.method == "POST":
        if reading is None:
            raise PermissionDenied
        operations.read_decision(found.pk, actor=viewer.person, at=viewer.at)
        messages.success(request, "Tack. Det är noterat att du har läst beslutet.")
        return redirect("ivo_decision", number)
    viewer.note_read("ivo_decision", case=found.case, context={"decision": found.pk})
    context = {"decision": found, "reading": reading, "today": viewer.day}
    return render(request, "ivo/decision.html", context)


@require_safe
def decision_letter(request: HttpRequest, number: int) -> HttpResponse:
    """IVO's own document."""
    viewer = viewer_of(request)
    found = lookup.decision_to_read(viewer, number)
    viewer.note_read("download", case=found.case, context={"decision": found.pk})
    with found.letter.file.open("rb") as stored:
        return file_answer(stored.read(), found.letter.name, found.letter.content_type)


# --- What comes out of no case


def open_new(request: HttpRequest) -> HttpResponse:
    """Open the municipality's notification or register a tillsyn, for SAS at her units."""
    viewer = viewer_of(request)
    units = viewer.access.units([Role.SAS])
    if not units:
        raise PermissionDenied
    sent = request.method == "POST"
    form = OpenForm(request.POST if sent else None, request.FILES if sent else None, units=units, day=viewer.day)
    if form.is_valid() and (case := opened(form, viewer)):
        messages.success(request, f"Klart. Du öppnade {case.reference}.")
        return redirect("case_page" if case.sort == Sort.SUPERVISION else "ivo_notice", case.reference)
    return render(request, "ivo/open.html", {"form": form})


def opened(form: OpenForm, viewer: Viewer) -> Case | None:
    facts: dict[str, Any] = {**form.cleaned_data, "sort": Sort(form.cleaned_data["sort"])}
    facts["implicated"] = tuple(facts["implicated"])
    try:
        with transaction.atomic():
            return operations.open_without_origin(Opened(**facts), actor=viewer.person, at=viewer.at)
    except PermissionDenied:
        form.add_error("implicated", "Du kan inte öppna ett ärende där du själv är utpekad.")
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
    return None
