"""Roles with dates, deputies, delegation and absence. Every change of a role is told to the förvaltningschef."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.timezone import localdate

from avvikelse.organisation.models import Absence, Assignment, Person, RoleChange, Unit
from avvikelse.organisation.roles import LEVELS_OF_ROLE, WITHOUT_DEPUTY, Basis, Level, Role, in_text, levels_in_words
from avvikelse.ui import words

from .door import Refused, begin

ONE_DAY = timedelta(days=1)
NOT_ONESELF = "Du kan inte ge dig själv en roll. Be en annan systemförvaltare göra det."
WRONG_ORDER = "Sista dagen ligger före den första. Välj en senare dag."


@transaction.atomic
def give_role(
    person: Person, role: Role, unit: Unit, *, valid_from: date, valid_to: date | None, actor: Person, at: datetime
) -> Assignment:
    """Give somebody a role at a unit. Nobody gives it to herself."""
    begin(actor, at)
    person = locked_person(person)
    if person.pk == actor.pk:
        raise Refused(NOT_ONESELF)
    refuse_wrong_level(role, unit)
    row = Assignment(person=person, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, created_at=at)
    return begin_role(row, actor=actor, at=at)


def locked_person(person: Person) -> Person:
    """The person under lock: two who give her the same role at once must see each other."""
    return Person.objects.select_for_update().get(pk=person.pk)


def refuse_wrong_level(role: Role, unit: Unit) -> None:
    if unit.level not in LEVELS_OF_ROLE[role]:
        level = Level(unit.level).label.lower()
        raise Refused(
            f"Rollen {in_text(role)} hör till {levels_in_words(role)}. {unit.name} är en {level}: välj en annan.",
            "unit",
        )


def begin_role(row: Assignment, *, actor: Person, at: datetime) -> Assignment:
    """Write the role and tell of it, when person, unit and dates allow it."""
    if not row.person.is_active:
        raise Refused(f"{row.person.name} har slutat och kan inte få en roll.", "person")
    if row.valid_to and row.valid_to < row.valid_from:
        raise Refused(WRONG_ORDER, "valid_to")
    if not row.unit.is_open(max(row.valid_from, localdate(at))):
        raise Refused(f"{row.unit.name} är stängd. Välj en som är öppen.", "unit")
    refuse_twice(row)
    row.save(force_insert=True)
    tell(row, RoleChange.What.GIVEN, actor=actor, at=at)
    return row


def refuse_twice(row: Assignment) -> None:
    """The same person may not have the same role at the same unit twice over."""
    held = Assignment.objects.filter(person=row.person, unit=row.unit, role=row.role)
    held = held.filter(Q(valid_to=None) | Q(valid_to__gte=row.valid_from))
    if row.valid_to:
        held = held.filter(valid_from__lte=row.valid_to)
    if earlier := held.first():
        since = words.day(earlier.valid_from)
        raise Refused(
            f"{row.person.name} är redan {in_text(row.role)} vid {row.unit.name} under den tiden, från {since}.", "role"
        )


def tell(row: Assignment, what: RoleChange.What, *, actor: Person, at: datetime) -> None:
    if row.role == Role.EMPLOYEE:
        return  # Coming and going is no change of who is responsible.
    RoleChange.objects.create(
        what=what,
        person=row.person,
        unit=row.unit,
        role=row.role,
        basis=row.basis,
        on_behalf_of=row.on_behalf_of,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        changed_by=actor,
        at=at,
    )


@transaction.atomic
def end_role(row: Assignment, last_day: date, *, actor: Person, at: datetime) -> None:
    """Let the role end after its last day; one that has not begun is taken back."""
    begin(actor, at, own=row.on_behalf_of)
    row = Assignment.objects.select_for_update(of=("self",)).select_related("person", "unit").get(pk=row.pk)
    if row.valid_to and row.valid_to <= last_day:
        raise Refused(f"Rollen slutar redan {words.day(row.valid_to)}. Välj en tidigare dag.", "last_day")
    refuse_last_administrator(row, last_day)
    stop(row, last_day, actor=actor, at=at)


def stop(row: Assignment, last_day: date, *, actor: Person, at: datetime) -> None:
    """Part of a larger act: end the role after the day, or take it back when it would begin later."""
    if row.valid_to == last_day:
        return
    if row.valid_from > last_day:
        tell(row, RoleChange.What.WITHDRAWN, actor=actor, at=at)
        row.delete()
        return
    row.valid_to = last_day
    row.save(update_fields=["valid_to"])
    tell(row, RoleChange.What.ENDED, actor=actor, at=at)


def refuse_last_administrator(row: Assignment, last_day: date) -> None:
    """Without a systemförvaltare nobody could appoint the next."""
    if row.role != Role.ADMINISTRATOR:
        return
    others = Assignment.objects.on(last_day + ONE_DAY).filter(role=Role.ADMINISTRATOR, person__is_active=True)
    if not others.exclude(pk=row.pk).exclude(person=row.person).exists():
        raise Refused(f"{row.person.name} är den enda systemförvaltaren. Ge någon annan rollen först.")


@transaction.atomic
def appoint_deputy(
    holder: Person,
    deputy: Person,
    rows: Iterable[Assignment],
    *,
    valid_from: date,
    valid_to: date,
    actor: Person,
    at: datetime,
    basis: Basis = Basis.DEPUTY,
) -> list[Assignment]:
    """Let somebody stand in for the holder of the roles, or have them by delegation, for a period.

    Done by the holder herself or by a systemförvaltare. Only who has a role as her own can have it stood in for.
    """
    rows = list(rows)
    if not rows:
        raise Refused("Välj vilken roll det gäller.", "roles")
    day = begin(actor, at, own=holder if basis == Basis.DEPUTY else None)
    deputy = locked_person(deputy)
    if valid_to < valid_from:
        raise Refused(WRONG_ORDER, "valid_to")
    if valid_to < day:
        raise Refused("Perioden har redan varit. Välj en senare dag.", "valid_to")
    for row in rows:
        refuse_unfit_deputy(holder, deputy, row, valid_from, actor)
    return [
        begin_role(stand_in(row, deputy, basis, valid_from, valid_to, actor, at), actor=actor, at=at) for row in rows
    ]


def refuse_unfit_deputy(holder: Person, deputy: Person, row: Assignment, valid_from: date, actor: Person) -> None:
    if row.person_id != holder.pk or row.basis != Basis.ORDINARY or row.role in WITHOUT_DEPUTY:
        raise Refused("Rollen kan inte lämnas vidare.", "roles")
    if deputy.pk == holder.pk:
        raise Refused("Man kan inte ersätta sig själv. Välj någon annan.", "deputy")
    if deputy.pk == actor.pk:
        raise Refused(NOT_ONESELF, "deputy")
    if not deputy.is_active:
        raise Refused(f"{deputy.name} har slutat. Välj någon annan.", "deputy")
    if row.valid_to and row.valid_to < valid_from:
        raise Refused(f"Rollen {in_text(row.role)} vid {row.unit.name} har då slutat.", "roles")


def stand_in(
    row: Assignment, deputy: Person, basis: Basis, valid_from: date, valid_to: date, actor: Person, at: datetime
) -> Assignment:
    """The deputy's own row: never longer than the role it leans on."""
    return Assignment(
        person=deputy,
        unit=row.unit,
        role=row.role,
        basis=basis,
        on_behalf_of=row.person,
        appointed_by=actor,
        valid_from=max(valid_from, row.valid_from),
        valid_to=min(valid_to, row.valid_to) if row.valid_to else valid_to,
        created_at=at,
    )


@transaction.atomic
def register_absence(person: Person, from_day: date, to_day: date, *, actor: Person, at: datetime) -> Absence:
    """Say that somebody is away; periods that meet or overlap become one."""
    day = begin(actor, at, own=person)
    if to_day < from_day:
        raise Refused(WRONG_ORDER, "to_day")
    if to_day < day:
        raise Refused("Perioden har redan varit. Välj en senare dag.", "to_day")
    person = locked_person(person)
    meeting = list(person.absences.filter(from_day__lte=to_day + ONE_DAY, to_day__gte=from_day - ONE_DAY))
    for row in meeting:
        from_day, to_day = min(from_day, row.from_day), max(to_day, row.to_day)
        row.delete()
    return Absence.objects.create(person=person, from_day=from_day, to_day=to_day)


@transaction.atomic
def remove_absence(row: Absence, *, actor: Person, at: datetime) -> None:
    """Back earlier, or not away at all: what has been stays, the rest goes."""
    day = begin(actor, at, own=row.person)
    if row.from_day < day <= row.to_day:
        row.to_day = day - ONE_DAY
        row.save(update_fields=["to_day"])
        return
    if row.from_day >= day:
        row.delete()
