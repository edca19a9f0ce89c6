"""Who has read a case, from the audit, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.timezone import localdate

from avvikelse.audit.models import AuditEntry
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role, in_text

from .models import Case

READS = {
    "read": "läste ärendet",
    "download": "öppnade en handling eller fil",
    "reveal": "såg namnet på en berörd",
    "measure": "såg en åtgärd och dess orsak",
    "statement": "såg en fråga om yttrande",
}
SHOWN = 500
"""How many looks the page goes back, the newest first."""
PERSON = "person:"


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody's looks of one sort on one day: `at` is the latest, `times` how many."""

    at: datetime
    who: str
    role: str
    what: str
    times: int = 1


def readers_of(case: Case, *, name_shown: bool) -> list[Look]:
    """The looks at the case, newest first; those of one sort by one person on one day are told together.

    Whoever only looked at her own report is the reporter, and named only where the name may be known.
    """
    rows = AuditEntry.objects.filter(reference=case.reference, action__in=list(READS)).order_by("-pk")[:SHOWN]
    entries = list(rows.values_list("at", "actor", "role", "action", "context"))
    ids = {int(actor.removeprefix(PERSON)) for _, actor, *_ in entries if actor.startswith(PERSON)}
    names = dict(Person.objects.filter(pk__in=ids).values_list("pk", "name"))
    return together(look(names, *entry, name_shown=name_shown) for entry in entries)


def look(
    names: Mapping[int, str],
    at: datetime,
    actor: str,
    role: str,
    action: str,
    context: Mapping[str, Any],
    *,
    name_shown: bool,
) -> Look:
    if not actor.startswith(PERSON):
        return Look(at, "Rapportören", "", READS[action])
    name = names.get(int(actor.removeprefix(PERSON)), "Okänd")
    if context.get("as") != "reporter":
        return Look(at, name, roles_in_text(role), READS[action])
    return Look(at, name if name_shown else "Rapportören", "rapportör" if name_shown else "", READS[action])


def roles_in_text(labels: str) -> str:
    """Roles as the log has them, "Enhetschef, SAS", as they stand in a sentence; "medarbetare" only where it is all."""
    roles = {role.label: in_text(role) for role in Role}
    held = labels.split(", ")
    told = [label for label in held if label != Role.EMPLOYEE.label] or held
    return ", ".join(roles.get(label, label) for label in told)


def together(looks: Iterable[Look]) -> list[Look]:
    """Looks that follow each other and differ only in the time of the day become one."""
    groups = groupby(looks, key=lambda each: (localdate(each.at), each.who, each.role, each.what))
    found = []
    for _, group in groups:
        latest, *earlier = group
        found.append(replace(latest, times=1 + len(earlier)))
    return found
