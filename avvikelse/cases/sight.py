"""Who may know that a case exists, as conditions on the rows (workflows §2).

`Case.objects.visible_to` puts them together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from avvikelse.organisation.access import Access, Grant
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role

from .kinds import Kind, PartRole

OPEN_TO_CHIEFS = Q(kind__in=[Kind.AVV, Kind.FOR, Kind.SAM], sealed=False)
SEEN_IN_ROLE: dict[Role, Q] = {
    Role.CHIEF: OPEN_TO_CHIEFS,
    Role.FIRST_SOCIAL_WORKER: OPEN_TO_CHIEFS,
    Role.BRANCH_CHIEF: OPEN_TO_CHIEFS,
    Role.DIRECTOR: OPEN_TO_CHIEFS,
    Role.SAS: Q(kind__in=[Kind.FOR, Kind.LEX, Kind.SAM]) | Q(kind=Kind.AVV, under_sol_lss=True),
    Role.MAS: Q(kind__in=[Kind.FOR, Kind.VSK, Kind.SAM]) | Q(kind=Kind.AVV, under_hsl=True),
    Role.MAR: Q(kind__in=[Kind.FOR, Kind.VSK, Kind.SAM]) | Q(kind=Kind.AVV, under_hsl=True),
}
"""What each role sees at its units; a role that is not here sees no case."""

HANDLING_PARTS = (PartRole.INVESTIGATOR, PartRole.DECIDER, PartRole.READER)


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


def with_part(people: Iterable[int], roles: Iterable[PartRole]) -> QuerySet[Any, Any]:
    """The ids of the cases where any of the people has any of the parts now."""
    parts: QuerySet[Any, Any] = apps.get_model("cases", "Part").objects.all()
    return parts.filter(person_id__in=list(people), role__in=list(roles), valid_to=None).values("case_id")
