"""The first units and the first systemförvaltare, in an installation that has nobody yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.roles import Level, Role

from .door import Refused
from .units import next_key

ACTOR = "system:founding"


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """What an empty installation begins with."""

    namnd: str
    administration: str
    name: str
    email: str
    title: str = "systemförvaltare"


@transaction.atomic
def found_municipality(first: Founding, *, at: datetime) -> Person:
    """Make the nämnd, its förvaltning and the one who takes it from there. She sets her password by e-mail."""
    if Unit.objects.exists():
        raise Refused("Kommunen finns redan. Lägg till enheter och personer under Organisation.")
    act_as(ACTOR)
    namnd = plant(first.namnd, Level.NAMND, None)
    administration = plant(first.administration, Level.ADMINISTRATION, namnd)
    person = Person.objects.create(
        name=first.name,
        email=first.email.lower(),
        title=first.title,
        home_unit=administration,
        password=make_password(None),
    )
    for role in (Role.ADMINISTRATOR, Role.EMPLOYEE):
        Assignment.objects.create(
            person=person, unit=administration, role=role, valid_from=localdate(at), created_at=at
        )
    return person


def plant(name: str, level: Level, parent: Unit | None) -> Unit:
    key = next_key()
    path = f"{parent.path if parent else ''}{key}."
    return Unit.objects.create(pk=key, name=name, level=level, parent=parent, path=path)
