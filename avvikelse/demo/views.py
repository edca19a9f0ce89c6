"""Log in as anyone in the practice municipality. Only there where DEMO is on, and DEMO is refused off loopback."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from .cast import one_of_the_cast, the_cast


@login_not_required
def demo_login(request: HttpRequest) -> HttpResponse:
    """Choose whom to be. POST logs in."""
    if not settings.DEMO:
        raise Http404
    if request.method == "POST":
        person = one_of_the_cast(request.POST.get("email", ""))
        if person is None:
            raise Http404
        login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
        request.session["extended_at"] = timezone.now().timestamp()
        return redirect("start")
    return render(request, "demo/login.html", {"cast": the_cast()})
