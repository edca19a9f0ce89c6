"""SAS's pages of the underrättelser: the links to providers, and writing down what was told in another way."""

from __future__ import annotations

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avvikelse.cases.operations import MoveRefused
from avvikelse.cases.viewer import Viewer, viewer_of

from . import informed
from .informed_forms import LinkForm, RegisterForm


@require_safe
def provider_links(request: HttpRequest) -> HttpResponse:
    viewer = viewer_of(request)
    rows = [(link, link.is_open(viewer.day)) for link in informed.links_of(viewer)]
    return render(request, "lex_sarah/provider_links.html", {"rows": rows, "today": viewer.day})


@require_http_methods(["GET", "POST"])
def provider_link_new(request: HttpRequest) -> HttpResponse:
    """Make a link. Its address is shown on the answer to the form, and never again."""
    viewer = viewer_of(request)
    form = LinkForm(request.POST if request.method == "POST" else None, units=informed.units_of(viewer))
    if not form.is_valid():
        return render(request, "lex_sarah/provider_link_new.html", {"form": form})
    secret = informed.make_link(actor=viewer.person, at=viewer.at, **form.cleaned_data)
    address = request.build_absolute_uri(reverse("provider_tell", args=[secret]))
    days = viewer.local.number("provider_link_days")
    context = {"address": address, "provider": form.cleaned_data["provider"], "days": days}
    return render(request, "lex_sarah/provider_link_made.html", context)


@require_POST
def provider_link_revoke(request: HttpRequest, number: int) -> HttpResponse:
    viewer = viewer_of(request)
    link = informed.link_of(viewer, number)
    informed.revoke_link(link, actor=viewer.person, at=viewer.at)
    messages.success(request, f"Länken till {link.provider} är stängd.")
    return redirect("provider_links")


@require_http_methods(["GET", "POST"])
def informed_new(request: HttpRequest) -> HttpResponse:
    """Write down what a provider told by letter, mail or telephone."""
    viewer = viewer_of(request)
    sent = request.method == "POST"
    data, files = (request.POST, request.FILES) if sent else (None, None)
    form = RegisterForm(data, files, units=informed.units_of(viewer))
    if form.is_valid() and (reference := taken_in(form, viewer)):
        messages.success(request, "Klart. Underrättelsen är registrerad.")
        return redirect("case_page", reference)
    return render(request, "lex_sarah/informed_new.html", {"form": form})


def taken_in(form: RegisterForm, viewer: Viewer) -> str:
    """The number of the case, or empty with the reason on the form."""
    told = form.cleaned_data
    source = informed.Source(told["provider"], told["unit"], entered_by=viewer.person)
    try:
        with transaction.atomic():
            return informed.take_in(source, told, at=viewer.at).reference
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return ""
