"""What people wrote, made fit for print. No word is changed; only what no page can carry is taken away."""

import re
import unicodedata
from collections.abc import Mapping

LONGEST_WORD = 40
"""Letters in a row that may be a word. The layout takes quadratic time over a word wider than its column (100 000
letters: minutes), so a longer one gets a place to break every few letters, few enough for the narrowest column."""

RUNS = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
PIECES = re.compile(r"\S{10}(?=\S)")
BREAK = "\u200b"

MOST_LINES = 40
"""Line ends that a paragraph may hold, for the same reason: it is laid out as one."""

# Overrides of the writing direction can make a line read as something else than what was written.
# Tabs and line ends stay.
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\uffff\ud800-\udfff]")
LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
EMPTY_LINES = re.compile(r"\n[ \t]*\n\s*")


def printable(text: str) -> str:
    """The text as it can be printed: composed letters, no control characters, a chance to break in every long run."""
    one_end = LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text))
    return RUNS.sub(_with_breaks, UNPRINTABLE.sub("", one_end))


def _with_breaks(run: re.Match[str]) -> str:
    return PIECES.sub(rf"\g<0>{BREAK}", run[0])


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text: what stands between empty lines.

    Line ends stay inside a paragraph unless they are very many.
    """
    parts = (part for part in EMPTY_LINES.split(text.strip()) if part)
    return [line for part in parts for line in (part.split("\n") if part.count("\n") > MOST_LINES else [part])]


def all_printable(value: object) -> object:
    """The same value with every text in it printable. Takes what a frozen content may hold."""
    if isinstance(value, str):
        return printable(value)
    if isinstance(value, Mapping):
        return {key: all_printable(inner) for key, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [all_printable(inner) for inner in value]
    return value
