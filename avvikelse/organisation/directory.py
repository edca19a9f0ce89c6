"""Finding people and units: who works near a unit, and how Swedish names are sorted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import F, Func, Q, QuerySet, TextField, Value
from django.db.models.functions import Lower

from avvikelse.ui.words import STOCKHOLM

from .access import Access, Holder
from .acting import ActingChiefs
from .models import Absence, Assignment, Category, ClosedDay, Person, PreferenceValue, RoleChange, Unit
from .roles import WITHOUT_DEPUTY, Basis, Level, Role

ADDRESS = re.compile(r"[^\s()<>,]+@[^\s()<>,]+")
MANY = 6
"""When this many people fit, a typed name says too little."""
TOLD_DAYS = 30
"""How far back changes of roles are told."""
SUGGESTED = 200
"""How many people a field suggests; anybody else may be typed."""


SIGNS, SORTED_AS = "åäöéèüáà", "{|}eeyaa"
IN_ORDER = str.maketrans(SIGNS, SORTED_AS)


def swedish_key(text: str) -> str:
    """What to sort by, where the database does not: the same order as `SwedishOrder`."""
    return text.lower().translate(IN_ORDER)


class SwedishOrder(Func):
    """Sorts å, ä and ö after z whatever the database's locale: they are turned into the signs that follow z."""

    function = "translate"
    template = f"%(function)s(%(expressions)s, '{SIGNS}', '{SORTED_AS}') COLLATE \"C\""
    output_field = TextField()


def by_name(field: str = "name") -> SwedishOrder:
    return SwedishOrder(Lower(F(field)))


def branch_path(unit: Unit) -> str:
    """The path of the avdelning that holds the unit, or the unit's own where there is none."""
    ancestors = [int(part) for part in unit.path.split(".") if part]
    branch = Unit.objects.filter(pk__in=ancestors, level=Level.BRANCH).first()
    return branch.path if branch else unit.path


def people_near(unit: Unit, day: date) -> QuerySet[Person]:
    """Who may be asked to investigate or act for the unit: everybody active in its avdelning, and SAS, MAS and MAR."""
    specialists = Q(assignments__role__in=[Role.SAS, Role.MAS, Role.MAR], assignments__valid_from__lte=day)
    specialists &= Q(assignments__valid_to=None) | Q(assignments__valid_to__gte=day)
    near = Q(home_unit__path__startswith=branch_path(unit))
    return Person.objects.filter(near | specialists, is_active=True).distinct().order_by(by_name(), "pk")


def open_units(day: date) -> QuerySet[Unit]:
    """The units something may be reported about or moved to: enheter that are open."""
    return Unit.objects.open(day).filter(level=Level.UNIT).order_by(by_name(), "pk")


def open_unit(unit_id: int, day: date) -> Unit | None:
    """The one of `open_units` with the id. In plain SQL: every page of a report being written asks."""
    found = next(iter(Unit.objects.raw("SELECT * FROM organisation_unit WHERE id = %s", [unit_id])), None)
    return found if found and found.level == Level.UNIT and found.is_open(day) else None


def person_with_id(person_id: int) -> Person | None:
    """In plain SQL: every request asks."""
    return next(iter(Person.objects.raw("SELECT * FROM organisation_person WHERE id = %s", [person_id])), None)


def standing(unit: Unit, day: date) -> Unit:
    """The unit itself while it is open, else the one that took over after it, and so on."""
    while unit.successor is not None and not unit.is_open(day):
        unit = unit.successor
    return unit


@dataclass(slots=True)
class Branch:
    """A node of the tree as it is shown: who is chief there, and what stands under it."""

    unit: Unit
    chiefs: list[Holder]
    below: list[Branch] = field(default_factory=list)


def tree(day: date) -> list[Branch]:
    """The open units as a forest, siblings in Swedish order. Three questions, whatever the number of units."""
    chiefs = ActingChiefs(day)
    branches = {unit.pk: Branch(unit, chiefs.at(unit.pk)) for unit in open_tree(day)}
    roots: list[Branch] = []
    for branch in branches.values():
        parent = branches.get(branch.unit.parent_id or 0)
        (parent.below if parent else roots).append(branch)
    return roots


def open_tree(day: date) -> QuerySet[Unit]:
    """Every open unit, of whatever level."""
    return Unit.objects.open(day).order_by(by_name(), "pk")


def closed_units(day: date) -> QuerySet[Unit]:
    return Unit.objects.filter(closed_on__lte=day).select_related("successor").order_by("-closed_on", by_name())


def in_tree_order(units: Iterable[Unit]) -> list[Unit]:
    """Each unit after the one it stands under, siblings in Swedish order."""
    rows = list(units)
    keys = {unit.pk: (swedish_key(unit.name), unit.pk) for unit in rows}
    last = ("", 0)
    return sorted(rows, key=lambda unit: [keys.get(int(part), last) for part in unit.path.split(".") if part])


def line_above(unit: Unit) -> list[Unit]:
    """The units above, from the nämnd down."""
    above = [int(part) for part in unit.path.split(".") if part]
    return list(Unit.objects.filter(pk__in=above).exclude(pk=unit.pk).order_by("path"))


def units_under(unit: Unit, day: date) -> QuerySet[Unit]:
    return open_tree(day).filter(parent=unit)


