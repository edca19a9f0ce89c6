"""How every operation of the room begins, and how it says no."""

from __future__ import annotations

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role


class Refused(Exception):
    """It cannot be done. `sentence` is for the user, `field` the form's field it is about, if any."""

    def __init__(self, sentence: str, field: str = "") -> None:
        self.sentence = sentence
        self.field = field
        super().__init__(sentence)


def begin(actor: Person, at: datetime, *, own: Person | None = None) -> date:
    """Say who acts and return the day. Raises PermissionDenied unless a systemförvaltare acts, or `own` herself."""
    act_as(actor.actor_key)
    day = localdate(at)
    if (own is None or own.pk != actor.pk) and not access_of(actor, day).has(Role.ADMINISTRATOR):
        raise PermissionDenied
    return day


def required_text(text: str, sentence: str, field: str) -> str:
    """The text without blanks around it; refused when nothing is left."""
    if not (text := " ".join(text.split())):
        raise Refused(sentence, field)
    return text
