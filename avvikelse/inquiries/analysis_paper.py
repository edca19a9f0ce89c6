"""The händelseanalys as a document: everything as it is to be read, frozen."""

from __future__ import annotations

from datetime import date

from django.conf import settings

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.wording import full_day, when_it_happened
from avvikelse.documents.content import AnalysisContent, Fact, PersonLine, Signature
from avvikelse.law.citations import cite
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import Level

from .analysis_lookup import area_lines, course_of, step_lines, team_of

LEADER = {Kind.VSK: "Analysledare"}
"""What whoever investigates is called, where it is not "Utredare"."""


def analysis_content(case: Case, *, actor: Person, day: date) -> AnalysisContent:
    course = course_of(case)
    analysis = course.analysis
    return AnalysisContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        case_title=case.title,
        confidentiality=confidentiality(case),
        facts=[
            Fact(label="Hände", value=when_it_happened(case)),
            Fact(label="Inkom", value=full_day(case.received_on)),
        ],
        people=leader(case),
        assignment=analysis.assignment if analysis else "",
        method=analysis.method if analysis else "",
        team=team_of(case, analysis),
        steps=step_lines(course),
        whole=area_lines(course.whole),
        causes=area_lines(course.causes),
        signature=Signature(
            name=actor.name, title=actor.title, role=role_of(case, actor), unit=case.unit.name, when=full_day(day)
        ),
    )


def namnd_of(unit: Unit) -> str:
    above = [int(part) for part in unit.path.split(".") if part]
    namnd = Unit.objects.filter(pk__in=above, level=Level.NAMND).first()
    return namnd.name if namnd else ""


def confidentiality(case: Case) -> str:
    """By the law of the day the case came in; no paragraph where its wording has not been read."""
    under_hsl = case.kind == Kind.VSK or not case.under_sol_lss
    cited = cite("secrecy", "hsl" if under_hsl else "sol", case.received_on)
    return f"Kan omfattas av sekretess enligt {cited.text}" if cited.verified else "Kan omfattas av sekretess"


def leader(case: Case) -> list[PersonLine]:
    if case.handler is None:
        return []
    return [PersonLine(role=leads_as(case), name=case.handler.name, title=case.handler.title)]


def leads_as(case: Case) -> str:
    return LEADER.get(Kind(case.kind), "Utredare")


def role_of(case: Case, actor: Person) -> str:
    """As what the actor locked it; empty for one who only has the title."""
    return leads_as(case) if case.handler_id == actor.pk else ""
