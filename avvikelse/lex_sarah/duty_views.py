"""The pages of the duty to report: for everybody to read, and for those who see to it that everybody does."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.cases.viewer import viewer_of

from . import duty


@require_http_methods(["GET", "POST"])
def duty_page(request: HttpRequest) -> HttpResponse:
    """The text and the law of today, and "Jag har läst och förstått" when it is time."""
    viewer = viewer_of(request)
    if request.method == "POST":
        try:
            duty.confirm_duty(viewer, request.POST.get("wording", ""))
        except duty.WordingChanged:
            messages.error(request, duty.CHANGED)
            return redirect("duty")
        messages.success(request, "Tack. Det är noterat att du har läst och förstått.")
        return redirect("duty")
    days, read = viewer.local.number("duty_days"), duty.latest_reading(viewer.person)
    context = {
        "wording": duty.wording(viewer.day),
        "due": duty.duty_is_due(viewer),
        "read": read,
        "again_on": localdate(read.at) + timedelta(days=days) if read else None,
        "report_law": duty.cited("report", viewer.day),
        "how_soon": duty.how_soon(viewer.day),
        "inform_law": duty.cited("inform_staff", viewer.day),
        "follows": bool(duty.units_followed(viewer.access)),
        "today": viewer.day,
    }
    return render(request, "lex_sarah/duty.html", context)


@require_safe
def duty_units(request: HttpRequest) -> HttpResponse:
    """How many know of the duty at each unit, without names."""
    viewer = viewer_of(request)
    found = duty.shares(viewer, duty.must_follow(viewer))
    days = viewer.local.number("duty_days")
    context = {"rows": found, "whole": duty.whole(found), "days": days}
    return render(request, "lex_sarah/duty_units.html", context)
