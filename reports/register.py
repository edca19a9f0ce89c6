"""The register of lex Sarah cases, vårdskador and IVO cases of a period: a row each, and their sums.

Nothing in it says what a case is about. Whoever is SAS, MAS or MAR has the cases she sees as such.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from statistics import median
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.http import Http404
from django.utils.timezone import localdate

from avvikelse.cases.clocks import RULES
from avvikelse.cases.engine import workflow_of, workflows
from avvikelse.cases.kinds import SEALED_KINDS, Kind, Sort, State
from avvikelse.cases.models import Case, CaseEvent, CaseQuerySet, Clock
from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.cases.viewer import Viewer
from avvikelse.inquiries.choices import GRADES, Grade, Stage
from avvikelse.inquiries.models import Ruling
from avvikelse.ivo.choices import Outcome
from avvikelse.organisation.roles import Role
from avvikelse.ui.period import Period

ROLES = (Role.SAS, Role.MAS, Role.MAR)
NO_GRADE = "Utan beslut"


@dataclass(frozen=True, slots=True)
class Matter:
    """What IVO has made of it: IVO's number, the latest outcome and its day, or how far it has come."""

    number: str
    outcome: str
    state: str
    decided_on: date | None

    @property
    def standing(self) -> str:
        return self.outcome or self.state


@dataclass(frozen=True, slots=True)
class Row:
    """A case as the register has it. Days are counted from the day it came in; None is not yet, or never."""

    reference: str
    kind: Kind
    sort: str
    unit: str
    received_on: date
    state: str
    grade: str
    days_to_decision: int | None
    days_to_close: int | None
    kept: int
    broken: tuple[str, ...]
    matter: Matter | None

    @property
    def what(self) -> str:
        """The sort where it has one, else the kind."""
        return self.sort or str(self.kind.label)


@dataclass(frozen=True, slots=True)
class Sums:
    """How many of each. `outcomes` counts IVO cases, also those that rows in the register led to later."""

    kinds: list[tuple[str, int]]
    grades: list[tuple[str, int]]
    outcomes: list[tuple[str, int]]
    kept: int
    broken: int
    days_to_decision: int | None
    days_to_close: int | None


@dataclass(frozen=True, slots=True)
class Register:
    rows: list[Row]
    sums: Sums


# --- Whose it is


def must_keep(viewer: Viewer) -> None:
    """Nobody but SAS, MAS and MAR knows of the register."""
    if not viewer.access.has(*ROLES):
        raise Http404


def registered(viewer: Viewer) -> CaseQuerySet:
    """The cases the person has as SAS, MAS or MAR."""
    mine = Q(pk__in=[])
    for grant in viewer.access.grants:
        if grant.role in ROLES:
            mine |= Q(unit_id__in=grant.unit_ids) & SEEN_IN_ROLE[grant.role]
    return viewer.cases.filter(mine, kind__in=SEALED_KINDS)


def this_year(day: date) -> Period:
    return Period(date(day.year, 1, 1), day)


# --- Reading it: five questions, however many cases


def read_register(viewer: Viewer, period: Period) -> Register:
    """What came in during the period, the oldest first."""
    cases = registered(viewer).filter(received_on__range=(period.first, period.last))
    known = read_around(registered(viewer), cases.order_by().values("pk"), viewer.day)
    fields = ("pk", "reference", "kind", "sort", "state", "unit__name", "received_on")
    rows = [row_of(known, *found) for found in cases.order_by("received_at", "pk").values_list(*fields)]
    return Register(rows, sums_of(rows, [*known.own.values(), *known.led_to.values()]))


@dataclass(frozen=True, slots=True)
class Around:
    """What is known of the cases besides themselves, by case."""

    grades: Mapping[int, tuple[str, date]]
    closed: Mapping[int, date]
    kept: Counter[int]
    broken: Mapping[int, list[str]]
    own: Mapping[int, Matter]
    led_to: Mapping[int, Matter]


def read_around(seen: CaseQuerySet, ids: QuerySet[Case, Any], day: date) -> Around:
    return Around(grades_of(ids), closings(ids), *clocks_of(ids, day), *matters(seen, ids))


def row_of(
    known: Around, pk: int, reference: str, kind: str, sort: str, state: str, unit: str, received_on: date
) -> Row:
    place = workflow_of(kind).place(state)
    matter = known.own.get(pk) or known.led_to.get(pk)
    grade, decided_on = known.grades.get(pk, ("", None))
    if kind == Kind.IVO:
        decided_on = matter.decided_on if matter else None
    return Row(
        reference,
        Kind(kind),
        Sort(sort).label if sort else "",
        unit,
        received_on,
        place.label,
        grade,
        days(received_on, decided_on),
        days(received_on, known.closed.get(pk)) if place.final else None,
        known.kept[pk],
        tuple(known.broken.get(pk, ())),
        matter,
    )


