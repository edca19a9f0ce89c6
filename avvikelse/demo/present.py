"""What lies on the desks at Solgläntan today: something late, some alike, a question, a late measure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from random import Random

from django.utils.timezone import localdate

from avvikelse.cases.operations import add_message, save_filter
from avvikelse.workdays import add_working_days

from .lives import deviations
from .lives.life import STOCKHOLM, Life
from .lives.reports import Arrival
from .people import units
from .stories import Story, tell
from .town import Ekhamn

SEED = 412
UNIT, REPORTER, INVESTIGATOR = "solglantan", "Amira Haddad", "Jonas Berg"
ALARM, ALIKE_TITLE = "alarm_unanswered", "Sent svar på larm"


@dataclass(frozen=True, slots=True)
class Scene:
    """A report written so many working days ago about an event, and what has been done with it since."""

    days_ago: int
    event: str
    then: Callable[[Life, Story], None]


def nothing(_life: Life, _story: Story) -> None:
    """Nobody has read it yet."""


def asked(life: Life, story: Story) -> None:
    life.wait(0, 1)
    life.move("request_more", life.chief, question=story.dialogue[0].question)


def begun(life: Life, story: Story) -> None:
    jonas = life.ekhamn.people[INVESTIGATOR]
    life.wait(1, 1)
    life.move("assess", life.chief, **deviations.judgement(life, story), investigator=jonas)
    life.wait(3, 3)
    deviations.write(life, story, jonas)
    deviations.causes(life, story, jonas)
    add_message(life.case.pk, "Tack för att du skrev. Jag pratar med nattpersonalen i dag.", actor=jonas, at=life.at)


def half_done(life: Life, story: Story) -> None:
    """Acted on at once, with a measure that should have been done by now."""
    life.wait(1, 1)
    deviations.act_at_once(life, replace(story, severity=2, likelihood=2))
    cause = life.case.causes.get()
    deviations.propose(life, cause.pk, story.measures[0], life.chief, owner=life.ekhamn.people[INVESTIGATOR], days=10)


def answered(life: Life, story: Story) -> None:
    """All the way to the answer."""
    life.wait(1, 1)
    deviations.investigate(life, replace(story, severity=2, likelihood=3))
    deviations.finish(life, story)


SCENES = (
    Scene(90, "system_down", answered),
    Scene(30, "meal_wrong", half_done),
    Scene(9, "shower_postponed", begun),
    Scene(7, "notes_missing", nothing),
    Scene(4, "equipment_broken", asked),
    Scene(3, ALARM, nothing),
    Scene(2, ALARM, nothing),
    Scene(1, ALARM, nothing),
)


def arrivals(now: datetime) -> list[Arrival]:
    """The scenes' reports, all by the same reporter."""
    place = next(place for place in units() if place.key == UNIT)
    found = []
    for number, scene in enumerate(SCENES):
        rng = Random(SEED + number)  # noqa: S311 (the same desks every time)
        day = add_working_days(localdate(now), -scene.days_ago)
        at = datetime.combine(day, time(9, 12), STOCKHOLM) + timedelta(minutes=7 * number)
        story = tell(rng, place.care, key=scene.event)
        if scene.event == ALARM:
            story = replace(story, title=ALIKE_TITLE, severity=1, likelihood=3)
        found.append(Arrival(rng, place, story, day, at, by=REPORTER, then=scene.then))
    return found


def keep_a_filter(ekhamn: Ekhamn) -> None:
    """The chief's own saved filter."""
    query = f"enhet={ekhamn.units[UNIT].pk}&sent=on"
    save_filter(ekhamn.chief_of(UNIT), name="Försenat på Solgläntan", query=query)
