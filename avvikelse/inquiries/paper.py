"""The investigation and the decision as documents: everything as it is to be read, frozen and numbered.

Whoever reported is not named in either.
"""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.utils.timezone import localdate

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.wording import full_day, when_it_happened
from avvikelse.documents.content import (
    Fact,
    InquiryContent,
    MeasureLine,
    NoteLine,
    RulingContent,
    Signature,
)
from avvikelse.documents.models import Document
from avvikelse.documents.operations import take_document
from avvikelse.law.citations import cite
from avvikelse.measures.lookup import causes_of, standing_causes
from avvikelse.organisation.models import Person

from .analysis_lookup import area_lines
from .analysis_paper import confidentiality, leader, leads_as, namnd_of
from .choices import SERIOUS, Misconduct, Stage, Statute
from .lookup import matter_of, notes_of, rulings_of, statements_of
from .models import Matter, Note, Ruling, Statement
from .points import points

ABOUT = {Kind.LEX: "enligt lex Sarah", Kind.VSK: "av vårdskada"}
DECISIONS = {Kind.LEX: "i ärende enligt lex Sarah", Kind.VSK: "i ärende om vårdskada"}
NOTICE = {Kind.LEX: "lex Sarah", Kind.VSK: "lex Maria"}


def lagrum_of(case: Case) -> str:
    """What the care is given under, as the table of law has it; until it is registered by the kind of case."""
    matter = matter_of(case)
    usual = Statute.HSL if case.kind == Kind.VSK else Statute.SOL
    return matter.lagrum if matter and matter.lagrum else usual


def take_inquiry(case: Case, proposed: Ruling, *, actor: Person, at: datetime) -> Document:
    """Freeze the investigation with its proposal under the next number."""
    heading = f"Utredning {ABOUT[Kind(case.kind)]}"
    return take_document(
        reference=case.reference,
        sort=Document.Sort.INVESTIGATION,
        title=f"{heading}, {case.reference}",
        template="inquiry",
        content=inquiry_content(fresh(case), proposed, heading),
        actor=actor,
        at=at,
    )


def take_ruling(case: Case, ruling: Ruling, *, actor: Person, at: datetime) -> Document:
    """Freeze the decision under the next number."""
    heading = f"{ruling.get_stage_display()} {DECISIONS[Kind(case.kind)]}"
    return take_document(
        reference=case.reference,
        sort=Document.Sort.RULING,
        title=f"{heading}, {case.reference}",
        template="ruling",
        content=ruling_content(fresh(case), ruling, heading),
        actor=actor,
        at=at,
    )


def fresh(case: Case) -> Case:
    """The case read anew: the one in a move may remember what was there before."""
    found = Case.objects.select_related("unit", "report").get(pk=case.pk)
    found.handler = case.handler
    return found


def inquiry_content(case: Case, proposed: Ruling, heading: str) -> InquiryContent:
    matter = matter_of(case) or Matter(case=case)
    cited = cite("investigate", lagrum_of(case), case.received_on)
    return InquiryContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        heading=heading,
        case_title=case.title,
        law=f"Utredningen är gjord enligt {cited.text}." if cited.verified else "",
        confidentiality=confidentiality(case),
        facts=facts(case, matter),
        people=leader(case),
        reporter_account=case.what_happened,
        points=[Fact(label=point.label, value=point.text) for point in points(case, matter) if point.text],
        causes=area_lines(standing_causes(case)),
        measures=measure_lines(case),
        notes=[note_line(note) for note in notes_of(case)],
        statements=[statement_line(row) for row in statements_of(case) if row.answered_at],
        grade=proposed.get_grade_display(),
        why=proposed.why,
        signature=signature(case, proposed),
    )


def ruling_content(case: Case, ruling: Ruling, heading: str) -> RulingContent:
    matter = matter_of(case) or Matter(case=case)
    return RulingContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        heading=heading,
        case_title=case.title,
        law=delegated(case, ruling),
        confidentiality=confidentiality(case),
        facts=facts(case, matter),
        people=leader(case),
        grade=ruling.get_grade_display(),
        why=ruling.why,
        to_ivo=to_ivo(case, ruling),
        replaced=[earlier(row) for row in reversed(rulings_of(case)) if row.replaced],
        measures=measure_lines(case),
        signature=signature(case, ruling),
    )


def facts(case: Case, matter: Matter) -> list[Fact]:
    found = [
        Fact(label="Hände", value=when_it_happened(case)),
        Fact(label="Inkom", value=full_day(matter.told_on or case.received_on)),
        Fact(label="Lagrum", value=Statute(lagrum_of(case)).label),
    ]
    if matter.kind_of:
        found.append(Fact(label="Gäller", value=Misconduct(matter.kind_of).label))
    if case.diary_number:
        found.append(Fact(label="Diarienummer", value=case.diary_number))
    return found


def measure_lines(case: Case) -> list[MeasureLine]:
    return [
        MeasureLine(
            cause=cause.text,
            measure=measure.text,
            strength=measure.get_strength_display(),
            responsible=measure.owner.name,
            when=full_day(measure.due_on),
            effect=measure.sign,
            state=measure.get_decision_display(),
        )
        for cause in causes_of(case)
        if cause.taken_back_at is None
        for measure in cause.measures.all()
    ]


def note_line(note: Note) -> NoteLine:
    return NoteLine(
        when=full_day(note.noted_on),
        source=note.source,
        nature=note.get_nature_display(),
        text=note.text,
        by=note.by,
    )


def statement_line(row: Statement) -> NoteLine:
    assert row.answered_at is not None, "only answered statements are shown"
    when = full_day(localdate(row.answered_at))
    return NoteLine(when=when, source=row.question, nature="", text=row.text, by=row.asked_of.name_and_title)


def delegated(case: Case, ruling: Ruling) -> str:
    """On what a person decides instead of the nämnd."""
    if not ruling.delegated:
        return ""
    cited = cite("delegate", lagrum_of(case), ruling.decided_on)
    return (
        f"Beslutet är fattat på delegation enligt {cited.text}."
        if cited.verified
        else "Beslutet är fattat på delegation."
    )


def to_ivo(case: Case, ruling: Ruling) -> str:
    """That the decision is to be notified, by the law of the day it was made."""
    if ruling.grade not in SERIOUS:
        return ""
    cited = cite("notify_ivo", lagrum_of(case), ruling.decided_on)
    word = f" {cited.shown_word}" if cited.shown_word else ""
    return f"Det ska{word} anmälas till IVO enligt {NOTICE[Kind(case.kind)]}, {cited.shown}."


def earlier(row: Ruling) -> str:
    return f"{row.get_stage_display()}, {full_day(row.decided_on)}: {row.get_grade_display()}"


def signature(case: Case, ruling: Ruling) -> Signature:
    """Who proposed or decided; an organ by its paragraph."""
    person = ruling.by
    role = leads_as(case) if ruling.stage == Stage.PROPOSAL else "Beslutsfattare"
    return Signature(
        name=person.name if person else ruling.organ,
        title=person.title if person else ruling.section_number,
        role=role if person else "",
        unit=case.unit.name if ruling.stage == Stage.PROPOSAL else namnd_of(case.unit),
        when=full_day(ruling.decided_on),
    )
