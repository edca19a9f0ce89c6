"""Many lives at once, each act in its turn, so that whatever takes a number takes it in the order of the days."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from heapq import heapify, heappop, heappush
from itertools import count
from typing import TypeAlias

from avvikelse.workdays import add_working_days, is_working_day

from .life import Life, NotYet


@dataclass(frozen=True, slots=True)
class Begun:
    """Something that goes on beside, from the moment on."""

    at: datetime
    steps: Steps


Steps: TypeAlias = "Iterator[datetime | Begun]"
"""Acts with waiting between them: what is given is until when it waits, or what begins beside it."""


def pause(life: Life, least: int, most: int) -> Steps:
    """Let working days go by, see `Life.wait`; offices do not act on days off."""
    life.wait(least, most)
    to_work(life)
    yield life.at


def pause_until(life: Life, day: date) -> Steps:
    life.until(day)
    to_work(life)
    yield life.at


def to_work(life: Life) -> None:
    if not is_working_day(life.day):
        life.until(add_working_days(life.day, 1))


def in_order(begun: Iterable[Begun], tell_done: Callable[[int], None] | None = None) -> None:
    """Live them all as far as today, always the act whose moment is next. `tell_done` is told how many have ended."""
    order = count()
    waiting = [(one.at, next(order), one.steps) for one in begun]
    heapify(waiting)
    ended = 0
    while waiting:
        at, _, steps = heappop(waiting)
        found = go_on(steps)
        if found is None:
            ended += 1
            if tell_done:
                tell_done(ended)
            continue
        if isinstance(found, Begun):
            heappush(waiting, (found.at, next(order), found.steps))
            heappush(waiting, (at, next(order), steps))
        else:
            heappush(waiting, (found, next(order), steps))


def go_on(steps: Steps) -> datetime | Begun | None:
    """The next act of one; None where it has ended, or its next act lies ahead."""
    try:
        return next(steps, None)
    except NotYet:
        return None
