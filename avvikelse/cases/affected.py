"""Who was affected, by name: written by those who handle the case, shown masked, each look logged."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as, record_read
from avvikelse.organisation.models import Person

from .engine import Told
from .models import AffectedPerson, Case
from .operations import record_event
from .rules import Who, capacities

HANDLERS = frozenset({Who.CHEF, Who.INVESTIGATOR, Who.SAS, Who.MAS, Who.DECIDER})


def must_handle(case: Case, actor: Person, at: datetime) -> None:
    if not HANDLERS & capacities(case, actor, localdate(at)):
        raise PermissionDenied


@transaction.atomic
def add_affected(case: Case, *, name: str, identity_number: str, actor: Person, at: datetime) -> AffectedPerson:
    """Note a name. The history says that somebody was noted, not who."""
    must_handle(case, actor, at)
    act_as(actor.actor_key)
    row = AffectedPerson.objects.create(
        case=case, name=name, identity_number=identity_number, added_by=actor, added_at=at
    )
    record_event(case, "affected", actor=actor, at=at, told=Told("antecknade en berörd person"))
    return row


@transaction.atomic
def reveal_affected(case: Case, number: int, *, actor: Person, at: datetime) -> AffectedPerson:
    """The name unmasked, once, and the look is logged."""
    must_handle(case, actor, at)
    row = case.affected_people.get(pk=number, removed_at=None)
    record_read(
        actor.actor_key, action="reveal", table="cases_affectedperson", object_id=row.pk, reference=case.reference
    )
    return row


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
