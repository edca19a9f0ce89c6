"""Who acts as chief for a unit today, when the chief is away or there is none.

With a deputy the deputy acts. With none, the work goes to the chief above, who is told why.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from avvikelse.ui import words

from .access import Holder, chiefs_over, holder_of
from .models import Absence, Assignment, Unit
from .roles import CHIEF_ROLES, LEVELS_OF_ROLE, Role, in_text


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts for a unit. `reason` is empty when it is the unit's own chief or her deputy."""

    holders: tuple[Holder, ...]
    reason: str


class ActingChiefs:
    """Everybody who is chief somewhere on the day, and who is away. Two questions, whatever the number of units."""

    def __init__(self, day: date, chiefs: Iterable[Holder] | None = None) -> None:
        """`chiefs` narrows to the line over one unit; left out, every chief of the municipality is read."""
        self._at: dict[int, list[Holder]] = defaultdict(list)
        for holder in all_chiefs(day) if chiefs is None else chiefs:
            self._at[holder.unit.pk].append(holder)
        people = {holder.person.pk for holders in self._at.values() for holder in holders}
        self._back = last_days_away(people, day)

    def for_unit(self, unit: Unit) -> Acting:
        """Who acts, looking upwards from the unit, and why it is not its own chief."""
        reasons: list[str] = []
        for place in reversed([int(part) for part in unit.path.split(".") if part]):
            chiefs = self._at.get(place, [])
            present = tuple(chief for chief in chiefs if chief.person.pk not in self._back)
            if present:
                return Acting(present, " ".join(reasons))
            if chiefs:
                reasons.append(self._away(chiefs))
            elif place == unit.pk:
                reasons.append(no_chief(unit))
        return Acting((), " ".join(reasons))

    def _away(self, chiefs: list[Holder]) -> str:
        names = " och ".join(chief.person.name for chief in chiefs)
        if len(chiefs) > 1:
            return f"{names} är borta."
        until = words.day(self._back[chiefs[0].person.pk])
        return f"{names} är borta till och med {until} och har ingen ersättare."

    def is_away(self, person_id: int) -> bool:
        return person_id in self._back

    def last_day_away(self, person_id: int) -> date | None:
        return self._back.get(person_id)

    def at(self, unit_id: int) -> list[Holder]:
        """Those who hold a chief's role at the unit itself, ordinary before stand-ins."""
        return self._at.get(unit_id, [])


def all_chiefs(day: date) -> list[Holder]:
    """Every chief of the municipality on the day, ordinary before stand-ins."""
    found = Assignment.objects.on(day).filter(role__in=CHIEF_ROLES, person__is_active=True)
    rows = found.select_related("person", "unit").order_by("pk")
    return sorted(map(holder_of, rows), key=lambda holder: bool(holder.grant.on_behalf_of_id))


def last_days_away(people: Iterable[int], day: date) -> dict[int, date]:
    """The last day of absence of each of the people who is away on the day."""
    away = Absence.objects.filter(person_id__in=list(people), from_day__lte=day, to_day__gte=day)
    return dict(away.order_by("to_day").values_list("person_id", "to_day"))


def no_chief(unit: Unit) -> str:
    role = next((role for role in CHIEF_ROLES if unit.level in LEVELS_OF_ROLE[role]), Role.CHIEF)
    return f"{unit.name} har ingen {in_text(role)}."


def waits_for_instead(unit: Unit, day: date) -> list[tuple[Holder, str]]:
    """The chiefs above whom the unit's work waits for today, each with the sentence that says why.

    Empty when the unit's own chief, or her deputy, is there. Also empty when nobody above is there either.
    """
    acting = ActingChiefs(day, chiefs_over(unit, day)).for_unit(unit)
    return [(holder, acting.reason) for holder in acting.holders] if acting.reason else []


def acts_when_away(chief: Assignment, day: date) -> Holder | None:
    """Who would act for the chief's unit if she were away, with nobody appointed to stand in for her."""
    others = [holder for holder in chiefs_over(chief.unit, day) if holder.person.pk != chief.person_id]
    acting = ActingChiefs(day, others).for_unit(chief.unit)
    return acting.holders[0] if acting.holders else None


def taken_over_by(person_id: int, unit_ids: Iterable[int], day: date) -> dict[int, str]:
    """Of the units, those whose chief the person acts for today without being it, each with why.

    Three questions, whatever the number of units.
    """
    chiefs = ActingChiefs(day)
    found: dict[int, str] = {}
    for unit in Unit.objects.open(day).filter(pk__in=list(unit_ids)):
        acting = chiefs.for_unit(unit)
        if acting.reason and any(holder.person.pk == person_id for holder in acting.holders):
            found[unit.pk] = acting.reason
    return found
