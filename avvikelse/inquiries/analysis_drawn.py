"""The drawings of a händelseanalys, for the screen and for paper."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.safestring import SafeString

from .analysis_lookup import Course, area_lines, in_short, stages, step_lines
from .drawing import NARROW, PAPER, WIDE, drawn, drawn_in_pieces

TITLE = "Händelseförloppet i bild"
ALSO = "Samma innehåll står i ord under rubriken Förloppet i ord."


def drawings(course: Course) -> list[SafeString]:
    """The course for a phone and for a wider screen; the style sheet shows one of them. None while nothing is told."""
    if not course.steps and not course.whole:
        return []
    told = stages(step_lines(course), area_lines(course.whole), area_lines(course.causes))
    desc = f"{in_short(course)} {ALSO}"
    sizes = (("narrow", NARROW), ("wide", WIDE))
    return [drawn(told, look, key=key, title=TITLE, desc=desc) for key, look in sizes]


def drawings_on_paper(content: Mapping[str, Any]) -> list[SafeString]:
    """The pieces of the drawing of a frozen `AnalysisContent`."""
    told = stages(content["steps"], content["whole"], content["causes"])
    return drawn_in_pieces(told, PAPER, also_in_words=ALSO)
