"""The registrator's part: the number a case has in the municipality's diary."""

from __future__ import annotations

from avvikelse.cases.kinds import Kind
from avvikelse.organisation.models import Person

from .life import Life

START, STEP = 40, 7
PLACE = {Kind.LEX: 0, Kind.VSK: 2, Kind.IVO: 4}
"""Numbers of different kinds never meet: each follows that of its case."""


def number_in_diary(life: Life) -> None:
    """Let the registrator give it its number."""
    _, year, number = life.case.reference.split("-")
    place = START + STEP * int(number) + PLACE[Kind(life.case.kind)]
    life.move("set_number", registrar(life), diary_number=f"SN {year}/{place}")


def registrar(life: Life) -> Person:
    return life.ekhamn.holding("registrar", "socialforvaltningen")
