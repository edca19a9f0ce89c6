"""Min ersättare: for whoever holds a role that somebody can stand in for."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods

from avvikelse.organisation import directory, operations
from avvikelse.organisation.acting import acts_when_away
from avvikelse.organisation.asking import Asking, Done, ask, sent
from avvikelse.organisation.forms import ConfirmForm, MyDeputyForm
from avvikelse.organisation.guards import signed_in
from avvikelse.organisation.models import Absence, Assignment, Person
from avvikelse.organisation.roles import CHIEF_ROLES, in_text
from avvikelse.ui import words


@require_http_methods(["GET", "POST"])
def my_deputy(request: HttpRequest) -> HttpResponse:
    at, me = now(), signed_in(request)
    day = localdate(at)
    rows = list(directory.own_roles(me, day))
    if not rows:
        raise Http404
    form = MyDeputyForm(
        sent(request), rows=rows, suggested=directory.chosen_near(me, day), otherwise=otherwise(rows, day)
    )
    asking = Asking(
        title="Min ersättare",
        button="Spara",
        back=reverse("my_deputy"),
        back_label="Min ersättare",
        section="",
        template="organisation/my_deputy.html",
    )
    context = {
        "roles": rows,
        "stand_ins": directory.stand_ins_for(me, day),
        "absences": directory.absences_of(me, day),
        "today": day,
    }
    return ask(request, form, asking, lambda facts: be_away(me, rows, facts, at), **context)


def otherwise(rows: list[Assignment], day: date) -> str:
    """What happens to what waits for the holder of the roles while nobody stands in for her."""
    chief = next((row for row in rows if row.role in CHIEF_ROLES), None)
    if chief is None:
        return "Lämnar du tomt blir det som väntar på dig liggande tills du är tillbaka."
    instead = acts_when_away(chief, day)
    if instead is None:
        return "Lämnar du tomt finns ingen chef ovanför som kan ta över."
    return f"Lämnar du tomt går det som väntar på dig till {instead.person.name}, {in_text(instead.role)}."


@transaction.atomic
def be_away(me: Person, rows: list[Assignment], facts: Mapping[str, Any], at: datetime) -> Done:
    """Register the absence and, when one was named, the deputy: both or neither."""
    absence = operations.register_absence(me, facts["from_day"], facts["to_day"], actor=me, at=at)
    until = words.day(absence.to_day)
    deputy = facts["deputy"]
    if deputy is None:
        return Done(f"Du är borta till och med {until}. {otherwise(rows, localdate(at))}")
    operations.appoint_deputy(
        me,
        deputy,
        facts.get("roles", rows),
        valid_from=facts["from_day"],
        valid_to=facts["to_day"],
        actor=me,
        at=at,
    )
    return Done(f"{deputy.name} ersätter dig till och med {words.day(facts['to_day'])}.")


@require_http_methods(["GET", "POST"])
def my_deputy_end(request: HttpRequest, assignment_id: int) -> HttpResponse:
    at, me = now(), signed_in(request)
    row = get_object_or_404(Assignment, pk=assignment_id, on_behalf_of=me)
    role = f"{in_text(row.role)} vid {row.unit.name}"
    lead = f"{row.person.name} ersätter dig då inte längre som {role}, från i morgon."

    def act(_facts: Mapping[str, Any]) -> Done:
        operations.end_role(row, localdate(at), actor=me, at=at)
        return Done(f"{row.person.name} ersätter dig inte längre som {role}.")

    asking = about_me("Avsluta ersättaren", "Avsluta", lead)
    return ask(request, ConfirmForm(sent(request)), asking, act)


@require_http_methods(["GET", "POST"])
def my_absence_remove(request: HttpRequest, absence_id: int) -> HttpResponse:
    at, me = now(), signed_in(request)
    absence = get_object_or_404(Absence, pk=absence_id, person=me)
    period = f"{words.day(absence.from_day)} till och med {words.day(absence.to_day)}"
    lead = f"Du har sagt att du är borta {period}. Din ersättare står kvar tills du avslutar den."

    def act(_facts: Mapping[str, Any]) -> Done:
        operations.remove_absence(absence, actor=me, at=at)
        return Done("Du är inte längre borta.")

    asking = about_me("Jag är tillbaka", "Ta bort frånvaron", lead)
    return ask(request, ConfirmForm(sent(request)), asking, act)


def about_me(title: str, button: str, lead: str) -> Asking:
    back = reverse("my_deputy")
    return Asking(title=title, button=button, back=back, back_label="Min ersättare", section="", lead=lead)
