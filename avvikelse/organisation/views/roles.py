from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.organisation import directory, operations
from avvikelse.organisation.access import access_of
from avvikelse.organisation.asking import Done, ask, sent
from avvikelse.organisation.forms import AbsenceForm, ConfirmForm, DeputyForm, RoleForm
from avvikelse.organisation.guards import only, signed_in
from avvikelse.organisation.models import Absence, Person
from avvikelse.organisation.roles import Basis, Role, in_text
from avvikelse.ui import words

from .people import about_person

PAGE = 50


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def role_add(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    initial = {"unit": person.home_unit_id, "valid_from": localdate(at)}
    form = RoleForm(sent(request), units=directory.open_tree(localdate(at)), initial=initial)
    asking = about_person(
        person,
        f"Ge {person.name} en roll",
        "Ge rollen",
        "Rollen avgör vilka ärenden personen ser. Förvaltningschefen får veta det.",
    )

    def act(facts: Mapping[str, Any]) -> Done:
        row = operations.give_role(person, **facts, actor=actor, at=at)
        begins = words.day(row.valid_from, localdate(at))
        return Done(f"{person.name} är {in_text(row.role)} vid {row.unit.name} från {begins}.")

    return ask(request, form, asking, act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def deputy_add(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    day = localdate(at)
    form = DeputyForm(
        sent(request),
        rows=directory.own_roles(person, day),
        suggested=directory.chosen_near(person, day),
        initial={"valid_from": day},
    )
    lead = "En ersättare ser samma ärenden som den ordinarie under perioden, men inte de som gäller den ordinarie."

    def act(facts: Mapping[str, Any]) -> Done:
        rows = operations.appoint_deputy(
            person,
            facts["deputy"],
            facts["roles"],
            valid_from=facts["valid_from"],
            valid_to=facts["valid_to"],
            basis=Basis(facts["basis"]),
            actor=actor,
            at=at,
        )
        until = words.day(max(row.valid_to for row in rows if row.valid_to))
        how = "ersätter" if facts["basis"] == Basis.DEPUTY else "har delegation från"
        return Done(f"{facts['deputy'].name} {how} {person.name} till och med {until}.")

    return ask(request, form, about_person(person, f"Ersättare för {person.name}", "Spara", lead), act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def absence_add(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    form = AbsenceForm(sent(request), initial={"from_day": localdate(at)})
    lead = "Utan ersättare går det som väntar på en chef till chefen ovanför, som får veta varför."

    def act(facts: Mapping[str, Any]) -> Done:
        absence = operations.register_absence(person, **facts, actor=actor, at=at)
        return Done(f"{person.name} är borta till och med {words.day(absence.to_day)}.")

    return ask(request, form, about_person(person, f"{person.name} är borta", "Spara", lead), act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def absence_remove(request: HttpRequest, absence_id: int) -> HttpResponse:
    at, actor, absence = now(), signed_in(request), get_object_or_404(Absence, pk=absence_id)
    person = absence.person
    period = f"{words.day(absence.from_day)} till och med {words.day(absence.to_day)}"
    asking = about_person(person, f"{person.name} är tillbaka", "Ta bort frånvaron", f"Frånvaron gäller {period}.")

    def act(_facts: Mapping[str, Any]) -> Done:
        operations.remove_absence(absence, actor=actor, at=at)
        return Done(f"{person.name} är inte längre borta.")

    return ask(request, ConfirmForm(sent(request)), asking, act)


@require_safe
@only(Role.ADMINISTRATOR, Role.DIRECTOR)
def role_changes(request: HttpRequest) -> HttpResponse:
    day = localdate()
    access = access_of(signed_in(request), day)
    found = directory.role_changes_since(access, day)
    context = {
        "section": "changes" if access.has(Role.ADMINISTRATOR) else "",
        "changes": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "days": directory.TOLD_DAYS,
        "today": day,
    }
    return render(request, "organisation/role_changes.html", context)
