"""The words of the gravest cases: what is noted, judged, asked by IVO and learnt, and the cases told one by one."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from random import Random
from typing import Any, Literal

from .library import pools
from .shapes import Area, Cause, Findings, Known, Lagrum, Measure, Story

Topic = tuple[str, ...]
"""The names under which something fitting is sought, the nearest first: "physical", "lex", "any"."""


@dataclass(frozen=True, slots=True)
class Course:
    """A händelseanalys. A factor of step 0 goes for the whole course; a barrier held or failed at its step."""

    assignment: str
    method: str
    steps: tuple[tuple[str, str], ...]
    factors: tuple[tuple[int, Area, str], ...]
    barriers: tuple[tuple[int, bool, str], ...]


@dataclass(frozen=True, slots=True)
class Informed:
    """What a provider tells, and what comes of it. `outcome` is empty where it is still followed up."""

    key: str
    provider: str
    unit: str
    contact: str
    what_happened: str
    affected: Literal["one", "group"]
    done_at_once: str
    grade: str
    ivo: Known
    ivo_number: str
    plan: str
    outcome: str
    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is opened between the municipality and IVO without coming out of a case."""

    key: str
    unit: str
    title: str
    what: str
    occurred: str = ""
    consequences: str = ""
    done: str = ""
    planned: str = ""
    why: str = ""


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


@cache
def said() -> dict[str, Any]:
    """Every pool of sentences, by what it is for and whom it fits."""
    return _read("inquiries")


@cache
def told() -> dict[str, Any]:
    return _read("scenes")


def pool(sort: str, topic: Topic) -> list[Any]:
    """The sentences of the sort that fit the topic best. LookupError if none does."""
    known = said()[sort]
    for name in topic:
        if name in known:
            found: list[Any] = known[name]
            return found
    raise LookupError(f"nothing is said of {topic} under {sort!r}")


def choose(rng: Random, sort: str, *topic: str) -> Any:
    """One of the sentences, or of the pairs, of the sort that fit the topic best."""
    return rng.choice(pool(sort, topic))


def course(rng: Random, topic: Topic) -> Course:
    """A händelseanalys of those that fit the topic best."""
    rows = said()["course"]
    fitting = next(found for name in topic if (found := [row for row in rows if name in row["fits"]]))
    row = rng.choice(fitting)
    parts = {name: tuple(tuple(each) for each in row[name]) for name in ("steps", "factors", "barriers")}
    return Course(row["assignment"], row["method"], **parts)


def scene(key: str) -> Story:
    """The story of a case that is told one by one."""
    row = next(row for row in told()["scene"] if row["key"] == key)
    return Story(
        title=row["title"],
        part=row["part"],
        clock=row["clock"],
        happened=True,
        what_happened=row["what_happened"],
        consequences=row["consequences"],
        done_at_once=row["done_at_once"],
        suggestion=row["suggestion"],
        child=row["child"],
        affected="one",
        routine="not_followed",
        lagrum=lagrum_in(row),
        category=tuple(row["category"]),
        severity=row["severity"],
        likelihood=2,
        suspicion=row["suspicion"],
        counterpart="",
        causes=tuple(Cause(area, text) for area, text in row["causes"]),
        measures=tuple(planned(*each) for each in row["measures"]),
        findings=findings(row),
        answer=row["answer"],
        dialogue=(),
    )


def lagrum_in(row: dict[str, Any]) -> Lagrum:
    return "HSL" if row["lagrum"] == "HSL" else "SOL_LSS"


def planned(cause: int, strength: Any, text: str, seen: str) -> Measure:
    known = "Vi har kontrollerat tre gånger och sett att det fungerar."
    return Measure(cause, strength, text, seen, "yes", known)


def findings(row: dict[str, Any]) -> Findings:
    return Findings(
        what_happened=row["found"],
        consequences=row["weighed"],
        child_perspective=row["child_view"],
        before="yes",
        before_note="Ja, en gång det senaste året. Den gången blev det ingen åtgärd.",
        again="yes",
        again_note=pools()["investigation"]["again_likely"][1],
    )


def informed() -> tuple[Informed, ...]:
    """What enskilda verksamheter tell the nämnd of."""
    return tuple(Informed(**row) for row in told()["informed"])


def opened(key: str) -> Opened:
    return next(Opened(**row) for row in told()["opened"] if row["key"] == key)
