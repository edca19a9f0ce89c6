"""Who can take a case by a role over its unit, and what is said where nobody can (workflows §1)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from avvikelse.organisation.access import Holder, holders
from avvikelse.organisation.acting import last_days_away
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import CHIEF_ROLES, RESPONSIBLE_ROLES, Role, in_text

from .kinds import Kind
from .models import Case
from .rules import implicated_people

TAKERS: dict[str, tuple[Role, ...]] = {Kind.LEX: (Role.SAS,), Kind.VSK: (Role.MAS, Role.MAR)}
"""Whose duty it is to receive a case of the kind, and who sees it then; the line of chiefs unless named here."""


def takers(kind: str) -> tuple[Role, ...]:
    return TAKERS.get(kind, CHIEF_ROLES)


def line_over(case: Case, day: date) -> list[Holder]:
    """Everybody with a responsible role over the case's unit, nearest first; read once for the case at hand."""
    known: dict[tuple[int, date], list[Holder]] = vars(case).setdefault("line_over", {})
    place = (case.unit_id, day)
    if place not in known:
        known[place] = holders(case.unit, RESPONSIBLE_ROLES, day)
    return known[place]


def able(case: Case, roles: Iterable[Role], line: Iterable[Holder]) -> list[Holder]:
    """Who of a line may meet the case in the roles: nobody *utpekad* and none of their stand-ins."""
    wanted, without = frozenset(roles), implicated_people(case)
    return [
        holder
        for holder in line
        if holder.role in wanted and holder.person.pk not in without and not holder.grant.leans_on & without
    ]


def first_at_work(found: list[Holder], day: date) -> Person | None:
    """The first who is not away; if all are away, the first."""
    away = last_days_away([holder.person.pk for holder in found], day)
    return next((holder.person for holder in found if holder.person.pk not in away), found[0].person if found else None)


def nobody_receives(case: Case, kind: Kind, day: date) -> str | None:
    """Why the case cannot become one of the kind: no others than now could take it, and there are none."""
    roles = takers(kind)
    if roles == takers(case.kind) or able(case, roles, line_over(case, day)):
        return None
    return (
        f"Det finns ingen {' eller '.join(in_text(role) for role in roles)} som kan ta emot ärendet. Ingen har rollen, "
        "eller så gäller ärendet den som har den. Be systemförvaltaren ge rollen till någon annan. Lämna sedan över."
    )


def nobody_at(case: Case, unit: Unit, day: date) -> str | None:
    """Why the case cannot be moved to the unit: no chief there or above may take it."""
    roles = takers(case.kind)
    if able(case, roles, holders(unit, roles, day)):
        return None
    return (
        f"Det finns ingen chef som kan ta emot ärendet på {unit.name}. Ingen har rollen där eller ovanför, eller så "
        "gäller ärendet den som har den. Välj en annan enhet, eller be systemförvaltaren ge rollen till någon annan."
    )
