"""What the law says of a duty towards IVO, under what the case falls under, as of the day the duty arose."""

from __future__ import annotations

from datetime import date

from avvikelse.cases.kinds import Sort
from avvikelse.cases.models import Case
from avvikelse.cases.rules import is_health_care
from avvikelse.inquiries.choices import Statute
from avvikelse.inquiries.lookup import matter_of
from avvikelse.law import Citation, cite


def lagrum_of(case: Case) -> str:
    """Under what the case falls: as its origin was documented, else by what is notified."""
    if is_health_care(case):
        return Statute.HSL
    matter = matter_of(case.origin) if case.origin else None
    return matter.lagrum if matter and matter.lagrum else Statute.SOL


def cited(duty: str, case: Case, day: date) -> Citation:
    return cite(duty, lagrum_of(case), day)


def notified_by(case: Case) -> Citation:
    """What the case itself is notified by: the duty arose when it was opened."""
    duty = "notify_operations" if case.sort == Sort.NOTICE_MUNICIPALITY else "notify_ivo"
    return cited(duty, case, case.received_on)


def sentence(start: str, found: Citation) -> str:
    """What we must do, how soon and by what: "Anmälan ska göras snarast enligt 27 kap. 6 § socialtjänstlagen …"."""
    soon = f" {found.shown_word}" if found.shown_word else ""
    return f"{start}{soon} enligt {found.shown}."


def ground(start: str, found: Citation) -> str:
    """What IVO does by law; empty where the wording has not been read, for it is never our routine."""
    return sentence(start, found) if found.verified else ""


def confidentiality(case: Case) -> str:
    """As of the day the case was opened; no paragraph where its wording has not been read."""
    found = cited("secrecy", case, case.received_on)
    return f"Kan omfattas av sekretess enligt {found.text}" if found.verified else "Kan omfattas av sekretess"
