"""The hand-written fragments, read once from the text files of this folder.

A fragment may begin with the scenes it fits, as in `13|Låste upp dörren.`; without them it fits every scene of its
event. An event's scenes are the alternatives of one of its beats (`pivot`, the first if nothing is said), counted
from one. Words in braces are filled in when a story is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from .care import CARES, GROUPS
from .shapes import Affected, Area, Known, Lagrum, Sort, Strength

EVENT_FILES = (
    "falls",
    "medicine",
    "nursing",
    "visits",
    "safety",
    "conduct",
    "harm",
    "records",
    "casework",
    "children",
    "support",
)
IDEA_FILES = ("ideas_care", "ideas_office")
SCENED = re.compile(r"([1-9]+)\|(.+)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Line:
    """One alternative, and the scenes it fits (empty: all)."""

    scenes: str
    text: str

    def fits(self, scene: int) -> bool:
        return not self.scenes or str(scene) in self.scenes


Lines = tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Fix:
    """A measure against a root, how its effect shows, and how the reporter is told of it."""

    strength: Strength
    text: str
    seen: str
    told: str


@dataclass(frozen=True, slots=True)
class Root:
    """A cause and what can be done about it. `events` names those of its theme that it may lie behind (empty: all)."""

    area: Area
    text: str
    fixes: tuple[Fix, ...]
    scenes: str = ""
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Theme:
    """What events of one sort share: what to call them, how they are looked into, what may lie behind them."""

    key: str
    noun: str
    checked: Lines
    asks: tuple[tuple[str, str], ...]
    roots: tuple[Root, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A template that many stories are told from.

    `hours` is the span of the day it happens in and may pass midnight. `risks` and `child_scenes` name the scenes
    that have not happened yet, and those where a child is concerned whatever `child` says.
    """

    key: str
    theme: Theme
    cares: frozenset[str]
    lagrum: Lagrum
    category: tuple[str, str]
    hours: tuple[int, int]
    severity: tuple[int, ...]
    likelihood: tuple[int, ...]
    titles: Lines
    told: tuple[Lines, ...]
    more: Lines
    consequences: Lines
    done: Lines
    suggestion: Lines
    found: Lines
    weighed: Lines
    weight: int = 1
    pivot: int = 0
    adult: bool = False
    risks: str = ""
    counterpart: str = ""
    affected: tuple[Affected, ...] = ("one",)
    child: tuple[Known, ...] = ()
    child_scenes: str = ""
    child_view: Lines = ()
    suspicion: Lines = ()
    slots: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    roots: tuple[Root, ...] = ()

    @property
    def scenes(self) -> range:
        return range(1, len(self.told[self.pivot]) + 1)

    def own_roots(self, scene: int) -> list[Root]:
        return [root for root in self.roots if not root.scenes or str(scene) in root.scenes]

    def shared_roots(self) -> list[Root]:
        return [root for root in self.theme.roots if not root.events or self.key in root.events]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A template for förbättringsförslag and goda exempel."""

    key: str
    cares: frozenset[str]
    titles: tuple[str, ...]
    text: tuple[str, ...]
    gain: tuple[str, ...]
    plan: str
    result: str
    answer: str
    no: str
    sort: Sort = "proposal"


Pools = dict[str, dict[str, tuple[Any, ...]]]
LINES = frozenset(
    {
        "titles",
        "more",
        "consequences",
        "done",
        "suggestion",
        "found",
        "weighed",
        "child_view",
        "suspicion",
    }
)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _line(written: str) -> Line:
    scened = SCENED.fullmatch(written)
    return Line(scened[1], scened[2]) if scened else Line("", written)


def _lines(written: list[str]) -> Lines:
    return tuple(_line(text) for text in written)


def _frozen(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(_frozen(item) for item in value)
    return {key: _frozen(item) for key, item in value.items()} if isinstance(value, dict) else value


def _cares(written: list[str]) -> frozenset[str]:
    cares = frozenset(care for name in written for care in GROUPS.get(name, (name,)))
    if strange := cares - set(CARES):
        raise ValueError(f"unknown care: {sorted(strange)}")
    return cares


def _roots(rows: Iterable[dict[str, Any]]) -> tuple[Root, ...]:
    return tuple(Root(**_frozen(row) | {"fixes": tuple(Fix(*fix) for fix in row["fixes"])}) for row in rows)


def _theme(row: dict[str, Any]) -> Theme:
    return Theme(row["key"], row["noun"], _lines(row["checked"]), _frozen(row["asks"]), _roots(row["root"]))


def _event(row: dict[str, Any], themes: Mapping[str, Theme]) -> Event:
    written: dict[str, Any] = {key: _lines(value) if key in LINES else _frozen(value) for key, value in row.items()}
    written["theme"] = themes[row["theme"]]
    written["cares"] = _cares(row["cares"])
    written["told"] = tuple(_lines(beat) for beat in row["told"])
    written["roots"] = _roots(written.pop("root", ()))
    return Event(**written)


@cache
def events() -> tuple[Event, ...]:
    """Every event template, in the order of the files."""
    read = [_read(name) for name in EVENT_FILES]
    themes = {row["key"]: _theme(row) for part in read for row in part["theme"]}
    return tuple(_event(row, themes) for part in read for row in part["event"])


@cache
def proposals() -> tuple[Proposal, ...]:
    """Every template for förbättringsförslag and goda exempel."""
    rows = [row for name in IDEA_FILES for row in _read(name)["idea"]]
    return tuple(Proposal(**_frozen(row) | {"cares": _cares(row["cares"])}) for row in rows)


@cache
def pools() -> Pools:
    """Sentences that fit more than one event, by section and name."""
    read: Pools = _frozen(_read("common"))
    return read


@cache
def stories(care: str) -> tuple[Event, ...]:
    """The event templates of one kind of care. LookupError if there is no such care."""
    _known(care)
    return tuple(event for event in events() if care in event.cares)


@cache
def ideas(care: str) -> tuple[Proposal, ...]:
    """The templates for improvements of one kind of care. LookupError if there is no such care."""
    _known(care)
    return tuple(row for row in proposals() if care in row.cares)


def _known(care: str) -> None:
    if care not in CARES:
        raise LookupError(f"there is no care called {care!r}")
