"""The case list, the case page and the reporter's own pages."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from avvikelse.audit.operations import shown
from avvikelse.organisation.access import access_of

from . import lookup
from .dialogue import MessageForm, NameForm
from .engine import workflow_of
from .filters import CaseFilter
from .listing import count_words, cut, rows_of, saved_filters, seen_by
from .lookup import signed_in
from .moving import attempt, move_form
from .operations import add_message, drop_filter, save_filter
from .page import choices, clock_lines, next_step, reporter_page, story, way
from .rules import Who, capacities, may_see_reporter
from .wording import reporter_name, when_it_happened


def case_list(request: HttpRequest) -> HttpResponse:
    person, day = signed_in(request), timezone.localdate()
    access = access_of(person, day)
    form = CaseFilter(request.GET)
    found = form.apply(seen_by(person, day, access), day)
    page = cut(found, request.GET.get("page", ""))
    rows = rows_of(page.rows, day)
    lookup.note_read(person, access, "list", context=shown(row.reference for row in rows))
    units = frozenset(unit for grant in access.grants for unit in grant.unit_ids)
    context = {
        "form": form,
        "rows": rows,
        "page": page,
        "count": count_words(found, page),
        "selects": form.selects(units),
        "saved": saved_filters(person),
        "query": request.GET.urlencode(),
        "handed_over": lookup.handed_over(person, day, access) if page.number == 1 else [],
    }
    return render(request, "cases/case_list.html", context)


def case_page(request: HttpRequest, reference: str) -> HttpResponse:
    person, day = signed_in(request), timezone.localdate()
    access = access_of(person, day)
    case = lookup.visible_case(person, reference, day, access)
    capacity = capacities(case, person, day, access)
    workflow = workflow_of(case.kind)
    lookup.note_read(person, access, "read", case=case)
    labels, current = way(workflow, case.state)
    name_shown = may_see_reporter(case, capacity)
    context = {
        "case": case,
        "today": day,
        "kind": case.get_kind_display(),
        "way": labels,
        "current": current,
        "final": workflow.place(case.state).final,
        "next": next_step(case, workflow, day),
        "choices": choices(case, workflow, capacity, day),
        "when": when_it_happened(case),
        "reporter": reporter_name(case, visible=name_shown),
        "sections": [(section, section.context(case, capacity, day)) for section in workflow.sections],
        "clocks": clock_lines(case, day),
        "story": story(case, name_shown=name_shown),
        **lookup.belongings(case),
    }
    return render(request, "cases/case_page.html", context)


def case_move(request: HttpRequest, reference: str, move: str) -> HttpResponse:
    """The page of one move: what it asks, why not, and the move itself."""
    person, at = signed_in(request), timezone.now()
    day = timezone.localdate(at)
    case = lookup.case_in_reach(person, reference, day)
    row = workflow_of(case.kind).move(move)
    if row is None or row.quiet:
        raise Http404
    capacity = capacities(case, person, day)
    if not row.who & capacity:
        raise PermissionDenied
    lookup.note_read(person, access_of(person, day), "read", case=case)
    form, refusals = move_form(case, row, person, day, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        event, refusals = attempt(case, row, form, actor=person, at=at)
        if event:
            messages.success(request, f"Klart. Du {event.facts['sentence']}.")
            return redirect(lookup.way_back(case, person, day))
    context = {
        "case": case,
        "move": row,
        "form": form,
        "refusals": refusals,
        "back": lookup.way_back(case, person, day),
    }
    return render(request, "cases/case_move.html", context, status=409 if form.stale else 200)


@require_POST
def case_message(request: HttpRequest, reference: str) -> HttpResponse:
    """Write in the dialogue, from the case page or from the reporter's own."""
    person, at = signed_in(request), timezone.now()
    case = lookup.case_in_reach(person, reference, timezone.localdate(at))
    back = lookup.way_back(case, person, timezone.localdate(at))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return render(request, "cases/case_message.html", {"case": case, "form": form, "back": back})
    add_message(case.pk, form.cleaned_data["text"], actor=person, at=at)
    messages.success(request, "Meddelandet är skickat.")
    return redirect(f"{back}#dialog")


def attachment(request: HttpRequest, reference: str, number: int) -> FileResponse:
    """A file of the case, always as a download. The look is logged."""
    person, day = signed_in(request), timezone.localdate()
    case = lookup.case_in_reach(person, reference, day)
    found = lookup.attachment_of(case, number, only_own=Who.REPORTER in capacities(case, person, day))
    lookup.note_read(person, access_of(person, day), "download", case=case, context={"file": found.pk})
    return FileResponse(found.file.open("rb"), as_attachment=True, filename=found.name, content_type=found.content_type)


def document(request: HttpRequest, reference: str, sort: str, number: int) -> HttpResponse | FileResponse:
    """A numbered document of the case. Until the worker has printed it the page says so."""
    person, day = signed_in(request), timezone.localdate()
    case = lookup.visible_case(person, reference, day, access_of(person, day))
    found = lookup.document_of(case, sort, number)
    lookup.note_read(person, access_of(person, day), "download", case=case, context={"document": found.pk})
    if not found.file:
        return render(request, "cases/document_waiting.html", {"case": case, "document": found}, status=202)
    name = f"{case.reference}-{sort}-{number}.pdf"
    return FileResponse(found.file.open("rb"), as_attachment=False, filename=name, content_type="application/pdf")


def my_reports(request: HttpRequest) -> HttpResponse:
    person, day = signed_in(request), timezone.localdate()
    page = cut(lookup.own_reports(person), request.GET.get("page", ""))
    rows = lookup.own_rows(page.rows, day)
    lookup.note_read(person, access_of(person, day), "list", context=shown(case.reference for case in page.rows))
    return render(request, "cases/my_reports.html", {"rows": rows, "page": page, "today": day})


def my_report(request: HttpRequest, reference: str) -> HttpResponse:
    person, day = signed_in(request), timezone.localdate()
    case = lookup.own_case(person, reference)
    lookup.note_read(person, access_of(person, day), "read", case=case)
    context = {
        **reporter_page(case, person, day),
        "today": day,
        "when": when_it_happened(case),
        "message_form": MessageForm(),
    }
    return render(request, "cases/my_report.html", context)


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    person = signed_in(request)
    form = NameForm(request.POST)
    query = request.POST.get("query", "")[:500]
    if form.is_valid():
        save_filter(person, name=form.cleaned_data["name"], query=query)
        messages.success(request, f"Filtret ”{form.cleaned_data['name']}” är sparat.")
    else:
        messages.error(request, "Skriv ett namn på filtret, högst 60 tecken.")
    return redirect(f"{lookup.LIST}?{query}")


@require_POST
def filter_drop(request: HttpRequest, number: int) -> HttpResponse:
    drop_filter(signed_in(request), number)
    messages.success(request, "Filtret är borttaget.")
    return redirect(lookup.LIST)
