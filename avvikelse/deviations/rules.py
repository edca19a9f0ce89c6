"""Objections named in the table of moves: each gives the sentence the user reads, or None."""

from __future__ import annotations

from avvikelse.cases.engine import Facts, Situation
from avvikelse.cases.kinds import Known
from avvikelse.cases.takers import nobody_at
from avvikelse.measures.lookup import standing_causes

from .lookup import investigation_of
from .models import Investigation

SEVERE = 3
"""From this severity a case is always investigated, whatever the likelihood (workflows §4)."""


def higher_risk(facts: Facts) -> int:
    """The higher of the risks judged in a form; 0 when none is."""
    pairs = (("sol_severity", "sol_likelihood"), ("hsl_severity", "hsl_likelihood"))
    return max((facts.get(severity) or 0) * (facts.get(likelihood) or 0) for severity, likelihood in pairs)


def suspected_misconduct(situation: Situation) -> str | None:
    if situation.facts.get("suspected") == "yes":
        return "Du misstänker ett missförhållande. Lämna över ärendet till lex Sarah i stället för att bedöma det."
    return None


def too_grave_for_at_once(situation: Situation) -> str | None:
    facts, limit = situation.facts, situation.local.number("at_once_risk")
    severity = max(facts.get("sol_severity") or 0, facts.get("hsl_severity") or 0)
    if higher_risk(facts) >= limit or severity >= SEVERE:
        grave = f"Risken är {higher_risk(facts)} och allvarligheten {severity}."
        return f"{grave} Då behöver det utredas: välj Bedöm i stället."
    return None


def too_grave_for_alike(situation: Situation) -> str | None:
    if higher_risk(situation.facts) >= situation.local.number("alike_risk"):
        return "Risken är för hög för att bedöma flera tillsammans. Bedöm rapporterna en och en."
    return None


def sealed_already(situation: Situation) -> str | None:
    """What is investigated under seal does not come back to the chief in another guise (workflows §2)."""
    if situation.case.sealed:
        return "Ärendet utreds av någon annan än chefen. Då kan det inte också bli ett ärende som chefen ser."
    return None


def nobody_there(situation: Situation) -> str | None:
    """A case is never left with nobody who can take it (workflows §1)."""
    unit = situation.facts.get("unit")
    return nobody_at(situation.case, unit, situation.day) if unit else None


def suspected_by_reporter(situation: Situation) -> str | None:
    report = situation.case.report
    if report.misconduct or report.abuse or report.serious == Known.YES:
        return f"{situation.case.reference} kan vara allvarlig och bedöms för sig."
    return None


def concerns_child(situation: Situation) -> str | None:
    if situation.case.report.child == Known.YES:
        return f"{situation.case.reference} gäller ett barn och bedöms för sig."
    return None


def incomplete(situation: Situation) -> str | None:
    """Say in one sentence all that the investigation still lacks."""
    found = investigation_of(situation.case) or Investigation(case=situation.case)
    report = situation.case.report
    lacks = {
        "vad som hände": found.what_happened,
        "vilka följder det fick, eller varför rapportörens ord om följder lämnas utanför": (
            found.consequences or (report.consequences and found.consequences_left_out)
        ),
        "barnperspektivet": report.child != Known.YES or found.child_perspective,
        "om det har hänt förut": found.before,
        "om det kan hända igen": found.again,
    }
    missing = [what for what, there in lacks.items() if not there]
    return f"Utredningen saknar {', '.join(missing)}." if missing else None


def no_cause(situation: Situation) -> str | None:
    return None if standing_causes(situation.case) else "Skriv minst en orsak."
