"""The start page.

The first sentence says how things are, then what waits, then what came of it. Different for each role.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from avvikelse.cases.kinds import State
from avvikelse.cases.lookup import own_rows, unread_answers
from avvikelse.cases.models import Answer
from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.cases.viewer import Viewer
from avvikelse.intake.queries import drafts_of
from avvikelse.lex_sarah.duty import duty_is_due
from avvikelse.measures.lookup import own_measures
from avvikelse.measures.models import Effect, Measure
from avvikelse.organisation.care import needs_care
from avvikelse.organisation.directory import role_changes_since
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role
from avvikelse.ui import words
from avvikelse.workdays import working_days_left

from .tasks import Task, late_by_unit, not_started, tasks

FIRST = 8
"""How much of each list the start page shows."""
REPORTS, DRAFTS, LED_TO = 5, 3, 3
REPORT_FIELDS = ("reference", "title", "kind", "state", "received_on")
MORNING_ENDS, DAY_ENDS = 10, 18
ABOVE = (Role.BRANCH_CHIEF, Role.DIRECTOR, Role.SAS, Role.MAS, Role.MAR)


def greeting(person: Person, at: datetime) -> str:
    hour = localtime(at).hour
    words_now = "God morgon" if hour < MORNING_ENDS else "Hej" if hour < DAY_ENDS else "God kväll"
    return f"{words_now}, {person.name.split()[0]}"


def lead(found: list[Task], answers: list[Answer], to_see_over: int) -> str:
    """How things are, in a sentence or two."""
    late = sum(task.is_late for task in found)
    soon = sum(task.urgency == "soon" for task in found)
    if not found and answers:
        return f"Du har fått svar på {'din rapport' if len(answers) == 1 else 'dina rapporter'}."
    if not found and to_see_over:
        return f"{words.amount(to_see_over, 'sak', 'saker')} i organisationen behöver ses över.".capitalize()
    if not found:
        return "Inget väntar på dig just nu."
    if not late and not soon:
        calm = " Inget brådskar." if all(task.has_date for task in found) else ""
        return f"{words.amount(len(found), 'sak', 'saker')} väntar på dig.{calm}"
    parts = []
    if late:
        parts.append(f"{words.amount(late, 'sak', 'saker')} är {'försenad' if late == 1 else 'försenade'}")
    if soon:
        parts.append(f"{words.amount(soon, 'sak', 'saker')} behöver dig de närmaste dagarna")
    rest = "" if late + soon == len(found) else " Allt annat är som det ska."
    return f"{' och '.join(parts)}.{rest}"


def start_context(viewer: Viewer) -> dict[str, object]:
    found, answers, more = tasks(viewer), unread_answers(viewer, REPORTS), by_role(viewer)
    context: dict[str, object] = {
        "greeting": greeting(viewer.person, viewer.at),
        "today": viewer.day,
        "handles": viewer.access.has(*SEEN_IN_ROLE),
        "tasks": found[:FIRST],
        "more": max(0, len(found) - FIRST),
        "measures": own_open_measures(viewer),
        "answers": answers,
        "lead": lead(found, answers, len(more.get("care", ()))),
        "reports": own_rows(list(viewer.reports.newest_first().only(*REPORT_FIELDS)[:REPORTS]), viewer.day),
        "drafts": list(drafts_of(viewer.person)[:DRAFTS]),
        "duty_due": duty_is_due(viewer),
    }
    return context | more


def own_open_measures(viewer: Viewer) -> list[tuple[Measure, int]]:
    return [(row, working_days_left(viewer.day, row.due_on)) for row in own_measures(viewer, FIRST)]


def by_role(viewer: Viewer) -> dict[str, Any]:
    """What only some roles get: what is stuck, changes in roles, what the reports led to, what needs care."""
    access, more = viewer.access, dict[str, Any]()
    if access.has(*ABOVE):
        more["not_started"] = not_started(viewer)
        more["late"] = late_by_unit(viewer)
    if access.has(Role.DIRECTOR):
        more["role_changes"] = list(role_changes_since(access, viewer.day)[:FIRST])
    if access.has(Role.CHIEF, Role.FIRST_SOCIAL_WORKER, Role.BRANCH_CHIEF):
        more["led_to"] = led_to(viewer)
    if access.has(Role.ADMINISTRATOR):
        more["care"] = needs_care(viewer.day)
    more["board"] = access.has(Role.BOARD)
    return more


def led_to(viewer: Viewer) -> list[Measure]:
    """Measures that helped, in cases closed lately: what the reports led to."""
    closed = viewer.cases.filter(state=State.CLOSED).values("pk")
    rows = Measure.objects.filter(cause__case__in=closed, effect=Effect.YES)
    return list(rows.select_related("cause__case__unit").order_by("-done_on", "-pk")[:LED_TO])


def references_shown(context: dict[str, Any]) -> list[str]:
    """The number of every case that the page shows something of."""
    return [
        *(task.reference for task in context["tasks"]),
        *(measure.cause.case.reference for measure, _ in context["measures"]),
        *(answer.case.reference for answer in context["answers"]),
        *(row["case"].reference for row in context["reports"]),
        *(measure.cause.case.reference for measure in context.get("led_to", [])),
    ]
