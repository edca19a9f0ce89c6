"""The page that says on which law the program rests."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .citations import table


@require_safe
def paragraphs(request: HttpRequest) -> HttpResponse:
    """Every duty with the wordings that hold or have held, for everybody who is logged in."""
    groups = [(about, list(rows)) for about, rows in groupby(table(), lambda row: row.about)]
    return render(request, "law/paragraphs.html", {"groups": groups})
