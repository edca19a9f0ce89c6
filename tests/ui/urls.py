"""The addresses the frame names, and no room behind them."""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def nothing(_: HttpRequest) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("", nothing, name="start"),
    path("mina-rapporter/", nothing, name="my_reports"),
    path("mina-utkast/", nothing, name="my_drafts"),
    path("konto/", include("allauth.urls")),
    path("", include("avvikelse.ui.urls")),
]
