"""What waits for somebody: drawn from the states' `waits_for`, the roles and the clocks. It decides nothing itself."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.timezone import localdate

from avvikelse.cases.clocks import NOTIFY, closed_days
from avvikelse.cases.engine import workflow_of, workflows
from avvikelse.cases.filters import open_cases
from avvikelse.cases.kinds import SEALED_KINDS, Kind, PartRole, State
from avvikelse.cases.models import Case, CaseQuerySet, Clock, Part
from avvikelse.cases.rules import Who, implicated_people
from avvikelse.cases.sight import OPEN_TO_CHIEFS, with_part
from avvikelse.cases.viewer import Viewer
from avvikelse.inquiries.lookup import statements_waiting
from avvikelse.inquiries.models import Statement
from avvikelse.ivo.lookup import readings_waiting
from avvikelse.ivo.models import Reader
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
NOTIFY_NOW = "Anmäl snarast till IVO"


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
    found = as_handler | as_reporter | waiting_for_part(person)
    found |= own_units(access, viewer.local) & OPEN_TO_CHIEFS & places_waiting_for(Who.CHEF)
    found |= passed_upwards(person, day, access) & OPEN_TO_CHIEFS & places_waiting_for(Who.CHEF)
    for role, who in ((Role.SAS, Who.SAS), (Role.MAS, Who.MAS), (Role.MAR, Who.MAS)):
        if units := access.units([role]):
            found |= Q(unit_id__in=units) & left_to(who)
    return (viewer.cases | viewer.reports).filter(found)


def waiting_for_part(person: Person) -> Q:
    """What waits for somebody who decides, or who stands in for SAS or MAS."""
    decides = Q(pk__in=with_part([person.pk], [PartRole.DECIDER])) & places_waiting_for(Who.DECIDER)
    stands_in = Q(pk__in=with_part([person.pk], [PartRole.STAND_IN]))
    return decides | stands_in & (left_to(Who.SAS) | left_to(Who.MAS))


def left_to(who: Who) -> Q:
    """What waits for SAS or MAS, also for an investigator to be appointed in the place of one who is gone.

    Not where somebody is there to decide, whom it waits for then.
    """
    parts = Part.objects.filter(role=PartRole.DECIDER, valid_to=None)
    alone = places_waiting_for(Who.INVESTIGATOR) & Q(handler=None, kind__in=SEALED_KINDS)
    return alone | places_waiting_for(who) & ~(places_waiting_for(Who.DECIDER) & Q(pk__in=parts.values("case_id")))


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
    found = with_dates(waiting(viewer))
    fields = ("reference", "title", "kind", "state", "unit__name", "reporter_id", "unit_id", "received_at")
    rows = list(
        found.select_related("unit").only(*fields).order_by(F("due").asc(nulls_last=True), "received_at", "pk")[:SHOWN]
    )
    asked = list(statements_waiting(viewer)[:SHOWN])
    to_read = list(readings_waiting(viewer)[:SHOWN])
    closed = closed_days() if rows or asked else frozenset()
    units = viewer.access.units([Role.BRANCH_CHIEF, Role.DIRECTOR]) if rows else frozenset()
    reasons = taken_over_by(viewer.person.pk, units, viewer.day) if units else {}
    found_tasks = [(getattr(case, "due", None), task_of(case, viewer, closed, reasons)) for case in rows]
    found_tasks += [(row.due_on, task_of_statement(row, viewer.day, closed)) for row in asked]
    found_tasks += [(None, task_of_reading(row, viewer.day)) for row in to_read]
    return [task for _, task in sorted(found_tasks, key=lambda pair: pair[0] or date.max)][:SHOWN]


def with_dates(cases: CaseQuerySet) -> CaseQuerySet:
    """`notify` is by when IVO shall be told, `due` the nearest date that runs.

    The clock of a notice runs in the case it comes out of, and waits for the IVO case.
    """
    running = Clock.objects.filter(met_at=None, ended_at=None, paused_on=None).order_by("due_on").values("due_on")
    notify = running.filter(rule=NOTIFY.name, case__offspring=OuterRef("pk"), case__offspring__kind=Kind.IVO)
    own = running.filter(case=OuterRef("pk")).exclude(rule=NOTIFY.name)
    return cases.annotate(notify=Subquery(notify[:1]), due=Coalesce("notify", Subquery(own[:1])))


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
        NOTIFY_NOW if getattr(case, "notify", None) else place.task,
        f"{page}#{place.part}" if place.part else move,
        words.due_words(due, left, day) if due else "inget datum",
        ("late" if due < day else words.urgency(left)) if due else "calm",
        " ".join(part for part in (received, reasons.get(case.unit_id, "")) if part),
        due is not None,
    )


def task_of_statement(statement: Statement, day: date, closed: frozenset[date]) -> Task:
    """What somebody is asked to say: the number of the case and who asks, nothing more of it."""
    due = statement.due_on
    left, page = working_days_left(day, due, closed), reverse("statement", args=[statement.pk])
    return Task(
        statement.case.reference,
        "Lämna ett yttrande",
        f"{statement.asked_by.name} frågar",
        page,
        "Svara på frågan",
        page,
        words.due_words(due, left, day),
        "late" if due < day else words.urgency(left),
        f"Frågan kom {words.day(localdate(statement.asked_at), day)}.",
        has_date=True,
    )


def task_of_reading(reading: Reader, day: date) -> Task:
    """A decision of IVO's that somebody must read: the number of the case, nothing more of it."""
    page = reverse("ivo_decision", args=[reading.decision_id])
    return Task(
        reading.decision.case.reference,
        "Läs IVO:s beslut",
        reading.decision.get_outcome_display(),
        page,
        "Läs beslutet",
        page,
        "inget datum",
        "calm",
        f"IVO beslutade {words.day(reading.decision.decided_on, day)}.",
        has_date=False,
    )


def count(viewer: Viewer) -> int:
    """How many wait, counted up to a thousand and one."""
    beside = statements_waiting(viewer).count() + readings_waiting(viewer).count()
    return waiting(viewer)[: COUNTED + 1].count() + beside


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
