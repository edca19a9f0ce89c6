from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.organisation import directory, operations
from avvikelse.organisation.asking import Asking, Done, ask, sent
from avvikelse.organisation.care import needs_care
from avvikelse.organisation.forms import MoveForm, RenameForm, UnitForm
from avvikelse.organisation.guards import only, signed_in
from avvikelse.organisation.models import Unit
from avvikelse.organisation.roles import Level, Role

SECTION = "units"


@require_safe
@only(Role.ADMINISTRATOR)
def organisation(request: HttpRequest) -> HttpResponse:
    day = localdate()
    context = {
        "section": SECTION,
        "care": needs_care(day),
        "tree": directory.tree(day),
        "closed": directory.closed_units(day),
    }
    return render(request, "organisation/organisation.html", context)


@require_safe
@only(Role.ADMINISTRATOR)
def unit_page(request: HttpRequest, unit_id: int) -> HttpResponse:
    day = localdate()
    unit = get_object_or_404(Unit, pk=unit_id)
    context = {
        "section": SECTION,
        "unit": unit,
        "is_open": unit.is_open(day),
        "above": directory.line_above(unit),
        "below": directory.units_under(unit, day),
        "roles": directory.roles_at(unit, day),
        "staff": directory.people("", unit, left=False).count(),
        "today": day,
    }
    return render(request, "organisation/unit.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def unit_add(request: HttpRequest) -> HttpResponse:
    at, actor = now(), signed_in(request)
    initial = {"parent": request.GET.get("under", "")}
    form = UnitForm(sent(request), units=directory.open_tree(localdate(at)), initial=initial)
    asking = Asking(
        title="Lägg till en enhet",
        button="Lägg till",
        back=reverse("organisation"),
        back_label="Organisation",
        section=SECTION,
        lead="En enhet, en avdelning, en förvaltning eller en nämnd.",
    )

    def act(facts: Mapping[str, Any]) -> Done:
        unit = operations.add_unit(facts["name"], Level(facts["level"]), facts["parent"], actor=actor, at=at)
        return Done(f"{unit.name} finns nu i organisationen.", reverse("unit_page", args=[unit.pk]))

    return ask(request, form, asking, act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def unit_rename(request: HttpRequest, unit_id: int) -> HttpResponse:
    at, actor, unit = now(), signed_in(request), get_object_or_404(Unit, pk=unit_id)
    form = RenameForm(sent(request), initial={"name": unit.name})
    notes = ("Namnet ändras överallt från nu. Det som redan är skrivet, som historik och handlingar, står kvar.",)
    asking = about_unit(unit, f"Byt namn på {unit.name}", "Byt namn", notes)

    def act(facts: Mapping[str, Any]) -> Done:
        renamed = operations.rename_unit(unit, facts["name"], actor=actor, at=at)
        return Done(f"{unit.name} heter nu {renamed.name}.")

    return ask(request, form, asking, act)


def about_unit(unit: Unit, title: str, button: str, notes: tuple[str, ...]) -> Asking:
    back = reverse("unit_page", args=[unit.pk])
    return Asking(title=title, button=button, back=back, back_label=unit.name, section=SECTION, notes=notes)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def unit_move(request: HttpRequest, unit_id: int) -> HttpResponse:
    at, actor, unit = now(), signed_in(request), get_object_or_404(Unit, pk=unit_id)
    above = directory.open_tree(localdate(at)).exclude(level=Level.UNIT)
    form = MoveForm(sent(request), units=above, initial={"parent": unit.parent_id})
    notes = (
        f"Allt som ligger under {unit.name} följer med.",
        "Chefen ovanför blir en annan och ser enhetens ärenden från nu. Den tidigare ser dem inte längre.",
    )
    asking = about_unit(unit, f"Flytta {unit.name}", "Flytta", notes)

    def act(facts: Mapping[str, Any]) -> Done:
        operations.move_unit(unit, facts["parent"], actor=actor, at=at)
        return Done(f"{unit.name} ligger nu under {facts['parent'].name}.")

    return ask(request, form, asking, act)
