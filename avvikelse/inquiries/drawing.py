"""The course of events as a drawing: steps downwards, and beside each what contributed and which barriers stood there.

Pure: from plain texts to SVG, in one of three sizes. Every colour has a word or a shape beside it. On the screen the
classes are coloured by static/css/analysis.css; on paper the colours are in the drawing itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from .lettering import lines_of

FACTOR, HELD, FAILED, CAUSE = "factor", "held", "failed", "cause"


@dataclass(frozen=True, slots=True)
class Mark:
    """What stands beside a step: its kind (one of the four above), a heading that says it in words, and a text."""

    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class Stage:
    """A step of the course, numbered from 1. Number 0 is what belongs to no step and has no place in the order."""

    number: int
    heading: str
    text: str
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A size of the drawing, in pixels of CSS. Boxes and cards are (left, width).

    A piece is at most `most` high, unless one card is higher. A heading and a text have at most `lines` each, so that
    no card is higher than a page; what is left out ends in an ellipsis and is found in words.
    """

    width: int
    size: float
    line: float
    box: tuple[float, float]
    cards: tuple[float, float]
    beside: bool
    paper: bool = False
    most: float = inf
    lines: tuple[int, int] = (1000, 1000)
    strange: float = 1.2

    @property
    def bus(self) -> float:
        """Where the line runs that joins a step with its cards."""
        return (self.box[0] + self.box[1] + self.cards[0]) / 2 if self.beside else self.box[0] + 12


NARROW = Look(width=340, size=16, line=22, box=(40, 299), cards=(68, 272), beside=False)
WIDE = Look(width=720, size=16, line=22, box=(44, 320), cards=(400, 320), beside=True)
PAPER = Look(
    width=604,
    size=13,
    line=17.5,
    box=(38, 268),
    cards=(338, 266),
    beside=True,
    paper=True,
    most=220,
    lines=(6, 40),
    strange=7.6,
)

RAIL, DOT, PAD, GAP, BELOW, ICON = 15, 14, 12, 10, 30, 30
"""Where the line of the course runs, a number's radius, air in boxes, between cards, between steps, an icon's room."""

INK, SOFT, LINE, ACTION, TINT, FAULT = "#1d2528", "#4f5a5f", "#8a9297", "#0b5563", "#f1f5f5", "#a3231c"
PAINT = {
    "rail": f'stroke="{ACTION}" stroke-width="2"',
    "tip": f'fill="{ACTION}"',
    "dot": f'fill="{ACTION}"',
    "number": 'fill="#ffffff" font-weight="600"',
    "bus": f'stroke="{LINE}" stroke-width="1.5" fill="none"',
    "box": f'fill="{TINT}" stroke="{ACTION}" stroke-width="1.5"',
    "loose": f'fill="#ffffff" stroke="{SOFT}" stroke-width="1.5" stroke-dasharray="5 4"',
    "head": f'fill="{INK}" font-weight="600"',
    "text": f'fill="{INK}"',
    FACTOR: f'fill="#ffffff" stroke="{LINE}" stroke-width="1.5"',
    CAUSE: f'fill="#ffffff" stroke="{INK}" stroke-width="1.5"',
    HELD: f'fill="#ffffff" stroke="{ACTION}" stroke-width="2.5"',
    FAILED: f'fill="#ffffff" stroke="{FAULT}" stroke-width="2.5" stroke-dasharray="7 4"',
    "icon": f'fill="none" stroke="{INK}" stroke-width="1.75"',
}
"""On paper. The screen's are in the style sheet, under the same names."""

PLAIN = {
    **dict.fromkeys(
        ("rail", "bus", "box", "loose", *(FACTOR, HELD, FAILED, CAUSE), "icon"), 'fill="none" stroke="currentColor"'
    ),
    **dict.fromkeys(("tip", "number", "head", "text"), 'fill="currentColor"'),
    "dot": 'fill="none" stroke="currentColor"',
}
"""On the screen, should the style sheet be lost."""

SHIELD = "M9 1 L17 4 V9 C17 14 13.5 17.5 9 19 C4.5 17.5 1 14 1 9 V4 Z"
ICONS = {
    FACTOR: "M17 10 H3 M8 5 L3 10 L8 15",
    CAUSE: "M9 3 A7 7 0 1 0 9 17 A7 7 0 1 0 9 3 M9 7 V10 M9 13 V13.5",
    HELD: f"{SHIELD} M5 10 L8 13 L13 7",
    FAILED: f"{SHIELD} M6 7 L12 13 M12 7 L6 13",
}
"""An arrow at the step, a ring with a sign in it, a shield with a tick and a shield with a cross."""


