"""The start page.

The first sentence says how things are, then what waits, then what came of it. Different for each role.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.timezone import localdate, localtime

from avvikelse.cases.kinds import State
from avvikelse.cases.lookup import own_reports, own_rows
from avvikelse.cases.models import Case
from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.intake.queries import drafts_of
from avvikelse.measures.models import Effect, Measure
from avvikelse.organisation.access import Access
from avvikelse.organisation.care import needs_care
from avvikelse.organisation.directory import role_changes_since
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role
from avvikelse.ui import words
from avvikelse.workdays import working_days_between

from .tasks import Task, late_by_unit, not_started, tasks

FIRST = 8
"""How much of each list the start page shows."""
MORNING_ENDS, DAY_ENDS = 10, 18
ABOVE = (Role.BRANCH_CHIEF, Role.DIRECTOR, Role.SAS, Role.MAS, Role.MAR)


def greeting(person: Person, at: datetime) -> str:
    hour = localtime(at).hour
    words_now = "God morgon" if hour < MORNING_ENDS else "Hej" if hour < DAY_ENDS else "God kväll"
    return f"{words_now}, {person.name.split()[0]}"


def lead(found: list[Task]) -> str:
    """How things are, in a sentence or two."""
    late = sum(task.is_late for task in found)
    soon = sum(task.urgency == "soon" for task in found)
    if not found:
        return "Inget väntar på dig just nu."
    if not late and not soon:
        return f"{words.amount(len(found), 'sak', 'saker')} väntar på dig. Inget är bråttom.".capitalize()
    parts = []
    if late:
        parts.append(f"{words.amount(late, 'sak', 'saker')} är {'försenad' if late == 1 else 'försenade'}")
    if soon:
        parts.append(f"{words.amount(soon, 'sak', 'saker')} behöver dig de närmaste dagarna")
    return " och ".join(parts).capitalize() + "."


def start_context(person: Person, at: datetime, access: Access) -> dict[str, object]:
    day = localdate(at)
    handles = access.has(*SEEN_IN_ROLE)
    found = tasks(person, day, access)
    measures = own_open_measures(person, day)
    context: dict[str, object] = {
        "greeting": greeting(person, at),
        "today": day,
        "handles": handles,
        "tasks": found[:FIRST],
        "more": max(0, len(found) - FIRST),
        "measures": measures,
        "lead": lead(found),
        "reports": own_rows(list(own_reports(person).select_related("unit")[:5]), day),
        "drafts": list(drafts_of(person)[:3]),
    }
    return context | by_role(person, day, access)


def own_open_measures(person: Person, day: date) -> list[tuple[Measure, int]]:
    rows = Measure.objects.owned_by(person).open().select_related("cause__case").order_by("due_on", "pk")[:FIRST]
    return [(row, working_days_between(day, row.due_on)) for row in rows]


def by_role(person: Person, day: date, access: Access) -> dict[str, object]:
    """What only some roles get: what is stuck, changes in roles, what the reports led to, what needs care."""
    more: dict[str, object] = {}
    if access.has(*ABOVE):
        more["not_started"] = not_started(person, day, access, LocalValues(day))
        more["late"] = late_by_unit(person, day, access)
    if access.has(Role.DIRECTOR):
        more["role_changes"] = list(role_changes_since(access, day)[:FIRST])
    if access.has(Role.CHIEF, Role.FIRST_SOCIAL_WORKER, Role.BRANCH_CHIEF):
        more["led_to"] = led_to(person, day, access)
    if access.has(Role.ADMINISTRATOR):
        more["care"] = needs_care(day)
    more["board"] = access.has(Role.BOARD)
    return more


def led_to(person: Person, day: date, access: Access) -> list[Measure]:
    """Measures that helped, in cases closed lately: what the reports led to."""
    closed = Case.objects.visible_to(person, day, access).filter(state=State.CLOSED).values("pk")
    rows = Measure.objects.filter(cause__case__in=closed, effect=Effect.YES)
    return list(rows.select_related("cause__case__unit").order_by("-done_on", "-pk")[:3])
