"""A whole report as its form gives it, and what becomes of it: the proposal's answers and the fields of the case."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, time

from django.db import models

from avvikelse.cases.kinds import Known, PartOfDay, Tense
from avvikelse.cases.wording import NOBODY_OUTSIDE
from avvikelse.organisation.models import Person, Unit

from . import proposal

TITLE_LENGTH = 80


class About(models.TextChoices):
    HAPPENED = "happened", "Ja, det har hänt"
    CAN_HAPPEN = "can_happen", "Nej, men det kan hända"
    IDEA = "idea", "Nej, jag har en idé om något som kan bli bättre"
    WORKED_WELL = "worked_well", "Ja, och det gick bra. Andra kan lära av det"
    UNKNOWN = "unknown", "Vet inte"


class Gravity(models.TextChoices):
    SERIOUS = "serious", "Ja, allvarliga"
    SOME = "some", "Nej, inte allvarliga"
    NUISANCE = "nuisance", "Nej, det var mest besvärligt. Ingen for illa"
    UNKNOWN = "unknown", "Vet inte"


class Sign(models.TextChoices):
    ABUSE = "abuse", "Någon utsattes för ett övergrepp"
    MISCONDUCT = "misconduct", "Det är ett missförhållande, tror jag"
    CARE_HARM = "care_harm", "Någon fick skada i vården"


class Routine(models.TextChoices):
    FOLLOWED = "followed", "Ja, och den följdes"
    NOT_FOLLOWED = "not_followed", "Ja, men den följdes inte"
    MISSING = "missing", "Nej, det finns ingen"
    UNKNOWN = "unknown", "Vet inte"


class Other(models.TextChoices):
    FAILED = "failed", "Ja, och de gjorde inte sin del"
    TOOK_PART = "took_part", "Ja, men det berodde inte på dem"
    NO = "no", "Nej"
    UNKNOWN = "unknown", "Vet inte"


class Name(models.TextChoices):
    SHOWN = "shown", "Visa mitt namn"
    HIDDEN = "hidden", "Visa inte mitt namn för chefen"
    ANONYMOUS = "anonymous", "Jag vill vara anonym"


TENSES = {
    About.HAPPENED: Tense.HAPPENED,
    About.WORKED_WELL: Tense.HAPPENED,
    About.CAN_HAPPEN: Tense.CAN_HAPPEN,
}
KNOWN = {True: Known.YES, False: Known.NO, None: Known.UNKNOWN}
SERIOUS = {Gravity.SERIOUS: True, Gravity.SOME: False, Gravity.NUISANCE: False}
ROUTINES = {
    Routine.FOLLOWED: (Known.YES, Known.YES),
    Routine.NOT_FOLLOWED: (Known.YES, Known.NO),
    Routine.MISSING: (Known.NO, Known.UNKNOWN),
    Routine.UNKNOWN: (Known.UNKNOWN, Known.UNKNOWN),
}
"""Whether there was a routine, and whether it was followed."""
OTHER_TOLD = {
    Other.FAILED: "De gjorde inte sin del.",
    Other.TOOK_PART: "De var inblandade, men det berodde inte på dem.",
    Other.NO: NOBODY_OUTSIDE,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeReport:
    """Every answer, checked. A question that was skipped has its *vet inte* or the empty text."""

    what_happened: str
    unit: Unit
    about: About
    affected: str
    occurred_on: date | None = None
    occurred_at: time | None = None
    occurred_part: PartOfDay = PartOfDay.UNKNOWN
    consequences: str = ""
    gravity: Gravity = Gravity.UNKNOWN
    signs: frozenset[Sign] = frozenset()
    child: Known = Known.UNKNOWN
    done_at_once: str = ""
    routine: Routine = Routine.UNKNOWN
    routine_note: str = ""
    suggestion: str = ""
    often: Known = Known.UNKNOWN
    other: Other = Other.UNKNOWN
    other_principal: str = ""
    about_chief: bool = False
    name: Name = Name.SHOWN
    colleague: Person | None = None
    typed_name: str = ""

    @property
    def anonymous(self) -> bool:
        return self.name == Name.ANONYMOUS

    @property
    def title(self) -> str:
        return title_of(self.what_happened)

    def for_proposal(self) -> proposal.Answers:
        return proposal.Answers(
            about=proposal.About(self.about),
            affected=proposal.Affected(self.affected),
            serious=SERIOUS.get(self.gravity),
            abuse=Sign.ABUSE in self.signs,
            misconduct=Sign.MISCONDUCT in self.signs,
            other_principal=self.other == Other.FAILED,
            health_care_harm=True if Sign.CARE_HARM in self.signs else None,
            routine=proposal.Routine(self.routine),
            nuisance_only=self.gravity == Gravity.NUISANCE,
        )

    def event_facts(self) -> dict[str, object]:
        """Fields of Case that say when it happened."""
        return {
            "tense": TENSES.get(self.about, Tense.UNKNOWN),
            "occurred_on": self.occurred_on,
            "occurred_at": self.occurred_at,
            "occurred_part": self.occurred_part,
        }

    def told(self) -> dict[str, object]:
        """Fields of the case's Report. The texts are as they were typed."""
        existed, followed = ROUTINES[self.routine]
        return {
            "consequences": self.consequences,
            "serious": KNOWN[SERIOUS.get(self.gravity)],
            "abuse": Sign.ABUSE in self.signs,
            "misconduct": Sign.MISCONDUCT in self.signs,
            "care_harm": Sign.CARE_HARM in self.signs,
            "child": self.child,
            "done_at_once": self.done_at_once,
            "routine": existed,
            "routine_followed": followed,
            "routine_note": self.routine_note,
            "suggestion": self.suggestion,
            "often": self.often,
            "other_principal": self.other_principal,
            "other_principal_note": OTHER_TOLD.get(self.other, ""),
        }


SENTENCE_END = re.compile(r"[.!?…](?=\s)|\n")


def title_of(text: str) -> str:
    """The first sentence without its full stop, at most 80 characters, cut between words."""
    first = SENTENCE_END.split(text.strip(), maxsplit=1)[0].strip().rstrip(".")
    words = " ".join(first.split())
    if len(words) <= TITLE_LENGTH:
        return words
    whole, space, _ = words[:TITLE_LENGTH].rpartition(" ")
    return f"{whole.rstrip(' ,;:–-') if space else words[: TITLE_LENGTH - 1]}…"
