"""Short sentences that moves ask for: why, and what the other one is told."""

from __future__ import annotations

from random import Random
from typing import Literal

from .library import pools
from .shapes import Exchange

Reason = Literal[
    "go_on",
    "withdraw",
    "reassess",
    "appoint",
    "move_unit",
    "hand_over",
    "hand_over_hsl",
    "samverkan",
    "improvement",
    "deviation",
    "reopen",
    "unlock",
    "act_again",
    "reconsider",
    "no_answer",
    "no_measure",
    "open_measure",
    "alike",
    "measure_declined",
    "measure_partly",
]
"""Each names what the sentence is a reason for; `alike` is the cause that alike reports share."""
Ground = Literal["duplicate", "not_deviation", "withdrawn", "other"]


def reason(rng: Random, sort: Reason) -> str:
    """A sentence that says why."""
    said: str = rng.choice(pools()["reasons"][sort])
    return said


def dismissal(rng: Random, ground: Ground) -> tuple[str, str]:
    """Why a report is dismissed on that ground, and what its reporter is told."""
    note, told = rng.choice(pools()["dismissal"][ground])
    return note, told


def message(rng: Random) -> Exchange:
    """Something a handler writes in the dialogue beside the questions, and the reporter's reply."""
    return Exchange(*rng.choice(pools()["dialogue"]["messages"]))
