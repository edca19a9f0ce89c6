"""How a report comes in: who wrote it, under which name, and how long after it happened."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from avvikelse.cases.kinds import Kind, Known, PartOfDay, Tense
from avvikelse.cases.operations import NewCase, open_case
from avvikelse.cases.rules import Actor, Outsider, Who
from avvikelse.demo.people import Place
from avvikelse.demo.stories import Due, Idea, Story
from avvikelse.demo.town import Ekhamn
from avvikelse.intake.answers import OTHER_TOLD, ROUTINES, Other, Routine
from avvikelse.organisation.models import Person

from .fates import Fate
from .life import STOCKHOLM, Life

ANONYMOUS, TYPED, HIDDEN, FOR_COLLEAGUE, ABOUT_CHIEF = 0.06, 0.03, 0.04, 0.03, 0.012
SERIOUS = 3
"""The severity from which a reporter calls the consequences serious."""
QUICKEST, SLOWEST = 60, 420
"""Seconds from the first word to sent."""


@dataclass(frozen=True, slots=True)
class Grave:
    """What a report of the event is handed over as, and its fate; the name of whom it is about, if it is anybody."""

    kind: Kind
    fate: Fate
    event: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that comes in: where, about what, which day and when.

    `by` and `then` fix its author and its fate, `grave` what it is handed over as.
    """

    rng: Random
    place: Place
    about: Story | Idea
    day: date
    at: datetime
    by: str = ""
    then: Callable[[Life, Story], None] | None = None
    grave: Grave | None = None


def arrival(rng: Random, place: Place, due: Due, about: Story | Idea) -> Arrival:
    """A report is sent some hours after it happened, an idea during a working day."""
    if isinstance(about, Story):
        at = datetime.combine(due.day, about.clock, STOCKHOLM)
        at += timedelta(minutes=rng.choice((20, 45, 90, 180, 300, 600)))
    else:
        at = datetime.combine(due.day, time(8), STOCKHOLM) + timedelta(minutes=rng.randrange(480))
    return Arrival(rng, place, about, due.day, at)


def receive(ekhamn: Ekhamn, came: Arrival, now: datetime) -> Life:
    """Open the case."""
    life, names = author(ekhamn, came, now)
    if isinstance(came.about, Story):
        new = report_of(life, came.about, came.day, names, implicated=whom(life, came))
    else:
        new = idea_of(life, came.about, names)
    life.case = open_case(new, actor=life.reporter, at=came.at)
    return life


def whom(life: Life, came: Arrival) -> Person | None:
    """Whom the report points out: seldom anybody, and then the chief of the unit."""
    if came.grave:
        return life.ekhamn.people[came.grave.about] if came.grave.about else None
    return life.ekhamn.chief_of(life.place.key) if not came.by and life.chance(ABOUT_CHIEF) else None


def report_of(life: Life, story: Story, day: date, names: dict[str, Any], *, implicated: Person | None) -> NewCase:
    pointed_out = (implicated,) if implicated and implicated != names.get("reporter") else ()
    life.passed_by = frozenset(person.pk for person in pointed_out)
    hsl = story.lagrum == "HSL"
    return NewCase(
        kind=Kind.AVV,
        unit=life.ekhamn.units[life.place.key],
        title=story.title,
        what_happened=story.what_happened,
        affected=story.affected,
        reporter=names.pop("reporter", None),
        facts={
            "tense": Tense.HAPPENED if story.happened else Tense.CAN_HAPPEN,
            "occurred_on": day if story.happened else None,
            "occurred_part": PartOfDay(story.part) if story.happened else PartOfDay.UNKNOWN,
            "under_sol_lss": not hsl,
            "under_hsl": hsl,
            **names,
        },
        told=told_besides(story, life.rng),
        implicated=pointed_out,
    )


def idea_of(life: Life, idea: Idea, names: dict[str, Any]) -> NewCase:
    return NewCase(
        kind=Kind.FOR,
        unit=life.ekhamn.units[life.place.key],
        title=idea.title,
        what_happened=idea.text,
        affected="none",
        reporter=names.pop("reporter", None),
        facts={"sort": idea.sort, **names},
        told={"suggestion": idea.gain, "seconds_to_send": life.rng.randint(QUICKEST, SLOWEST)},
    )


def told_besides(story: Story, rng: Random) -> dict[str, Any]:
    existed, followed = ROUTINES[Routine(story.routine)]
    return {
        "consequences": story.consequences,
        "serious": Known.YES if story.severity >= SERIOUS else Known.NO,
        "misconduct": bool(story.suspicion),
        "child": story.child,
        "done_at_once": story.done_at_once,
        "routine": existed,
        "routine_followed": followed,
        "suggestion": story.suggestion,
        "other_principal": story.counterpart,
        "other_principal_note": OTHER_TOLD[Other.FAILED] if story.counterpart else "",
        "seconds_to_send": rng.randint(QUICKEST, SLOWEST),
    }


def author(ekhamn: Ekhamn, came: Arrival, now: datetime) -> tuple[Life, dict[str, Any]]:
    """Who writes, and under which name: mostly one of the unit's own people under her own."""
    rng, staff = came.rng, ekhamn.staff(came.place.key)
    if came.by or came.grave:
        reporter = ekhamn.people[came.by] if came.by else rng.choice(staff[1:])
        return Life(rng, ekhamn, came.place, now, came.at, reporter), {"reporter": reporter}
    person = rng.choice(staff[1:] or staff)
    kind = rng.random()
    if kind < ANONYMOUS + TYPED:
        secret = hashlib.sha256(rng.randbytes(16)).hexdigest()
        actor: Actor = Outsider(f"anonymous:{secret[:12]}", "Rapportören", frozenset({Who.REPORTER}))
        typed = f"{person.name.split()[0]}, vikarie" if kind < TYPED else ""
        return Life(rng, ekhamn, came.place, now, came.at, actor), {"receipt_hash": secret, "reporter_typed": typed}
    names: dict[str, Any] = {"reporter": person, "reporter_hidden": rng.random() < HIDDEN}
    if rng.random() < FOR_COLLEAGUE:
        names["entered_by"] = staff[0] if staff[0] != person else None
    return Life(rng, ekhamn, came.place, now, came.at, person), names
