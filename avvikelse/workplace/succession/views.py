from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from avvikelse.organisation import directory
from avvikelse.organisation.asking import Asking, Done, ask, sent
from avvikelse.organisation.guards import only, signed_in
from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.roles import Role, in_text
from avvikelse.ui import words

from . import operations
from .forms import CloseForm, EndRoleForm, LeaveForm


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def unit_close(request: HttpRequest, unit_id: int) -> HttpResponse:
    at, actor, unit = now(), signed_in(request), get_object_or_404(Unit, pk=unit_id, closed_on=None)
    units = directory.open_tree(localdate(at)).filter(level=unit.level).exclude(pk=unit.pk)
    form = CloseForm(sent(request), units=units)
    asking = Asking(
        title=f"Stäng {unit.name}",
        button="Stäng enheten",
        back=reverse("unit_page", args=[unit.pk]),
        back_label=unit.name,
        section="units",
        danger=True,
        template="workplace/succession_unit.html",
    )

    def act(facts: Mapping[str, Any]) -> Done:
        moved = operations.close_unit(unit, facts["successor"], actor=actor, at=at)
        cases = words.amount(moved, "öppet ärende", "öppna ärenden").capitalize()
        return Done(f"{unit.name} är stängd. {cases} flyttades till {facts['successor'].name}.")

    people = directory.people("", unit, left=False).count()
    return ask(request, form, asking, act, unit=unit, work=operations.open_work_at(unit), people=people)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def person_leave(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    person = get_object_or_404(Person, pk=person_id, is_active=True)
    day, work = localdate(at), operations.open_work_of(person)
    form = LeaveForm(
        sent(request),
        suggested=directory.chosen_near(person, day),
        has_work=bool(work),
    )
    asking = about_person(person, f"{person.name} slutar", "Avsluta i dag", "workplace/succession_person.html")

    def act(facts: Mapping[str, Any]) -> Done:
        to = facts.get("to")
        passed = operations.leave(person, to, actor=actor, at=at)
        taken = f" {to.name} tar över {passed.in_words}." if to else ""
        return Done(f"{person.name} har slutat och kan inte längre logga in.{taken}")

    roles = [row for row in directory.assignments_of(person) if row.lasts(day) and row.role != Role.EMPLOYEE]
    return ask(request, form, asking, act, person=person, work=work, roles=roles)


def about_person(person: Person, title: str, button: str, template: str) -> Asking:
    return Asking(
        title=title,
        button=button,
        back=reverse("person_page", args=[person.pk]),
        back_label=person.name,
        section="people",
        danger=True,
        template=template,
    )


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def role_end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    row = get_object_or_404(Assignment, pk=assignment_id)
    person, day = row.person, localdate(at)
    work = operations.open_work_of(person, row.unit)
    form = EndRoleForm(
        sent(request),
        suggested=directory.chosen_near(person, day),
        has_work=bool(work),
        initial={"last_day": max(day, row.valid_from)},
    )
    role = f"{in_text(row.role)} vid {row.unit.name}"
    asking = about_person(person, f"Avsluta rollen {in_text(row.role)}", "Avsluta", "workplace/succession_role.html")

    def act(facts: Mapping[str, Any]) -> Done:
        to = facts.get("to")
        passed = operations.end_role(row, facts["last_day"], to, actor=actor, at=at)
        taken = f" {to.name} tar över {passed.in_words}." if to else ""
        if facts["last_day"] < row.valid_from:
            return Done(f"{person.name} blir inte {role}.{taken}")
        return Done(f"{person.name} är {role} till och med {words.day(facts['last_day'], day)}.{taken}")

    return ask(request, form, asking, act, row=row, person=person, work=work, role=role)
