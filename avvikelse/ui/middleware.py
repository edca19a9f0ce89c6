"""What every answer to somebody logged in has in common."""

from collections.abc import Callable

from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.http.response import HttpResponseBase

from .kept import LOG_IN, kept_page


class LogInKeepingWhatWasSent(LoginRequiredMiddleware):
    """Django's own, but a form that is sent after a log-out gets what was typed back instead of only the log-in."""

    def handle_no_permission(  # type: ignore[override] # (the stubs know of no other answer than a redirect)
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        return kept_page(request, LOG_IN) or super().handle_no_permission(request, view_func)


def refuse_nul(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Answer an address with a NUL in it as one that does not exist: PostgreSQL cannot hold it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return HttpResponseNotFound() if "\x00" in request.path else get_response(request)

    return middleware


def keep_nothing(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Tell browsers to keep no page that somebody logged in was shown: on a shared computer Back shows nothing."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated and not response.has_header("Cache-Control"):
            response.headers["Cache-Control"] = "no-store, private"
        return response

    return middleware
