"""What the open pages look up."""

from __future__ import annotations

from datetime import date

from avvikelse.cases.models import Case, Message
from avvikelse.cases.page import with_everything
from avvikelse.organisation.access import access_of
from avvikelse.organisation.directory import by_name, open_units
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import CHIEF_ROLES

LONGEST_SUCCESSION = 10
"""Closed units followed one after another before it is taken for a ring."""


def unit_behind(secret: str, day: date) -> Unit | None:
    """The open unit that the link leads to now: its own, or the one that came after. None when it leads nowhere."""
    unit = Unit.objects.filter(link_secret=secret).first()
    for _ in range(LONGEST_SUCCESSION):
        if unit is None or not unit.link_open:
            return None
        if unit.closed_on is None or unit.closed_on > day:
            return unit
        unit = unit.successor
    return None


def case_behind(receipt_hash: str) -> Case | None:
    """The case the code belongs to. One that went on as another kind is followed where it is now."""
    if not receipt_hash:
        return None
    return with_everything(Case.objects.filter(receipt_hash=receipt_hash)).order_by("-pk").first()


def dialogue_behind(case: Case) -> list[Message]:
    """All that was said under the code, also before the report went on as another kind."""
    said = Message.objects.filter(case__receipt_hash=case.receipt_hash)
    return list(said.order_by("at", "pk").select_related("author"))


def posters_for(person: Person, day: date) -> list[Unit]:
    """The open units whose link the person may put up: those she leads, herself or through others."""
    reached = access_of(person, day).units(CHIEF_ROLES)
    return list(open_units(day).filter(pk__in=reached).order_by(by_name()))


def may_show_link(person: Person, unit: Unit, day: date) -> bool:
    """The unit's own staff may show the QR code, and those with a role there."""
    return person.home_unit_id == unit.pk or bool(access_of(person, day).roles_at(unit.pk))
