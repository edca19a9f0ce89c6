from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.organisation import directory, operations
from avvikelse.organisation.asking import Asking, Done, ask, sent
from avvikelse.organisation.decided import decided, decided_value
from avvikelse.organisation.forms import CategoryForm, ClosedDayForm, ConfirmForm, LastDayForm, PreferenceForm
from avvikelse.organisation.guards import only, signed_in
from avvikelse.organisation.models import Category, ClosedDay, Lagrum
from avvikelse.organisation.preferences import BY_KEY
from avvikelse.organisation.roles import Role
from avvikelse.ui import words


@require_safe
@only(Role.ADMINISTRATOR)
def preferences(request: HttpRequest) -> HttpResponse:
    day = localdate()
    values = decided(day)
    context = {
        "section": "preferences",
        "values": [value for value in values if not value.preference.long],
        "texts": [value for value in values if value.preference.long],
        "today": day,
    }
    return render(request, "organisation/preferences.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def preference_change(request: HttpRequest, key: str) -> HttpResponse:
    at, actor = now(), signed_in(request)
    day = localdate(at)
    if key not in BY_KEY:
        raise Http404
    value = decided_value(key, day)
    initial = {"value": value.preference.store(value.now), "valid_from": day}
    form = PreferenceForm(sent(request), preference=value.preference, initial=initial)
    asking = Asking(
        title=f"Ändra: {value.preference.label}",
        button="Spara",
        back=reverse("preferences"),
        back_label="Värden och texter",
        section="preferences",
        template="organisation/preference.html",
    )

    def act(facts: Mapping[str, Any]) -> Done:
        row = operations.change_preference(key, facts["value"], facts["valid_from"], actor=actor, at=at)
        return Done(f"”{value.preference.label}” är ändrat och gäller från {words.day(row.valid_from, day)}.")

    return ask(request, form, asking, act, value=value, today=day)


@require_safe
@only(Role.ADMINISTRATOR)
def categories(request: HttpRequest) -> HttpResponse:
    day = localdate()
    rows = directory.categories(day)
    context = {
        "section": "categories",
        "by_lagrum": [(lagrum.label, [row for row in rows if row.lagrum == lagrum]) for lagrum in Lagrum],
        "ended": directory.ended_categories(day),
        "today": day,
    }
    return render(request, "organisation/categories.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def category_add(request: HttpRequest) -> HttpResponse:
    at, actor = now(), signed_in(request)
    form = CategoryForm(sent(request), groups=directory.category_groups(), initial={"valid_from": localdate(at)})
    asking = Asking(
        title="Lägg till en kategori",
        button="Lägg till",
        back=reverse("categories"),
        back_label="Kategorier",
        section="categories",
    )

    def act(facts: Mapping[str, Any]) -> Done:
        row = operations.add_category(**facts, actor=actor, at=at)
        return Done(f"Kategorin {row} finns från {words.day(row.valid_from, localdate(at))}.")

    return ask(request, form, asking, act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def category_end(request: HttpRequest, category_id: int) -> HttpResponse:
    at, actor, category = now(), signed_in(request), get_object_or_404(Category, pk=category_id)
    form = LastDayForm(sent(request), initial={"last_day": localdate(at)})
    asking = Asking(
        title=f"Avsluta kategorin {category}",
        button="Avsluta",
        back=reverse("categories"),
        back_label="Kategorier",
        section="categories",
        notes=("Ärenden som redan har kategorin behåller den.",),
    )

    def act(facts: Mapping[str, Any]) -> Done:
        operations.end_category(category, facts["last_day"], actor=actor, at=at)
        return Done(f"Kategorin {category} är avslutad.")

    return ask(request, form, asking, act)


@require_safe
@only(Role.ADMINISTRATOR)
def closed_days(request: HttpRequest) -> HttpResponse:
    day = localdate()
    coming, earlier = directory.closed_days(day)
    context = {"section": "closed_days", "coming": coming, "earlier": earlier, "today": day}
    return render(request, "organisation/closed_days.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def closed_day_add(request: HttpRequest) -> HttpResponse:
    at, actor = now(), signed_in(request)
    asking = about_closed_days("Lägg till en stängd dag", "Lägg till")

    def act(facts: Mapping[str, Any]) -> Done:
        row = operations.add_closed_day(facts["day"], facts["name"], actor=actor, at=at)
        return Done(f"{words.weekday(row.day).capitalize()} är nu en stängd dag.")

    return ask(request, ClosedDayForm(sent(request)), asking, act)


def about_closed_days(title: str, button: str) -> Asking:
    return Asking(
        title=title,
        button=button,
        back=reverse("closed_days"),
        back_label="Stängda dagar",
        section="closed_days",
        notes=(
            "En stängd dag räknas inte som arbetsdag när kommunens egna tider räknas ut från nu.",
            "Tider som redan är satta ändras inte, och tider i lag påverkas aldrig.",
        ),
    )


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def closed_day_remove(request: HttpRequest, closed_day_id: int) -> HttpResponse:
    at, actor, row = now(), signed_in(request), get_object_or_404(ClosedDay, pk=closed_day_id)
    asking = about_closed_days(f"Ta bort {words.weekday(row.day, localdate(at))}", "Ta bort")

    def act(_facts: Mapping[str, Any]) -> Done:
        operations.remove_closed_day(row, actor=actor, at=at)
        return Done(f"{words.weekday(row.day).capitalize()} är en vanlig dag igen.")

    return ask(request, ConfirmForm(sent(request)), asking, act)
