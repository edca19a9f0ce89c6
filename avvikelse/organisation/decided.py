"""Local values as they are shown: what holds, what was given, who decided and from when, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .directory import preference_changes
from .models import PreferenceValue
from .preferences import BY_KEY, PREFERENCES, Preference, Value


@dataclass(frozen=True, slots=True)
class Change:
    """One decision about a value, as it is read."""

    shown: str
    row: PreferenceValue


@dataclass(frozen=True, slots=True)
class Decided:
    """A preference on a day. `since` is the decision that holds, None while the default does."""

    preference: Preference
    now: Value
    since: PreferenceValue | None
    coming: tuple[Change, ...]
    history: tuple[Change, ...]

    @property
    def shown(self) -> str:
        return self.preference.show(self.now)

    @property
    def default_shown(self) -> str:
        return self.preference.show(self.preference.default)


def decided(day: date) -> list[Decided]:
    """Every preference in the order of the list. One question."""
    changes = preference_changes()
    return [as_decided(preference, changes.get(preference.key, []), day) for preference in PREFERENCES]


def decided_value(key: str, day: date) -> Decided:
    """One preference. Raises KeyError when there is none by the key."""
    return as_decided(BY_KEY[key], preference_changes()[key], day)


def as_decided(preference: Preference, rows: list[PreferenceValue], day: date) -> Decided:
    """`rows` is the one that begins last first, and of those that begin the same day the one decided last."""
    since = next((row for row in rows if row.valid_from <= day), None)
    changes = [Change(preference.show(preference.parse(row.value)), row) for row in rows]
    return Decided(
        preference,
        preference.parse(since.value) if since else preference.default,
        since,
        tuple(change for change in reversed(changes) if change.row.valid_from > day),
        tuple(changes),
    )
