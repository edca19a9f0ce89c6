"""Who is here: adding people, keeping what is known of them right, and letting them leave and come back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import Q, QuerySet

from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.roles import Basis, Role

from .door import Refused, begin, required_text
from .roles import locked_person, refuse_last_administrator, stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Particulars:
    """What is known of a person."""

    name: str
    email: str
    title: str
    home_unit: Unit


@transaction.atomic
def add_person(known: Particulars, *, actor: Person, at: datetime) -> Person:
    """Let somebody in, as an employee of the unit. She chooses her password herself, by "Glömt lösenordet"."""
    day = begin(actor, at)
    person = Person(password=make_password(None))
    write(person, known, day)
    person.save(force_insert=True)
    employ(person, known.home_unit, day, at)
    return person


def write(person: Person, known: Particulars, day: date) -> None:
    person.name = required_text(known.name, "Skriv personens namn.", "name")
    person.email = known.email.strip().lower()
    person.title = " ".join(known.title.split())
    person.home_unit = known.home_unit
    other = Person.objects.filter(email__iexact=person.email).exclude(pk=person.pk).first()
    if other:
        left = "" if other.is_active else ", som har slutat"
        raise Refused(f"Adressen används redan av {other.name}{left}. Skriv en annan.", "email")
    if not known.home_unit.is_open(day):
        raise Refused(f"{known.home_unit.name} är stängd. Välj en som är öppen.", "home_unit")


def employ(person: Person, unit: Unit, day: date, at: datetime) -> None:
    Assignment.objects.create(person=person, unit=unit, role=Role.EMPLOYEE, valid_from=day, created_at=at)


@transaction.atomic
def edit_person(person: Person, known: Particulars, *, actor: Person, at: datetime) -> Person:
    """Put right what is known. With another unit she becomes an employee there instead."""
    day = begin(actor, at)
    person = locked_person(person)
    earlier = person.home_unit
    write(person, known, day)
    person.save(update_fields=["name", "email", "title", "home_unit"])
    if earlier and earlier != known.home_unit:
        for row in in_force(person, day).filter(role=Role.EMPLOYEE, unit=earlier).select_related("person", "unit"):
            stop(row, day, actor=actor, at=at)
        if not in_force(person, day).filter(role=Role.EMPLOYEE, unit=known.home_unit).exists():
            employ(person, known.home_unit, day, at)
    return person


def in_force(person: Person, day: date) -> QuerySet[Assignment]:
    return person.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=day))


@transaction.atomic
def leave(person: Person, *, actor: Person, at: datetime) -> Person:
    """Let somebody leave today: every role ends, what she delegated too, and she can no longer log in.

    Her deputies stay for their period, so that nobody's work stops the day a chief leaves. Her open work is the
    business of the room above that knows it, in the same transaction.
    """
    day = begin(actor, at)
    person = locked_person(person)
    if person.pk == actor.pk:
        raise Refused("Du kan inte avsluta dig själv. Be en annan systemförvaltare göra det.")
    if not person.is_active:
        raise Refused(f"{person.name} har redan slutat.")
    own = list(in_force(person, day).select_related("person", "unit", "on_behalf_of").order_by("pk"))
    delegated = person.stand_ins.filter(Q(valid_to=None) | Q(valid_to__gte=day), basis=Basis.DELEGATED)
    for row in own:
        refuse_last_administrator(row, day)
    for row in [*own, *delegated.select_related("person", "unit", "on_behalf_of")]:
        stop(row, day, actor=actor, at=at)
    person.is_active = False
    person.save(update_fields=["is_active"])
    return person


@transaction.atomic
def bring_back(person: Person, home_unit: Unit, *, actor: Person, at: datetime) -> Person:
    """Let somebody who left in again, as an employee; the roles she had are not given back."""
    day = begin(actor, at)
    person = locked_person(person)
    if person.is_active:
        raise Refused(f"{person.name} är redan här.")
    if not home_unit.is_open(day):
        raise Refused(f"{home_unit.name} är stängd. Välj en som är öppen.", "home_unit")
    person.is_active, person.home_unit = True, home_unit
    person.save(update_fields=["is_active", "home_unit"])
    if not Assignment.objects.on(day).filter(person=person, unit=home_unit, role=Role.EMPLOYEE).exists():
        employ(person, home_unit, day, at)
    return person