def days(start: date, end: date | None) -> int | None:
    """None too where the end was noted with a day before the start."""
    return (end - start).days if end and end >= start else None


def grades_of(ids: QuerySet[Case, Any]) -> dict[int, tuple[str, date]]:
    """The grade and the day of each case's decision in force."""
    rows = Ruling.objects.filter(case__in=ids, replaced=False).exclude(stage=Stage.PROPOSAL).order_by("pk")
    return {pk: (Grade(grade).label, day) for pk, grade, day in rows.values_list("case_id", "grade", "decided_on")}


def closings(ids: QuerySet[Case, Any]) -> dict[int, date]:
    """The day each case last came to an end."""
    final = {place.state for workflow in workflows() for place in workflow.places if place.final}
    events = CaseEvent.objects.filter(case__in=ids, to_state__in=final).order_by().values_list("case_id")
    return {pk: localdate(at) for pk, at in events.annotate(last=Max("at"))}


def clocks_of(ids: QuerySet[Case, Any], day: date) -> tuple[Counter[int], dict[int, list[str]]]:
    """How many clocks of each case were kept, and the names of those that were not."""
    kept: Counter[int] = Counter()
    broken: dict[int, list[str]] = defaultdict(list)
    fields = ("case_id", "rule", "due_on", "met_at", "ended_at", "paused_on")
    for pk, rule, due_on, met_at, ended_at, paused_on in (
        Clock.objects.filter(case__in=ids).order_by("due_on", "pk").values_list(*fields)
    ):
        if is_broken(due_on, met_at or ended_at, paused_on, day):
            broken[pk].append(RULES[rule].label)
        elif met_at:
            kept[pk] += 1
    return kept, broken


def is_broken(due_on: date, stopped_at: datetime | None, paused_on: date | None, day: date) -> bool:
    """Whether the day passed before the clock was met or ended; one that waits has not run out since it was paused."""
    return due_on < (localdate(stopped_at) if stopped_at else paused_on or day)


def matters(seen: CaseQuerySet, ids: QuerySet[Case, Any]) -> tuple[dict[int, Matter], dict[int, Matter]]:
    """IVO's part of IVO cases in the register by case, and of those they led to by the case they came out of.

    An IVO case that stands in the register itself is among the first only for itself.
    """
    rows = seen.filter(Q(pk__in=ids) | Q(origin__in=ids), kind=Kind.IVO).order_by("pk")
    rows = rows.annotate(decided_on=Max("ivo_decisions__decided_on"))
    fields = ("pk", "origin_id", "state", "ivo_matter__ivo_number", "ivo_matter__outcome", "decided_on")
    own, led_to = {}, {}
    for pk, origin, state, number, outcome, decided_on in rows.values_list(*fields):
        label = Outcome(outcome).label if outcome else ""
        own[pk] = Matter(number or "", label, workflow_of(Kind.IVO).place(state).label, decided_on)
        if origin and state != State.CANCELLED:
            led_to[origin] = own[pk]
    return own, led_to


# --- Summing it up


def sums_of(rows: list[Row], matters: Iterable[Matter]) -> Sums:
    kinds = Counter(row.kind for row in rows)
    different = {id(matter): matter for matter in matters}.values()
    return Sums(
        kinds=[(str(kind.label), kinds[kind]) for kind in Kind if kinds[kind]],
        grades=grade_sums(rows, kinds),
        outcomes=sorted(Counter(matter.standing for matter in different).items()),
        kept=sum(row.kept for row in rows),
        broken=sum(len(row.broken) for row in rows),
        days_to_decision=middle(row.days_to_decision for row in rows if row.kind != Kind.IVO),
        days_to_close=middle(row.days_to_close for row in rows if row.kind != Kind.IVO),
    )


def grade_sums(rows: Iterable[Row], kinds: Mapping[Kind, int]) -> list[tuple[str, int]]:
    """Every grade of the kinds there are, also those that nobody got, and last what has none.

    What an enskild verksamhet has told the nämnd of gets no grade of ours.
    """
    graded = Counter(row.grade for row in rows if row.kind in GRADES and not row.sort)
    known = [str(grade.label) for kind, grades in GRADES.items() if kinds[kind] for grade in grades]
    return [*((label, graded[label]) for label in known), *([(NO_GRADE, graded[""])] if graded[""] else [])]


def middle(values: Iterable[int | None]) -> int | None:
    """The median in whole days, None of nothing."""
    known = [value for value in values if value is not None]
    return round(median(known)) if known else None
