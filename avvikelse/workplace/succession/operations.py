"""Closing a unit, ending a role and letting somebody leave, each with all the open work that follows.

Whoever does it sees how much goes where, never what it is about.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from avvikelse.cases.engine import Step, Told
from avvikelse.cases.filters import open_cases
from avvikelse.cases.kinds import SEALED_KINDS, SORTS, Kind, PartRole
from avvikelse.cases.models import Case, CaseQuerySet, Part
from avvikelse.cases.operations import MoveRefused, ensure_taker, record_event, set_part
from avvikelse.cases.takers import all_takers
from avvikelse.measures.models import Measure
from avvikelse.organisation import operations as organisation
from avvikelse.organisation.access import remaining_holders
from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.operations import Refused
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import RESPONSIBLE_ROLES, Basis, Role
from avvikelse.ui import words

WORKING_PARTS = (PartRole.INVESTIGATOR, PartRole.DECIDER)
BARE = ("pk", "reference", "kind", "sort", "state", "version", "unit", "handler")
"""What is read of a case to pass it on: nothing of what it says."""


@dataclass(frozen=True, slots=True)
class OpenWork:
    """How much is open, in numbers only."""

    cases: int
    measures: int

    def __bool__(self) -> bool:
        return bool(self.cases or self.measures)

    @property
    def in_words(self) -> str:
        """Say how much there is: "3 öppna ärenden och 1 åtgärd"."""
        cases = words.amount(self.cases, "öppet ärende", "öppna ärenden")
        measures = words.amount(self.measures, "åtgärd", "åtgärder")
        there = [text for number, text in ((self.cases, cases), (self.measures, measures)) if number]
        return " och ".join(there) or "inget öppet arbete"


def cases_worked_by(person: Person, within: Unit | None = None) -> CaseQuerySet:
    """Open cases the person handles or has a working part in, at the unit and below it."""
    parts = Part.objects.filter(person=person, role__in=WORKING_PARTS, valid_to=None)
    found = Case.objects.filter(open_cases(), Q(handler=person) | Q(pk__in=parts.values("case_id")))
    return found.filter(unit__path__startswith=within.path) if within else found


def measures_owned_by(person: Person, within: Unit | None = None) -> QuerySet[Measure]:
    found = Measure.objects.open().owned_by(person)
    return found.filter(cause__case__unit__path__startswith=within.path) if within else found


def open_work_of(person: Person, within: Unit | None = None) -> OpenWork:
    return OpenWork(cases_worked_by(person, within).count(), measures_owned_by(person, within).count())


def open_work_at(unit: Unit) -> OpenWork:
    """What a closing unit passes on."""
    measures = Measure.objects.open().filter(cause__case__unit=unit)
    return OpenWork(Case.objects.filter(open_cases(), unit=unit).count(), measures.count())


@transaction.atomic
def close_unit(unit: Unit, successor: Unit, *, actor: Person, at: datetime) -> int:
    """Close a unit and pass its open cases on, with their clocks and measures. Returns how many cases moved."""
    day = organisation.begin(actor, at)
    organisation.close_unit(unit, successor, actor=actor, at=at)
    cases = Case.objects.filter(open_cases(), unit=unit).select_related("unit").only(*BARE, "unit__name")
    moving = list(cases.order_by("pk").select_for_update(of=("self",)))
    for case in moving:
        transfer_case(case, successor, why=f"{unit.name} är stängd", actor=actor, at=at)
    refuse_left_alone(successor, RESPONSIBLE_ROLES, day)
    return len(moving)


def transfer_case(case: Case, unit: Unit, *, why: str, actor: Person, at: datetime) -> None:
    """Move a locked case to another unit. Its clocks go on as they are; its history says from where it came."""
    earlier, case.unit = case.unit, unit
    case.version += 1
    case.save(update_fields=["unit", "version"])
    sentence = f"flyttade ärendet från {earlier.name} till {unit.name}, eftersom {why}"
    record_event(case, "transferred", actor=actor, at=at, told=Told(sentence))


@transaction.atomic
def leave(person: Person, to: Person | None, *, actor: Person, at: datetime) -> OpenWork:
    """Let somebody leave today; all open work goes to the one who takes over. Returns how much it was."""
    day = organisation.begin(actor, at)
    held = list(person.assignments.on(day).filter(role__in=RESPONSIBLE_ROLES).select_related("unit"))
    organisation.leave(person, actor=actor, at=at)
    passed = hand_over(person, to, why=f"{person.name} har slutat", actor=actor, at=at)
    others = Part.objects.filter(person=person, valid_to=None).exclude(role=PartRole.IMPLICATED)
    sealed = sealed_cases_of(person, held)
    others.update(valid_to=day)
    for row in held:
        refuse_left_alone(row.unit, [Role(row.role)], day)
    for case in sealed:
        pass_to_next(Step(case, actor, at, day, LocalValues(day), {}))
    return passed


@transaction.atomic
def end_role(row: Assignment, last_day: date, to: Person | None, *, actor: Person, at: datetime) -> OpenWork:
    """End a role. With `to`, the open work its holder has there is handed over at once; else she keeps it."""
    day = organisation.begin(actor, at)
    organisation.end_role(row, last_day, actor=actor, at=at)
    passed = OpenWork(0, 0)
    if to is not None:
        why = f"{row.person.name} lämnar sin roll"
        passed = hand_over(row.person, to, within=row.unit, why=why, actor=actor, at=at)
    if row.role in RESPONSIBLE_ROLES and row.basis == Basis.ORDINARY:
        refuse_left_alone(row.unit, [Role(row.role)], max(day, last_day + timedelta(days=1)))
    return passed


def sealed_cases_of(person: Person, held: Iterable[Assignment]) -> list[Case]:
    """Open cases of a sealed kind that the person stands in for, or could take by the roles."""
    concerned = Q(parts__person=person, parts__role=PartRole.STAND_IN, parts__valid_to=None)
    for row in held:
        concerned |= Q(unit__path__startswith=row.unit.path)
    cases = Case.objects.filter(open_cases(), concerned, kind__in=SEALED_KINDS).select_related("unit")
    return list(cases.only(*BARE, "unit__name", "unit__path").distinct())


def pass_to_next(step: Step) -> None:
    """Give a case of a sealed kind to whoever stands in next."""
    try:
        ensure_taker(step.case, step)
    except MoveRefused as refused:
        raise Refused(str(refused)) from refused


def hand_over(
    person: Person, to: Person | None, *, why: str, actor: Person, at: datetime, within: Unit | None = None
) -> OpenWork:
    """Part of a larger act: pass on every case the person works with and every measure she owns."""
    work = open_work_of(person, within)
    if not work:
        return work
    successor = fit_successor(person, to, actor)
    owned = measures_owned_by(person, within)
    concerned = Q(pk__in=cases_worked_by(person, within).values("pk")) | Q(pk__in=owned.values("cause__case_id"))
    rows = Case.objects.filter(concerned).select_related("unit").only(*BARE, "unit__name", "unit__path").order_by("pk")
    cases = list(rows.select_for_update(of=("self",)))
    barred = implicated_in(cases)
    local = LocalValues(localdate(at))
    for case in cases:
        taker = taker_of(case, successor, barred.get(case.pk, frozenset()), person, localdate(at))
        pass_on(Step(case, actor, at, localdate(at), local, {}), person, taker)
        Measure.objects.filter(pk__in=owned.filter(cause__case=case).values("pk")).update(owner=taker)
        told = Told(f"lämnade över arbetet från {person.name} till {taker.name}, eftersom {why}")
        record_event(case, "passed_on", actor=actor, at=at, told=told)
    return work


def fit_successor(person: Person, to: Person | None, actor: Person) -> Person:
    if to is None:
        raise Refused(f"{person.name} har öppet arbete. Skriv vem som tar över.", "to")
    if to.pk == person.pk:
        raise Refused(f"{person.name} kan inte ta över av sig själv. Välj någon annan.", "to")
    if to.pk == actor.pk:
        raise Refused("Du kan inte ta över själv: den som sköter systemet öppnar inga ärenden. Välj någon annan.", "to")
    if not to.is_active:
        raise Refused(f"{to.name} har slutat. Välj någon annan.", "to")
    return to


def implicated_in(cases: Iterable[Case]) -> dict[int, frozenset[int]]:
    """Who is *utpekad* in each of the cases. One question."""
    found: dict[int, frozenset[int]] = {}
    rows = Part.objects.filter(case__in=[case.pk for case in cases], role=PartRole.IMPLICATED, valid_to=None)
    for case_id, person_id in rows.values_list("case_id", "person_id"):
        found[case_id] = found.get(case_id, frozenset()) | {person_id}
    return found


def taker_of(case: Case, to: Person, barred: frozenset[int], leaving: Person, day: date) -> Person:
    """Whoever was chosen, or where she is *utpekad* the nearest who may take it: she must never meet the case."""
    if to.pk not in barred:
        return to
    left = remaining_holders(case.unit, all_takers(case.kind, case.sort), barred | {leaving.pk}, day)
    if not left:
        raise Refused("Allt kan inte lämnas till den personen. Välj någon annan.", "to")
    return left[0].person


def pass_on(step: Step, person: Person, taker: Person) -> None:
    """The person's working parts in the case become the taker's, and the case hers to handle."""
    case = step.case
    mine = case.parts.filter(person=person, role__in=WORKING_PARTS, valid_to=None)
    for role in list(mine.values_list("role", flat=True)):
        set_part(case, taker, PartRole(role), step=step)
    if case.handler_id == person.pk:
        case.handler = taker
    case.version += 1
    case.save(update_fields=["handler", "version"])


def refuse_left_alone(unit: Unit, roles: Iterable[Role], day: date) -> None:
    """Refuse to leave an open case, at the unit or below, with nobody who can take it."""
    wanted = set(roles)
    kinds = [kind for kind in Kind if any(wanted & set(all_takers(kind, sort)) for sort in SORTS[kind])]
    cases = Case.objects.filter(open_cases(), kind__in=kinds, unit__path__startswith=unit.path).select_related("unit")
    rows = list(cases.only("pk", "kind", "sort", "unit__name", "unit__path"))
    barred = implicated_in(rows)
    different = {(case.unit, case.kind, case.sort, barred.get(case.pk, frozenset())) for case in rows}
    for place, kind, sort, without in different:
        if not remaining_holders(place, all_takers(kind, sort), without, day):
            raise Refused(
                f"Då finns ingen kvar som kan ta hand om ett öppet ärende vid {place.name}. "
                "Ge någon annan rollen där, eller ovanför, först."
            )
