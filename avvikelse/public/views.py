"""Rapportera by a unit's link, open to the street."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any, TypeAlias

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from avvikelse.intake import pages
from avvikelse.intake.codes import new_code
from avvikelse.intake.desk import Desk, kept_by_browser, let_browser_keep, new_draft
from avvikelse.intake.queries import link_draft
from avvikelse.intake.questions import QUESTIONS
from avvikelse.intake.receipt import still_shown

from .queries import unit_behind

AtDesk: TypeAlias = Callable[..., HttpResponse]


def through_link(view: AtDesk) -> AtDesk:
    """Give the view the desk behind the link. A link that leads nowhere gets one page, whatever the reason."""

    @wraps(view)
    def with_desk(request: HttpRequest, secret: str, **more: Any) -> HttpResponse:
        desk = desk_behind(request, secret)
        if desk is None:
            return render(request, "public/dead_link.html", status=404)
        return view(request, desk, **more)

    return with_desk


def desk_behind(request: HttpRequest, secret: str) -> Desk | None:
    """The desk of whoever came by the link, with the draft that this browser keeps."""
    at = timezone.now()
    unit = unit_behind(secret, timezone.localdate(at))
    if unit is None:
        return None
    key, code = kept_by_browser(request)
    draft = (link_draft(unit, key) if key else None) or new_draft(at, key)
    desk = Desk(draft=draft, code=code or new_code(), at=at, code_kept=bool(code), unit=unit, secret=secret)
    return desk if desk.local.flag("unit_links") else None


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@through_link
def unit_link(request: HttpRequest, desk: Desk) -> HttpResponse:
    """What the link is for. Beginning anew gives the browser a new draft and a new code."""
    if request.method == "POST":
        fresh = replace(desk, draft=new_draft(desk.at), code=new_code(), code_kept=False)
        return let_browser_keep(redirect(fresh.url("question", QUESTIONS[0].slug)), fresh)
    case = pages.case_of(desk)
    context = {
        "desk": desk,
        "begun": not desk.new,
        "receipt": case is not None and still_shown(case, desk.at),
        "anonymous": desk.anonymous_allowed,
        **pages.readers_beforehand(desk),
    }
    return render(request, "public/unit_link.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@through_link
def unit_link_question(request: HttpRequest, desk: Desk, question: str) -> HttpResponse:
    return pages.question_page(request, desk, question)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@through_link
def unit_link_all(request: HttpRequest, desk: Desk) -> HttpResponse:
    return pages.all_page(request, desk)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@through_link
def unit_link_check(request: HttpRequest, desk: Desk) -> HttpResponse:
    return pages.check_page(request, desk)


@login_not_required
@require_POST
@through_link
def unit_link_save(request: HttpRequest, desk: Desk) -> HttpResponse:
    return pages.save_page(request, desk)


@login_not_required
@require_POST
@through_link
def unit_link_file_remove(request: HttpRequest, desk: Desk, number: int) -> HttpResponse:
    return pages.file_remove(request, desk, number)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
@through_link
def unit_link_receipt(request: HttpRequest, desk: Desk) -> HttpResponse:
    """The receipt with its code, to the browser that sent it and for a short while."""
    case = pages.case_of(desk)
    if case is None or not still_shown(case, desk.at):
        return redirect("unit_link", desk.secret)
    if request.method == "POST":
        return pages.closed_receipt(desk, desk.path)
    return pages.receipt_page(request, desk, case, pages.code_key(desk.code))


@login_not_required
@never_cache
@require_safe
@through_link
def unit_link_receipt_pdf(request: HttpRequest, desk: Desk) -> HttpResponse:
    case = pages.case_of(desk)
    if case is None or not still_shown(case, desk.at):
        raise Http404
    return pages.receipt_pdf(request, desk, case, pages.code_key(desk.code))