@dataclass(frozen=True, slots=True)
class Text:
    """A heading in semibold and the lines below it, set to a width."""

    heading: tuple[str, ...]
    lines: tuple[str, ...]

    def height(self, look: Look) -> float:
        return (len(self.heading) + len(self.lines)) * look.line


@dataclass(frozen=True, slots=True)
class Card:
    """A mark that has been given its place."""

    mark: Mark
    text: Text
    top: float
    height: float


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the drawing that stands as a whole: a step with the cards that found room beside it, or the rest."""

    stage: Stage
    box: Text | None
    cards: tuple[Card, ...]
    height: float
    goes_on: bool
    """Whether more cards of the same step follow."""
    leads_on: bool
    """Whether another step follows, so that the line of the course runs on."""


def drawn(stages: Sequence[Stage], look: Look, *, key: str, title: str, desc: str) -> SafeString:
    """The whole in one SVG. `key` makes its ids its own on the page; title and desc are what is read aloud of it."""
    pieces = pieces_drawn(stages, look)
    tops = [0.0]
    for piece in pieces:
        tops.append(tops[-1] + piece.height)
    inner = format_html_join(
        "\n",
        '<g transform="translate(0 {})">{}</g>',
        ((figure(top), piece_drawn(piece, look)) for top, piece in zip(tops, pieces, strict=False)),
    )
    return format_html(
        '<svg class="course {}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
        'role="img" aria-labelledby="{}-title {}-desc" font-size="{}">'
        '<title id="{}-title">{}</title><desc id="{}-desc">{}</desc>{}</svg>',
        *(key, look.width, figure(tops[-1]), look.width, figure(tops[-1])),
        *(key, key, figure(look.size), key, title, key, desc, inner),
    )


def drawn_in_pieces(stages: Sequence[Stage], look: Look, *, also_in_words: str) -> list[SafeString]:
    """An SVG per piece, for pages that a tall drawing could not be divided over. Laid one below the other they join.

    `also_in_words` says where the same is found as text; every piece is read aloud as its name and that.
    """
    return [
        format_html(
            '<svg class="course" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="{}" height="{}" '
            'font-family="Source Sans 3, DejaVu Sans" font-size="{}"><title>{}. {}</title>{}</svg>',
            *(look.width, figure(piece.height), look.width, figure(piece.height), figure(look.size)),
            *(named(piece), also_in_words, piece_drawn(piece, look)),
        )
        for piece in pieces_drawn(stages, look)
    ]


def named(piece: Piece) -> str:
    name = f"Steg {piece.stage.number}" if piece.stage.number else piece.stage.heading
    return name if piece.box else f"{name}, fortsättning"


def figure(value: float) -> str:
    """A number as SVG writes it, whatever the language of the page."""
    return f"{value:.1f}".rstrip("0").rstrip(".")


# --- Places


def pieces_drawn(stages: Sequence[Stage], look: Look) -> list[Piece]:
    following = [*(bool(after.number) for _, after in pairwise(stages)), False]
    return [
        piece
        for stage, leads_on in zip(stages, following, strict=False)
        for piece in placed(stage, look, leads_on=leads_on)
    ]


def placed(stage: Stage, look: Look, *, leads_on: bool) -> list[Piece]:
    """The step's box, and its cards in as few pieces as hold them."""
    box = set_in(stage.heading, stage.text, look.box[1] - 2 * PAD, look)
    box_height = box.height(look) + 2 * PAD
    top = 0.0 if look.beside else box_height + GAP
    groups: list[list[Card]] = [[]]
    for mark in stage.marks:
        text = set_in(mark.heading, mark.text, look.cards[1] - 2 * PAD - ICON, look)
        height = text.height(look) + 2 * PAD
        if groups[-1] and top + height > look.most:
            groups.append([])
            top = 0.0
        groups[-1].append(Card(mark, text, top, height))
        top += height + GAP
    pieces = []
    for index, cards in enumerate(groups):
        used = max([cards[-1].top + cards[-1].height] if cards else [0.0])
        last = index == len(groups) - 1
        height = max(used, 0 if index else box_height) + (BELOW if last else GAP)
        pieces.append(Piece(stage, None if index else box, tuple(cards), height, not last, leads_on))
    return pieces


def set_in(heading: str, text: str, width: float, look: Look) -> Text:
    return Text(
        shortened(lines_of(heading, width, look.size, bold=True, strange=look.strange), look.lines[0]),
        shortened(lines_of(text, width, look.size, strange=look.strange), look.lines[1]),
    )


