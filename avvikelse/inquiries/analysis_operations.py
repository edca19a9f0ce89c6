"""Writing a händelseanalys: its frame, its steps, what contributed and which barriers stood there.

Every verb takes the version of the case that the person saw and gives the case a new one. Nothing is deleted: what is
taken away stays as a row that no page shows. Raises StaleCase, PermissionDenied and MoveRefused, as all writing does.
"""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import Told
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, locked, record_event
from avvikelse.cases.rules import Who, capacities
from avvikelse.documents.models import Document
from avvikelse.documents.operations import take_document
from avvikelse.measures.models import Area
from avvikelse.organisation.models import Person

from .analysis_paper import analysis_content
from .models import Analysis, Barrier, Block, Factor

WRITERS: dict[Kind, frozenset[Who]] = {
    Kind.AVV: frozenset({Who.CHEF, Who.INVESTIGATOR}),
    Kind.LEX: frozenset({Who.SAS, Who.INVESTIGATOR}),
    Kind.VSK: frozenset({Who.MAS, Who.INVESTIGATOR}),
}
"""Who writes the händelseanalys of a kind; other kinds have none."""
OPEN_IN = {Kind.AVV: State.INVESTIGATING, Kind.LEX: State.INVESTIGATING, Kind.VSK: State.ANALYSING}
MOST_STEPS = 60
"""A course longer than this is several events."""
MOST_MARKS = 200
"""As many factors and barriers as a drawing, and its PDF, can hold."""

LOCKED = "Händelseanalysen kan bara skrivas medan händelsen utreds. Nu är den låst."
STEP_GONE = "Steget har tagits bort. Lägg till ett nytt steg om det ska vara med."
FACTOR_GONE = "Den bidragande faktorn har tagits bort. Lägg till en ny om den ska vara med."
BARRIER_GONE = "Skyddet har tagits bort. Lägg till ett nytt om det ska vara med."


def writes(case: Case, capacity: frozenset[Who]) -> bool:
    """Whether somebody in this capacity writes the analysis of this case, whenever it is open."""
    return bool(WRITERS.get(Kind(case.kind), frozenset()) & capacity)


def locked_for_writing(case: Case) -> str:
    """Why the analysis cannot be written now; empty when it can."""
    return "" if OPEN_IN.get(Kind(case.kind)) == case.state else LOCKED


def opened(case_id: int, version: int, actor: Person, at: datetime) -> Analysis:
    """The analysis of the locked case, begun now if nobody has, for one who may write it now."""
    act_as(actor.actor_key)
    case = locked(case_id, version)
    if not writes(case, capacities(case, actor, localdate(at))):
        raise PermissionDenied
    if sentence := locked_for_writing(case):
        raise MoveRefused([sentence])
    return Analysis.objects.get_or_create(case=case)[0]


def tell(analysis: Analysis, change: str, *, actor: Person, at: datetime) -> None:
    """Write in the history that the analysis was changed, and give the case its next version."""
    case = analysis.case
    case.version += 1
    case.save(update_fields=["version"])
    told = Told("ändrade händelseanalysen", (("Ändring", change),))
    record_event(case, "event_analysis", actor=actor, at=at, told=told)


@transaction.atomic
def save_frame(
    case_id: int, *, actor: Person, version: int, at: datetime, assignment: str, method: str, team: str
) -> None:
    """What the analysis is to answer, how it is made and by whom."""
    analysis = opened(case_id, version, actor, at)
    analysis.assignment, analysis.method, analysis.team = assignment, method, team
    analysis.save()
    tell(analysis, "Uppdrag, metod och arbetsgrupp", actor=actor, at=at)


# --- Steps


@transaction.atomic
def add_block(case_id: int, *, actor: Person, version: int, at: datetime, after: int, when: str, what: str) -> Block:
    """Put a step in after the step at place `after`; 0 puts it first, and a place beyond the last puts it last."""
    analysis = opened(case_id, version, actor, at)
    standing = analysis.blocks.filter(place__isnull=False)
    number = standing.count()
    if number >= MOST_STEPS:
        raise MoveRefused([f"Förloppet har redan {MOST_STEPS} steg. Slå ihop några, så blir bilden läsbar."])
    place = min(max(after, 0), number) + 1
    standing.filter(place__gte=place).update(place=F("place") + 1)
    block = Block.objects.create(analysis=analysis, place=place, when=when, what=what)
    tell(analysis, f"Nytt steg {place}", actor=actor, at=at)
    return block


