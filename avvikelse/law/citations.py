"""The table in paragraphs.toml, read once, and the citation of a duty as of a day."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("paragraphs.toml")
LAGRUM = {"sol": "SoL", "lss": "LSS", "hsl": "HSL"}
"""Under what a case may fall, as it is written. Where a duty rests on another act, the row is of the case's lagrum."""
ROUTINE = "kommunens rutin"


class UnknownDuty(KeyError):
    """No duty has the key."""


@dataclass(frozen=True, slots=True)
class Row:
    """A wording of the law: what it is about, where it stands and which days it holds."""

    duty: str
    about: str
    lagrum: tuple[str, ...]
    act: str
    paragraph: str
    says: str
    valid_from: date | None
    valid_to: date | None
    verified: bool
    source: str

    def holds(self, lagrum: str, day: date) -> bool:
        begun, ended = self.valid_from or date.min, self.valid_to or date.max
        return lagrum in self.lagrum and begun <= day <= ended

    @property
    def text(self) -> str:
        return f"{self.paragraph} {self.act}".strip()

    @property
    def under(self) -> str:
        """The lagrum it is for, in words: "SoL, LSS"."""
        return ", ".join(LAGRUM[each] for each in self.lagrum)


@dataclass(frozen=True, slots=True)
class Citation:
    """A duty as it may be cited. `word` is the law's own on how soon, empty where it says nothing.

    `text` is what the table holds, `shown` what a user may read: law only where the wording has been read.
    """

    text: str
    word: str
    verified: bool

    @property
    def shown(self) -> str:
        """To stand after "enligt": "27 kap. 5 § socialtjänstlagen (2025:400)", or "kommunens rutin"."""
        return self.text if self.verified else ROUTINE

    @property
    def shown_word(self) -> str:
        return self.word if self.verified else ""


@cache
def table() -> tuple[Row, ...]:
    """Every row, in the order of the file."""
    found = tomllib.loads(TABLE.read_text(encoding="utf-8"))
    return tuple(row_of(row, found["acts"], found["duties"]) for row in found["rows"])


def row_of(row: Mapping[str, Any], acts: Mapping[str, str], about: Mapping[str, str]) -> Row:
    return Row(
        row["duty"],
        about[row["duty"]],
        tuple(row["lagrum"]),
        acts[row["act"]],
        row["paragraph"],
        row["says"],
        row.get("valid_from"),
        row.get("valid_to"),
        row["verified"],
        row["source"],
    )


def duties() -> frozenset[str]:
    return frozenset(row.duty for row in table())


def cite(duty: str, lagrum: str, day: date) -> Citation:
    """What the duty rests on, under "sol", "lss" or "hsl", on the day it arose.

    Where no row holds then it rests on no law: the citation is not verified and has no text. Raises UnknownDuty.
    """
    if duty not in duties():
        raise UnknownDuty(duty)
    for row in table():
        if row.duty == duty and row.holds(lagrum, day):
            return Citation(row.text, row.says, row.verified)
    return Citation("", "", verified=False)
