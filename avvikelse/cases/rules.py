"""Judgements about a person and one case: in which capacity somebody meets it, and which parts may be seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from django.db.models import prefetch_related_objects

from avvikelse.organisation.access import Access, Grant, access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role

from .kinds import SEALED_KINDS, WIDELY_SEEN, Kind, PartRole, Sort
from .models import Case
from .sight import counts, steps_aside


class Who(StrEnum):
    """In which capacity somebody meets a case. The tables of moves name these."""

    CHEF = "chef"
    SAS = "SAS"
    MAS = "MAS/MAR"
    INVESTIGATOR = "utredaren"
    DECIDER = "beslutsfattaren"
    READER = "läsare"
    REPORTER = "rapportören"
    OWNER = "den ansvariga"
    REGISTRAR = "registratorn"
    SYSTEM = "systemet"


HANDLERS = frozenset({Who.CHEF, Who.INVESTIGATOR, Who.SAS, Who.MAS, Who.DECIDER})
"""Those who handle a case, and so may know the names in it."""


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody without an account, or the program itself, in the capacity given."""

    actor_key: str
    name: str
    who: frozenset[Who]


Actor: TypeAlias = Person | Outsider

WHO_OF_ROLE = {
    Role.CHIEF: Who.CHEF,
    Role.FIRST_SOCIAL_WORKER: Who.CHEF,
    Role.BRANCH_CHIEF: Who.CHEF,
    Role.DIRECTOR: Who.CHEF,
    Role.SAS: Who.SAS,
    Role.MAS: Who.MAS,
    Role.MAR: Who.MAS,
}
WHO_OF_PART = {
    PartRole.INVESTIGATOR: Who.INVESTIGATOR,
    PartRole.DECIDER: Who.DECIDER,
    PartRole.READER: Who.READER,
}
"""A registrator's capacity is apart from these: it lets nobody see the case."""


def who_of_part(role: PartRole, case: Case) -> Who:
    """The capacity a part gives; whoever stands in meets the case as the one stood in for."""
    if role == PartRole.STAND_IN:
        return Who.MAS if is_health_care(case) else Who.SAS
    return WHO_OF_PART[role]


def is_health_care(case: Case) -> bool:
    """Whether a case of a sealed kind is MAS's or MAR's to take; the others are SAS's."""
    return case.kind == Kind.VSK or (case.kind == Kind.IVO and case.sort == Sort.NOTICE_LEX_MARIA)


def capacities(
    case: Case, actor: Actor, day: date, access: Access | None = None, local: LocalValues | None = None
) -> frozenset[Who]:
    """Every capacity the actor has in the case. Somebody *utpekad* has none but, if so, that of its reporter."""
    if isinstance(actor, Outsider):
        return actor.who
    own = {Who.REPORTER} if case.reporter_id == actor.pk else set()
    access = access or access_of(actor, day)
    parts = parts_now(case)
    mine = {PartRole(role) for person, role in parts if person == actor.pk}
    if PartRole.IMPLICATED in mine:
        return frozenset(own)
    own |= {who_of_part(role, case) for role in mine}
    local = local or LocalValues(day)
    own |= {WHO_OF_ROLE[grant.role] for grant in access.grants if grant_sees(grant, case, local)}
    if any(grant_registers(grant, case) for grant in access.grants):
        own.add(Who.REGISTRAR)
    return frozenset(own)


def parts_now(case: Case) -> list[tuple[int, str]]:
    """(person, role) of everybody who has a part in the case now; uses what is prefetched."""
    return [(part.person_id, part.role) for part in case.parts.all() if part.valid_to is None]


def implicated_people(case: Case) -> frozenset[int]:
    """Everybody who is *utpekad* in the case now."""
    return frozenset(person for person, role in parts_now(case) if role == PartRole.IMPLICATED)


def grant_sees(grant: Grant, case: Case, local: LocalValues) -> bool:
    """The same rule as `sight.seen_through`, for one case at hand."""
    if grant.role not in WHO_OF_ROLE or case.unit_id not in grant.unit_ids:
        return False
    passed = implicated_people(case)
    if passed & grant.leans_on or (passed and steps_aside(grant)):
        return False
    return counts(grant, local) and sees_kind(grant.role, case)


def grant_registers(grant: Grant, case: Case) -> bool:
    """The same rule as `sight.registered_by`, for one case at hand."""
    if grant.role != Role.REGISTRAR or case.kind not in SEALED_KINDS or case.unit_id not in grant.unit_ids:
        return False
    return not implicated_people(case) & grant.leans_on


def sees_kind(role: Role, case: Case) -> bool:
    """Workflows §2, one column per kind."""
    if role not in WHO_OF_ROLE:
        return False
    if case.kind == Kind.IVO:
        return role in ({Role.MAS, Role.MAR} if is_health_care(case) else {Role.SAS})
    if role == Role.SAS:
        return case.kind in {"FOR", "LEX", "SAM"} or (case.kind == "AVV" and case.under_sol_lss)
    if role in {Role.MAS, Role.MAR}:
        return case.kind in {"FOR", "VSK", "SAM"} or (case.kind == "AVV" and case.under_hsl)
    return case.kind in {"AVV", "FOR", "SAM"} and not case.sealed


def origin_read_by(
    case: Case, actor: Actor, day: date, access: Access | None = None, local: LocalValues | None = None
) -> Case | None:
    """The case this one came out of, where its files, names and dialogue are read along with this one's.

    So whoever handles what was handed over holds all that the report held, also where the origin itself is not hers
    to see. In a kind that is seen more widely than its origin only those who see the origin do. Nobody who is
    *utpekad* in it.
    """
    if not (case.origin and isinstance(actor, Person) and HANDLERS & capacities(case, actor, day, access, local)):
        return None
    prefetch_related_objects([case.origin], "parts")
    sees = capacities(case.origin, actor, day, access, local) - {Who.REPORTER}
    alone_enough = case.kind not in WIDELY_SEEN and actor.pk not in implicated_people(case.origin)
    return case.origin if sees or alone_enough else None


def may_see_reporter(case: Case, capacity: frozenset[Who]) -> bool:
    """A name hidden from the chief is seen only by SAS and MAS/MAR, and by the reporter."""
    return not case.reporter_hidden or bool(capacity & {Who.SAS, Who.MAS, Who.REPORTER})
