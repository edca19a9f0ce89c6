"""A unit's link and QR code, for those who put it up."""

from __future__ import annotations

from io import BytesIO

import segno
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.preferences import LocalValues

from .operations import open_link, renew_link
from .queries import may_show_link, posters_for, unit_behind

QR_SCALE = 8


def signed_in(request: HttpRequest) -> Person:
    assert isinstance(request.user, Person)
    return request.user


def address_of(request: HttpRequest, unit: Unit) -> str:
    return request.build_absolute_uri(reverse("unit_link", args=[unit.link_secret]))


@require_safe
def unit_link_qr(request: HttpRequest, secret: str) -> HttpResponse:
    """The link as a QR code, for the unit's own people."""
    day = timezone.localdate()
    unit = unit_behind(secret, day)
    if unit is None or not may_show_link(signed_in(request), unit, day):
        raise Http404
    drawing = BytesIO()
    segno.make(address_of(request, unit), error="m", micro=False).save(
        drawing, kind="svg", scale=QR_SCALE, border=4, dark="#000", light="#fff", xmldecl=False, title="QR-kod"
    )
    return HttpResponse(drawing.getvalue(), content_type="image/svg+xml")


@require_safe
def unit_link_posters(request: HttpRequest) -> HttpResponse:
    """The units one may put up the link of; straight to it when there is one."""
    units = posters_for(signed_in(request), timezone.localdate())
    if not units:
        raise Http404
    if len(units) == 1:
        return redirect("unit_link_poster", units[0].pk)
    return render(request, "public/posters.html", {"units": units})


def poster_unit(request: HttpRequest, unit_id: int) -> Unit:
    """A unit that the person leads, else 404."""
    found = next((unit for unit in posters_for(signed_in(request), timezone.localdate()) if unit.pk == unit_id), None)
    if found is None:
        raise Http404
    return found


@require_safe
def unit_link_poster(request: HttpRequest, unit_id: int) -> HttpResponse:
    """The sheet to print and put up."""
    unit = poster_unit(request, unit_id)
    local = LocalValues(timezone.localdate())
    context = {
        "unit": unit,
        "address": address_of(request, unit),
        "allowed": local.flag("unit_links"),
        "anonymous": local.flag("anonymous_reports"),
    }
    return render(request, "public/poster.html", context)


@require_POST
def unit_link_change(request: HttpRequest, unit_id: int) -> HttpResponse:
    """Close, open or renew the link."""
    unit, actor = poster_unit(request, unit_id), signed_in(request)
    wish = request.POST.get("wish", "")
    if wish == "renew":
        renew_link(unit, actor=actor)
        messages.success(request, "Enheten har en ny länk. Ta ner gamla anslag: deras QR-kod fungerar inte längre.")
    elif wish in {"open", "close"}:
        open_link(unit, is_open=wish == "open", actor=actor)
        messages.success(request, "Länken är öppen." if wish == "open" else "Länken är stängd.")
    return redirect("unit_link_poster", unit.pk)