def people(text: str, unit: Unit | None, *, left: bool) -> QuerySet[Person]:
    """People by part of name or e-mail, every word of the text, at the unit and below it.

    `left` gives those who have left instead of those who are here.
    """
    found = Person.objects.filter(is_active=not left).select_related("home_unit")
    found = found.alias(mailbox=Func("email", Value("@"), Value(1), function="split_part", output_field=TextField()))
    for word in text.split():
        address = Q(email__istartswith=word) if "@" in word else Q(mailbox__icontains=word)
        found = found.filter(address | Q(name__icontains=word) | Q(title__icontains=word))
    if unit:
        found = found.filter(home_unit__path__startswith=unit.path)
    return found.order_by(by_name(), "pk")


def roles_of(people: Iterable[Person], day: date) -> dict[int, list[Assignment]]:
    """The roles in force on the day by person, but that of an employee, which everybody has. One question."""
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.on(day).filter(person__in=list(people)).exclude(role=Role.EMPLOYEE)
    for row in rows.select_related("unit").order_by("pk"):
        found[row.person_id].append(row)
    return found


def named(text: str) -> list[Person]:
    """Active people whom a typed name or e-mail address means, at most six: an address means one."""
    text = text.strip()
    addressed = ADDRESS.search(text)
    active = Person.objects.filter(is_active=True)
    if addressed:
        return list(active.filter(email__iexact=addressed.group()))
    exact = list(active.filter(name__iexact=text).order_by(by_name())[:MANY])
    if exact or not text:
        return exact
    for word in text.split():
        active = active.filter(name__icontains=word)
    return list(active.order_by(by_name(), "pk")[:MANY])


def chosen_near(person: Person | None, day: date) -> list[Person]:
    """Whom one is likely to choose: the person's colleagues in the avdelning, or all who hold a role; at most 200."""
    if person and person.home_unit:
        return list(people_near(person.home_unit, day).exclude(pk=person.pk)[:SUGGESTED])
    return list(Person.objects.filter(is_active=True).order_by(by_name(), "pk")[:SUGGESTED])


def assignments_of(person: Person) -> QuerySet[Assignment]:
    """All the person's roles, the newest first, with unit and whom they are for."""
    rows = person.assignments.select_related("unit", "on_behalf_of", "appointed_by")
    return rows.order_by("-valid_from", "-pk")


def own_roles(person: Person, day: date) -> QuerySet[Assignment]:
    """The roles a deputy may be appointed for: the person's own, in force now or later."""
    rows = person.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=day), basis=Basis.ORDINARY)
    return rows.exclude(role__in=WITHOUT_DEPUTY).select_related("unit").order_by("pk")


def stand_ins_for(person: Person, day: date) -> QuerySet[Assignment]:
    """Deputies and delegations for the person's roles, now and to come."""
    rows = person.stand_ins.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    return rows.select_related("person", "unit", "on_behalf_of").order_by("valid_from", "pk")


def absences_of(person: Person, day: date) -> QuerySet[Absence]:
    return person.absences.filter(to_day__gte=day).order_by("from_day")


def roles_at(unit: Unit, day: date) -> QuerySet[Assignment]:
    """Who holds what at the unit itself, now and to come, but employees."""
    rows = unit.assignments.filter(Q(valid_to=None) | Q(valid_to__gte=day)).exclude(role=Role.EMPLOYEE)
    return rows.select_related("person", "on_behalf_of").order_by("role", "valid_from", "pk")


def role_changes_since(viewer: Access, day: date, days: int = TOLD_DAYS) -> QuerySet[RoleChange]:
    """What the förvaltningschef is told: roles given and ended in the last days up to the day, newest first.

    Those at her units, and those at the nämnd. A systemförvaltare sees all; anybody else none.
    """
    began = datetime.combine(day - timedelta(days=days), time.min, tzinfo=STOCKHOLM)
    rows = RoleChange.objects.filter(at__gte=began).order_by("-at", "-pk")
    rows = rows.select_related("person", "unit", "on_behalf_of", "changed_by")
    if viewer.has(Role.ADMINISTRATOR):
        return rows
    if not viewer.has(Role.DIRECTOR):
        return rows.none()
    return rows.filter(Q(unit_id__in=viewer.units([Role.DIRECTOR])) | Q(unit__level=Level.NAMND))


def categories(day: date) -> list[Category]:
    """All that are in use or will be, by lagrum, group and name."""
    rows = Category.objects.filter(Q(valid_to=None) | Q(valid_to__gte=day))
    return list(rows.order_by("-lagrum", by_name("group"), by_name()))


def ended_categories(day: date) -> QuerySet[Category]:
    return Category.objects.filter(valid_to__lt=day).order_by("-valid_to", by_name())


def category_groups() -> list[str]:
    return list(Category.objects.order_by("group").values_list("group", flat=True).distinct())


def closed_days(day: date) -> tuple[QuerySet[ClosedDay], QuerySet[ClosedDay]]:
    """Those from the day on, the nearest first; and those that have been, the latest first."""
    return (
        ClosedDay.objects.filter(day__gte=day).order_by("day"),
        ClosedDay.objects.filter(day__lt=day).order_by("-day"),
    )


def preference_changes() -> dict[str, list[PreferenceValue]]:
    """Every value that was ever decided, by key, the one that begins last first. One question."""
    found: dict[str, list[PreferenceValue]] = defaultdict(list)
    for row in PreferenceValue.objects.select_related("changed_by").order_by("key", "-valid_from", "-pk"):
        found[row.key].append(row)
    return found
