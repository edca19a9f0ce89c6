"""How the case came in, as a part of the case page, and all the parts of a case that is investigated under seal."""

from __future__ import annotations

from dataclasses import replace

from avvikelse.cases.engine import Section
from avvikelse.cases.kinds import PartRole, State
from avvikelse.cases.models import Case
from avvikelse.cases.next_step import with_part
from avvikelse.cases.rules import Who
from avvikelse.law.citations import cite
from avvikelse.measures.sections import CAUSES
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui import words

from .analysis_sections import EVENT_ANALYSIS
from .choices import Misconduct, Statute, Told
from .lookup import matter_of
from .models import Matter
from .paper import lagrum_of
from .points import Point
from .sections import DOCUMENTATION, NOTES, RULINGS, STATEMENTS


def reception(case: Case, _capacity: frozenset[Who], _local: LocalValues) -> dict[str, object]:
    """Nothing until the case is registered."""
    matter = matter_of(case)
    if matter is None or not matter.received_how:
        return {}
    cited = cite("investigate", lagrum_of(case), case.received_on)
    found = [*told(matter), Point("Beslutar", decides(case)), Point("Team", matter.team)]
    return {"points": [point for point in found if point.text], "law": cited}


def told(matter: Matter) -> list[Point]:
    at = f" klockan {matter.told_at:%H.%M}" if matter.told_at else ""
    came = f"{Told(matter.received_how).label}, {words.day(matter.told_on)}{at}" if matter.told_on else ""
    return [
        Point("Kom in", came),
        Point("Lagrum", Statute(matter.lagrum).label if matter.lagrum else ""),
        Point("Typ av missförhållande", Misconduct(matter.kind_of).label if matter.kind_of else ""),
        Point("Utpekade utan konto", matter.implicated_outside),
        Point("Nämndens ordförande fick veta", words.day(matter.chair_informed_on) if matter.chair_informed_on else ""),
        Point(
            "Förvaltningschefen fick veta",
            words.day(matter.director_informed_on) if matter.director_informed_on else "",
        ),
    ]


def decides(case: Case) -> str:
    """Who decides, once somebody investigates."""
    if case.handler_id is None:
        return ""
    decider = with_part(case, PartRole.DECIDER)
    return decider.name_and_title if decider else "Nämnden"


def once_registered(section: Section) -> Section:
    """The section without a question asked while nothing can be there yet."""

    def context(case: Case, capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
        return {} if case.state == State.RECEIVED else section.context(case, capacity, local)

    return replace(section, context=context)


RECEPTION = Section("mottagning", "Mottagning", "inquiries/_reception.html", reception)
SECTIONS = (
    *(once_registered(section) for section in (RECEPTION, DOCUMENTATION, EVENT_ANALYSIS, CAUSES)),
    NOTES,
    STATEMENTS,
    once_registered(RULINGS),
)
