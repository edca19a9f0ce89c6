"""Who has read a case, from the audit, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from avvikelse.audit.models import AuditEntry
from avvikelse.organisation.models import Person

from .models import Case

READS = {"read": "läste ärendet", "download": "öppnade en handling eller fil", "reveal": "såg ett namn på en berörd"}
SHOWN = 200
"""How many looks the page shows, the newest first."""


@dataclass(frozen=True, slots=True)
class Look:
    at: datetime
    who: str
    role: str
    what: str


def readers_of(case: Case) -> list[Look]:
    """The looks at the case, newest first. A reporter whose name is hidden is named only as that."""
    rows = AuditEntry.objects.filter(reference=case.reference, action__in=list(READS)).order_by("-pk")[:SHOWN]
    entries = list(rows.values_list("at", "actor", "role", "action"))
    ids = {int(actor.removeprefix("person:")) for _, actor, _, _ in entries if actor.startswith("person:")}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [Look(at, name_of(actor, names, case), role, READS[action]) for at, actor, role, action in entries]


def name_of(actor: str, names: dict[int, str], case: Case) -> str:
    if not actor.startswith("person:"):
        return "Rapportören"
    person_id = int(actor.removeprefix("person:"))
    if case.reporter_hidden and person_id == case.reporter_id:
        return "Rapportören"
    return names.get(person_id, "Okänd")
