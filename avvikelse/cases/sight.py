"""Who may know that a case exists, as conditions on the rows (workflows §2).

`Case.objects.visible_to` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from avvikelse.organisation.access import Access, Grant
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role

from .kinds import SEALED_KINDS, Kind, PartRole, Sort

OPEN_TO_CHIEFS = Q(kind__in=[Kind.AVV, Kind.FOR, Kind.SAM], sealed=False)
LEX_MARIA = Q(kind=Kind.IVO, sort=Sort.NOTICE_LEX_MARIA)
SEEN_BY_SAS = (
    Q(kind__in=[Kind.FOR, Kind.LEX, Kind.SAM])
    | Q(kind=Kind.AVV, under_sol_lss=True)
    | Q(kind=Kind.IVO) & ~Q(sort=Sort.NOTICE_LEX_MARIA)
)
SEEN_BY_MAS = Q(kind__in=[Kind.FOR, Kind.VSK, Kind.SAM]) | Q(kind=Kind.AVV, under_hsl=True) | LEX_MARIA
SEEN_IN_ROLE: dict[Role, Q] = {
    Role.CHIEF: OPEN_TO_CHIEFS,
    Role.FIRST_SOCIAL_WORKER: OPEN_TO_CHIEFS,
    Role.BRANCH_CHIEF: OPEN_TO_CHIEFS,
    Role.DIRECTOR: OPEN_TO_CHIEFS,
    Role.SAS: SEEN_BY_SAS,
    Role.MAS: SEEN_BY_MAS,
    Role.MAR: SEEN_BY_MAS,
}
"""What each role sees at its units; a role that is not here sees no case."""

HANDLING_PARTS = (PartRole.INVESTIGATOR, PartRole.DECIDER, PartRole.READER, PartRole.STAND_IN)


def grants_that_see(access: Access, local: LocalValues) -> list[Grant]:
    return [grant for grant in access.grants if grant.role in SEEN_IN_ROLE and counts(grant, local)]


def counts(grant: Grant, local: LocalValues) -> bool:
    """Whether the role lets anybody see: a 1:e socialsekreterare sees only where the municipality says so."""
    return grant.role != Role.FIRST_SOCIAL_WORKER or local.flag("first_social_worker_assesses")


def seen_through(grant: Grant) -> Q:
    seen = Q(unit_id__in=grant.unit_ids) & SEEN_IN_ROLE[grant.role] & ~implicated(grant.leans_on)
    return seen & ~somebody_implicated() if steps_aside(grant) else seen


def steps_aside(grant: Grant) -> bool:
    """Whether the role never judges a case in which anybody is *utpekad*.

    A 1:e socialsekreterare judges in the chief's stead and answers to her: a case about the chief goes upwards.
    """
    return grant.role == Role.FIRST_SOCIAL_WORKER


def somebody_implicated() -> Q:
    parts: QuerySet[Any, Any] = apps.get_model("cases", "Part").objects.all()
    return Q(pk__in=parts.filter(role=PartRole.IMPLICATED, valid_to=None).values("case_id"))


def implicated(people: frozenset[int]) -> Q:
    """Where any of the people is *utpekad*; nowhere if there are none."""
    if not people:
        return Q(pk__in=[])
    return Q(pk__in=with_part(people, [PartRole.IMPLICATED]))


MOST_BY_NUMBER = 500
"""So many cases are named by number in a question; for those who have handled more the database looks them up."""


@dataclass(frozen=True, slots=True)
class OwnParts:
    """The ids of the cases in which somebody has a part now: as one who handles, and as *utpekad*.

    Read before the cases are asked for: as numbers they leave the database free to use its indexes, which a question
    inside the question does not.
    """

    handles: bool
    handling: tuple[int, ...] | QuerySet[Any, Any]
    implicated: tuple[int, ...]


def own_parts(person_id: int) -> OwnParts:
    """One question, two for those who have handled very many cases."""
    standing: QuerySet[Any, Any] = apps.get_model("cases", "Part").objects.filter(person_id=person_id, valid_to=None)
    rows = list(standing.values_list("case_id", "role")[: MOST_BY_NUMBER + 1])
    if len(rows) > MOST_BY_NUMBER:
        barred = standing.filter(role=PartRole.IMPLICATED).values_list("case_id", flat=True)
        return OwnParts(handles=True, handling=with_part([person_id], HANDLING_PARTS), implicated=tuple(barred))
    handling = tuple(case_id for case_id, role in rows if role in HANDLING_PARTS)
    implicated = tuple(case_id for case_id, role in rows if role == PartRole.IMPLICATED)
    return OwnParts(bool(handling), handling, implicated)


def with_part(people: Iterable[int], roles: Iterable[PartRole]) -> QuerySet[Any, Any]:
    """The ids of the cases where any of the people has any of the parts now."""
    parts: QuerySet[Any, Any] = apps.get_model("cases", "Part").objects.all()
    return parts.filter(person_id__in=list(people), role__in=list(roles), valid_to=None).values("case_id")


def registered_by(grant: Grant) -> Q:
    """What a registrator has in the diary through the role: never what the cases say."""
    return Q(kind__in=SEALED_KINDS, unit_id__in=grant.unit_ids) & ~implicated(grant.leans_on)
