"""The drawing of a course: everything in it, in order, inside its frame, and readable without its colours."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avvikelse.inquiries.drawing import (
    CAUSE,
    FACTOR,
    FAILED,
    HELD,
    NARROW,
    PAPER,
    WIDE,
    Look,
    Mark,
    Stage,
    drawn,
    drawn_in_pieces,
    pieces_drawn,
)
from avvikelse.inquiries.lettering import SLACK, lines_of, width_of

PAGE = 900
"""What a page holds between its margins: 238 mm, in pixels."""
SVG = "{http://www.w3.org/2000/svg}"
LOOKS = {"narrow": NARROW, "wide": WIDE, "paper": PAPER}
LONG = "Samordnaren flyttar besöket till eftermiddagen och ringer vikarien som inte svarar. " * 6
COURSE = (
    Stage(
        1,
        "Klockan 07.30",
        "Besöket flyttas.",
        (Mark(FACTOR, "Bidrog: Teknik, utrustning och apparatur", LONG), Mark(FAILED, "Skydd som brast", "Larmet.")),
    ),
    Stage(2, "", "Ingen kommer."),
    Stage(3, "Klockan 13.15", LONG, (Mark(HELD, "Skydd som höll", "Jouren svarar."),)),
    Stage(0, "Hela förloppet", "", (Mark(FACTOR, "Bidrog: Människa – kunskap och kompetens", "Många var nya."),)),
    Stage(0, "Orsaker", "", (Mark(CAUSE, "Orsak: Teknik, utrustning och apparatur", "Ingen spärr."),)),
)


def tree(stages: tuple[Stage, ...] = COURSE, look: Look = WIDE) -> ET.Element:
    return ET.fromstring(drawn(stages, look, key="k", title="Förloppet", desc="Tre steg."))  # noqa: S314 (our own)


def placed(element: ET.Element, top: float = 0.0) -> Iterator[tuple[float, ET.Element]]:
    """Every element with how far down its group stands."""
    found = re.match(r"translate\(0 ([\d.]+)\)", element.get("transform", ""))
    here = top + float(found[1]) if found else top
    yield here, element
    for child in element:
        yield from placed(child, here)


def read(root: ET.Element) -> str:
    return " ".join(element.text or "" for element in root.iter(f"{SVG}text"))


def words(stages: tuple[Stage, ...]) -> list[str]:
    """Every word that shall be readable, in the order of the course."""
    found: list[str] = []
    for stage in stages:
        found += f"{stage.number or ''} {stage.heading} {stage.text}".split()
        for mark in stage.marks:
            found += f"{mark.heading} {mark.text}".split()
    return found


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_every_word_is_in_the_drawing_in_the_order_of_the_course(look: Look) -> None:
    assert read(tree(look=look)).split() == words(COURSE)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_nothing_is_drawn_outside_the_frame(look: Look) -> None:
    root = tree(look=look)
    _, _, width, height = map(float, root.get("viewBox", "").split())
    boxes = [(top, element) for top, element in placed(root) if element.tag == f"{SVG}rect"]
    edges = [
        (float(box.get("x", 0)), top + float(box.get("y", 0)), float(box.get("width", 0)), float(box.get("height", 0)))
        for top, box in boxes
    ]
    assert len(edges) == 10
    assert [edge for edge in edges if edge[0] < 0 or edge[0] + edge[2] > width or edge[1] + edge[3] > height] == []


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS.keys())
def test_no_line_of_text_is_wider_than_its_box(look: Look) -> None:
    root = tree(look=look)
    rooms = {float(left) + 12: float(width) - 24 for left, width in (look.box, look.cards)}
    rooms[look.cards[0] + 42] = look.cards[1] - 54
    lines = [element for element in root.iter(f"{SVG}text") if element.get("text-anchor") == "start"]
    spilled = [line.text for line in lines if width_of(line.text or "", look.size) > rooms[float(line.get("x", "0"))]]
    assert (len(lines) > 20, spilled) == (True, [])


def test_boxes_never_overlap() -> None:
    for look in LOOKS.values():
        rects = [(top + float(box.get("y", 0)), box) for top, box in placed(tree(look=look)) if box.tag == f"{SVG}rect"]
        for column in {box.get("x") for _, box in rects}:
            stack = sorted((top, top + float(box.get("height", 0))) for top, box in rects if box.get("x") == column)
            assert [(above, below) for above, below in pairwise(stack) if above[1] > below[0]] == []


def test_held_and_failed_differ_in_word_shape_and_line() -> None:
    def looks(kind: str) -> tuple[str, str, str]:
        (piece,) = drawn_in_pieces((Stage(1, "", "X", (Mark(kind, kind, "Y"),)),), PAPER, also_in_words="Ord.")
        root = ET.fromstring(piece)  # noqa: S314 (our own)
        frame = next(box for box in root.iter(f"{SVG}rect") if box.get("class") == f"c-{kind}")
        icon = next(path for path in root.iter(f"{SVG}path") if path.get("class") == "c-icon")
        return read(root), frame.get("stroke-dasharray", "whole"), icon.get("d", "")

    held, failed = looks(HELD), looks(FAILED)
    assert [one != other for one, other in zip(held, failed, strict=True)] == [True, True, True]


def test_the_drawing_has_a_title_and_says_where_the_words_are() -> None:
    root = tree()
    ids = root.get("aria-labelledby", "").split()
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert (root.get("role"), [named[name] for name in ids]) == ("img", ["Förloppet", "Tre steg."])


def test_the_line_of_the_course_ends_at_the_last_step() -> None:
    leads = {stage.number: piece.leads_on for piece in pieces_drawn(COURSE, WIDE) if (stage := piece.stage).number}
    assert leads == {1: True, 2: True, 3: False}


def test_markup_that_somebody_wrote_is_text() -> None:
    hostile = '<script>alert(1)</script> & "citat" </svg>'
    root = tree((Stage(1, hostile, hostile, (Mark(HELD, hostile, hostile),)),))
    assert ([element.tag for element in root.iter(f"{SVG}script")], read(root).count("<script>")) == ([], 4)


def test_a_step_with_many_cards_is_laid_over_pieces_that_fit_a_page() -> None:
    cards = tuple(Mark(FACTOR, "Bidrog: Teknik", f"{number} {LONG}") for number in range(30))
    pieces = pieces_drawn((Stage(1, "", "Mycket.", cards), Stage(2, "", "Sedan.")), PAPER)
    assert [card.mark for piece in pieces for card in piece.cards] == list(cards)
    assert (len(pieces) > 3, max(piece.height for piece in pieces) < PAGE) == (True, True)
    assert [piece.goes_on for piece in pieces[-3:]] == [True, False, False]


@pytest.mark.parametrize("letter", ["W", "o", "中"])
def test_the_longest_texts_fit_a_page(letter: str) -> None:
    heading, text = letter * 120, letter * 1000
    pieces = pieces_drawn((Stage(1, heading, text, (Mark(FACTOR, heading, text),)),), PAPER)
    assert [piece.height < PAGE for piece in pieces] == [True]


def test_a_text_that_is_cut_short_on_paper_ends_in_an_ellipsis() -> None:
    (cut,) = pieces_drawn((Stage(1, "", "W" * 1000),), PAPER)
    (whole,) = pieces_drawn((Stage(1, "", "W" * 1000),), WIDE)
    assert cut.box
    assert whole.box
    assert (len(cut.box.lines), cut.box.lines[-1], "".join(whole.box.lines)) == (40, "…", "W" * 1000)


@given(st.text(max_size=300), st.sampled_from([60.0, 200.0, 296.0]))
def test_lines_hold_every_sign_and_fit(text: str, width: float) -> None:
    lines = lines_of(text, width, 16)
    shown = "".join(lines_of(text, 1e9, 16)).replace(" ", "")
    assert "".join(lines).replace(" ", "") == shown
    assert [line for line in lines if len(line) > 1 and width_of(line, 16) > width * SLACK + 0.01] == []


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("Ett", ["Ett"]),
        ("Ett steg till i förloppet", ["Ett steg till i", "förloppet"]),
        ("rad\n\nrad", ["rad rad"]),
        ("o" * 25, ["o" * 11, "o" * 11, "o" * 3]),
        ("e\u0301tt\u200b \u202eord", ["étt ord"]),
    ],
)
def test_a_text_breaks_where_it_should(text: str, lines: list[str]) -> None:
    assert lines_of(text, 110, 16) == lines


def test_a_sign_no_font_of_ours_has_gets_room_for_its_spelling_on_paper() -> None:
    assert (width_of("中", 10, strange=1.2), width_of("中", 10, strange=7.6)) == (12.0, 76.0)
