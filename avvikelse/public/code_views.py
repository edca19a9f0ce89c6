"""Following a report with its code. The code is never in an address, a log, a session or a cookie; its hash is."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from avvikelse.audit.operations import record_read
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, StaleCase, add_message, make_move
from avvikelse.cases.page import reporter_page
from avvikelse.cases.wording import when_it_happened
from avvikelse.intake.codes import hash_of, read_code
from avvikelse.ui.kept import Door, kept_page

from . import following, limits
from .following import CodeForm, MessageForm, MoveForm
from .queries import case_behind, dialogue_behind

WRONG = "Koden fungerar inte. Kontrollera att alla tecken är med. Har du försökt många gånger, vänta en kvart."
WITH_CODE = Door("Rapporten hade stängts.", "code", "Skriv koden i en ny flik", "Jag har skrivit koden")


@login_not_required
@never_cache
@sensitive_post_parameters("code")
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Enter the code, or see the report it opened."""
    if request.method == "POST":
        return entered(request, CodeForm(request.POST))
    case = case_behind(following.hash_in(request))
    if case is None:
        return render(request, "public/code.html", {"form": CodeForm()})
    return show(request, case, timezone.localdate())


def entered(request: HttpRequest, form: CodeForm) -> HttpResponse:
    """A code that is wrong, old or tried too often gets the same answer."""
    if form.is_valid():
        typed = read_code(form.cleaned_data["code"])
        tried = typed or form.cleaned_data["code"]
        if limits.may_try(tried):
            found = hash_of(typed) if typed else ""
            if case_behind(found):
                return following.remember(redirect("code"), found)
            limits.count_miss(tried)
        form.add_error("code", WRONG)
    return render(request, "public/code.html", {"form": form})


def show(request: HttpRequest, case: Case, day: date) -> HttpResponse:
    outsider = following.outsider(case)
    record_read(outsider.actor_key, action="read", table="cases_case", object_id=case.pk, reference=case.reference)
    context: dict[str, Any] = reporter_page(case, outsider, day)
    context["choices"] = [choice for choice in context["choices"] if choice.move.name in following.MOVES]
    context |= {
        "dialogue": dialogue_behind(case),
        "today": day,
        "when": when_it_happened(case),
        "done": request.GET.get("klart") == "1",
    }
    return render(request, "public/follow.html", context)


@login_not_required
@never_cache
@require_POST
def code_message(request: HttpRequest) -> HttpResponse:
    """Write in the dialogue."""
    case = case_behind(following.hash_in(request))
    if case is None:
        return kept_page(request, WITH_CODE) or redirect("code")
    form = MessageForm(request.POST)
    if not form.is_valid():
        return render(request, "public/message.html", {"case": case, "form": form})
    add_message(case.pk, form.cleaned_data["text"], actor=following.outsider(case), at=timezone.now())
    return redirect(f"{request.path.removesuffix('meddelande/')}?klart=1")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code_move(request: HttpRequest, move: str) -> HttpResponse:
    """Answer a question, or ask to take the report back."""
    asked = following.MOVES.get(move)
    if asked is None:
        raise Http404
    case = case_behind(following.hash_in(request))
    if case is None:
        return kept_page(request, WITH_CODE) or redirect("code")
    form = MoveForm(request.POST or None, asked=asked, initial={"version": case.version})
    if request.method == "POST" and form.is_valid() and made(case, move, asked.fact, form, timezone.now()):
        return redirect(f"{request.path.removesuffix(f'{move}/')}?klart=1")
    context = {"case": case, "form": form, "dialogue": dialogue_behind(case), "today": timezone.localdate()}
    return render(request, "public/move.html", context)


def made(case: Case, move: str, fact: str, form: MoveForm, at: datetime) -> bool:
    """Make the move; what stands in the way is said in the form, which keeps what was typed."""
    facts = {fact: form.cleaned_data["text"]}
    version = form.cleaned_data["version"]
    try:
        with transaction.atomic():
            make_move(case.pk, move, actor=following.outsider(case), version=version, at=at, facts=facts)
    except MoveRefused as refused:
        form.add_error(None, " ".join(refused.sentences))
        return False
    except StaleCase as stale:
        form.add_error(None, "Något hände med rapporten medan du skrev. Det du skrev finns kvar. Skicka igen.")
        form.data = {**form.data, "text": form.cleaned_data["text"], "version": str(stale.case.version)}
        return False
    return True


@login_not_required
@require_POST
def code_close(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 (as every view)
    """Leave the report, so that the next person at the computer does not see it."""
    return following.forget(redirect("code"))