@transaction.atomic
def change_block(block_id: int, *, actor: Person, version: int, at: datetime, when: str, what: str) -> None:
    block, analysis = block_for(block_id, version, actor, at)
    block.when, block.what = when, what
    block.save(update_fields=["when", "what"])
    tell(analysis, f"Steg {block.place}", actor=actor, at=at)


@transaction.atomic
def move_block(block_id: int, *, actor: Person, version: int, at: datetime, up: bool) -> None:
    """Change places with the step before, or after. At the end of the course nothing happens."""
    block, analysis = block_for(block_id, version, actor, at)
    assert block.place is not None, "block_for gives only steps that stand"
    here, there = block.place, block.place + (-1 if up else 1)
    if not analysis.blocks.filter(place=there).update(place=here):
        return
    block.place = there
    block.save(update_fields=["place"])
    tell(analysis, f"Steg {here} blev steg {there}", actor=actor, at=at)


@transaction.atomic
def take_away_block(block_id: int, *, actor: Person, version: int, at: datetime) -> None:
    """Take away the step with all that belongs to it; the steps after it move up."""
    block, analysis = block_for(block_id, version, actor, at)
    place, block.place = block.place, None
    block.save(update_fields=["place"])
    block.factors.update(taken_away=True)
    block.barriers.update(taken_away=True)
    analysis.blocks.filter(place__gt=place).update(place=F("place") - 1)
    tell(analysis, f"Steg {place} togs bort", actor=actor, at=at)


def block_for(block_id: int, version: int, actor: Person, at: datetime) -> tuple[Block, Analysis]:
    """A step that stands, under the lock of its case."""
    case_id = Block.objects.values_list("analysis_id", flat=True).get(pk=block_id)
    analysis = opened(case_id, version, actor, at)
    return standing_block(analysis, block_id), analysis


def standing_block(analysis: Analysis, block_id: int) -> Block:
    block = analysis.blocks.filter(pk=block_id, place__isnull=False).first()
    if block is None:
        raise MoveRefused([STEP_GONE])
    return block


def refuse_more_marks(analysis: Analysis) -> None:
    barriers = Barrier.objects.filter(block__analysis=analysis, taken_away=False)
    if analysis.factors.filter(taken_away=False).count() + barriers.count() >= MOST_MARKS:
        raise MoveRefused([f"Här finns redan {MOST_MARKS} faktorer och skydd. Slå ihop några, så går bilden att läsa."])


# --- What contributed


@transaction.atomic
def add_factor(
    case_id: int, *, actor: Person, version: int, at: datetime, block: Block | None, area: Area, text: str
) -> Factor:
    """Say what contributed, to a step or to the whole course."""
    analysis = opened(case_id, version, actor, at)
    refuse_more_marks(analysis)
    about = standing_block(analysis, block.pk) if block else None
    factor = Factor.objects.create(analysis=analysis, block=about, area=area, text=text)
    tell(analysis, f"Ny bidragande faktor {to_what(about)}", actor=actor, at=at)
    return factor


@transaction.atomic
def change_factor(
    factor_id: int, *, actor: Person, version: int, at: datetime, block: Block | None, area: Area, text: str
) -> None:
    factor, analysis = factor_for(factor_id, version, actor, at)
    factor.block = standing_block(analysis, block.pk) if block else None
    factor.area, factor.text = area, text
    factor.save(update_fields=["block", "area", "text"])
    tell(analysis, f"Bidragande faktor {to_what(factor.block)}", actor=actor, at=at)


@transaction.atomic
def take_away_factor(factor_id: int, *, actor: Person, version: int, at: datetime) -> None:
    factor, analysis = factor_for(factor_id, version, actor, at)
    factor.taken_away = True
    factor.save(update_fields=["taken_away"])
    tell(analysis, f"Bidragande faktor {to_what(factor.block)} togs bort", actor=actor, at=at)


