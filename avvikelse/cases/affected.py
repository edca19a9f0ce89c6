"""Who was affected, by name: written by those who handle the case, shown masked, each look logged."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as, record_read
from avvikelse.organisation.models import Person

from .engine import Told
from .models import AffectedPerson, Case
from .operations import SAME_PRESS, record_event
from .rules import HANDLERS, capacities, origin_read_by


def must_handle(case: Case, actor: Person, at: datetime) -> None:
    if not HANDLERS & capacities(case, actor, localdate(at)):
        raise PermissionDenied


@transaction.atomic
def add_affected(case: Case, *, name: str, identity_number: str, actor: Person, at: datetime) -> AffectedPerson:
    """Note a name. The history says that somebody was noted, not who. The same name sent twice in a row is one."""
    act_as(actor.actor_key)
    case = Case.objects.select_for_update(of=("self",)).get(pk=case.pk)
    must_handle(case, actor, at)
    noted: dict[str, Any] = {"name": name, "identity_number": identity_number, "added_by": actor}
    if row := case.affected_people.filter(**noted, removed_at=None, added_at__gt=at - SAME_PRESS).first():
        return row
    row = case.affected_people.create(added_at=at, **noted)
    record_event(case, "affected", actor=actor, at=at, told=Told("antecknade en berörd person"))
    return row


@transaction.atomic
def reveal_affected(case: Case, number: int, *, actor: Person, at: datetime) -> AffectedPerson:
    """The name unmasked, once, and the look is logged. It may have come with the case out of its origin."""
    must_handle(case, actor, at)
    origin = origin_read_by(case, actor, localdate(at))
    row = AffectedPerson.objects.get(pk=number, removed_at=None, case__in=[case, origin] if origin else [case])
    record_read(
        actor.actor_key,
        action="reveal",
        table="cases_affectedperson",
        object_id=row.pk,
        reference=case.reference,
        context=read_from(origin) if row.case_id != case.pk else None,
    )
    return row


def read_from(origin: Case | None) -> dict[str, str]:
    """Context of a look at a case in which something of its origin was shown."""
    return {"from": origin.reference} if origin else {}


@transaction.atomic
def remove_affected(case: Case, number: int, *, actor: Person, at: datetime) -> None:
    """Take a name away from the page; that it stood there stays in the log."""
    must_handle(case, actor, at)
    act_as(actor.actor_key)
    if not case.affected_people.filter(pk=number, removed_at=None).update(removed_at=at):
        raise AffectedPerson.DoesNotExist
    record_event(case, "affected_removed", actor=actor, at=at, told=Told("tog bort en berörd person"))


def masked(row: AffectedPerson) -> str:
    """The first letters and how many follow: enough to tell two people apart, not to know who they are."""
    return " ".join(f"{part[0]}{'•' * (len(part) - 1)}" for part in row.name.split())
