"""The list of delegated decisions as a document: everything as it is to be read, frozen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.conf import settings

from avvikelse.cases.viewer import Viewer
from avvikelse.cases.wording import full_day
from avvikelse.documents.content import DelegatedContent, DelegatedLine, Signature
from avvikelse.inquiries.models import Ruling
from avvikelse.law.citations import cite
from avvikelse.organisation.directory import by_name
from avvikelse.organisation.models import Unit
from avvikelse.organisation.roles import Level
from avvikelse.ui.period import Period


@dataclass(frozen=True, slots=True)
class Decided:
    """A delegated decision as it is listed: nobody is named, neither whom it was about nor who made it."""

    reference: str
    decided_on: date
    what: str
    grade: str
    role: str


def delegated_content(
    rulings: Iterable[Ruling], rows: Iterable[Decided], period: Period, viewer: Viewer
) -> DelegatedContent:
    home = viewer.person.home_unit
    return DelegatedContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnder_over(rulings),
        period=f"{full_day(period.first)} – {full_day(period.last)}",
        law=cite("delegate", "sol", period.last).shown,
        decisions=[
            DelegatedLine(
                reference=row.reference,
                decided=full_day(row.decided_on),
                what=row.what,
                grade=row.grade,
                role=row.role[:1].upper() + row.role[1:],
            )
            for row in rows
        ],
        signature=Signature(
            name=viewer.person.name,
            title=viewer.person.title,
            role="",
            unit=home.name if home else "",
            when=full_day(viewer.day),
        ),
    )


def namnder_over(rulings: Iterable[Ruling]) -> str:
    """The nämnd, or nämnder, under which the units of the cases stand."""
    paths = [row.case.unit.path for row in rulings]
    above = {int(part) for path in paths for part in path.split(".") if part}
    found = Unit.objects.filter(pk__in=above, level=Level.NAMND).order_by(by_name())
    return " och ".join(found.values_list("name", flat=True))
