"""The händelseanalys on paper: valid and accessible, whole, and in pieces that no page divides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from io import BytesIO
from typing import Any

import page
import pytest
from pypdf import PdfReader

from avvikelse.documents.content import AnalysisContent
from avvikelse.documents.render import render_pdf
from tests.documents.samples import HOSTILE_TEXTS, INVESTIGATION, STORY, everywhere

NUMBERED = {"reference": "VSK-2026-0007", "number": 2, "earlier": 1, "made": "2026-11-16T14:03:00+01:00"}
TITLE = "Händelseanalys VSK-2026-0007, handling nr 2"
AREA = "Processer, rutiner, arbetssätt och riktlinjer"
STEP: dict[str, Any] = {
    "number": 1,
    "when": "2 november klockan 07.30",
    "what": "Besöket flyttas i schemat av samordnaren.",
    "factors": [{"area": AREA, "text": "Ändringar kvitteras inte av den som ska göra besöket."}],
    "barriers": [{"held": False, "text": "Appen varnar inte."}, {"held": True, "text": "Jouren svarar dygnet runt."}],
}


def analysis(**changes: Any) -> AnalysisContent:
    taken = ("municipality", "namnd", "unit", "case_title", "confidentiality", "facts", "people", "causes", "signature")
    content: dict[str, Any] = {
        **{name: deepcopy(INVESTIGATION[name]) for name in taken},
        "people": [{"role": "Analysledare", "name": "Jonas Berg", "title": "gruppledare"}],
        "assignment": "Varför kom ingen till frukosten?",
        "method": "Samtal med fyra i arbetslaget.",
        "team": "Jonas Berg, gruppledare",
        "steps": [STEP, {**STEP, "number": 2, "when": "", "factors": [], "barriers": []}],
        "whole": [{"area": "Människa – kunskap och kompetens", "text": "Många var nya för veckan."}],
    }
    return AnalysisContent(**{**content, **changes})  # type: ignore[typeddict-item]


LONG = analysis(
    steps=[{**STEP, "number": number, "what": STORY * 2, "factors": STEP["factors"] * 3} for number in range(1, 21)],
    assignment="\n\n".join([STORY] * 5),
)


def printed(content: AnalysisContent, title: str = TITLE) -> bytes:
    return render_pdf("pdf/analysis.html", {**content, **NUMBERED}, title)


def faults(pdf: bytes) -> list[str]:
    return [
        f"{profile}: {fault.message}"
        for profile in ("ua1", "3a")
        for fault in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(each.extract_text() for each in PdfReader(BytesIO(pdf)).pages).split())


def nodes(node: Any) -> Iterator[Any]:
    """The structure of a PDF, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for child in node:
            yield from nodes(child)
    elif isinstance(node, dict):
        yield node
        yield from nodes(node["/K"]) if "/K" in node else ()


@pytest.mark.parametrize(
    "content",
    [analysis(), LONG, analysis(whole=[], causes=[], people=[], assignment="", method="", team="")],
    ids=["ordinary", "long", "bare"],
)
def test_it_is_both_pdf_ua_and_pdf_a(content: AnalysisContent) -> None:
    assert faults(printed(content)) == []


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS.keys())
def test_a_hostile_text_in_every_place_spoils_nothing(text: str) -> None:
    assert faults(printed(everywhere(analysis(), text), text)) == []


def test_everything_is_there_in_words() -> None:
    paper = text_of(printed(analysis()))
    words = paper[paper.index("Förloppet i ord") :]
    wanted = (
        *("Steg 1: 2 november klockan 07.30", STEP["what"], f"Bidrog, {AREA.lower()}: {STEP['factors'][0]['text']}"),
        *(
            "Skydd som brast: Appen varnar inte.",
            "Skydd som höll: Jouren svarar dygnet runt.",
            "Steg 2",
            "Hela förloppet",
        ),
    )
    assert [line for line in wanted if line not in words] == []


def test_the_drawing_is_read_aloud_as_where_its_words_are() -> None:
    root: Any = PdfReader(BytesIO(printed(analysis()))).trailer["/Root"]
    told = [str(node["/Alt"]) for node in nodes(root["/StructTreeRoot"]["/K"]) if node.get("/S") == "/Figure"]
    where = "Samma innehåll står i ord under rubriken Förloppet i ord."
    names = ("Steg 1", "Steg 1, fortsättning", "Steg 2", "Hela förloppet", "Orsaker")
    assert told == [f"{name}. {where}" for name in names]


def test_a_long_course_is_drawn_over_pages_and_every_step_is_there() -> None:
    pages = [each.extract_text() for each in PdfReader(BytesIO(printed(LONG))).pages]
    numbers = re.findall(r"Steg (\d+)", " ".join(pages).split("Förloppet i ord")[-1])
    assert (len(pages) > 8, numbers) == (True, [str(number) for number in range(1, 21)])
