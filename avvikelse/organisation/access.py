"""What roles somebody has on a day, and over which units.

The one answer that every question of visibility builds on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from .models import Assignment, Person, Unit
from .roles import CHIEF_ROLES, Basis, Role

# One question for roles and the units under them: access is asked for in every request.
ACCESS_SQL = """
    SELECT a.role, a.unit_id, a.basis, a.on_behalf_of_id, a.appointed_by_id, array_agg(below.id)
    FROM organisation_assignment a
    JOIN organisation_unit held ON held.id = a.unit_id
    JOIN organisation_unit below ON below.path LIKE held.path || '%%'
    WHERE a.person_id = %(person)s AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
    GROUP BY a.id
"""
# So is, on every page that says who reads or who acts, the line of people over a unit.
HOLDERS_SQL = """
    SELECT a.role, a.basis, a.on_behalf_of_id, a.appointed_by_id,
           u.id, u.name, u.level, u.path, p.id, p.email, p.name, p.title
    FROM organisation_assignment a
    JOIN organisation_unit u ON u.id = a.unit_id
    JOIN organisation_person p ON p.id = a.person_id AND p.is_active
    WHERE a.unit_id = ANY(%(above)s) AND a.role = ANY(%(roles)s)
      AND a.valid_from <= %(day)s AND (a.valid_to IS NULL OR a.valid_to >= %(day)s)
    ORDER BY length(u.path) DESC, a.basis <> 'ordinary', a.id
"""
# In the order of the models' own fields, as from_db asks.
UNIT_FIELDS = ("id", "name", "level", "path")
PERSON_FIELDS = ("id", "email", "name", "title")


@dataclass(frozen=True, slots=True)
class Grant:
    """One role somebody has: where it is held, whom it reaches down to and whose it is."""

    role: Role
    unit_id: int
    unit_ids: frozenset[int]
    basis: Basis = Basis.ORDINARY
    on_behalf_of_id: int | None = None
    appointed_by_id: int | None = None

    @property
    def leans_on(self) -> frozenset[int]:
        """People whose being implicated in a case takes this role away there.

        Whoever it stands in for or was given by.
        """
        if self.basis == Basis.ORDINARY:
            return frozenset()
        return frozenset(person for person in (self.on_behalf_of_id, self.appointed_by_id) if person)


@dataclass(frozen=True, slots=True)
class Access:
    person_id: int
    grants: tuple[Grant, ...]

    def units(self, roles: Iterable[Role]) -> frozenset[int]:
        """Every unit reached by any of the roles."""
        wanted = frozenset(roles)
        return frozenset(unit for grant in self.grants if grant.role in wanted for unit in grant.unit_ids)

    def has(self, *roles: Role) -> bool:
        return any(grant.role in roles for grant in self.grants)

    def roles_at(self, unit_id: int) -> frozenset[Role]:
        return frozenset(grant.role for grant in self.grants if unit_id in grant.unit_ids)


def access_of(person: Person, day: date) -> Access:
    """One SQL statement."""
    with connection.cursor() as cursor:
        cursor.execute(ACCESS_SQL, {"person": person.pk, "day": day})
        rows = cursor.fetchall()
    return Access(
        person.pk,
        tuple(
            Grant(Role(role), unit_id, frozenset(unit_ids), Basis(basis), behalf, appointed)
            for role, unit_id, basis, behalf, appointed, unit_ids in rows
        ),
    )


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role over a unit, and where the role is held."""

    person: Person
    role: Role
    unit: Unit
    grant: Grant

    @property
    def described(self) -> str:
        return f"{self.person.name} ({self.role.label}{', ersättare' if self.grant.basis == Basis.DEPUTY else ''})"


def holders(unit: Unit, roles: Iterable[Role], day: date) -> list[Holder]:
    """Who holds the roles over the unit on the day.

    Nearest unit first, ordinary before stand-ins. Inactive people are left out. One SQL statement; of the people and
    their units it fetches what is read of them.
    """
    above = [int(part) for part in unit.path.split(".") if part]
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS_SQL, {"above": above, "roles": [role.value for role in roles], "day": day})
        return [held(row) for row in cursor.fetchall()]


def held(row: tuple[Any, ...]) -> Holder:
    """A row of HOLDERS_SQL."""
    role, basis, behalf, appointed, *rest = row
    unit = Unit.from_db(connection.alias, UNIT_FIELDS, rest[: len(UNIT_FIELDS)])
    person = Person.from_db(connection.alias, PERSON_FIELDS, rest[len(UNIT_FIELDS) :])
    grant = Grant(Role(role), unit.pk, frozenset({unit.pk}), Basis(basis), behalf, appointed)
    return Holder(person, grant.role, unit, grant)


def holder_of(row: Assignment) -> Holder:
    """The row as a holder; its person and unit should be read with it."""
    grant = Grant(
        Role(row.role),
        row.unit_id,
        frozenset({row.unit_id}),
        Basis(row.basis),
        row.on_behalf_of_id,
        row.appointed_by_id,
    )
    return Holder(row.person, Role(row.role), row.unit, grant)


def remaining_holders(unit: Unit, roles: Iterable[Role], without: frozenset[int], day: date) -> list[Holder]:
    """Who holds the roles over the unit when some people are left out, nearest first.

    Those who lean on somebody left out go too: a deputy appointed by her, or standing in for her. An empty list means
    that nobody is left who can take it, and that the act must be refused.
    """
    return [
        holder
        for holder in holders(unit, roles, day)
        if holder.person.pk not in without and not holder.grant.leans_on & without
    ]


def chiefs_over(unit: Unit, day: date) -> list[Holder]:
    """The line of chiefs over a unit, nearest first, stand-ins included."""
    return holders(unit, CHIEF_ROLES, day)
