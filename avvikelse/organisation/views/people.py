from collections.abc import Mapping
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_http_methods, require_safe

from avvikelse.organisation import directory, operations
from avvikelse.organisation.asking import Asking, Done, ask, sent
from avvikelse.organisation.forms import BringBackForm, PeopleFilter, PersonForm
from avvikelse.organisation.guards import only, signed_in
from avvikelse.organisation.models import Person
from avvikelse.organisation.operations.people import Particulars
from avvikelse.organisation.roles import Role

SECTION = "people"
PAGE = 50


@require_safe
@only(Role.ADMINISTRATOR)
def people(request: HttpRequest) -> HttpResponse:
    day = localdate()
    form = PeopleFilter(request.GET, units=directory.open_tree(day))
    form.is_valid()
    wanted = form.cleaned_data
    found = directory.people(wanted.get("q") or "", wanted.get("unit"), left=wanted.get("left") == "1")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    roles = directory.roles_of(page.object_list, day)
    rows = [(person, roles.get(person.pk, [])) for person in page.object_list]
    context = {"section": SECTION, "filter": form, "people": page, "rows": rows}
    return render(request, "organisation/people.html", context)


@require_safe
@only(Role.ADMINISTRATOR)
def person_page(request: HttpRequest, person_id: int) -> HttpResponse:
    day = localdate()
    person = get_object_or_404(Person, pk=person_id)
    rows = list(directory.assignments_of(person))
    context = {
        "section": SECTION,
        "person": person,
        "roles": [row for row in rows if row.lasts(day)],
        "earlier": [row for row in rows if not row.lasts(day)],
        "stand_ins": directory.stand_ins_for(person, day),
        "absences": directory.absences_of(person, day),
        "may_be_replaced": directory.own_roles(person, day).exists(),
        "is_oneself": person == request.user,
        "today": day,
    }
    return render(request, "organisation/person.html", context)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def person_add(request: HttpRequest) -> HttpResponse:
    at, actor = now(), signed_in(request)
    initial = {"home_unit": request.GET.get("unit", "")}
    form = PersonForm(sent(request), units=directory.open_tree(localdate(at)), initial=initial)
    asking = Asking(
        title="Lägg till en person",
        button="Lägg till",
        back=reverse("people"),
        back_label="Personer",
        section=SECTION,
        notes=("Personen väljer själv sitt lösenord: på inloggningssidan, under Glömt lösenordet.",),
    )

    def act(facts: Mapping[str, Any]) -> Done:
        person = operations.add_person(Particulars(**facts), actor=actor, at=at)
        return Done(f"{person.name} är tillagd och kan rapportera.", reverse("person_page", args=[person.pk]))

    return ask(request, form, asking, act)


def about_person(person: Person, title: str, button: str, lead: str = "", notes: tuple[str, ...] = ()) -> Asking:
    return Asking(
        title=title,
        button=button,
        back=reverse("person_page", args=[person.pk]),
        back_label=person.name,
        section=SECTION,
        lead=lead,
        notes=notes,
    )


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def person_edit(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor, person = now(), signed_in(request), get_object_or_404(Person, pk=person_id)
    known = {"name": person.name, "email": person.email, "title": person.title, "home_unit": person.home_unit_id}
    form = PersonForm(sent(request), units=directory.open_tree(localdate(at)), initial=known)
    notes = ("Byter personen enhet behåller hon eller han sina andra roller. Avsluta dem för sig.",)

    def act(facts: Mapping[str, Any]) -> Done:
        changed = operations.edit_person(person, Particulars(**facts), actor=actor, at=at)
        return Done(f"Uppgifterna om {changed.name} är ändrade.")

    return ask(request, form, about_person(person, f"Ändra {person.name}", "Spara", notes=notes), act)


@require_http_methods(["GET", "POST"])
@only(Role.ADMINISTRATOR)
def person_return(request: HttpRequest, person_id: int) -> HttpResponse:
    at, actor = now(), signed_in(request)
    person = get_object_or_404(Person, pk=person_id, is_active=False)
    form = BringBackForm(
        sent(request), units=directory.open_tree(localdate(at)), initial={"home_unit": person.home_unit_id}
    )
    lead = "Personen kan logga in igen. Tidigare roller kommer inte tillbaka av sig själva."

    def act(facts: Mapping[str, Any]) -> Done:
        operations.bring_back(person, facts["home_unit"], actor=actor, at=at)
        return Done(f"{person.name} är tillbaka.")

    return ask(request, form, about_person(person, f"{person.name} kommer tillbaka", "Ta tillbaka", lead), act)
