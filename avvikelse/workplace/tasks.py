"""What waits for somebody: drawn from the states' `waits_for`, the roles and the clocks. It decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.timezone import localdate

from avvikelse.cases.clocks import closed_days
from avvikelse.cases.engine import workflow_of, workflows
from avvikelse.cases.filters import open_cases
from avvikelse.cases.kinds import PartRole, State
from avvikelse.cases.models import Case, CaseQuerySet, Clock
from avvikelse.cases.rules import Who, implicated_people
from avvikelse.cases.sight import OPEN_TO_CHIEFS
from avvikelse.cases.viewer import Viewer
from avvikelse.organisation.access import Access
from avvikelse.organisation.acting import all_chiefs, taken_over_by
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role
from avvikelse.ui import words
from avvikelse.workdays import working_days_left

SHOWN = 100
"""How many tasks a page shows; the count says how many there are."""
COUNTED = 1_000
UNITS_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do: what, where and by when. `why` says when it came in, and why here if it is not one's own."""

    reference: str
    title: str
    unit: str
    url: str
    what: str
    do: str
    due: str
    urgency: str
    why: str
    has_date: bool

    @property
    def is_late(self) -> bool:
        return self.urgency == "late"


def waiting(viewer: Viewer) -> CaseQuerySet:
    """The cases whose next step is the person's."""
    person, day, access = viewer.person, viewer.day, viewer.access
    as_handler = Q(handler=person) & places_waiting_for(Who.INVESTIGATOR)
    as_reporter = Q(reporter=person) & places_waiting_for(Who.REPORTER)
    found = as_handler | as_reporter
    found |= own_units(access, viewer.local) & OPEN_TO_CHIEFS & places_waiting_for(Who.CHEF)
    found |= passed_upwards(person, day, access) & OPEN_TO_CHIEFS & places_waiting_for(Who.CHEF)
    for role, who in ((Role.SAS, Who.SAS), (Role.MAS, Who.MAS), (Role.MAR, Who.MAS)):
        if units := access.units([role]):
            found |= Q(unit_id__in=units) & places_waiting_for(who)
    return (viewer.cases | viewer.reports).filter(found)


def places_waiting_for(who: Who) -> Q:
    """Every kind's states whose next step is in that capacity."""
    found = Q(pk__in=[])
    for workflow in workflows():
        states = [place.state for place in workflow.places if who in place.waits_for]
        if states:
            found |= Q(kind=workflow.kind, state__in=states)
    return found


def own_units(access: Access, local: LocalValues) -> Q:
    """The units the person is the nearest chief of, by role or standing in."""
    roles = [Role.CHIEF]
    if local.flag("first_social_worker_assesses"):
        roles.append(Role.FIRST_SOCIAL_WORKER)
    return Q(unit_id__in=access.units(roles))


def passed_upwards(person: Person, day: date, access: Access) -> Q:
    """What comes to a chief above: units without a chief at work, and cases that pass the chiefs below by."""
    units = access.units([Role.BRANCH_CHIEF, Role.DIRECTOR])
    if not units:
        return Q(pk__in=[])
    taken = Q(unit_id__in=list(taken_over_by(person.pk, units, day)))
    return taken | Q(pk__in=passing_to(person, units, day))


def passing_to(person: Person, units: frozenset[int], day: date) -> list[int]:
    """Open cases where every chief nearer than the person is *utpekad* or leans on one who is.

    Three questions in all.
    """
    passing = Case.objects.filter(
        open_cases(), unit_id__in=units, parts__role=PartRole.IMPLICATED, parts__valid_to=None
    )
    chiefs = all_chiefs(day)
    found = []
    for case in passing.distinct().select_related("unit").prefetch_related("parts"):
        without = implicated_people(case)
        able = [chief for chief in chiefs if chief.person.pk not in without and not chief.grant.leans_on & without]
        line = [chief for chief in able if case.unit.path.startswith(chief.unit.path)]
        nearest = max((len(chief.unit.path) for chief in line), default=0)
        if any(chief.person.pk == person.pk and len(chief.unit.path) == nearest for chief in line):
            found.append(case.pk)
    return found


def tasks(viewer: Viewer) -> list[Task]:
    """The first hundred things that wait, those with the nearest date first, those without one last by age."""
    due = Clock.objects.filter(case=OuterRef("pk"), met_at=None, ended_at=None, paused_on=None).order_by("due_on")
    found = waiting(viewer).annotate(due=Subquery(due.values("due_on")[:1]))
    fields = ("reference", "title", "kind", "state", "unit__name", "reporter_id", "unit_id", "received_at")
    rows = list(
        found.select_related("unit").only(*fields).order_by(F("due").asc(nulls_last=True), "received_at", "pk")[:SHOWN]
    )
    closed = closed_days() if rows else frozenset()
    units = viewer.access.units([Role.BRANCH_CHIEF, Role.DIRECTOR]) if rows else frozenset()
    reasons = taken_over_by(viewer.person.pk, units, viewer.day) if units else {}
    return [task_of(case, viewer, closed, reasons) for case in rows]


def task_of(case: Case, viewer: Viewer, closed: frozenset[date], reasons: dict[int, str]) -> Task:
    place, day = workflow_of(case.kind).place(case.state), viewer.day
    due: date | None = getattr(case, "due", None)
    left = working_days_left(day, due, closed) if due else 0
    received = f"Kom in {words.day(localdate(case.received_at), day)}."
    mine = Who.REPORTER in place.waits_for and case.reporter_id == viewer.person.pk
    page = reverse("my_report" if mine else "case_page", args=[case.reference])
    move = reverse("case_move", args=[case.reference, place.main_move]) if place.main_move else page
    return Task(
        case.reference,
        case.title,
        case.unit.name,
        page,
        place.task,
        f"{page}#{place.part}" if place.part else move,
        words.due_words(due, left, day) if due else "inget datum",
        ("late" if due < day else words.urgency(left)) if due else "calm",
        " ".join(part for part in (received, reasons.get(case.unit_id, "")) if part),
        due is not None,
    )


def count(viewer: Viewer) -> int:
    """How many wait, counted up to a thousand and one."""
    return waiting(viewer)[: COUNTED + 1].count()


def not_started(viewer: Viewer) -> list[tuple[int, str, int]]:
    """Units with cases where nothing has happened since they came in, for longer than the local limit.

    (id, name, number), the most first.
    """
    limit = viewer.day - timedelta(days=viewer.local.number("not_started_days"))
    return most_by_unit(viewer.cases.filter(state=State.RECEIVED, received_on__lt=limit))


def late_by_unit(viewer: Viewer) -> list[tuple[int, str, int]]:
    """Units with cases past a date, as (id, name, number): the most first."""
    return most_by_unit(viewer.cases.late(viewer.day))


def most_by_unit(cases: CaseQuerySet) -> list[tuple[int, str, int]]:
    rows = cases.order_by().values_list("unit_id", "unit__name").annotate(number=Count("pk"))
    return list(rows.order_by("-number", "unit__name")[:UNITS_SHOWN])
