"""An enskild verksamhet tells the nämnd of a report, by its link and without an account."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from avvikelse.cases.operations import MoveRefused
from avvikelse.lex_sarah import informed
from avvikelse.lex_sarah.informed_forms import TellForm
from avvikelse.lex_sarah.models import ProviderLink

from . import limits

OFTEN = "Många underrättelser har skickats på kort tid. Vänta en kvart och skicka igen. Det du skrev står kvar."


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def provider_tell(request: HttpRequest, secret: str) -> HttpResponse:
    """The form. A link that is wrong, old or revoked gets one page, whatever the reason."""
    link = informed.link_behind(secret, timezone.localdate())
    if link is None:
        return render(request, "public/provider_dead.html", status=404)
    sent = request.method == "POST"
    form = TellForm(request.POST, request.FILES) if sent else TellForm()
    if form.is_valid() and (reference := told(form, link, secret)):
        return render(request, "public/provider_thanks.html", {"reference": reference, "link": link})
    return render(request, "public/provider_tell.html", {"form": form, "link": link})


def told(form: TellForm, link: ProviderLink, secret: str) -> str:
    """The number of the case, or empty with the reason on the form."""
    if not limits.may_try(secret):
        form.add_error(None, OFTEN)
        return ""
    limits.count_miss(secret)
    source = informed.Source(link.provider, link.unit, link)
    try:
        with transaction.atomic():
            return informed.take_in(source, form.cleaned_data, at=timezone.now()).reference
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return ""