def shortened(lines: list[str], most: int) -> tuple[str, ...]:
    return tuple(lines) if len(lines) <= most else (*lines[: most - 1], "…")


# --- Strokes


def piece_drawn(piece: Piece, look: Look) -> SafeString:
    shapes = [*rail(piece, look), *bus(piece, look)]
    if piece.box is not None:
        shapes += box(piece, piece.box, look)
    for card in piece.cards:
        shapes += card_drawn(card, look)
    return format_html_join("", "{}", ((shape,) for shape in shapes))


def shape(tag: str, name: str, look: Look, **where: float | str) -> SafeString:
    """An element with its class, its paint and its numbers; an underscore in a name stands for a hyphen."""
    paint = SafeString((PAINT if look.paper else PLAIN)[name])
    places = (
        (key.replace("_", "-"), value if isinstance(value, str) else figure(value)) for key, value in where.items()
    )
    return format_html('<{} class="c-{}" {}{}/>', tag, name, paint, format_html_join("", ' {}="{}"', places))


def rail(piece: Piece, look: Look) -> list[SafeString]:
    """The line of the course from this step to the next, with a tip that says which way."""
    if not piece.stage.number or not piece.leads_on:
        return []
    top, end = 0.0 if piece.box is None else 2 * DOT, piece.height
    line = shape("line", "rail", look, x1=RAIL, y1=top, x2=RAIL, y2=end if piece.goes_on else end - 4)
    if piece.goes_on:
        return [line]
    tip = f"{RAIL - 6},{figure(end - 11)} {RAIL + 6},{figure(end - 11)} {RAIL},{figure(end - 1)}"
    return [line, shape("polygon", "tip", look, points=tip)]


def bus(piece: Piece, look: Look) -> list[SafeString]:
    """The line that joins the step with its cards."""
    if not piece.cards:
        return []
    joints = [card.top + PAD + look.line / 2 for card in piece.cards]
    box_height = piece.box.height(look) + 2 * PAD if piece.box else 0.0
    start = 0.0 if piece.box is None else joints[0] if look.beside else box_height
    path = f"M{figure(look.bus)} {figure(start)} V{figure(piece.height if piece.goes_on else joints[-1])}"
    if look.beside and piece.box is not None:
        path += f" M{figure(look.box[0] + look.box[1])} {figure(joints[0])} H{figure(look.bus)}"
    path += "".join(f" M{figure(look.bus)} {figure(joint)} H{figure(look.cards[0])}" for joint in joints)
    return [shape("path", "bus", look, d=path)]


def box(piece: Piece, text: Text, look: Look) -> list[SafeString]:
    left, width = look.box
    kind = "box" if piece.stage.number else "loose"
    height = text.height(look) + 2 * PAD
    shapes = [shape("rect", kind, look, x=left, y=1, width=width, height=height - 2, rx=8)]
    if piece.stage.number:
        shapes.append(shape("circle", "dot", look, cx=RAIL, cy=DOT + 1, r=DOT))
        shapes.append(words("number", look, str(piece.stage.number), RAIL, DOT + 1 + look.size * 0.35, anchor="middle"))
    return [*shapes, *lettered(text, look, left + PAD, PAD)]


def card_drawn(card: Card, look: Look) -> list[SafeString]:
    left, width = look.cards
    frame = shape(
        "rect", card.mark.kind, look, x=left + 1.5, y=card.top + 1.5, width=width - 3, height=card.height - 3, rx=8
    )
    at = f"translate({figure(left + PAD)} {figure(card.top + PAD + (look.line - 20) / 2)})"
    icon = shape("path", "icon", look, d=ICONS[card.mark.kind], transform=at)
    return [frame, icon, *lettered(card.text, look, left + PAD + ICON, card.top + PAD)]


def lettered(text: Text, look: Look, left: float, top: float) -> list[SafeString]:
    rows = [*(("head", line) for line in text.heading), *(("text", line) for line in text.lines)]
    first = top + look.line / 2 + look.size * 0.34
    return [words(name, look, line, left, first + index * look.line) for index, (name, line) in enumerate(rows)]


def words(name: str, look: Look, line: str, left: float, base: float, *, anchor: str = "start") -> SafeString:
    paint = SafeString((PAINT if look.paper else PLAIN)[name])
    where = (figure(left), figure(base), anchor)
    return format_html('<text class="c-{}" {} x="{}" y="{}" text-anchor="{}">{}</text>', name, paint, *where, line)