def factor_for(factor_id: int, version: int, actor: Person, at: datetime) -> tuple[Factor, Analysis]:
    case_id = Factor.objects.values_list("analysis_id", flat=True).get(pk=factor_id)
    analysis = opened(case_id, version, actor, at)
    factor = Factor.objects.select_related("block").get(pk=factor_id)
    if factor.taken_away:
        raise MoveRefused([FACTOR_GONE])
    return factor, analysis


def to_what(block: Block | None) -> str:
    return f"till steg {block.place}" if block else "till hela förloppet"


# --- Barriers


@transaction.atomic
def add_barrier(
    case_id: int, *, actor: Person, version: int, at: datetime, block: Block, text: str, held: bool
) -> Barrier:
    """Say what stood there to stop the course at a step, and whether it held."""
    analysis = opened(case_id, version, actor, at)
    refuse_more_marks(analysis)
    about = standing_block(analysis, block.pk)
    barrier = Barrier.objects.create(block=about, text=text, held=held)
    tell(analysis, f"Nytt skydd vid steg {about.place}", actor=actor, at=at)
    return barrier


@transaction.atomic
def change_barrier(
    barrier_id: int, *, actor: Person, version: int, at: datetime, block: Block, text: str, held: bool
) -> None:
    barrier, analysis = barrier_for(barrier_id, version, actor, at)
    barrier.block, barrier.text, barrier.held = standing_block(analysis, block.pk), text, held
    barrier.save(update_fields=["block", "text", "held"])
    tell(analysis, f"Skydd vid steg {barrier.block.place}", actor=actor, at=at)


@transaction.atomic
def take_away_barrier(barrier_id: int, *, actor: Person, version: int, at: datetime) -> None:
    barrier, analysis = barrier_for(barrier_id, version, actor, at)
    barrier.taken_away = True
    barrier.save(update_fields=["taken_away"])
    tell(analysis, f"Skydd vid steg {barrier.block.place} togs bort", actor=actor, at=at)


def barrier_for(barrier_id: int, version: int, actor: Person, at: datetime) -> tuple[Barrier, Analysis]:
    case_id = Barrier.objects.values_list("block__analysis_id", flat=True).get(pk=barrier_id)
    analysis = opened(case_id, version, actor, at)
    barrier = Barrier.objects.select_related("block").get(pk=barrier_id)
    if barrier.taken_away:
        raise MoveRefused([BARRIER_GONE])
    return barrier, analysis


# --- The document


@transaction.atomic
def lock_analysis(case_id: int, *, actor: Person, version: int, at: datetime) -> Document:
    """Take the analysis as it stands as a numbered document, and go on writing. The next one gets its own number."""
    analysis = opened(case_id, version, actor, at)
    document = take_analysis(analysis.case, actor=actor, at=at)
    if document is None:
        raise MoveRefused(["Förloppet har inga steg än. Lägg till det första steget, så finns det något att låsa."])
    case = analysis.case
    case.version += 1
    case.save(update_fields=["version"])
    told = Told(f"låste händelseanalysen som handling nr {document.number}")
    record_event(case, "event_analysis_locked", actor=actor, at=at, told=told)
    return document


def take_analysis(case: Case, *, actor: Person, at: datetime) -> Document | None:
    """The analysis as a document, for the move that ends its writing. None where no step is written.

    A document that already says the same is given again, so that nothing is locked twice.
    """
    content = analysis_content(case, actor=actor, day=localdate(at))
    if not content["steps"]:
        return None
    earlier = Document.objects.filter(reference=case.reference, sort=Document.Sort.ANALYSIS).order_by("number").last()
    if earlier and {**earlier.content, "signature": None} == {**content, "signature": None}:
        return earlier
    return take_document(
        reference=case.reference,
        sort=Document.Sort.ANALYSIS,
        title=f"Händelseanalys {case.reference}",
        template="analysis",
        content=content,
        actor=actor,
        at=at,
    )
