"""Who reads a report and who does not, from who holds which roles today. Pure: the same rules as `cases.sight`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from avvikelse.cases.kinds import SEALED_KINDS
from avvikelse.cases.models import Case
from avvikelse.cases.rules import sees_kind
from avvikelse.cases.sight import steps_aside
from avvikelse.cases.takers import stand_ins, takers
from avvikelse.organisation.access import Holder
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import CHIEF_ROLES, Basis, Role


@dataclass(frozen=True, slots=True)
class Route:
    """`takers` are those of the readers whose duty it is to receive the report, nearest first.

    `kept_out` are chiefs of the unit, and people the report is about, who would else be expected to read it.
    """

    readers: tuple[Holder, ...]
    takers: tuple[Holder, ...]
    kept_out: tuple[Holder, ...]


def route(line: Sequence[Holder], sort_of_case: Case, implicated: Iterable[int], *, first_social_worker: bool) -> Route:
    """Where a case like `sort_of_case` (only its kind and lagrum matter) goes.

    Where nobody can take a case of a sealed kind by duty, whoever stands in does, and reads it too.

    `line` is everybody with a role over the unit, nearest first; `first_social_worker` whether a 1:e
    socialsekreterare judges as a chief does.
    """
    passed = frozenset(implicated)
    seeing = [
        holder
        for holder in line
        if holder.person.pk not in passed
        and not holder.grant.leans_on & passed
        and not (passed and steps_aside(holder.grant))
        and sees_kind(holder.role, sort_of_case)
        and (first_social_worker or holder.role != Role.FIRST_SOCIAL_WORKER)
    ]
    duty = takers(sort_of_case.kind)
    taking = [holder for holder in seeing if holder.role in duty]
    if not taking and sort_of_case.kind in SEALED_KINDS:
        taking = stand_ins(passed, line)[:1]
        seeing = [*seeing, *taking]
    reading = {holder.person.pk for holder in seeing}
    expected = [holder for holder in line if holder.role in CHIEF_ROLES or holder.person.pk in passed]
    return Route(
        readers=once(seeing),
        takers=once(taking),
        kept_out=once(holder for holder in expected if holder.person.pk not in reading),
    )


def once(found: Iterable[Holder]) -> tuple[Holder, ...]:
    """Every person once, as what stands first."""
    by_person: dict[int, Holder] = {}
    for holder in found:
        by_person.setdefault(holder.person.pk, holder)
    return tuple(by_person.values())


def chiefs_of(line: Sequence[Holder], reporter_id: int | None) -> tuple[Person, ...]:
    """Whom "my chief" means: the nearest in the line of chiefs, or next above a reporter who is one of them."""
    for role in CHIEF_ROLES:
        here = [holder for holder in line if holder.role == role]
        own = {holder.person.pk for holder in here if holder.grant.basis == Basis.ORDINARY}
        if here and reporter_id not in own:
            return tuple(holder.person for holder in once(here) if holder.person.pk != reporter_id)
    return ()


def role_word(role: Role) -> str:
    """The role inside a sentence: "enhetschef", "SAS"."""
    return role.label if role.label.isupper() else f"{role.label[0].lower()}{role.label[1:]}"


def role_held(holder: Holder) -> str:
    """The role and how it is held: enhetschef; ersättare som enhetschef."""
    stand_in = {Basis.DEPUTY: "ersättare som ", Basis.DELEGATED: "på delegation som "}.get(holder.grant.basis, "")
    return f"{stand_in}{role_word(holder.role)}"


def described(holder: Holder) -> str:
    """Name and role: Karin Ek, enhetschef; Jonas Berg, ersättare som enhetschef."""
    return f"{holder.person.name}, {role_held(holder)}"


def in_a_sentence(holders: Sequence[Holder]) -> str:
    """Names and roles in a row: Karin Ek (enhetschef) och Jonas Berg (ersättare som enhetschef)."""
    return in_a_row([f"{holder.person.name} ({role_held(holder)})" for holder in holders])


def in_a_row(words: Sequence[str], *, between: str = "och") -> str:
    """Words in a row: Karin Ek, Vera Holm och Sanna Lind."""
    *first, last = words or [""]
    return f"{', '.join(first)} {between} {last}" if first else last
