"""How pages and documents read a händelseanalys, and what it still lacks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Prefetch, prefetch_related_objects
from django.shortcuts import get_object_or_404

from avvikelse.cases.lookup import visible_case
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.cases.viewer import Viewer
from avvikelse.documents.content import BarrierLine, CauseLine, StepLine
from avvikelse.measures.lookup import standing_causes
from avvikelse.measures.models import Cause
from avvikelse.ui.words import amount

from .drawing import CAUSE, FACTOR, FAILED, HELD, Mark, Stage
from .lookup import matter_of
from .models import Analysis, Barrier, Block, Factor

WHOLE = "Hela förloppet"
WHOLE_TEXT = "Det här bidrog från början till slut."
CAUSES = "Orsaker"
CAUSES_TEXT = "Därför kunde det hända."
WORDS = {True: "Skydd som höll", False: "Skydd som brast"}


@dataclass(frozen=True, slots=True)
class Step:
    block: Block
    factors: list[Factor]
    barriers: list[Barrier]


@dataclass(frozen=True, slots=True)
class Course:
    """All that stands in the händelseanalys of a case; `analysis` is None until somebody begins."""

    analysis: Analysis | None
    steps: list[Step]
    whole: list[Factor]
    causes: list[Cause]


def analysis_of(case: Case) -> Analysis | None:
    """The case's analysis with everything in it, read once for the case at hand."""
    factors = Prefetch("factors", Factor.objects.filter(taken_away=False).order_by("pk"))
    barriers = Prefetch("barriers", Barrier.objects.filter(taken_away=False).order_by("pk"))
    blocks = Prefetch("blocks", Block.objects.filter(place__isnull=False).order_by("place").prefetch_related(barriers))
    prefetch_related_objects([case], Prefetch("event_analysis", Analysis.objects.prefetch_related(factors, blocks)))
    found: Analysis | None = getattr(case, "event_analysis", None)
    return found


def analysis_or_new(case: Case) -> Analysis:
    """The analysis, or an empty one that is not saved."""
    return analysis_of(case) or Analysis(case=case)


def team_of(case: Case, analysis: Analysis | None) -> str:
    """Who works with the analysis: those it names, and until it does those named when the investigation began."""
    matter = matter_of(case)
    named = analysis.team if analysis else ""
    return named or (matter.team if matter else "")


def suggested_frame(case: Case, analysis: Analysis) -> dict[str, str]:
    """The team that was named when the investigation began, until the analysis names its own."""
    team = team_of(case, analysis)
    return {"team": team} if team else {}


def last_change(case: Case) -> CaseEvent | None:
    """Who changed the analysis last, and when."""
    return case.events.filter(what="event_analysis").order_by("-pk").first()


def what_goes_along(block: Block) -> list[str]:
    """What is taken away with the step."""
    factors = [factor.text for factor in block.factors.filter(taken_away=False).order_by("pk")]
    return [*factors, *(barrier.text for barrier in block.barriers.filter(taken_away=False).order_by("pk"))]


def course_of(case: Case) -> Course:
    analysis = analysis_of(case)
    if analysis is None:
        return Course(None, [], [], standing_causes(case))
    factors = list(analysis.factors.all())
    steps = [
        Step(block, [factor for factor in factors if factor.block_id == block.pk], list(block.barriers.all()))
        for block in analysis.blocks.all()
    ]
    return Course(analysis, steps, [factor for factor in factors if factor.block_id is None], standing_causes(case))


def what_lacks(case: Case) -> list[str]:
    """Sentences about what a finished händelseanalys still needs (workflows §7 propose); empty when it is whole."""
    course = course_of(case)
    contributed = course.whole or any(step.factors for step in course.steps)
    there = {
        "Händelseanalysen saknar steg i förloppet.": course.steps,
        "Händelseanalysen saknar bidragande faktorer.": contributed,
        "Händelseanalysen saknar skydd som höll eller brast.": any(step.barriers for step in course.steps),
        "Händelseanalysen saknar orsaker.": course.causes,
    }
    return [sentence for sentence, found in there.items() if not found]


def in_short(course: Course) -> str:
    """The analysis in a sentence: "4 steg. 2 bidragande faktorer. 1 skydd höll och inga skydd brast."."""
    factors = len(course.whole) + sum(len(step.factors) for step in course.steps)
    held = [barrier.held for step in course.steps for barrier in step.barriers]
    parts = (
        amount(len(course.steps), "steg", "steg"),
        amount(factors, "bidragande faktor", "bidragande faktorer"),
        f"{amount(held.count(True), 'skydd', 'skydd')} höll och {amount(held.count(False), 'skydd', 'skydd')} brast",
    )
    return " ".join(f"{part[0].upper()}{part[1:]}." for part in parts)


# --- As plain lines, for the drawing and the document


def step_lines(course: Course) -> list[StepLine]:
    return [
        StepLine(
            number=number,
            when=step.block.when,
            what=step.block.what,
            factors=area_lines(step.factors),
            barriers=[BarrierLine(held=barrier.held, text=barrier.text) for barrier in step.barriers],
        )
        for number, step in enumerate(course.steps, 1)
    ]


def area_lines(rows: Iterable[Factor | Cause]) -> list[CauseLine]:
    return [CauseLine(area=row.get_area_display(), text=row.text) for row in rows]


def stages(steps: Iterable[StepLine], whole: list[CauseLine], causes: list[CauseLine]) -> list[Stage]:
    """What is drawn: the steps, then what belongs to the whole course, then the causes."""
    drawn = [Stage(step["number"], step["when"], step["what"], tuple(marks(step))) for step in steps]
    if whole:
        drawn.append(Stage(0, WHOLE, WHOLE_TEXT, tuple(contributed(whole))))
    if causes:
        cards = tuple(Mark(CAUSE, f"Orsak: {line['area']}", line["text"]) for line in causes)
        drawn.append(Stage(0, CAUSES, CAUSES_TEXT, cards))
    return drawn


def marks(step: StepLine) -> list[Mark]:
    barriers = [Mark(HELD if line["held"] else FAILED, WORDS[line["held"]], line["text"]) for line in step["barriers"]]
    return [*contributed(step["factors"]), *barriers]


def contributed(lines: Iterable[CauseLine]) -> list[Mark]:
    return [Mark(FACTOR, f"Bidrog: {line['area']}", line["text"]) for line in lines]


# --- Rows behind an address


def block_in_sight(viewer: Viewer, number: int) -> tuple[Block, Case]:
    """A step of a case the person handles, also one that was taken away, else 404."""
    block = get_object_or_404(Block.objects.select_related("analysis__case"), pk=number)
    return block, visible_case(viewer, block.analysis.case.reference)


def factor_in_sight(viewer: Viewer, number: int) -> tuple[Factor, Case]:
    factor = get_object_or_404(Factor.objects.select_related("analysis__case"), pk=number)
    return factor, visible_case(viewer, factor.analysis.case.reference)


def barrier_in_sight(viewer: Viewer, number: int) -> tuple[Barrier, Case]:
    barrier = get_object_or_404(Barrier.objects.select_related("block__analysis__case"), pk=number)
    return barrier, visible_case(viewer, barrier.block.analysis.case.reference)
