from collections.abc import Iterator
from datetime import date, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avvikelse.workdays import (
    add_months,
    add_working_days,
    is_working_day,
    move_statutory_limit,
    statutory_months,
    working_days_between,
    working_days_left,
)

YEARS = range(2024, 2036)

EASTER_SUNDAYS = {
    2024: date(2024, 3, 31),
    2025: date(2025, 4, 20),
    2026: date(2026, 4, 5),
    2027: date(2027, 3, 28),
    2028: date(2028, 4, 16),
    2029: date(2029, 4, 1),
    2030: date(2030, 4, 21),
    2031: date(2031, 4, 13),
    2032: date(2032, 3, 28),
    2033: date(2033, 4, 17),
    2034: date(2034, 4, 9),
    2035: date(2035, 3, 25),
}

days = st.dates(min_value=date(2010, 1, 1), max_value=date(2040, 12, 31))
counts = st.integers(min_value=-400, max_value=400)
closed_days = st.frozensets(st.dates(min_value=date(2024, 1, 1), max_value=date(2026, 12, 31)), max_size=40)


def easter_sunday(year: int) -> date:
    """The Sunday after the Paschal full moon: Gauss's rule with the corrections for 1900–2199."""
    moon = (19 * (year % 19) + 24) % 30
    week = (2 * (year % 4) + 4 * (year % 7) + 6 * moon + 5) % 7
    easter = date(year, 3, 22) + timedelta(days=moon + week)
    if easter == date(year, 4, 26) or (easter == date(year, 4, 25) and moon == 28 and year % 19 > 10):
        easter -= timedelta(days=7)
    return easter


def the_saturday_from(first: date) -> date:
    return next(day for n in range(7) if (day := first + timedelta(days=n)).weekday() == 5)


def holidays_by_law(year: int) -> frozenset[date]:
    """Lag (1989:253) 1 §, beside all Sundays."""
    easter = easter_sunday(year)
    return frozenset(
        {
            date(year, 1, 1),
            date(year, 1, 6),
            date(year, 5, 1),
            date(year, 12, 25),
            date(year, 12, 26),
            easter - timedelta(days=2),
            easter,
            easter + timedelta(days=1),
            easter + timedelta(days=39),
            easter + timedelta(days=49),
            date(year, 6, 6),
            the_saturday_from(date(year, 6, 20)),
            the_saturday_from(date(year, 10, 31)),
        }
    )


def eves_by_law(year: int) -> frozenset[date]:
    """Lag (1930:173) 2 §: midsommarafton, julafton and nyårsafton."""
    midsummer_eve = the_saturday_from(date(year, 6, 20)) - timedelta(days=1)
    return frozenset({midsummer_eve, date(year, 12, 24), date(year, 12, 31)})


def every_day_of(year: int) -> Iterator[date]:
    day = date(year, 1, 1)
    while day.year == year:
        yield day
        day += timedelta(days=1)


def days_off_by_law(year: int) -> list[date]:
    named = holidays_by_law(year) | eves_by_law(year)
    return [day for day in every_day_of(year) if day.weekday() >= 5 or day in named]


@pytest.mark.parametrize("year", YEARS)
def test_easter_in_this_test_falls_where_the_almanac_has_it(year: int) -> None:
    assert easter_sunday(year) == EASTER_SUNDAYS[year]


@pytest.mark.parametrize("year", YEARS)
def test_the_days_off_are_those_of_the_law(year: int) -> None:
    assert [day for day in every_day_of(year) if not is_working_day(day)] == days_off_by_law(year)


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 1), False),
        (date(2026, 1, 5), True),
        (date(2026, 1, 6), False),
        (date(2026, 4, 2), True),
        (date(2026, 4, 3), False),
        (date(2026, 4, 6), False),
        (date(2026, 4, 30), True),
        (date(2026, 5, 1), False),
        (date(2026, 5, 14), False),
        (date(2026, 5, 15), True),
        (date(2026, 5, 25), True),
        (date(2025, 6, 6), False),
        (date(2026, 6, 18), True),
        (date(2026, 6, 19), False),
        (date(2026, 10, 30), True),
        (date(2026, 12, 23), True),
        (date(2026, 12, 24), False),
        (date(2026, 12, 28), True),
        (date(2026, 12, 31), False),
        (date(2028, 2, 29), True),
    ],
    ids=str,
)
def test_named_days_are_working_days_or_not(day: date, *, working: bool) -> None:
    assert is_working_day(day) is working


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (date(2026, 12, 18), 10, date(2027, 1, 8)),
        (date(2026, 4, 1), 10, date(2026, 4, 17)),
        (date(2026, 4, 2), 1, date(2026, 4, 7)),
        (date(2026, 6, 18), 1, date(2026, 6, 22)),
        (date(2025, 6, 5), 1, date(2025, 6, 9)),
        (date(2026, 4, 30), 1, date(2026, 5, 4)),
        (date(2026, 12, 23), 1, date(2026, 12, 28)),
        (date(2026, 12, 30), 1, date(2027, 1, 4)),
        (date(2028, 2, 28), 1, date(2028, 2, 29)),
        (date(2028, 2, 28), 2, date(2028, 3, 1)),
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2026, 11, 16), 5, date(2026, 11, 23)),
        (date(2026, 11, 21), 0, date(2026, 11, 21)),
        (date(2027, 1, 8), -10, date(2026, 12, 18)),
        (date(2026, 4, 7), -1, date(2026, 4, 2)),
        (date(2026, 6, 22), -1, date(2026, 6, 18)),
        (date(2028, 3, 1), -1, date(2028, 2, 29)),
        (date(2026, 11, 22), -1, date(2026, 11, 20)),
    ],
    ids=str,
)
def test_day_one_is_the_day_after(start: date, count: int, expected: date) -> None:
    assert add_working_days(start, count) == expected


