"""What becomes of a grave case: drawn for most of them, told for those that show something of their own."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal, TypeVar

from avvikelse.cases.kinds import Kind
from avvikelse.inquiries.choices import SERIOUS, Grade

Drawn = TypeVar("Drawn")
Stop = Literal["", "received", "assessing", "working", "proposed", "decided", "following_up"]
"""The state it has reached and lies in; empty, it goes on as far as the days reach."""
AtIvo = Literal["", "preparing", "with_ivo", "decided"]

GRADES: dict[Kind, tuple[tuple[Grade, int], ...]] = {
    Kind.LEX: (
        (Grade.NONE, 12),
        (Grade.RISK, 20),
        (Grade.MISCONDUCT, 46),
        (Grade.SERIOUS_RISK, 9),
        (Grade.SERIOUS, 13),
    ),
    Kind.VSK: ((Grade.NO_HARM, 22), (Grade.HARM, 62), (Grade.SERIOUS_HARM, 16)),
}
"""How often each grade is the outcome."""
OUTCOMES = (("ended", 66), ("criticism", 26), ("passed_on", 4), ("supervision", 4))
PACES = ((0.6, 2), (1.0, 5), (1.4, 2), (2.4, 1))
"""From exemplary to late."""
SETTLED, BY_NAMND, SENT_BACK, STATEMENT, ANALYSED, POINTED_OUT = 0.08, 0.12, 0.1, 0.2, 0.15, 0.2
EARLY, ENCLOSED, BY_POST, EXTENDED, REAPPOINTED = 0.15, 0.7, 0.3, 0.25, 0.06
REQUESTS = (0, 0, 1, 1, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class IvoFate:
    """What comes of it at IVO. `unread`: somebody has not read the decision.

    Where it stays with IVO the last request was made so many working days ago as `asked_days_ago`, and waits.
    """

    outcome: str = "ended"
    stop: AtIvo = ""
    enclosed: bool = True
    post: bool = False
    requests: int = 0
    asked_days_ago: int = 8
    extended: bool = False
    cancelled: bool = False
    unread: bool = False
    pace: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """`corrected` is the grade a correction sets. `outside`: somebody without an account is *utpekad*."""

    grade: Grade
    stop: Stop = ""
    pace: float = 1.0
    settled: bool = False
    returned: bool = False
    early: bool = False
    by_namnd: bool = False
    sent_back: bool = False
    corrected: Grade | None = None
    masked: bool = False
    reappointed: bool = False
    analysed: bool = False
    pointed_out: bool = False
    outside: str = ""
    statement: Literal["", "answered", "waiting"] = ""
    ivo: IvoFate = IvoFate()

    @property
    def reaches_ivo(self) -> bool:
        return self.early or self.grade in SERIOUS or self.corrected in SERIOUS


def drawn(rng: Random, kind: Kind) -> Fate:
    """The fate of a case of the kind, the same for the same state of `rng`."""
    grade = among(rng, GRADES[kind])
    return Fate(
        grade=grade,
        pace=among(rng, PACES),
        settled=grade not in SERIOUS and rng.random() < SETTLED,
        early=grade in SERIOUS and rng.random() < EARLY,
        by_namnd=rng.random() < BY_NAMND,
        sent_back=rng.random() < SENT_BACK,
        reappointed=rng.random() < REAPPOINTED,
        analysed=kind == Kind.VSK or rng.random() < ANALYSED,
        pointed_out=kind == Kind.LEX and rng.random() < POINTED_OUT,
        statement="answered" if rng.random() < STATEMENT else "",
        ivo=drawn_at_ivo(rng),
    )


def drawn_at_ivo(rng: Random) -> IvoFate:
    return IvoFate(
        outcome=among(rng, OUTCOMES),
        enclosed=rng.random() < ENCLOSED,
        post=rng.random() < BY_POST,
        requests=rng.choice(REQUESTS),
        extended=rng.random() < EXTENDED,
        pace=among(rng, PACES),
    )


def among(rng: Random, weighed: tuple[tuple[Drawn, int], ...]) -> Drawn:
    return rng.choices([each for each, _ in weighed], [share for _, share in weighed])[0]
