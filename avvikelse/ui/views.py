"""Two pages of the frame itself: the accessibility statement and the wish to stay logged in."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from avvikelse.ui.session import EXTENDED_AT
from avvikelse.ui.statement import STATEMENT


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "ui/accessibility.html", {"statement": STATEMENT})


@require_safe
@never_cache
def stay(request: HttpRequest) -> HttpResponse:
    """Begin the session's time anew and answer {"seconds": int, "csrf": str}.

    The token lets a page that outlived a log-out send what was written in it, once its reader has logged in again.
    Who is logged out meets the log-in redirect instead, as everywhere.
    """
    request.session[EXTENDED_AT] = now().timestamp()
    return JsonResponse({"seconds": request.session.get_expiry_age(), "csrf": get_token(request)})