def test_a_closed_day_moves_a_local_limit() -> None:
    closed = frozenset({date(2026, 5, 15)})
    assert not is_working_day(date(2026, 5, 15), closed)
    assert add_working_days(date(2026, 5, 13), 1, closed) == date(2026, 5, 18)
    assert add_working_days(date(2026, 5, 18), -1, closed) == date(2026, 5, 13)
    assert working_days_between(date(2026, 5, 13), date(2026, 5, 18), closed) == 1


def test_a_closed_day_that_was_off_anyway_is_counted_once() -> None:
    closed = frozenset({date(2026, 5, 14), date(2026, 5, 16)})
    assert working_days_between(date(2026, 5, 13), date(2026, 5, 18), closed) == 2


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        (date(2026, 11, 16), date(2026, 11, 16), 0),
        (date(2026, 11, 16), date(2026, 11, 17), 1),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 20), date(2026, 11, 23), 1),
        (date(2026, 12, 18), date(2027, 1, 8), 10),
        (date(2026, 11, 17), date(2026, 11, 16), -1),
        (date(2026, 11, 23), date(2026, 11, 20), -1),
        (date(2026, 11, 23), date(2026, 11, 21), 0),
        (date(2027, 1, 8), date(2026, 12, 18), -10),
    ],
    ids=str,
)
def test_the_days_between_two_dates_are_counted_with_a_sign(start: date, end: date, expected: int) -> None:
    assert working_days_between(start, end) == expected


@given(day=days, count=counts, closed=closed_days)
def test_adding_and_then_counting_gives_the_count_back(day: date, count: int, closed: frozenset[date]) -> None:
    assert working_days_between(day, add_working_days(day, count, closed), closed) == count


@given(day=days, count=counts.filter(bool), closed=closed_days)
def test_adding_always_lands_on_a_working_day(day: date, count: int, closed: frozenset[date]) -> None:
    assert is_working_day(add_working_days(day, count, closed), closed)


@given(start=days, length=st.integers(min_value=0, max_value=900), closed=closed_days)
def test_counting_agrees_with_looking_at_each_day(start: date, length: int, closed: frozenset[date]) -> None:
    each = sum(is_working_day(start + timedelta(days=n), closed) for n in range(1, length + 1))
    assert working_days_between(start, start + timedelta(days=length), closed) == each


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 16), 2, date(2027, 1, 16)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
        (date(2026, 1, 31), 0, date(2026, 1, 31)),
        (date(2027, 1, 31), -2, date(2026, 11, 30)),
        (date(2026, 3, 15), -3, date(2025, 12, 15)),
    ],
    ids=str,
)
def test_a_month_ends_on_the_same_number_or_on_its_last_day(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 23)),
        (date(2026, 11, 22), date(2026, 11, 23)),
        (date(2026, 4, 3), date(2026, 4, 7)),
        (date(2026, 5, 14), date(2026, 5, 15)),
        (date(2025, 6, 6), date(2025, 6, 9)),
        (date(2026, 6, 19), date(2026, 6, 22)),
        (date(2026, 12, 24), date(2026, 12, 28)),
        (date(2026, 12, 31), date(2027, 1, 4)),
        (date(2027, 1, 6), date(2027, 1, 7)),
    ],
    ids=str,
)
def test_a_statutory_limit_on_a_day_off_moves_to_the_next_working_day(day: date, expected: date) -> None:
    assert move_statutory_limit(day) == expected


@pytest.mark.parametrize("year", YEARS)
def test_a_statutory_limit_never_moves_back_and_never_stays_on_a_day_off(year: int) -> None:
    off = set(days_off_by_law(year)) | set(days_off_by_law(year + 1))
    for day in every_day_of(year):
        expected = next(later for n in range(8) if (later := day + timedelta(days=n)) not in off)
        assert move_statutory_limit(day) == expected


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 16), 2, date(2027, 1, 18)),
        (date(2026, 4, 19), 2, date(2026, 6, 22)),
        (date(2026, 10, 24), 2, date(2026, 12, 28)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 9, 16), 2, date(2026, 11, 16)),
    ],
    ids=str,
)
def test_two_months_by_law_end_on_a_working_day(day: date, months: int, expected: date) -> None:
    assert statutory_months(day, months) == expected


def test_ten_years_of_days_are_answered_within_fifty_milliseconds() -> None:
    ten_years = [date(2026, 1, 1) + timedelta(days=n) for n in range(3652)]
    is_working_day(ten_years[0])
    started = process_time()
    working = sum(is_working_day(day) for day in ten_years)
    assert process_time() - started < 0.05
    assert working == working_days_between(date(2025, 12, 31), ten_years[-1])


@pytest.mark.parametrize(
    ("day", "due", "left"),
    [
        (date(2026, 11, 16), date(2026, 11, 18), 2),
        (date(2026, 11, 16), date(2026, 11, 16), 0),
        (date(2026, 11, 17), date(2026, 11, 16), -1),
        (date(2026, 11, 16), date(2026, 11, 13), -1),
        (date(2026, 11, 15), date(2026, 11, 13), 0),
        (date(2026, 11, 22), date(2026, 10, 23), -20),
        (date(2026, 12, 27), date(2026, 12, 23), 0),
    ],
)
def test_what_is_left_counts_the_working_days_that_come_or_have_gone(day: date, due: date, left: int) -> None:
    assert working_days_left(day, due) == left
