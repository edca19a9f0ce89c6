"""How wide a text is, and where its lines break, without a browser at hand. Pure.

The widths are those of Source Sans 3, in thousandths of the size of the type.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

WIDTHS = {
    200: " ",
    250: "',.:;’·|ijl",
    300: "I!f()[]{}-",
    350: "tr/\\",
    430: '*s?z"”',
    460: "xcvy",
    500: "YJ–LFkeé#$+0123456789<=>^~§_agåä",
    550: "XVEÉST`Zoöhuünbdpq",
    580: "AÅÄPRCKB",
    620: "&DG",
    665: "UÜNHOQÖ",
    730: "wM",
    840: "W—%m@",
    950: "…",
}
LETTERS = {letter: width for width, letters in WIDTHS.items() for letter in letters}
UNKNOWN = 800
SEMIBOLD = 1.03
SLACK = 0.95
"""As much of a line as is filled: another font may stand in for ours."""

NO_FONT = (range(0x0700, 0x1E00), range(0x2E80, 0x110000))
"""Writing systems and pictures that our fonts have no letters for; on paper they are spelled out (documents/press)."""


def width_of(text: str, size: float, *, bold: bool = False, strange: float = 1.2) -> float:
    """The width in the unit of `size`. `strange` is that of a sign our fonts lack, in sizes of the type."""
    thousandths = sum(letter_width(letter, strange) for letter in text)
    return thousandths * size / 1000 * (SEMIBOLD if bold else 1)


def letter_width(letter: str, strange: float) -> float:
    known = LETTERS.get(letter)
    if known is not None:
        return known
    if any(ord(letter) in signs for signs in NO_FONT):
        return strange * 1000
    return 0 if unicodedata.category(letter) in {"Mn", "Cf", "Cc"} else UNKNOWN


def lines_of(text: str, width: float, size: float, *, bold: bool = False, strange: float = 1.2) -> list[str]:
    """The text in lines of at most `width`. A word wider than that is broken; line ends count as spaces."""
    room = width * SLACK
    lines: list[str] = []
    for word in (piece for run in even(text).split() for piece in pieces_of(run, room, size, strange)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer, size, bold=bold, strange=strange) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def even(text: str) -> str:
    """The text composed, without the invisible signs that say where it may break or which way it runs."""
    shown = unicodedata.normalize("NFC", text)
    return "".join(letter for letter in shown if letter.isspace() or unicodedata.category(letter) not in {"Cf", "Cc"})


def pieces_of(word: str, room: float, size: float, strange: float) -> Iterator[str]:
    """The word, or what of it fits in a line, piece by piece."""
    begun, filled = "", 0.0
    for letter in word:
        width = letter_width(letter, strange) * size / 1000 * SEMIBOLD
        if begun and filled + width > room:
            yield begun
            begun, filled = "", 0.0
        begun, filled = begun + letter, filled + width
    if begun:
        yield begun
