"""What a story is made of: plain values, without models, clocks or names of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from typing import Literal

Lagrum = Literal["SOL_LSS", "HSL"]
Known = Literal["yes", "no", "unknown"]
Affected = Literal["one", "group", "none"]
PartOfDay = Literal["day", "evening", "night"]
Routine = Literal["followed", "not_followed", "missing", "unknown"]
Area = Literal["communication", "environment", "processes", "technology", "people"]
Strength = Literal["strong", "medium", "weak"]
Effect = Literal["yes", "partly", "no"]
Sort = Literal["proposal", "good_example"]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why it happened, in one of the five national areas."""

    area: Area
    text: str


@dataclass(frozen=True, slots=True)
class Measure:
    """What is done about `causes[cause]`, how its effect will be seen, and what was found afterwards."""

    cause: int
    strength: Strength
    text: str
    seen: str
    effect: Effect
    known: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What the investigator writes. `child_perspective` is empty when no child is concerned."""

    what_happened: str
    consequences: str
    child_perspective: str
    before: Known
    before_note: str
    again: Known
    again_note: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """A handler's question and what the reporter answers."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True)
class Story:
    """One avvikelse from the first words to the answer.

    `consequences`, `done_at_once` and `suggestion` may be empty, as in real reports. `clock` is the time the text
    speaks of and lies within `part`. `severity` and `likelihood` are 1–4. `suspicion` says why it may be a
    missförhållande and `counterpart` which other huvudman did not do its part; both are empty in most stories.
    """

    title: str
    part: PartOfDay
    clock: time
    happened: bool
    what_happened: str
    consequences: str
    done_at_once: str
    suggestion: str
    child: Known
    affected: Affected
    routine: Routine
    lagrum: Lagrum
    category: tuple[str, str]
    severity: int
    likelihood: int
    suspicion: str
    counterpart: str
    causes: tuple[Cause, ...]
    measures: tuple[Measure, ...]
    findings: Findings
    answer: str
    dialogue: tuple[Exchange, ...]

    @property
    def risk(self) -> int:
        return self.severity * self.likelihood


@dataclass(frozen=True, slots=True)
class Idea:
    """One förbättringsförslag or gott exempel. `declined` is empty for a gott exempel, which is only shared."""

    sort: Sort
    title: str
    text: str
    gain: str
    considering: str
    plan: str
    result: str
    answer: str
    declined: str
