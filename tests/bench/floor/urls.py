"""The floor's pages: each does its SQL and gives the least HTML that shows the answer."""

import uuid

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path

from tests.bench.floor.models import Case, Event

FIELDS = ("id", "title", "unit", "state", "priority", "created")


def hello(_request: HttpRequest) -> HttpResponse:
    """No SQL at all."""
    return HttpResponse("hello")


@login_required
def cases(request: HttpRequest) -> HttpResponse:
    """The newest 50, of one state if asked."""
    rows = Case.objects.order_by("-created")
    if "state" in request.GET:
        rows = rows.filter(state=int(request.GET["state"]))
    return render(request, "floor/list.html", {"rows": rows.values_list(*FIELDS)[:50]})


@login_required
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with its events."""
    one = Case.objects.get(pk=pk)
    events = list(Event.objects.filter(case=one).order_by("at"))
    return render(request, "floor/case.html", {"c": one, "events": events})


def new(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends."""
    if request.method != "POST":
        return render(request, "floor/new.html", {"units": range(1, 21)})
    sent = request.POST
    made = Case.objects.create(
        title=sent["title"],
        body=sent["body"],
        unit=int(sent["unit"]),
        category=1,
        priority=3,
        submitter=sent["submitter"],
    )
    return redirect(f"/receipt/{made.pk}?{uuid.uuid4()}")


def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """What was sent."""
    return render(request, "floor/receipt.html", {"c": Case.objects.get(pk=pk)})


@login_required
def update(request: HttpRequest, pk: int) -> HttpResponse:
    """A new state and a text, in one transaction."""
    with transaction.atomic():
        one = Case.objects.select_for_update().get(pk=pk)
        state = int(request.POST["state"])
        Event.objects.create(case=one, author=request.user.pk, text=request.POST["text"], old=one.state, new=state)
        one.state = state
        one.save(update_fields=["state", "modified"])
    return redirect(f"/case/{pk}")


@login_required
def search(request: HttpRequest) -> HttpResponse:
    """The newest 25 that hold the words."""
    rows = Case.objects.extra(where=["fts @@ websearch_to_tsquery('swedish', %s)"], params=[request.GET["q"]])
    rows = rows.order_by("-created")
    return render(request, "floor/list.html", {"rows": rows.values_list(*FIELDS)[:25]})


urlpatterns = [
    path("hello", hello),
    path("cases", cases),
    path("case/<int:pk>", case),
    path("new", new),
    path("receipt/<int:pk>", receipt),
    path("case/<int:pk>/update", update),
    path("search", search),
    path("login", LoginView.as_view(template_name="floor/login.html", next_page="/cases")),
]
