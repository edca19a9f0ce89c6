"""What happens next with a case, who does it and by when: a sentence or two on every case, also a finished one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.timezone import localdate

from avvikelse.organisation.models import Person
from avvikelse.ui import words
from avvikelse.workdays import working_days_left

from .clocks import DEMAND, FOLLOW_UP, LEX_MARIA, MEASURE, NOTIFY, REQUEST, RULES, TO_IVO
from .engine import Place, workflow_of
from .kinds import SEALED_KINDS, PartRole
from .models import Case, CaseEvent, Clock
from .page import ROLES_OF_WHO, running, those_who
from .rules import Who
from .story import reporters_acts, said_by
from .takers import able, first_at_work, line_over, takers
from .viewer import Viewer

BY_WHEN = {
    MEASURE.name: "Närmaste åtgärd ska vara klar",
    FOLLOW_UP.name: "Det ska följas upp",
    NOTIFY.name: "Det ska anmälas till IVO snarast, senast",
    LEX_MARIA.name: "Om det ska anmälas till IVO är det senast",
    TO_IVO.name: "Utredningen ska vara hos IVO",
    REQUEST.name: "IVO ska ha svar",
    DEMAND.name: "IVO:s krav ska vara uppfyllt",
}
"""How the date of a clock is said; the others say "Det ska vara klart"."""
OUTCOME = "Så blev det"


@dataclass(frozen=True, slots=True)
class NextStep:
    """Who does what, by which day or since when, how soon that is with its tone, and whether it is the viewer."""

    sentence: str
    when: str
    left: str = ""
    tone: str = ""
    heading: str = "Nästa steg"
    mine: bool = True


def next_step(
    case: Case, events: list[CaseEvent], viewer: Viewer, closed: frozenset[date], *, name_shown: bool
) -> NextStep:
    """The next step as the viewer reads it. `events` is the whole story, the newest first."""
    place, day = workflow_of(case.kind).place(case.state), viewer.day
    if place.final:
        return finished(case, events, name_shown=name_shown)
    who = name_of_next(case, place, viewer, name_shown=name_shown)
    sentence, mine = place.next_step.format(who=who), who == "Du"
    clock = running(case.clocks.all(), place.clock.name) if place.clock else soonest(case.clocks.all())
    if clock is None:
        return NextStep(sentence, f"Så har det varit sedan {words.weekday(since(case, events), day)}", mine=mine)
    by_when = f"{BY_WHEN.get(clock.rule, 'Det ska vara klart')} {words.weekday(clock.due_on, day)}"
    left = working_days_left(day, clock.due_on, closed)
    soon, tone = left_words(clock.due_on, left, day), tone_of(clock.due_on, left, day)
    return NextStep(sentence, by_when, soon, tone, mine=mine)


def name_of_next(case: Case, place: Place, viewer: Viewer, *, name_shown: bool) -> str:
    """The name of whoever acts next as the viewer reads it: herself as "Du", a hidden reporter only as that."""
    person = who_is_next(case, place, viewer.day)
    if person and person.pk == viewer.person.pk:
        return "Du"
    if Who.REPORTER in place.waits_for and not (person and name_shown):
        return "Rapportören"
    return person.name if person else "Den ansvariga chefen"


def who_is_next(case: Case, place: Place, day: date) -> Person | None:
    """Whoever acts next, where it is a person one can name."""
    if Who.INVESTIGATOR in place.waits_for and case.handler:
        return case.handler
    if Who.DECIDER in place.waits_for and (decider := with_part(case, PartRole.DECIDER)):
        return decider
    for who in sorted(place.waits_for & set(ROLES_OF_WHO)):
        if found := first_at_work(those_who(case, who, day), day):
            return found
    if stand_in := with_part(case, PartRole.STAND_IN):
        return stand_in
    if case.kind in SEALED_KINDS:
        return first_at_work(able(case, takers(case.kind, case.sort), line_over(case, day)), day)
    return case.reporter if Who.REPORTER in place.waits_for else None


def with_part(case: Case, role: PartRole) -> Person | None:
    """Whoever has the part in the case now."""
    return next((part.person for part in case.parts.all() if part.role == role and part.valid_to is None), None)


def finished(case: Case, events: list[CaseEvent], *, name_shown: bool) -> NextStep:
    """Who finished the case and when, and where it went on."""
    went_on = " och ".join(child.reference for child in case.offspring.all())
    after = f"Det fortsätter som {went_on}" if went_on else "Inget mer behöver göras"
    last = state_event(case, events)
    if last is None:
        return NextStep("Ärendet är avslutat", after, heading=OUTCOME)
    who = said_by(last, case, None if name_shown else reporters_acts(case))
    return NextStep(f"{who} {last.facts['sentence']} {words.day(localdate(last.at))}", after, heading=OUTCOME)


def state_event(case: Case, events: list[CaseEvent]) -> CaseEvent | None:
    """The event that brought the case where it is."""
    moved = (event for event in events if event.to_state == case.state and event.from_state != case.state)
    return next(moved, None)


def since(case: Case, events: list[CaseEvent]) -> date:
    last = state_event(case, events)
    return localdate(last.at) if last else case.received_on


def soonest(clocks: Iterable[Clock]) -> Clock | None:
    """The clock that runs out first, of those that run and do not wait."""
    going = [clock for clock in clocks if not (clock.met_at or clock.ended_at or clock.paused_on)]
    return min(going, key=lambda clock: clock.due_on, default=None)


def left_words(due: date, left: int, day: date) -> str:
    """How soon a day is that has been named already: "i morgon", "om 6 arbetsdagar", "2 dagar försenad"."""
    ahead = (due - day).days
    if ahead < 0:
        return words.workdays(left) if left else "försenad"
    return words.NEAR[ahead] if ahead in words.NEAR else words.workdays(max(left, 1))


def tone_of(due: date, left: int, day: date) -> str:
    return "late" if due < day else words.urgency(left)


@dataclass(frozen=True, slots=True)
class DateLine:
    """A date of the case in words: what it is for, and whether it is met, waits or how soon it is."""

    label: str
    said: str
    tone: str = ""


def date_lines(case: Case, day: date, closed: frozenset[date]) -> list[DateLine]:
    """Every date of the case, those still running first."""
    rows = sorted(case.clocks.all(), key=lambda clock: (bool(clock.met_at or clock.ended_at), clock.due_on, clock.pk))
    return [date_line(clock, day, closed) for clock in rows]


def date_line(clock: Clock, day: date, closed: frozenset[date]) -> DateLine:
    label = capfirst(RULES[clock.rule].label)
    if clock.met_at:
        return DateLine(label, f"klar {words.day_short(localdate(clock.met_at), day)}")
    if clock.ended_at:
        return DateLine(label, f"behövdes inte efter {words.day_short(localdate(clock.ended_at), day)}")
    if clock.paused_on:
        return DateLine(label, "väntar på svar")
    left = working_days_left(day, clock.due_on, closed)
    said = dict.fromkeys((words.day_short(clock.due_on, day), left_words(clock.due_on, left, day)))
    return DateLine(label, ", ".join(said), tone_of(clock.due_on, left, day))
