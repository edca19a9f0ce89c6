"""What was sent in vain, after a log-out or with a token that had grown old: shown again, and sent by a new press.

Nothing is stored. What was typed travels only in the answer to the very browser that sent it, and only when the page
it was sent from was one of ours: whoever is shown it sees all of the words, and nothing is done until a button is
pressed. So it opens no way around the check it stands in for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers

TOKEN = "csrfmiddlewaretoken"  # noqa: S105 (a field's name)
NEVER_SHOWN = frozenset({"code", "demo_login"})
"""Addresses of ours where what is sent is a key and not a text. Log-in and passwords are allauth's and never kept."""
UNSEEN = frozenset({"version", "base", "route", "opened", "then", "page", "leave", "next"})
"""What the forms say to themselves."""
CHOSEN = re.compile(r"[a-z0-9_:.-]*")
"""A ticked choice, a day or a number: sent again, but of little help to read without its question."""
LONGEST = 500_000
"""So many characters in all are handed back; the longest form takes a fifth of it."""


@dataclass(frozen=True, slots=True)
class Door:
    """Why one is outside, where one gets in, and what is said on the way. `url` is the name of an address."""

    why: str
    url: str
    label: str
    done: str


LOG_IN = Door("Du har blivit utloggad.", "account_login", "Logga in i en ny flik", "Jag har loggat in")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 (Django's signature)
    """Answer a form whose token is missing, old or somebody else's."""
    match = request.resolver_match
    open_to_all = match is None or not getattr(match.func, "login_required", True)
    door = None if open_to_all or request.user.is_authenticated else LOG_IN
    return kept_page(request, door) or render(request, "403_csrf.html", status=403)


def kept_page(request: HttpRequest, door: Door | None) -> HttpResponse | None:
    """What was sent, with a way to send it again; through the door first, if there is one.

    None where there is nothing to keep, where it is too much or a key, or where another site may have sent it.
    """
    fields = sent_fields(request)
    if (
        not any(value for name, value in fields if name not in UNSEEN)
        or sum(len(value) for _, value in fields) > LONGEST
        or not (one_of_ours(request) and at_home(request))
    ):
        return None
    context = {
        "action": request.get_full_path(),
        "door": door,
        "fields": fields,
        "texts": [value for name, value in fields if name not in UNSEEN and not CHOSEN.fullmatch(value)],
        "files": bool(request.FILES),
    }
    response = render(request, "ui/kept.html", context, status=403)
    add_never_cache_headers(response)
    return response


def sent_fields(request: HttpRequest) -> list[tuple[str, str]]:
    """Every field and value in the order sent; nothing at all where a password is among them."""
    names = [name for name in request.POST if name != TOKEN]
    if any("password" in name for name in names):
        return []
    return [(name, value) for name in names for value in request.POST.getlist(name)]


def one_of_ours(request: HttpRequest) -> bool:
    """Whether the address is a page of the program's own rooms, where a text is sent and not a key."""
    match = request.resolver_match
    return match is not None and match.func.__module__.startswith("avvikelse.") and match.url_name not in NEVER_SHOWN


def at_home(request: HttpRequest) -> bool:
    """Whether nothing the browser says of where the form stood speaks of another site."""
    here = request.get_host()
    if request.headers.get("Sec-Fetch-Site", "same-origin") != "same-origin":
        return False
    if origin := request.headers.get("Origin"):
        return origin == f"{request.scheme}://{here}"
    referrer = request.headers.get("Referer")
    return not referrer or urlsplit(referrer).netloc == here
