"""One case as it is lived: who acts, when, and the version each act saw."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from avvikelse.cases.models import Case
from avvikelse.cases.operations import make_move
from avvikelse.cases.rules import Actor
from avvikelse.demo.people import Habit, Place
from avvikelse.demo.town import Ekhamn
from avvikelse.organisation.models import Person
from avvikelse.workdays import add_working_days

Result = TypeVar("Result")
STOCKHOLM = ZoneInfo("Europe/Stockholm")
OFFICE_OPENS, OFFICE_MINUTES = 8, 540
PACE: dict[Habit, float] = {"ordinary": 1.0, "exemplary": 0.4, "slow": 3.0, "worsening": 1.6}
"""How long things take at units of each habit, beside an ordinary one."""


class NotYet(Exception):
    """The next act lies in the future: the case stays where it is."""


@dataclass
class Life:
    """A case, the clock it has reached and the people around it. Every act moves the clock and the version on."""

    rng: Random
    ekhamn: Ekhamn
    place: Place
    now: datetime
    at: datetime
    reporter: Actor
    case: Case = field(init=False)
    version: int = 1
    passed_by: frozenset[int] = frozenset()
    fate: str = ""
    why: str = ""
    pace: float = 0.0
    """How long things take beside an ordinary unit; left out, as long as is the habit of the unit."""

    @property
    def chief(self) -> Person:
        """The unit's chief, or the chief above when the case passes her."""
        found = self.ekhamn.chief_of(self.place.key)
        return self.ekhamn.chief_above(self.place.key) if found.pk in self.passed_by else found

    @property
    def investigator(self) -> Person:
        staff = [person for person in self.ekhamn.staff(self.place.key) if person.pk not in self.passed_by]
        return self.rng.choice(staff[:3])

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def wait(self, least: int, most: int) -> None:
        """Let working days go by, as many as the unit's habit makes of it. Raises NotYet when that passes now."""
        days = round(self.rng.randint(least, most) * (self.pace or PACE[self.place.habit]))
        self.until(add_working_days(self.day, days))

    def until(self, day: date) -> None:
        """Go on to an hour of work on the day; raises NotYet when that lies ahead."""
        minutes = self.rng.randrange(OFFICE_MINUTES)
        at = datetime.combine(day, time(OFFICE_OPENS), STOCKHOLM) + timedelta(minutes=minutes)
        at = max(at, self.at + timedelta(minutes=self.rng.randint(2, 40)))
        if at > self.now:
            raise NotYet
        self.at = at

    @property
    def day(self) -> date:
        return self.at.astimezone(STOCKHOLM).date()

    def does(self, operation: Callable[..., Result], actor: Person, **facts: Any) -> Result:
        """Do something to the case beside its moves, which gives it a new version."""
        done = operation(self.case.pk, actor=actor, version=self.version, at=self.at, **facts)
        self.version += 1
        return done

    def move(self, name: str, actor: Actor, **facts: Any) -> None:
        make_move(self.case.pk, name, actor=actor, version=self.version, at=self.at, facts=facts)
        self.version += 1
