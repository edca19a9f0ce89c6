from time import perf_counter

import pytest

from avvikelse.documents.text import all_printable, paragraphs, printable


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Hon föll kl. 14.05.", "Hon föll kl. 14.05."),
        ("a\r\nb\rc\u2028d", "a\nb\nc\nd"),
        ("a\x00\x07b\tc", "ab\tc"),
        ("\u202edetaler\u202c", "detaler"),
        ("a\u030a o\u0308", "å ö"),
        ("läkemedelsavvikelsehanteringsrutinerna", "läkemedelsavvikelsehanteringsrutinerna"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 10 + ("\u200b" + "x" * 10) * 3 + "\u200bx"),
        ("\ud800", ""),
        ("", ""),
    ],
)
def test_a_text_is_printed_as_it_was_written_but_for_what_no_page_can_carry(written: str, read: str) -> None:
    assert printable(written) == read


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("en\n\ntvå", ["en", "två"]),
        ("en\nrad till\n \n\n två", ["en\nrad till", "två"]),
        ("\n\n  \n", []),
        ("", []),
        ("a\n" * 42, ["a"] * 42),
    ],
)
def test_an_empty_line_ends_a_paragraph(text: str, parts: list[str]) -> None:
    assert paragraphs(text) == parts


def test_every_text_in_a_content_is_made_printable_and_nothing_else_is_touched() -> None:
    content = {"a": "x\x00", "b": [1, True, {"c": "y\r\nz"}], "d": False}
    assert all_printable(content) == {"a": "x", "b": [1, True, {"c": "y\nz"}], "d": False}


@pytest.mark.parametrize("piece", ["x", "\n ", "x\n", " ", "\u0301", "\n\n\t"])
def test_the_time_is_linear_in_the_length(piece: str) -> None:
    text = piece * 200_000
    started = perf_counter()
    paragraphs(printable(text))
    assert perf_counter() - started < 2
