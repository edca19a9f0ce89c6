"""Who can take a case by a role over its unit, who does so instead, and what is said where nobody can."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from avvikelse.organisation.access import Holder, holders
from avvikelse.organisation.acting import last_days_away
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import CHIEF_ROLES, RESPONSIBLE_ROLES, Role, in_text

from .kinds import NOTICE_OUT_OF, SEALED_KINDS, Kind, Sort
from .models import Case
from .rules import implicated_people

SAS = (Role.SAS,)
MAS = (Role.MAS, Role.MAR)
STAND_INS = (Role.DIRECTOR, Role.CHAIR)
"""Who takes a case of a sealed kind where nobody of those whose duty it is can, the first who is able."""
LINE = (*RESPONSIBLE_ROLES, Role.CHAIR)


def takers(kind: str, sort: str = Sort.ORDINARY) -> tuple[Role, ...]:
    """Whose duty it is to receive a case of the kind, and who sees it then: the line of chiefs unless it is sealed."""
    if kind not in SEALED_KINDS:
        return CHIEF_ROLES
    return MAS if kind == Kind.VSK or sort == Sort.NOTICE_LEX_MARIA else SAS


def all_takers(kind: str, sort: str = Sort.ORDINARY) -> tuple[Role, ...]:
    """The takers, and after them those who stand in for them."""
    return (*takers(kind, sort), *(STAND_INS if kind in SEALED_KINDS else ()))


def instead_of(case: Case) -> str:
    """Whom a stand-in stands in for: "SAS", "MAS eller MAR"."""
    return " eller ".join(in_text(role) for role in takers(case.kind, case.sort))


def line_over(case: Case, day: date) -> list[Holder]:
    """Everybody with a responsible role over the case's unit, nearest first; read once for the case at hand."""
    known: dict[tuple[int, date], list[Holder]] = vars(case).setdefault("line_over", {})
    place = (case.unit_id, day)
    if place not in known:
        known[place] = holders(case.unit, LINE, day)
    return known[place]


def able(case: Case, roles: Iterable[Role], line: Iterable[Holder]) -> list[Holder]:
    """Who of a line may meet the case in the roles: nobody *utpekad* and none of their stand-ins."""
    return able_without(implicated_people(case), roles, line)


def able_without(without: frozenset[int], roles: Iterable[Role], line: Iterable[Holder]) -> list[Holder]:
    """The same where the *utpekade* are known but there is no case yet."""
    wanted = frozenset(roles)
    return [
        holder
        for holder in line
        if holder.role in wanted and holder.person.pk not in without and not holder.grant.leans_on & without
    ]


def stand_ins(without: frozenset[int], line: Sequence[Holder]) -> list[Holder]:
    """Who could take a case of a sealed kind in the takers' stead: all of the first role that anybody able holds."""
    return next((found for role in STAND_INS if (found := able_without(without, [role], line))), [])


def first_at_work(found: list[Holder], day: date) -> Person | None:
    """The first who is not away; if all are away, the first."""
    away = last_days_away([holder.person.pk for holder in found], day)
    return next((holder.person for holder in found if holder.person.pk not in away), found[0].person if found else None)


def nobody_receives(case: Case, kind: Kind, day: date) -> str | None:
    """Why the case cannot become one of the kind: no others than now could take it, and there are none."""
    sort = NOTICE_OUT_OF.get(Kind(case.kind), Sort.ORDINARY) if kind == Kind.IVO else Sort.ORDINARY
    roles = all_takers(kind, sort)
    if roles == all_takers(case.kind, case.sort) or able(case, roles, line_over(case, day)):
        return None
    return nobody_takes(roles)


def nobody_takes(roles: Sequence[Role]) -> str:
    *first, last = (in_text(role) for role in roles)
    who = f"{', '.join(first)} eller {last}" if first else last
    return (
        f"Det finns ingen {who} som kan ta emot ärendet. Ingen har rollen, eller så gäller ärendet den som har den. "
        "Be systemförvaltaren ge rollen till någon annan. Försök sedan igen."
    )


def nobody_at(case: Case, unit: Unit, day: date) -> str | None:
    """Why the case cannot be moved to the unit: nobody there or above may take it."""
    roles = all_takers(case.kind, case.sort)
    if able(case, roles, holders(unit, roles, day)):
        return None
    return (
        f"Det finns ingen chef som kan ta emot ärendet på {unit.name}. Ingen har rollen där eller ovanför, eller så "
        "gäller ärendet den som har den. Välj en annan enhet, eller be systemförvaltaren ge rollen till någon annan."
    )
