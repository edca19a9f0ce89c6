"""Two who write in the same investigation: what the other changed, laid beside what one wrote oneself.

Pure functions on texts by field. A fingerprint stands for a text as it was when the page was opened.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

SIGNS = 12
BETWEEN = "."


@dataclass(frozen=True, slots=True)
class Beside:
    """What another saved in a field. `taken`: one had not touched it oneself, so that it stands in the field now."""

    text: str
    taken: bool


def fingerprints(texts: Mapping[str, str], names: Iterable[str]) -> str:
    """One per field, in order. Line ends do not count: browsers change them."""
    return BETWEEN.join(fingerprint(texts.get(name, "")) for name in names)


def fingerprint(text: str) -> str:
    return hashlib.sha256(even(text).encode()).hexdigest()[:SIGNS]


def even(text: str) -> str:
    return "\n".join(text.split("\r\n")).strip()


def meet(mine: Mapping[str, str], theirs: Mapping[str, str], base: str, names: tuple[str, ...]) -> dict[str, Beside]:
    """The fields where another's text differs from mine and is not what stood there when I began.

    `base` is the fingerprints of then; one that cannot be read counts as if everything had been changed by both.
    """
    before = base.split(BETWEEN)
    known = dict(zip(names, before, strict=True)) if len(before) == len(names) else {}
    found = {}
    for name in names:
        mine_now, theirs_now = mine.get(name, ""), theirs.get(name, "")
        if even(mine_now) == even(theirs_now) or known.get(name) == fingerprint(theirs_now):
            continue
        found[name] = Beside(theirs_now, taken=known.get(name) == fingerprint(mine_now))
    return found
