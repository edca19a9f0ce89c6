"""Rapportera for those with an account."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avvikelse.cases.models import Case
from avvikelse.cases.viewer import signed_in, viewer_of
from avvikelse.ui.kept import LOG_IN, kept_page

from . import pages
from .desk import Desk, code_for, kept_by_browser, new_draft
from .operations import DRAFT_DAYS, remove_draft
from .queries import draft_of, drafts_of, sent_draft, sent_with
from .questions import QUESTIONS
from .receipt import still_shown


def desk_of(request: HttpRequest, key: UUID) -> Desk:
    """The writer's desk with this draft, or with a new one of that key. Somebody else's draft is a 404."""
    at, person = timezone.now(), signed_in(request)
    code, known = code_for(request, key)
    draft = draft_of(person, key) or new_draft(at, key)
    # A page is drawn with a menu, which needs the viewer anyway; what is sent mostly leads to another page.
    local = viewer_of(request).local if request.method == "GET" else None
    return Desk(draft=draft, code=code, at=at, code_kept=known, writer=person, known_local=local)


def sent_by(request: HttpRequest, key: UUID) -> tuple[Desk, Case, str] | None:
    """The desk, the case and who looks: its author, or for a short while the browser that sent it."""
    at = timezone.now()
    kept, code = kept_by_browser(request)
    desk = Desk(draft=new_draft(at, key), code=code if kept == key else "", at=at, code_kept=kept == key)
    if request.user.is_authenticated:
        desk = replace(desk, writer=signed_in(request), known_local=viewer_of(request).local)
        draft = draft_of(signed_in(request), key)
        if draft and draft.case:
            return desk, draft.case, signed_in(request).actor_key
    if not desk.code_kept:
        return None
    draft = sent_draft(key)
    case = draft.case if draft else sent_with(code)
    if case is None or not still_shown(case, at):
        return None
    by = draft.author.actor_key if draft and draft.author else pages.code_key(code)
    return desk, case, by


def or_receipt(view: Callable[[HttpRequest, UUID], HttpResponse]) -> Callable[[HttpRequest, UUID], HttpResponse]:
    """Log-in is required, but "Skicka in och logga ut" pressed twice leads to the receipt and not to the log-in."""

    @wraps(view)
    def signed_in_or_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
        if request.user.is_authenticated:
            return view(request, key)
        if sent_by(request, key):
            return redirect("report_receipt", key)
        return kept_page(request, LOG_IN) or redirect_to_login(request.get_full_path())

    return signed_in_or_receipt


@never_cache
@require_safe
def report_start(request: HttpRequest) -> HttpResponse:
    """The one door. Nothing is saved until something is written."""
    drafts = list(drafts_of(signed_in(request))[:1])
    key = uuid4()
    if not drafts:
        return redirect("report_question", key, QUESTIONS[0].slug)
    return render(request, "intake/start.html", {"draft": drafts[0], "key": key, "today": timezone.localdate()})


@never_cache
@require_http_methods(["GET", "POST"])
def report_question(request: HttpRequest, key: UUID, question: str) -> HttpResponse:
    return pages.question_page(request, desk_of(request, key), question)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@or_receipt
def report_all(request: HttpRequest, key: UUID) -> HttpResponse:
    return pages.all_page(request, desk_of(request, key))


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@or_receipt
def report_check(request: HttpRequest, key: UUID) -> HttpResponse:
    return pages.check_page(request, desk_of(request, key))


@require_POST
def report_save(request: HttpRequest, key: UUID) -> HttpResponse:
    return pages.save_page(request, desk_of(request, key))


@require_POST
def report_file_remove(request: HttpRequest, key: UUID, number: int) -> HttpResponse:
    return pages.file_remove(request, desk_of(request, key), number)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def report_receipt(request: HttpRequest, key: UUID) -> HttpResponse:
    """The receipt. Open to the browser that sent it for a while, also after "Skicka in och logga ut"."""
    found = sent_by(request, key)
    if found is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return redirect("report_check", key)
    desk, case, by = found
    if request.method == "POST":
        return pages.closed_receipt(desk, "start" if request.user.is_authenticated else "account_login")
    return pages.receipt_page(request, desk, case, by)


@login_not_required
@never_cache
@require_safe
def report_receipt_pdf(request: HttpRequest, key: UUID) -> HttpResponse:
    found = sent_by(request, key)
    if found is None:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        raise Http404
    return pages.receipt_pdf(request, *found)


@never_cache
@require_safe
def my_drafts(request: HttpRequest) -> HttpResponse:
    context = {"drafts": drafts_of(signed_in(request)), "today": timezone.localdate(), "days": DRAFT_DAYS}
    return render(request, "intake/drafts.html", context)


@require_POST
def draft_remove(request: HttpRequest, key: UUID) -> HttpResponse:
    person = signed_in(request)
    draft = draft_of(person, key)
    if draft is None:
        raise Http404
    remove_draft(person, draft)
    messages.success(request, "Utkastet är borttaget.")
    return redirect("my_drafts")
