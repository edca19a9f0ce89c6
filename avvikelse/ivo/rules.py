"""Objections named in the table of moves: each gives the sentence the user reads, or None."""

from __future__ import annotations

from avvikelse.cases.clocks import TO_IVO
from avvikelse.cases.engine import Situation
from avvikelse.cases.kinds import Sort, State
from avvikelse.cases.page import running
from avvikelse.inquiries.choices import SERIOUS
from avvikelse.inquiries.lookup import decision_of
from avvikelse.ui.words import amount

from .choices import Outcome
from .lookup import open_demands, open_requests, unread
from .operations import texts_of
from .parts import what_lacks

WITH_INVESTIGATION = frozenset({Sort.NOTICE_LEX_SARAH, Sort.NOTICE_LEX_MARIA})
"""The sorts in which there is an investigation that IVO shall have."""


def opened_by_ivo(situation: Situation) -> str | None:
    if situation.case.sort == Sort.SUPERVISION:
        return "En tillsyn börjar med ett brev från IVO. Välj Registrera tillsyn."
    return None


def opened_by_us(situation: Situation) -> str | None:
    if situation.case.sort != Sort.SUPERVISION:
        return "Det här är en anmälan från kommunen. Bara en tillsyn som IVO inleder registreras så."
    return None


def notice_incomplete(situation: Situation) -> str | None:
    """Say all that the notification still lacks."""
    if situation.case.sort == Sort.SUPERVISION:
        return None
    lacks = what_lacks(texts_of(situation.case, situation.day))
    return f"Anmälan är inte klar. {' '.join(lacks)}" if lacks else None


def decided_grave(situation: Situation) -> str | None:
    """What is decided to be serious must be notified, unless the decision is corrected."""
    origin = situation.case.origin
    ruling = decision_of(origin) if origin else None
    if origin and ruling and ruling.grade in SERIOUS:
        return f"I {origin.reference} är det beslutat att det är allvarligt. Då ska det anmälas till IVO."
    return None


def enclosure_unsaid(situation: Situation) -> str | None:
    """With an investigation there is an answer to whether it went along, and a file if it did."""
    if not situation.sent or situation.case.sort not in WITH_INVESTIGATION:
        return None
    enclosed = situation.facts.get("enclosed")
    if not enclosed:
        return "Svara på om utredningen skickas med."
    if enclosed == "yes" and not sends_files(situation):
        return "Utredningen ska skickas med. Välj den bland bilagorna eller lägg till den."
    return None


def sends_files(situation: Situation) -> bool:
    return bool(situation.facts.get("enclosures") or situation.facts.get("uploads"))


def no_files(situation: Situation) -> str | None:
    if situation.sent and not sends_files(situation):
        return "Välj minst en fil, eller lägg till en."
    return None


def not_sent_yet(situation: Situation) -> str | None:
    if situation.case.state == State.PREPARING:
        return "Anmälan är inte skickad än. Skicka utredningen tillsammans med den, eller efteråt."
    return None


def no_open_request(situation: Situation) -> str | None:
    return None if open_requests(situation.case) else "Ingen begäran från IVO väntar på svar."


def no_open_demand(situation: Situation) -> str | None:
    return None if open_demands(situation.case) else "Inget krav från IVO väntar på återrapportering."


def nothing_to_extend(situation: Situation) -> str | None:
    if open_requests(situation.case) or open_demands(situation.case):
        return None
    return "Ingen begäran och inget krav från IVO väntar."


def demands_and_outcome_differ(situation: Situation) -> str | None:
    """A föreläggande has demands, and nothing else has."""
    if not situation.sent:
        return None
    is_order = situation.facts.get("outcome") == Outcome.ORDER
    if is_order and not situation.facts.get("demands"):
        return "Ett föreläggande har minst ett krav. Skriv varje krav för sig."
    if not is_order and situation.facts.get("demands"):
        return "Krav hör till ett föreläggande. Välj Föreläggande, eller ta bort kraven."
    return None


def left_open(situation: Situation) -> str | None:
    """Say what IVO still waits for."""
    requests, demands = len(open_requests(situation.case)), len(open_demands(situation.case))
    left = [
        *([amount(requests, "begäran", "begäranden")] if requests else []),
        *([amount(demands, "krav", "krav")] if demands else []),
    ]
    return f"IVO väntar på oss: {' och '.join(left)} är inte besvarade." if left else None


def investigation_left(situation: Situation) -> str | None:
    if running(situation.case.clocks.all(), TO_IVO.name):
        return "Utredningen är inte skickad till IVO."
    return None


def decision_unread(situation: Situation) -> str | None:
    names = [row.person.name for row in unread(situation.case)]
    return f"Alla har inte läst IVO:s beslut. Kvar: {', '.join(dict.fromkeys(names))}." if names else None
