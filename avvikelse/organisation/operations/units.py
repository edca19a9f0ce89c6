"""The tree: adding, renaming, moving and closing units. The whole tree is locked while it changes shape."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, F, Q, Value, When
from django.db.models.functions import Concat, Substr

from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.roles import Basis, Level, Role

from .door import Refused, begin, required_text
from .roles import stop

DEPTH = {level: depth for depth, level in enumerate(Level)}


@transaction.atomic
def add_unit(name: str, level: Level, parent: Unit | None, *, actor: Person, at: datetime) -> Unit:
    """Add a unit under another. Only a nämnd stands under nothing."""
    day = begin(actor, at)
    tree = locked_tree()
    parent = tree[parent.pk] if parent else None
    name = required_text(name, "Skriv vad enheten heter.", "name")
    refuse_wrong_place(level, parent, day)
    refuse_taken_name(name, parent, tree, day)
    key = next_key()
    return Unit.objects.create(
        pk=key, name=name, level=level, parent=parent, path=f"{parent.path if parent else ''}{key}."
    )


def next_key() -> int:
    """The id of a unit to come: its path contains it, and one audit entry shall tell the whole of it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(pg_get_serial_sequence('organisation_unit', 'id'))")
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def locked_tree() -> dict[int, Unit]:
    return {unit.pk: unit for unit in Unit.objects.select_for_update().order_by("pk")}


def refuse_wrong_place(level: str, parent: Unit | None, day: date) -> None:
    if level == Level.NAMND and parent is not None:
        raise Refused("En nämnd står överst och kan inte ligga under något annat.", "parent")
    if level != Level.NAMND and parent is None:
        raise Refused("Välj vad den ska ligga under. Bara en nämnd står överst.", "parent")
    if parent is None:
        return
    if not parent.is_open(day):
        raise Refused(f"{parent.name} är stängd. Välj en som är öppen.", "parent")
    if DEPTH[Level(level)] <= DEPTH[Level(parent.level)]:
        below, above = Level(level).label.lower(), Level(parent.level).label.lower()
        raise Refused(f"En {below} kan inte ligga under en {above}.", "parent")


def refuse_taken_name(name: str, parent: Unit | None, tree: dict[int, Unit], day: date, but: int = 0) -> None:
    """Two open units under the same one may not have one name: nobody could tell them apart in a list."""
    siblings = (unit for unit in tree.values() if unit.parent_id == (parent.pk if parent else None))
    for unit in siblings:
        if unit.pk != but and unit.is_open(day) and unit.name.casefold() == name.casefold():
            under = f" under {parent.name}" if parent else ""
            raise Refused(f"Det finns redan en som heter {unit.name}{under}. Välj ett annat namn.", "name")


@transaction.atomic
def rename_unit(unit: Unit, name: str, *, actor: Person, at: datetime) -> Unit:
    """Give the unit another name from now on. What is already written keeps the old one."""
    day = begin(actor, at)
    tree = locked_tree()
    unit = tree[unit.pk]
    name = required_text(name, "Skriv vad enheten ska heta.", "name")
    refuse_closed(unit, day)
    refuse_taken_name(name, tree.get(unit.parent_id or 0), tree, day, but=unit.pk)
    unit.name = name
    unit.save(update_fields=["name"])
    return unit


def refuse_closed(unit: Unit, day: date) -> None:
    if not unit.is_open(day):
        raise Refused(f"{unit.name} är stängd och ändras inte mer.")


@transaction.atomic
def move_unit(unit: Unit, parent: Unit, *, actor: Person, at: datetime) -> Unit:
    """Put the unit, and all that is below it, under another. Who is chief above changes for every case there."""
    day = begin(actor, at)
    tree = locked_tree()
    unit, parent = tree[unit.pk], tree[parent.pk]
    refuse_closed(unit, day)
    if parent.path.startswith(unit.path):
        raise Refused(f"{parent.name} ligger själv under {unit.name}. Välj en annan.", "parent")
    if parent.pk == unit.parent_id:
        raise Refused(f"{unit.name} ligger redan under {parent.name}.", "parent")
    refuse_wrong_place(unit.level, parent, day)
    refuse_taken_name(unit.name, parent, tree, day, but=unit.pk)
    Unit.objects.below(unit).update(
        path=Concat(Value(f"{parent.path}{unit.pk}."), Substr("path", len(unit.path) + 1)),
        parent_id=Case(When(pk=unit.pk, then=Value(parent.pk)), default=F("parent_id"), output_field=BigIntegerField()),
    )
    unit.refresh_from_db()
    return unit


@transaction.atomic
def close_unit(unit: Unit, successor: Unit, *, actor: Person, at: datetime) -> Unit:
    """Close the unit from today; its people and its link go to the successor.

    Roles held at it end, but those of employees, which go along. Its cases are the business of the room above that
    knows them, in the same transaction.
    """
    day = begin(actor, at)
    tree = locked_tree()
    unit, successor = tree[unit.pk], tree[successor.pk]
    refuse_closed(unit, day)
    refuse_unfit_successor(unit, successor, day)
    if any(below.is_open(day) for below in tree.values() if below.parent_id == unit.pk):
        raise Refused(f"Det finns öppna enheter under {unit.name}. Flytta eller stäng dem först.")
    unit.closed_on, unit.successor = day, successor
    unit.save(update_fields=["closed_on", "successor"])
    Person.objects.filter(home_unit=unit).update(home_unit=successor)
    for row in unit.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=day)).select_related("person", "unit"):
        stop(row, day, actor=actor, at=at)
        if row.role == Role.EMPLOYEE and row.basis == Basis.ORDINARY:
            take_along(row, successor, day, at)
    return unit


def refuse_unfit_successor(unit: Unit, successor: Unit, day: date) -> None:
    if successor.pk == unit.pk:
        raise Refused("Enheten kan inte efterträda sig själv. Välj en annan.", "successor")
    if not successor.is_open(day):
        raise Refused(f"{successor.name} är stängd. Välj en som är öppen.", "successor")
    if successor.level != unit.level:
        kind = Level(unit.level).label.lower()
        raise Refused(f"{successor.name} är ingen {kind}. En {kind} efterträds av en {kind}.", "successor")


def take_along(row: Assignment, successor: Unit, day: date, at: datetime) -> None:
    """An employee of a closed unit is one of its successor's. No role anybody needs be told of."""
    begins = max(row.valid_from, day)
    held = Assignment.objects.on(begins).filter(person=row.person, unit=successor, role=Role.EMPLOYEE)
    if not held.exists():
        Assignment.objects.create(
            person=row.person, unit=successor, role=Role.EMPLOYEE, valid_from=begins, created_at=at
        )
