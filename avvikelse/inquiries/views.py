"""The documentation's pages, the notes, and the page of somebody who is asked for a yttrande."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from avvikelse.cases.kinds import Kind
from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case
from avvikelse.cases.moving import tell_stale
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.cases.viewer import Viewer, viewer_of

from . import lookup, operations
from .asking import NoteForm, StatementForm
from .forms import TaskForm, texts_of
from .models import Statement
from .operations import WRITERS
from .tasks import TASKS, Task, task_list, task_of, tasks_of


def inquiry(request: HttpRequest, reference: str) -> HttpResponse:
    """The list of tasks: what is done and what remains."""
    viewer = viewer_of(request)
    case = visible_case(viewer, reference)
    if not tasks_of(case):
        raise Http404
    viewer.note_read("read", case=case)
    found = task_list(case)
    context = {
        "case": case,
        "tasks": found,
        "left": sum(not standing.done for standing in found),
        "locked": operations.locked_for_writing(case),
        "may_write": bool(WRITERS & viewer.capacities(case)),
        "drafts": lookup.drafts_of(case, viewer.person),
        "today": viewer.day,
    }
    return render(request, "inquiries/inquiry.html", context)


def task_to_write(viewer: Viewer, reference: str, slug: str) -> tuple[Case, Task]:
    """The case and its point, for one who may write it."""
    case = visible_case(viewer, reference)
    task = task_of(case, slug)
    if task is None:
        raise Http404
    if not WRITERS & viewer.capacities(case):
        raise PermissionDenied
    return case, task


def inquiry_task(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Read and write one point."""
    viewer = viewer_of(request)
    case, task = task_to_write(viewer, reference, slug)
    assert task.asks is not None
    draft = lookup.draft_of(case, viewer.person, slug)
    data = request.POST if request.method == "POST" else None
    start = {**lookup.written(case, texts_of(task.asks)), **(draft.texts if draft else {})}
    form = task.asks(data, case=case, actor=viewer.person, day=viewer.day, local=viewer.local, initial=start)
    if form.is_valid() and saved(case, task, form, viewer):
        messages.success(request, f"”{task.label}” är sparad.")
        return redirect("inquiry", reference)
    viewer.note_read("read", case=case)
    context = {
        "case": case,
        "task": task,
        "form": form,
        "draft": draft,
        "locked": operations.locked_for_writing(case),
        "today": viewer.day,
    }
    return render(request, "inquiries/task.html", context, status=409 if form.stale else 200)


def saved(case: Case, task: Task, form: TaskForm, viewer: Viewer) -> bool:
    """Save, or leave the reason on the form with everything that was typed."""
    version, texts = form.version_to_save(), form.cleaned_data
    try:
        operations.save_task(case.pk, task, actor=viewer.person, version=version, at=viewer.at, texts=texts)
    except StaleCase as stale:
        tell_stale(form, stale, viewer)
        form.lay_beside(lookup.last_saved(case))
        return False
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    operations.drop_draft(case, task, actor=viewer.person)
    return True


@require_POST
def inquiry_draft(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Keep what is being typed. The page's script sends it every few seconds."""
    viewer = viewer_of(request)
    case, task = task_to_write(viewer, reference, slug)
    operations.keep_draft(case, task, actor=viewer.person, at=viewer.at, typed=request.POST.dict())
    return HttpResponse(status=204)


@require_POST
def inquiry_draft_drop(request: HttpRequest, reference: str, slug: str) -> HttpResponse:
    """Begin again from what is saved."""
    viewer = viewer_of(request)
    case, task = task_to_write(viewer, reference, slug)
    operations.drop_draft(case, task, actor=viewer.person)
    messages.success(request, "Utkastet är borta. Här är texten som den är sparad.")
    return redirect("inquiry_task", reference, slug)


def note_add(request: HttpRequest, reference: str) -> HttpResponse:
    """Write a note: the day, the source, fact or assessment, and the words."""
    viewer = viewer_of(request)
    case = visible_case(viewer, reference)
    if Kind(case.kind) not in TASKS:
        raise Http404
    if not WRITERS & viewer.capacities(case):
        raise PermissionDenied
    data = request.POST if request.method == "POST" else None
    form = NoteForm(data, day=viewer.day, initial={"noted_on": viewer.day})
    back = f"{reverse('case_page', args=[reference])}#anteckningar"
    if form.is_valid() and noted(case, form, viewer):
        messages.success(request, "Anteckningen är sparad.")
        return redirect(back)
    viewer.note_read("read", case=case)
    context = {"case": case, "form": form, "back": back, "author": viewer.person.name_and_title}
    return render(request, "inquiries/note.html", context)


def noted(case: Case, form: NoteForm, viewer: Viewer) -> bool:
    try:
        with transaction.atomic():
            operations.add_note(case.pk, actor=viewer.person, at=viewer.at, **form.cleaned_data)
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    return True


def statement(request: HttpRequest, number: int) -> HttpResponse:
    """The page of whoever is asked for a yttrande: the question, who asks, by when and the number. Nothing more."""
    viewer = viewer_of(request)
    found = lookup.statement_asked_of(viewer, number)
    form = StatementForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and answered(found, form, viewer):
        messages.success(request, "Tack. Ditt yttrande är lämnat.")
        return redirect("statement", number)
    viewer.note_read("statement", case=found.case, context={"statement": found.pk})
    context = {"statement": found, "form": form, "open": lookup.is_waiting(found), "today": viewer.day}
    return render(request, "inquiries/statement.html", context)


def answered(found: Statement, form: StatementForm, viewer: Viewer) -> bool:
    try:
        with transaction.atomic():
            operations.answer_statement(found.pk, actor=viewer.person, at=viewer.at, text=form.cleaned_data["text"])
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    return True
