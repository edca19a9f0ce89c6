"""One narrator: chooses among alternatives and fills in the words, always from the random source it was given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time
from random import Random
from typing import TypeVar

from .care import PRONOUNS, nouns_of
from .library import Lines

Choice = TypeVar("Choice")
NUMBERS = ("två", "tre", "fyra", "fem")
ROUND_MINUTES = 15
SLIPS = (
    ("också", "oxå"),
    ("eftersom", "efter som"),
    ("medan", "medans"),
    ("någon ", "nån "),
    ("kollegan", "kolegan"),
    ("schemat", "shemat"),
    ("tillsyn", "tilsyn"),
    ("personal", "personel"),
    ("pptäckte", "pptäkte"),
    ("skulle", "skule"),
    ("besöket", "beösket"),
    ("rutinen", "rutienn"),
    ("tidigare", "tidiagre"),
    ("behöver", "behövr"),
    (". Det ", ". det "),
    (". Jag ", ". jag "),
    (". Ingen ", ". ingen "),
    (" fick ", " ficl "),
    (" inte ", " intw "),
)
"""How the tired and the hurried write."""


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def words_for(rng: Random, care: str, *, adult: bool = False) -> dict[str, str]:
    """{brukaren}, {hon} and their forms for one person, and a small number {n}; each also with a capital."""
    gender = rng.randrange(len(PRONOUNS))
    noun = rng.choice(nouns_of(care, adult=adult)[gender])
    words = {**PRONOUNS[gender], "brukaren": noun, "brukarens": f"{noun}s", "n": rng.choice(NUMBERS)}
    return with_capitals(words)


def with_capitals(words: Mapping[str, str]) -> dict[str, str]:
    return {**words, **{capital(name): capital(word) for name, word in words.items()}}


def spoken(rng: Random, clock: time) -> str:
    """The time as somebody writes it in a report: exactly, or about."""
    if clock < time(0, ROUND_MINUTES):
        return "strax efter midnatt" if clock.minute else "vid midnatt"
    exact = f"{clock.hour}.{clock.minute:02d}" if clock.minute else str(clock.hour)
    ways = [f"klockan {exact}", f"klockan {exact}", f"kl {exact}"]
    if clock.minute <= ROUND_MINUTES:
        ways.append(f"{'strax efter' if clock.minute else 'runt'} klockan {clock.hour}")
    return rng.choice(ways)


@dataclass(frozen=True, slots=True)
class Voice:
    """`scene` is the one being told; only lines that fit it are chosen."""

    rng: Random
    words: Mapping[str, str]
    scene: int = 0

    def fill(self, text: str) -> str:
        return text.format_map(self.words)

    def pick(self, alternatives: Sequence[str]) -> str:
        return self.fill(self.rng.choice(alternatives))

    def fitting(self, lines: Lines) -> list[str]:
        return [line.text for line in lines if line.fits(self.scene)]

    def say(self, lines: Lines) -> str:
        """One of the lines that fit the scene; empty if none does."""
        found = self.fitting(lines)
        return capital(self.pick(found)) if found else ""

    def say_some(self, lines: Lines, count: int) -> list[str]:
        """Up to `count` of the lines, in the order they were written."""
        found = self.fitting(lines)
        kept = sorted(self.rng.sample(range(len(found)), min(count, len(found))))
        return [capital(self.fill(found[place])) for place in kept]

    def some(self, things: Sequence[Choice], count: int) -> list[Choice]:
        return self.rng.sample(things, min(count, len(things)))

    def chance(self, share: float) -> bool:
        return self.rng.random() < share


def slip(rng: Random, text: str) -> str:
    """The text with one small mistake, of those it has room for."""
    able = [(right, wrong) for right, wrong in SLIPS if right in text]
    if not able:
        return text.removesuffix(".")
    right, wrong = rng.choice(able)
    return text.replace(right, wrong, 1)
