"""A händelseanalys of Amira's morning, in cases of the three kinds that may have one."""

from __future__ import annotations

from typing import Any

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case
from avvikelse.inquiries import analysis_operations as operations
from avvikelse.inquiries.models import Block
from avvikelse.measures.models import Area
from tests.people import AT, DAY, Town, report
from tests.stages import fresh, investigating, with_cause

KINDS = (Kind.AVV, Kind.LEX, Kind.VSK)


def open_for_analysis(town: Town, kind: Kind, **changes: Any) -> Case:
    """A case of the kind that Jonas investigates."""
    if kind == Kind.AVV:
        return investigating(town, **changes)
    case = report(town, kind=kind, **changes)
    act_as("system:tests")
    case.parts.create(person=town.jonas, role=PartRole.INVESTIGATOR, valid_from=DAY)
    state = State.ANALYSING if kind == Kind.VSK else State.INVESTIGATING
    Case.objects.filter(pk=case.pk).update(state=state, handler=town.jonas)
    return fresh(case)


def who(town: Town, case: Case, name: str = "jonas") -> dict[str, Any]:
    """Who writes, at the version the case has now."""
    return {"actor": town.people[name], "version": fresh(case).version, "at": AT}


def with_step(town: Town, case: Case, what: str, *, after: int = 99, when: str = "") -> Block:
    return operations.add_block(case.pk, **who(town, case), after=after, when=when, what=what)


def whole_course(town: Town, case: Case) -> Case:
    """Three steps, two things that contributed, a barrier that held, one that failed, and a cause."""
    first = with_step(town, case, "Besöket flyttas i schemat.", when="Klockan 07.30")
    with_step(town, case, "Ingen kommer till frukost.")
    last = with_step(town, case, "Dottern ringer jouren.", when="Klockan 13.15")
    text = "Ändringar kvitteras inte."
    operations.add_factor(case.pk, **who(town, case), block=first, area=Area.PROCESSES, text=text)
    operations.add_factor(case.pk, **who(town, case), block=None, area=Area.PEOPLE, text="Många var nya.")
    operations.add_barrier(case.pk, **who(town, case), block=first, text="Appen varnar inte.", held=False)
    operations.add_barrier(case.pk, **who(town, case), block=last, text="Jouren svarar dygnet runt.", held=True)
    if case.kind == Kind.AVV:
        with_cause(town, fresh(case))
    return fresh(case)


def course(case: Case) -> list[tuple[int | None, str]]:
    """The steps that stand, in order."""
    standing = Block.objects.filter(analysis=case.pk, place__isnull=False).order_by("place")
    return [(block.place, block.what) for block in standing]
