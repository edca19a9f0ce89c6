"""A small municipality for the tests: two avdelningar, three enheter and fourteen named people, one per role."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, Sort
from avvikelse.cases.models import Case
from avvikelse.cases.operations import NewCase, make_move, open_case
from avvikelse.organisation.models import Assignment, Category, Lagrum, Person, Unit
from avvikelse.organisation.roles import Basis, Level, Role

DAY = date(2026, 11, 16)
"""A Monday."""
AT = datetime(2026, 11, 16, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
BEGAN = date(2024, 1, 1)


@dataclass
class Town:
    """Everybody and every unit by name. `solglantan` is the unit most tests happen at."""

    namnd: Unit
    administration: Unit
    elder_care: Unit
    families: Unit
    solglantan: Unit
    ekbacken: Unit
    reception: Unit
    category: Category
    hsl_category: Category
    people: dict[str, Person] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Person:
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


def unit(name: str, level: Level, parent: Unit | None = None) -> Unit:
    made = Unit.objects.create(name=name, level=level, parent=parent, path=f"new {name}")
    made.path = f"{parent.path if parent else ''}{made.pk}."
    made.save(update_fields=["path"])
    return made


def person(name: str, home: Unit, title: str = "") -> Person:
    email = name.lower().replace(" ", ".").translate(str.maketrans("åäö", "aao"))
    return Person.objects.create_user(
        f"{email}@ekhamn.example", "sommar-regn-42", name=name, title=title, home_unit=home
    )


def assign(who: Person, role: Role, at: Unit, **more: Any) -> Assignment:
    return Assignment.objects.create(
        person=who, role=role, unit=at, valid_from=more.pop("valid_from", BEGAN), created_at=AT, **more
    )


PEOPLE = (
    ("amira", "Amira Haddad", "undersköterska", Role.EMPLOYEE, "solglantan"),
    ("karin", "Karin Ek", "enhetschef", Role.CHIEF, "solglantan"),
    ("jonas", "Jonas Berg", "gruppledare", Role.EMPLOYEE, "solglantan"),
    ("frida", "Frida Lund", "1:e socialsekreterare", Role.FIRST_SOCIAL_WORKER, "solglantan"),
    ("olle", "Olle Sand", "enhetschef", Role.CHIEF, "ekbacken"),
    ("vera", "Vera Holm", "avdelningschef", Role.BRANCH_CHIEF, "elder_care"),
    ("david", "David Nyman", "förvaltningschef", Role.DIRECTOR, "administration"),
    ("sanna", "Sanna Lind", "SAS", Role.SAS, "administration"),
    ("maja", "Maja Öberg", "MAS", Role.MAS, "administration"),
    ("rut", "Rut Alm", "registrator", Role.REGISTRAR, "administration"),
    ("bertil", "Bertil Ask", "nämndledamot", Role.BOARD, "namnd"),
    ("cilla", "Cilla Torp", "nämndens ordförande", Role.CHAIR, "namnd"),
    ("greta", "Greta Vik", "loggranskare", Role.LOG_REVIEWER, "administration"),
    ("sixten", "Sixten Ros", "systemförvaltare", Role.ADMINISTRATOR, "administration"),
)


def build_town() -> Town:
    act_as("system:tests")
    namnd = unit("Socialnämnden", Level.NAMND)
    administration = unit("Socialförvaltningen", Level.ADMINISTRATION, namnd)
    elder_care = unit("Äldreomsorg", Level.BRANCH, administration)
    families = unit("Individ och familj", Level.BRANCH, administration)
    town = Town(
        namnd,
        administration,
        elder_care,
        families,
        unit("Solgläntan", Level.UNIT, elder_care),
        unit("Ekbacken", Level.UNIT, elder_care),
        unit("Mottagningen", Level.UNIT, families),
        Category.objects.create(lagrum=Lagrum.SOL_LSS, group="Utförande", name="Insats uteblir", valid_from=BEGAN),
        Category.objects.create(lagrum=Lagrum.HSL, group="Läkemedel", name="Utebliven dos", valid_from=BEGAN),
    )
    for key, name, title, role, place in PEOPLE:
        where = getattr(town, place)
        town.people[key] = person(name, where, title)
        assign(town.people[key], role, where)
    return town


def deputy(of: Person, who: Person, role: Role, at: Unit, *, by: Person | None = None) -> Assignment:
    """`who` stands in for `of`, appointed by `by` (the one stood in for, unless somebody else is named)."""
    return assign(who, role, at, basis=Basis.DEPUTY, on_behalf_of=of, appointed_by=by or of)


def report(town: Town, **changes: Any) -> Case:
    """A received avvikelse at Solgläntan, reported by Amira."""
    actor = changes.pop("actor", town.amira)
    told = changes.pop("told", {"consequences": "Hon var orolig och hungrig.", "child": "no"})
    start: dict[str, Any] = {
        "kind": Kind.AVV,
        "unit": town.solglantan,
        "title": "Utebliven insats på morgonen",
        "what_happened": "Morgonbesöket klockan åtta blev inte av.",
        "affected": "one",
        "reporter": town.amira,
        "told": told,
    }
    at = changes.pop("at", AT)
    if changes.get("kind") == Kind.IVO:
        start |= {"reporter": None, "facts": {"sort": Sort.NOTICE_LEX_SARAH}}
    return open_case(NewCase(**{**start, **changes}), actor=actor, at=at)


ASSESSED: dict[str, Any] = {
    "sol_severity": 2,
    "sol_likelihood": 2,
    "suspected": "no",
    "suspected_why": "Ingen har farit illa.",
}


def assessed(town: Town, case: Case, **changes: Any) -> Case:
    facts = {**ASSESSED, "category": town.category, "investigator": town.jonas, **changes}
    return moved(case, "assess", town.karin, **facts)


def moved(case: Case, name: str, actor: Any, *, at: datetime = AT, **facts: Any) -> Case:
    """The case after the move, read anew."""
    case.refresh_from_db()
    make_move(case.pk, name, actor=actor, version=case.version, at=at, facts=facts)
    return Case.objects.select_related("unit").get(pk=case.pk)
