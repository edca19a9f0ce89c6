"""The investigation as a document: everything as it is to be read, frozen."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from avvikelse.cases.kinds import Known
from avvikelse.cases.models import Assessment, Case, Report
from avvikelse.cases.page import those_who
from avvikelse.cases.rules import Who
from avvikelse.cases.wording import NOBODY_OUTSIDE, full_day, reporter_name, when_it_happened
from avvikelse.documents.content import (
    AssessmentLine,
    CauseLine,
    Fact,
    InvestigationContent,
    MeasureLine,
    PersonLine,
    Signature,
)
from avvikelse.inquiries.analysis_paper import confidentiality, namnd_of
from avvikelse.measures.models import Cause, Measure
from avvikelse.organisation.models import Person

from .forms import LIKELIHOOD, SEVERITY, newest_assessments
from .models import Investigation


def investigation_content(case: Case, found: Investigation, *, actor: Person, day: date) -> InvestigationContent:
    causes = list(Cause.objects.filter(case=case, taken_back_at=None).order_by("pk"))
    report = case.report
    return InvestigationContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        case_title=case.title,
        category=str(case.category) if case.category else "",
        confidentiality=confidentiality(case),
        facts=facts(case),
        people=people(case, day),
        reporter_account=case.what_happened,
        signs=signs(report),
        done_at_once=report.done_at_once,
        investigator_account=found.what_happened,
        reporter_consequences=report.consequences,
        consequences=found.consequences,
        consequences_left_out=found.consequences_left_out,
        concerns_child=report.child == Known.YES,
        child_perspective=found.child_perspective,
        causes=[CauseLine(area=cause.get_area_display(), text=cause.text) for cause in causes],
        happened_before=yes_no(found.before, found.before_note),
        can_happen_again=yes_no(found.again, found.again_note),
        analysis=found.analysis,
        measures=measure_lines(causes),
        assessments=[assessment_line(row) for row in newest_assessments(case)],
        signature=signature(case, actor, day),
    )


def yes_no(answer: str, note: str) -> str:
    label = Known(answer).label if answer else ""
    return f"{label}. {note}".strip() if note else f"{label}."


def facts(case: Case) -> list[Fact]:
    return [
        Fact(label="Hände", value=when_it_happened(case)),
        Fact(label="Inkom", value=full_day(case.received_on)),
        Fact(label="Berörde", value=case.get_affected_display()),
    ]


def signs(report: Report) -> list[str]:
    """What the reporter answered yes to, in sentences, and whether a routine that there was had been followed."""
    ticked = (
        (report.serious == Known.YES, "Följderna blev allvarliga för någon, eller kunde ha blivit det."),
        (report.abuse, "Någon utsattes för ett övergrepp."),
        (report.misconduct, "Rapportören tror att det är ett missförhållande."),
        (report.care_harm, "Någon fick skada i vården."),
    )
    said = [sentence for answer, sentence in ticked if answer]
    return [line for line in (*said, routine(report), other_principal(report)) if line]


def routine(report: Report) -> str:
    followed = {Known.YES: ", och den följdes", Known.NO: ", men den följdes inte"}
    there_was = f"Det fanns en rutin{followed.get(Known(report.routine_followed), '')}."
    return " ".join(part for part in (there_was if report.routine == Known.YES else "", report.routine_note) if part)


def other_principal(report: Report) -> str:
    if not report.other_principal and report.other_principal_note in {"", NOBODY_OUTSIDE}:
        return ""
    which = f": {report.other_principal}" if report.other_principal else ""
    return f"Någon utanför kommunen var inblandad{which}. {report.other_principal_note}".strip()


def people(case: Case, day: date) -> list[PersonLine]:
    reporter = reporter_name(case, visible=not case.reporter_hidden)
    lines = [
        PersonLine(
            role="Rapportör",
            name="" if case.reporter_hidden else reporter,
            title=reporter if case.reporter_hidden else "",
        )
    ]
    if case.handler:
        lines.append(PersonLine(role="Utredare", name=case.handler.name, title=case.handler.title))
    chiefs = those_who(case, Who.CHEF, day)
    if chiefs:
        lines.append(PersonLine(role=chiefs[0].role.label, name=chiefs[0].person.name, title=chiefs[0].unit.name))
    return lines


def measure_lines(causes: list[Cause]) -> list[MeasureLine]:
    return [measure_line(row) for row in Measure.objects.filter(cause__in=causes).select_related("cause", "owner")]


def measure_line(measure: Measure) -> MeasureLine:
    return MeasureLine(
        cause=measure.cause.text,
        measure=measure.text,
        strength=measure.get_strength_display(),
        responsible=measure.owner.name,
        when=full_day(measure.due_on),
        effect=measure.sign,
        state=measure.get_decision_display(),
    )


def assessment_line(row: Assessment) -> AssessmentLine:
    judged_by = row.assessed_by.name_and_title + (f" tillsammans med {row.professional}" if row.professional else "")
    return AssessmentLine(
        lagrum=row.get_lagrum_display(),
        severity=dict(SEVERITY)[row.severity].split(":")[0],
        likelihood=dict(LIKELIHOOD)[row.likelihood].split(":")[0],
        risk=row.risk,
        judged_by=judged_by,
    )


def signature(case: Case, actor: Person, day: date) -> Signature:
    role = "Utredare" if case.handler_id == actor.pk else "Ansvarig chef"
    return Signature(name=actor.name, title=actor.title, role=role, unit=case.unit.name, when=full_day(day))
