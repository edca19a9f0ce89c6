"""Fills the practice municipality with two years of cases, each lived through the program's own operations.

Reports are opened in the order they came in and handed over in the order that happened, so that numbers follow days.
What else becomes of a case concerns no other case and is lived in several processes. Each case has a random source of
its own: the same day gives the same municipality however it is divided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from random import Random

from django.utils.timezone import localdate

from . import people
from .lives import deviations, improvements, reports
from .lives.life import Life, NotYet
from .present import arrivals, keep_a_filter
from .stories import Idea, Story, due_ideas, due_reports, idea, tell
from .together import do_all, without_waiting_for_the_disk
from .town import Ekhamn, build

SEED = 20_250_701
YEARS_BACK = 730
LEAD_DAYS = 60
"""The municipality is founded so long before its first report."""
OPENING, LIVING = 1, 4
"""How much opening a case and living it weigh in the progress that is told."""


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


def load(now: datetime, size: Size, tell_progress: Callable[[float], None]) -> Ekhamn:
    """Make the municipality and its cases. `tell_progress` is told the share that is done, 0 to 1."""
    without_waiting_for_the_disk()
    ekhamn = build(now - timedelta(days=YEARS_BACK + LEAD_DAYS))
    coming = everything_due(now, size)
    begun, total = len(coming) * OPENING, len(coming) * (OPENING + LIVING)
    opened = open_all(ekhamn, now, coming, lambda done: tell_progress(done * OPENING / total))
    hand_over_in_order(opened)
    acts = [partial(live, one) for one in opened]
    do_all(acts, processes=size.processes, tell_done=lambda done: tell_progress((begun + done * LIVING) / total))
    keep_a_filter(ekhamn)
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
    found += arrivals(now)
    return sorted((came for came in found if came.at <= now), key=lambda came: came.at)


def open_all(
    ekhamn: Ekhamn, now: datetime, coming: list[reports.Arrival], tell_done: Callable[[int], None]
) -> list[Opened]:
    earlier: dict[str, str] = {}
    opened: list[Opened] = []
    for came in coming:
        life = reports.receive(ekhamn, came, now)
        opened.append(Opened(life, came.about, earlier.get(came.place.key, ""), came.then))
        if isinstance(came.about, Story):
            earlier[came.place.key] = life.case.reference
        tell_done(len(opened))
    return opened


def hand_over_in_order(opened: list[Opened]) -> None:
    """Give away what goes to another kind, in the order it was given."""
    free = [one for one in opened if one.then is None]
    leaving = [one for one in free if isinstance(one.about, Story) and deviations.goes_elsewhere(one.life, one.about)]
    for one in sorted(leaving, key=lambda one: one.life.at):
        deviations.hand_over(one.life)


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
