"""The lists: cases with their filters, and one's own reports."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from avvikelse.audit.operations import shown

from . import lookup
from .dialogue import NameForm
from .filters import LONGEST_QUERY, CaseFilter, without_noise
from .listing import count_words, cut, cut_reports, rows_of, saved_filters
from .operations import drop_filter, save_filter
from .viewer import signed_in, viewer_of


def case_list(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    form = CaseFilter(request.GET)
    found = form.apply(viewer.cases, viewer.day)
    page = cut(found, request.GET.get("page", ""))
    nearly = bool(form.words and not page.rows and page.number == 1)
    if nearly:
        found = form.apply_nearly(viewer.cases, viewer.day)
        page = cut(found, "")
    rows = rows_of(page.rows, viewer.day)
    viewer.note_read("list", context=shown(row.reference for row in rows))
    selects = form.selects(frozenset(unit for grant in viewer.access.grants for unit in grant.unit_ids))
    context = {
        "form": form,
        "rows": rows,
        "nearly": nearly,
        "page": page,
        "count": count_words(found, page),
        "selects": selects,
        "chosen": form.chosen(selects),
        "saved": saved_filters(viewer.person),
        "query": without_noise(request.GET),
        "handed_over": [] if page.number > 1 or form.narrows else lookup.handed_over(viewer),
    }
    return render(request, "cases/case_list.html", context)


def my_reports(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    page = cut_reports(viewer.reports.newest_first(), request.GET.get("page", ""))
    rows = lookup.own_rows(page.rows, viewer.day)
    viewer.note_read("list", context=shown(case.reference for case in page.rows))
    return render(request, "cases/my_reports.html", {"rows": rows, "page": page, "today": viewer.day})


@require_POST
def filter_save(request: HttpRequest) -> HttpResponse:
    """Keep what was chosen under a name."""
    form = NameForm(request.POST)
    query = without_noise(QueryDict(request.POST.get("query", "")))
    if len(query) > LONGEST_QUERY:
        messages.error(request, "Det du har valt är för långt att spara. Korta ner det du söker efter.")
    elif form.is_valid():
        save_filter(signed_in(request), name=form.cleaned_data["name"], query=query)
        messages.success(request, f"Filtret ”{form.cleaned_data['name']}” är sparat.")
    else:
        messages.error(request, "Skriv ett namn på filtret, högst 60 tecken.")
    return redirect(f"{lookup.LIST}?{query}")


@require_POST
def filter_drop(request: HttpRequest, number: int) -> HttpResponse:
    drop_filter(signed_in(request), number)
    messages.success(request, "Filtret är borttaget.")
    return redirect(lookup.LIST)
