"""The register: on screen, on paper and as a workbook."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from avvikelse.audit.operations import shown
from avvikelse.cases.listing import page_of
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.documents.render import RenderError
from avvikelse.organisation.roles import Role
from avvikelse.ui.period import Period, PeriodForm

from .excel import workbook
from .paper import printed_register, sums_in_lines, too_long
from .register import Register, must_keep, read_register, this_year

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def asked(request: HttpRequest) -> tuple[Viewer, PeriodForm, Period, Register]:
    """Who asks, for which period, and what the register has of it; 404 for whoever keeps no register."""
    viewer = viewer_of(request)
    must_keep(viewer)
    form = PeriodForm(request.GET)
    period = form.period(this_year(viewer.day))
    return viewer, form, period, read_register(viewer, period)


def as_address(period: Period) -> str:
    return urlencode({"fran": str(period.first), "till": str(period.last)})


@require_safe
def register_page(request: HttpRequest) -> HttpResponse:
    viewer, form, period, register = asked(request)
    page = page_of(register.rows, request.GET.get("page", ""))
    viewer.note_read("list", context=shown(row.reference for row in page.rows))
    context = {
        "page": page,
        "number": len(register.rows),
        "sums": sums_in_lines(register),
        "period": period,
        "period_form": form,
        "address": as_address(period),
        "today": viewer.day,
        "is_sas": viewer.access.has(Role.SAS),
    }
    return render(request, "reports/register.html", context)


@require_safe
def register_pdf(request: HttpRequest) -> HttpResponse:
    """A print of the day. When it cannot be made there is a sentence, and the page is still there."""
    viewer, _, period, register = asked(request)
    if sentence := too_long(register):
        messages.error(request, sentence)
        return redirect(f"{reverse('register')}?{as_address(period)}")
    note_download(viewer, register, "pdf")
    try:
        paper = printed_register(register, period, viewer)
    except RenderError as error:
        return HttpResponse(f"{error} Välj en kortare period.", status=503, content_type="text/plain; charset=utf-8")
    return as_file(paper, "application/pdf", period, "pdf")


@require_safe
def register_excel(request: HttpRequest) -> HttpResponse:
    viewer, _, period, register = asked(request)
    note_download(viewer, register, "xlsx")
    book = workbook(register, period, municipality=settings.MUNICIPALITY, at=viewer.at)
    return as_file(book, EXCEL, period, "xlsx")


def note_download(viewer: Viewer, register: Register, sort: str) -> None:
    viewer.note_read("download", context={"format": sort, **shown(row.reference for row in register.rows)})


def as_file(content: bytes, content_type: str, period: Period, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    name = f"register-{period.first}-{period.last}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
