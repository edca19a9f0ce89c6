"""A lex Sarah case or a vårdskada as it is lived: what is known of it, and those who work with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.demo.stories import Story
from avvikelse.demo.stories.grave import Course, Topic, choose
from avvikelse.organisation.models import Person

from .fates import Fate
from .life import Life


@dataclass
class Inquiry:
    """A case with what is known of it, and those who work with it. `over`: it ended before its time."""

    life: Life
    story: Story
    fate: Fate
    kind: Kind
    taker: Person
    topic: Topic
    received_with: Callable[[Inquiry], dict[str, Any]]
    investigators: tuple[Person, ...]
    deciders: tuple[Person, ...]
    investigator: Person = field(init=False)
    decider: Person | None = None
    course: Course | None = None
    at_ivo: bool = False
    over: bool = False

    @property
    def word(self) -> str:
        return self.kind.value.lower()

    @property
    def abuse(self) -> bool:
        """Whether it may be a crime."""
        return bool({"physical", "economic"} & set(self.topic))

    def say(self, sort: str) -> Any:
        """A sentence of the sort that fits the case."""
        return choose(self.life.rng, sort, *self.topic)

    def why(self) -> str:
        return self.graded(self.fate.grade)

    def graded(self, grade: str) -> str:
        return f"{choose(self.life.rng, 'why', grade)} {self.story.findings.consequences}"


def in_hand(case: Case, life: Life, pace: float) -> Life:
    """The life of a case that came out of another, from the same moment on and with dice of its own."""
    rng = Random(life.rng.getrandbits(64))  # noqa: S311 (the same life every time)
    born = Life(rng, life.ekhamn, life.place, life.now, life.at, life.reporter, pace=pace, passed_by=life.passed_by)
    born.case, born.version = case, case.version
    return born
