"""The page of the delegated decisions, and the lists that are written of them."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.audit.operations import shown
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.ui.period import Period, PeriodForm
from avvikelse.ui.words import amount

from . import reporting


@require_http_methods(["GET", "POST"])
def delegated(request: HttpRequest) -> HttpResponse:
    """What is left to report in a period; for a registrator numbers and dates. "Skriv handling" makes the list."""
    viewer = viewer_of(request)
    sees = reporting.must_follow(viewer)
    cases = reporting.cases_of(viewer, sees=sees)
    form = PeriodForm(request.POST if request.method == "POST" else request.GET)
    period = form.period(reporting.everything(cases, viewer.day))
    if request.method == "POST" and form.is_valid() and wrote(request, viewer, period):
        return redirect("delegated")
    left = reporting.within(reporting.unreported(cases), period)
    rows = reporting.as_listed(reporting.with_decider(left)) if sees else []
    bare = [] if sees else reporting.numbers_and_dates(left)
    viewer.note_read("list", context=shown([row.reference for row in rows] or [reference for reference, _ in bare]))
    context = {
        "sees": sees,
        "rows": rows,
        "bare": bare,
        "period": period,
        "period_form": form,
        "written": reporting.written(viewer, sees=sees),
        "today": viewer.day,
    }
    return render(request, "lex_sarah/delegated.html", context)


def wrote(request: HttpRequest, viewer: Viewer, period: Period) -> bool:
    """Write the list and say so, or say why it could not be written."""
    reporting.must_report(viewer)
    try:
        made = reporting.write_reporting(viewer, period)
    except reporting.NothingToReport:
        messages.error(request, "Inget beslut i perioden är kvar att återrapportera. Ingen handling skrevs.")
        return False
    number = amount(made.rulings.count(), "beslut", "beslut")
    messages.success(request, f"Klart. {made.document} är skriven och låst, med {number}.")
    return True


@require_safe
def delegated_document(request: HttpRequest, number: int) -> HttpResponse | FileResponse:
    """A list as it was written. Until the worker has printed it the page says so."""
    viewer = viewer_of(request)
    found = reporting.readable_reporting(viewer, number)
    document = found.document
    context = {"document": document.pk, **shown(reporting.references_in(found))}
    viewer.note_read("download" if document.file else "read", context=context)
    if not document.file:
        return render(request, "lex_sarah/delegated_waiting.html", {"document": document}, status=202)
    name = f"delegationsbeslut-{found.at.year}-{document.number}.pdf"
    return FileResponse(document.file.open("rb"), as_attachment=False, filename=name, content_type="application/pdf")
