"""Fills the practice municipality with two years of cases, each lived through the program's own operations.

Reports are opened and handed over in the order that happened, so that numbers follow days. What else becomes of a
case concerns no other case, but for what is notified to IVO, and is lived in several processes. Each case has a random
source of its own: the same day gives the same municipality however it is divided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.utils.timezone import localdate

from avvikelse.cases.kinds import Kind

from . import gravest, people, present
from .lives import care_injuries, deviations, improvements, lex_sarah, process, reports
from .lives.fates import drawn
from .lives.inquiry import Inquiry, in_hand
from .lives.life import Life, NotYet
from .lives.timeline import Begun, Steps, in_order
from .rounds import read_duty, report_delegated
from .stories import Idea, Story, due_ideas, due_reports, idea, tell
from .together import do_all, without_waiting_for_the_disk
from .town import Ekhamn, build

SEED = 20_250_701
YEARS_BACK = 730
LEAD_DAYS = 60
"""The municipality is founded so long before its first report."""
OPENING, LIVING = 1, 4
"""How much opening a case and living it weigh in the progress that is told."""
OF_KIND = {Kind.LEX: lex_sarah.of, Kind.VSK: care_injuries.of}
FATES = {"hand_over_lex": Kind.LEX, "hand_over_vsk": Kind.VSK}


@dataclass(frozen=True, slots=True)
class Size:
    cases: int
    ideas: int
    processes: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A case that has come in, with what it is about and another report of the same unit."""

    life: Life
    about: Story | Idea
    earlier: str
    then: Callable[[Life, Story], None] | None


@dataclass
class Desk:
    """All that has come in: what each unit reported last, what stays as it is and what was handed over as grave."""

    ekhamn: Ekhamn
    now: datetime
    latest: dict[str, str] = field(default_factory=dict)
    opened: list[Opened] = field(default_factory=list)
    inquiries: list[Inquiry] = field(default_factory=list)


def load(now: datetime, size: Size, tell_progress: Callable[[float], None]) -> Ekhamn:
    """Make the municipality and its cases. `tell_progress` is told the share that is done, 0 to 1."""
    without_waiting_for_the_disk()
    ekhamn = build(now - timedelta(days=YEARS_BACK + LEAD_DAYS))
    coming = everything_due(now, size)
    begun, total = len(coming) * OPENING, len(coming) * (OPENING + LIVING)
    told, to_ivo = gravest.besides(ekhamn, now)
    desk = Desk(ekhamn, now)
    arriving = [Begun(came.at, arrive(desk, came)) for came in coming]
    in_order(arriving + told, lambda done: tell_progress(min(done, begun) * OPENING / total))
    acts = acts_of(desk, to_ivo)
    per_act = LIVING * len(coming) / len(acts)
    do_all(acts, processes=size.processes, tell_done=lambda done: tell_progress((begun + done * per_act) / total))
    read_duty(ekhamn, now)
    report_delegated(ekhamn, now)
    present.keep_a_filter(ekhamn)
    return ekhamn


def everything_due(now: datetime, size: Size) -> list[reports.Arrival]:
    """What has come in until now, in the order it came."""
    rng, end = Random(SEED), localdate(now)  # noqa: S311 (the same municipality every time)
    places = {place.key: place for place in people.units()}
    due = [*due_reports(rng, end=end, total=size.cases), *due_ideas(rng, end=end, total=size.ideas)]
    found = []
    for number, one in enumerate(due):
        own = Random(SEED + number)  # noqa: S311 (a source of its own for every case)
        is_idea = number >= size.cases
        about = idea(own, one.care) if is_idea else tell(own, one.care, category=one.category)
        found.append(reports.arrival(own, places[one.unit], one, about))
    found += [*present.arrivals(now), *gravest.arrivals(now)]
    return sorted((came for came in found if came.at <= now), key=lambda came: came.at)


# --- Coming in


def arrive(desk: Desk, came: reports.Arrival) -> Steps:
    """Open the case; give it away if it goes to another kind, at the moment it was given."""
    life = reports.receive(desk.ekhamn, came, desk.now)
    opened = Opened(life, came.about, desk.latest.get(came.place.key, ""), came.then)
    desk.opened.append(opened)
    if not isinstance(came.about, Story):
        return
    desk.latest[came.place.key] = life.case.reference
    if came.then or not leaves(life, came):
        return
    yield life.at
    deviations.hand_over(life)
    yield from handed_over(desk, life, came, came.about)


def leaves(life: Life, came: reports.Arrival) -> bool:
    """Whether the case goes to another kind, and if so when."""
    assert isinstance(came.about, Story), "an idea stays what it is"
    if came.grave is None:
        return deviations.goes_elsewhere(life, came.about)
    life.fate = next(fate for fate, kind in FATES.items() if kind == came.grave.kind)
    life.why = came.about.suspicion or deviations.harm_suspected(life)
    life.until(life.day)
    return True


def handed_over(desk: Desk, life: Life, came: reports.Arrival, story: Story) -> Steps:
    """Take up what is grave. What goes back to its unit is lived here and now: it takes a number among the reports."""
    kind = FATES.get(life.fate)
    if kind is None:
        return
    fate = came.grave.fate if came.grave else drawn(life.rng, kind)
    child = in_hand(life.case.offspring.get(), life, fate.pace)
    found = OF_KIND[kind](child, story, fate, came.grave.event if came.grave else "")
    if not fate.returned:
        desk.inquiries.append(found)
        return
    yield from process.lived(found)
    desk.opened.append(Opened(in_hand(child.case.offspring.get(), child, 0), story, "", None))


# --- Living


def acts_of(desk: Desk, to_ivo: list[Begun]) -> list[Callable[[], None]]:
    """What can be done each for itself. All that reaches IVO is one act: there too numbers follow the days."""
    alone = [one for one in desk.inquiries if not one.fate.reaches_ivo]
    together = [Begun(one.life.at, process.lived(one)) for one in desk.inquiries if one.fate.reaches_ivo]
    return [
        partial(in_order, [*together, *to_ivo]),
        *(partial(in_order, [Begun(one.life.at, process.lived(one))]) for one in alone),
        *(partial(live, one) for one in desk.opened),
    ]


def live(one: Opened) -> None:
    """Carry a case on as far as today."""
    try:
        if one.then and isinstance(one.about, Story):
            one.then(one.life, one.about)
        elif isinstance(one.about, Idea):
            improvements.live(one.life, one.about)
        else:
            deviations.live(one.life, one.about, one.earlier)
    except NotYet:
        return
