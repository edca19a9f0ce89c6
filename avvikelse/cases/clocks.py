"""The clocks' rules. A due date is computed once, by the rule and the calendar of the day it starts (workflows §10)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias

from django.utils.timezone import localdate, localtime

from avvikelse.organisation.models import ClosedDay
from avvikelse.organisation.preferences import LocalValues
from avvikelse.workdays import add_months, add_working_days, is_working_day, statutory_months

from .kinds import State
from .models import Case, Clock

Due: TypeAlias = Callable[[date, LocalValues, Mapping[str, object]], date]


@dataclass(frozen=True, slots=True)
class ClockRule:
    """`due(start, local, facts)` gives the last day. A local rule pauses while the case waits for the reporter."""

    name: str
    label: str
    due: Due
    statutory: bool = False
    only_in: tuple[State, ...] = ()
    version: int = 1


def closed_days() -> frozenset[date]:
    return frozenset(ClosedDay.objects.values_list("day", flat=True))


def working_days_from(key: str) -> Due:
    return lambda start, local, _facts: add_working_days(start, local.number(key), closed_days())


def days_from(key: str) -> Due:
    return lambda start, local, _facts: start + timedelta(days=local.number(key))


def date_given(fact: str) -> Due:
    def due(start: date, _local: LocalValues, facts: Mapping[str, object]) -> date:
        return max(day_in(facts, fact), start)

    return due


def same_day_before(key: str) -> Due:
    """The same working day for what comes in by the hour; later, or on a day off, the next. Needs `received_at`."""

    def due(start: date, local: LocalValues, facts: Mapping[str, object]) -> date:
        at, closed = facts["received_at"], closed_days()
        assert isinstance(at, datetime), "received_at"
        in_time = is_working_day(start, closed) and localtime(at).time() <= local.time(key)
        return start if in_time else add_working_days(start, 1, closed)

    return due


def law_months(fact: str, months: int) -> Due:
    """The months that a regulation counts from the day in `fact`: nothing local moves it."""

    def due(start: date, _local: LocalValues, facts: Mapping[str, object]) -> date:
        return max(statutory_months(day_in(facts, fact), months), start)

    return due


def months_from(fact: str, key: str) -> Due:
    def due(start: date, local: LocalValues, facts: Mapping[str, object]) -> date:
        return max(add_months(day_in(facts, fact), local.number(key)), start)

    return due


def day_in(facts: Mapping[str, object], fact: str) -> date:
    day = facts[fact]
    assert isinstance(day, date), fact
    return day


ASSESSMENT = ClockRule("assessment", "bedömning", working_days_from("assessment_days"), only_in=(State.RECEIVED,))
START = ClockRule("start", "påbörjad utredning", working_days_from("start_days"))
INVESTIGATION = ClockRule("investigation", "färdig utredning", days_from("investigation_days"))
FOLLOW_UP = ClockRule("follow_up", "uppföljning", date_given("follow_up_on"))
MEASURE = ClockRule("measure", "åtgärd", date_given("due_on"))

RECEPTION = ClockRule("reception", "mottagning", same_day_before("reception_by"), only_in=(State.RECEIVED,))
PROPOSAL = ClockRule("proposal", "förslag till beslut", days_from("proposal_days"))
NOTIFY = ClockRule("notify", "anmäl snarast", working_days_from("notify_days"))
TO_IVO = ClockRule("to_ivo", "utredningen till IVO", law_months("sent_on", 2), statutory=True)
LEX_MARIA = ClockRule("lex_maria", "anmälan enligt lex Maria", months_from("occurred_on", "lex_maria_months"))
REQUEST = ClockRule("request", "begäran från IVO", date_given("due_on"))
DEMAND = ClockRule("demand", "krav från IVO", date_given("due_on"))

RULES = {
    rule.name: rule
    for rule in (
        ASSESSMENT,
        START,
        INVESTIGATION,
        FOLLOW_UP,
        MEASURE,
        RECEPTION,
        PROPOSAL,
        NOTIFY,
        TO_IVO,
        LEX_MARIA,
        REQUEST,
        DEMAND,
    )
}


def start_clock(
    case: Case,
    rule: ClockRule,
    *,
    at: datetime,
    local: LocalValues,
    facts: Mapping[str, object] | None = None,
    about_id: int | None = None,
) -> Clock:
    """Start the rule's clock; a local one that starts while the case waits for the reporter waits with it.

    The database refuses a second one that runs for the same thing.
    """
    day = localdate(at)
    waits = case.state == State.RETURNED and not rule.statutory
    return Clock.objects.create(
        case=case,
        rule=rule.name,
        rule_version=rule.version,
        about_id=about_id,
        started_on=day,
        due_on=rule.due(day, local, facts or {}),
        paused_on=day if waits else None,
    )


def start_anew(
    case: Case,
    rule: ClockRule,
    *,
    at: datetime,
    local: LocalValues,
    facts: Mapping[str, object],
    about_id: int | None = None,
) -> Clock:
    """End the rule's clock if it runs for the same thing, and start it."""
    case.clocks.filter(rule=rule.name, about_id=about_id, met_at=None, ended_at=None).update(ended_at=at)
    return start_clock(case, rule, at=at, local=local, facts=facts, about_id=about_id)


def meet_clocks(case: Case, rules: Iterable[ClockRule], *, at: datetime, about_id: int | None = None) -> None:
    names = [rule.name for rule in rules]
    if names:
        case.clocks.filter(rule__in=names, about_id=about_id, met_at=None, ended_at=None).update(met_at=at)


def end_clocks(case: Case, *, at: datetime) -> None:
    """A hand-over or a final state ends every clock of the case; ended is not met."""
    case.clocks.filter(met_at=None, ended_at=None).update(ended_at=at)


def pause_clocks(case: Case, *, day: date) -> None:
    """Local clocks wait while the case waits for the reporter."""
    statutory = [rule.name for rule in RULES.values() if rule.statutory]
    case.clocks.filter(met_at=None, ended_at=None, paused_on=None).exclude(rule__in=statutory).update(paused_on=day)


def resume_clocks(case: Case, *, day: date) -> None:
    """Move each paused due date by the days waited."""
    for clock in case.clocks.filter(met_at=None, ended_at=None, paused_on__isnull=False):
        assert clock.paused_on is not None
        clock.due_on += day - clock.paused_on
        clock.paused_on = None
        clock.save(update_fields=["due_on", "paused_on"])
