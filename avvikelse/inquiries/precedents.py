"""What was decided here before in cases of the same type: only grades, years and de-identified words (users §9.4)."""

from __future__ import annotations

from dataclasses import dataclass

from avvikelse.cases.models import Case

from .choices import Stage
from .lookup import matter_of
from .models import Ruling

SHOWN = 10


@dataclass(frozen=True, slots=True)
class Precedent:
    """One decision that nobody can be recognised in: no number, unit or day."""

    grade: str
    year: int
    text: str


def precedents(case: Case) -> list[Precedent]:
    """The latest decisions in force in other cases of the kind and, where it is known, the type of missförhållande.

    Only those that somebody wrote a de-identified text for.
    """
    alike = Ruling.objects.filter(case__kind=case.kind, replaced=False).exclude(stage=Stage.PROPOSAL)
    alike = alike.exclude(deidentified="").exclude(case=case)
    matter = matter_of(case)
    if matter and matter.kind_of:
        alike = alike.filter(case__matter__kind_of=matter.kind_of)
    rows = alike.order_by("-decided_on", "-pk")[:SHOWN]
    return [Precedent(row.get_grade_display(), row.decided_on.year, row.deidentified) for row in rows]
