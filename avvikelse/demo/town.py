"""Ekhamns kommun: its units, people, roles and categories, made through the organisation's own operations."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from avvikelse.audit.operations import act_as
from avvikelse.organisation.models import Category, Lagrum, Person, Unit
from avvikelse.organisation.operations import add_category, add_person, add_unit, give_role
from avvikelse.organisation.operations.founding import Founding, found_municipality
from avvikelse.organisation.operations.people import Particulars
from avvikelse.organisation.roles import Level, Role

from . import people
from .stories import TREE

PASSWORD = "ekhamn-ovar-2026"  # noqa: S105 (the practice municipality is open to whoever sits at the machine)


@dataclass
class Ekhamn:
    """Units by the key of their place, people by name, categories by lagrum, group and name."""

    administrator: Person
    units: dict[str, Unit] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    categories: dict[tuple[str, str, str], Category] = field(default_factory=dict)

    def staff(self, place: str) -> list[Person]:
        """Who works at the unit, its chief first."""
        return [self.people[someone.name] for someone in people.at_work(place)]

    def chief_of(self, place: str) -> Person:
        return self.staff(place)[0]

    def chief_above(self, place: str) -> Person:
        branch = next(found.parent for found in people.PLACES if found.key == place)
        return self.holding("branch_chief", branch)

    def holding(self, role: str, place: str) -> Person:
        """Who holds the role at the place."""
        wanted = people.Grant(role, place)
        return next(self.people[someone.name] for someone in people.everybody() if wanted in someone.grants)


def build(at: datetime) -> Ekhamn:
    """Make the whole municipality as it stood at the time."""
    namnd, administration = people.PLACES[0], people.PLACES[1]
    keeper = next(someone for someone in people.demo_people() if any(g.role == "administrator" for g in someone.grants))
    first = Founding(
        namnd=namnd.name, administration=administration.name, name=keeper.name, email=keeper.email, title=keeper.title
    )
    ekhamn = Ekhamn(found_municipality(first, at=at))
    ekhamn.people[keeper.name] = ekhamn.administrator
    ekhamn.units = {
        namnd.key: Unit.objects.get(level=Level.NAMND),
        administration.key: Unit.objects.get(level=Level.ADMINISTRATION),
    }
    for place in people.PLACES[2:]:
        ekhamn.units[place.key] = add_unit(
            place.name, Level(place.level), ekhamn.units[place.parent], actor=ekhamn.administrator, at=at
        )
    settle(ekhamn, at)
    for lagrum, group, name in every_category():
        row = add_category(Lagrum(lagrum), group, name, at.date(), actor=ekhamn.administrator, at=at)
        ekhamn.categories[lagrum, group, name] = row
    return ekhamn


def every_category() -> list[tuple[str, str, str]]:
    return [
        (lagrum, group, name) for lagrum, groups in TREE.items() for group, names in groups.items() for name in names
    ]


def settle(ekhamn: Ekhamn, at: datetime) -> None:
    """Let everybody in with the same password, and give them their roles."""
    for someone in people.everybody():
        if someone.name not in ekhamn.people:
            home = ekhamn.units[someone.home]
            known = Particulars(name=someone.name, email=someone.email, title=someone.title, home_unit=home)
            ekhamn.people[someone.name] = add_person(known, actor=ekhamn.administrator, at=at)
        for grant in someone.grants:
            if grant.role in {Role.EMPLOYEE, Role.ADMINISTRATOR}:
                continue
            give_role(
                ekhamn.people[someone.name],
                Role(grant.role),
                ekhamn.units[grant.at],
                valid_from=at.date(),
                valid_to=None,
                actor=ekhamn.administrator,
                at=at,
            )
    one_password_for_all()


@transaction.atomic
def one_password_for_all() -> None:
    act_as("system:demo")
    Person.objects.update(password=make_password(PASSWORD))
