"""Swedish working days and statutory limits, as pure functions of dates.

A working day is a Monday–Friday that is neither a public holiday (lag 1989:253) nor midsommarafton, julafton
or nyårsafton, which lag 1930:173 2 § puts on a level with Sundays. Klämdagar are working days.

`closed` is the municipality's own closed days. They move local clocks, never a statutory limit.
"""

from calendar import monthrange
from collections.abc import Set as AbstractSet
from datetime import date, timedelta
from functools import cache

from holidays.countries.sweden import Sweden

_SATURDAY = 5
_DAYS_A_WEEK = 7
_MONTHS_A_YEAR = 12
_ONE_DAY = timedelta(days=1)
_NONE: frozenset[date] = frozenset()


def is_working_day(day: date, closed: AbstractSet[date] = _NONE) -> bool:
    """True when people are at work that day: no weekend, holiday, eve or closed day."""
    return day.weekday() < _SATURDAY and day not in _weekdays_off(day.year) and day not in closed


def add_working_days(day: date, count: int, closed: AbstractSet[date] = _NONE) -> date:
    """The working day that lies `count` working days from `day`; day 1 is the day after.

    A negative count goes backwards; 0 returns `day` itself, working day or not.
    """
    step = _ONE_DAY if count > 0 else -_ONE_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day, closed):
            day += step
    return day


def working_days_between(start: date, end: date, closed: AbstractSet[date] = _NONE) -> int:
    """Working days after `start` up to and including `end`.

    Negative when `end` is earlier: then the working days before `start` down to and including `end`, so that
    `working_days_between(day, add_working_days(day, n)) == n` for every n.
    """
    if end < start:
        return -_working_days_after(end - _ONE_DAY, start - _ONE_DAY, closed)
    return _working_days_after(start, end, closed)


def working_days_left(day: date, due: date, closed: AbstractSet[date] = _NONE) -> int:
    """Working days after `day` up to and including `due`; when it has passed, minus those after it up to `day`.

    0 on the day itself, and on a weekend that follows at once.
    """
    return _working_days_after(day, due, closed) if due >= day else -_working_days_after(due, day, closed)


def add_months(day: date, months: int) -> date:
    """The same-numbered day `months` months away, or that month's last day (lag 1930:173 1 §)."""
    years, month_index = divmod(day.month - 1 + months, _MONTHS_A_YEAR)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def move_statutory_limit(day: date) -> date:
    """The last day to act when the law's time ends on `day` (lag 1930:173 2 §).

    A Saturday, Sunday, public holiday, midsommarafton, julafton or nyårsafton gives the next working day.
    """
    while not is_working_day(day):
        day += _ONE_DAY
    return day


def statutory_months(day: date, months: int) -> date:
    """The last day of a time of `months` months that the law counts from `day` (lag 1930:173 1–2 §§)."""
    return move_statutory_limit(add_months(day, months))


@cache
def _weekdays_off(year: int) -> frozenset[date]:
    calendar = Sweden(years=year, categories=("public", "de_facto"))
    return frozenset(day for day in calendar if day.weekday() < _SATURDAY)


def _working_days_after(start: date, end: date, closed: AbstractSet[date]) -> int:
    off = sum(start < day <= end for year in range(start.year, end.year + 1) for day in _weekdays_off(year))
    shut = sum(start < day <= end and is_working_day(day) for day in closed)
    return _weekdays_until(end) - _weekdays_until(start) - off - shut


def _weekdays_until(day: date) -> int:
    # Ordinal 1, the first of January of year 1, is a Monday.
    weeks, days = divmod(day.toordinal(), _DAYS_A_WEEK)
    return weeks * _SATURDAY + min(days, _SATURDAY)
