"""What is done to a unit's link."""

from __future__ import annotations

from django.db import transaction

from avvikelse.audit.operations import act_as
from avvikelse.organisation.models import Person, Unit, new_secret


@transaction.atomic
def renew_link(unit: Unit, *, actor: Person) -> None:
    """Give the unit a new link. The old one, and every poster with it, leads nowhere from now on."""
    act_as(actor.actor_key)
    unit.link_secret = new_secret()
    unit.save(update_fields=["link_secret"])


@transaction.atomic
def open_link(unit: Unit, *, is_open: bool, actor: Person) -> None:
    act_as(actor.actor_key)
    unit.link_open = is_open
    unit.save(update_fields=["link_open"])
