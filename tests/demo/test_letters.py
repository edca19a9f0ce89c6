"""The files of the practice municipality: PDFs that the program itself takes."""

from __future__ import annotations

from avvikelse.cases.attaching import identified
from avvikelse.demo.letters import MOST_LINES, letter, page


def test_a_letter_is_a_pdf_the_program_takes() -> None:
    found = identified(letter("beslut", "Beslut", "IVO avslutar ärendet (utan åtgärd)."))
    assert (found.extension, found.media_type, found.name) == ("pdf", "application/pdf", "beslut.pdf")


def test_swedish_letters_and_brackets_stand_as_they_are_written() -> None:
    assert "(Å, ä och ö \\(så\\)) Tj".encode("cp1252") in page("Å, ä och ö (så)", ())


def test_a_long_text_stays_on_its_page() -> None:
    assert page("Långt", ("ord " * 4000,)).count(b"/F1 11 Tf") == MOST_LINES


def test_the_same_words_give_the_same_file() -> None:
    assert page("Beslut", ("Ärendet avslutas.",)) == page("Beslut", ("Ärendet avslutas.",))
