"""When reports come: seasons, weekdays, one campaign, and a unit that is getting worse."""

from __future__ import annotations

from collections import Counter
from datetime import date
from functools import cache
from random import Random

import pytest

from avvikelse.demo.people import units
from avvikelse.demo.stories import CAMPAIGN_REPORTS, Due, campaign_day, due_ideas, due_reports, rate, weight

END = date(2026, 11, 16)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the same days every time, no secret)


@cache
def dues() -> tuple[Due, ...]:
    return due_reports(seeded(1), end=END)


@pytest.mark.parametrize(
    ("busier", "calmer", "why"),
    [
        (date(2026, 7, 15), date(2026, 5, 13), "many new colleagues in summer"),
        (date(2026, 2, 4), date(2026, 5, 13), "influenza and ice in winter"),
        (date(2026, 5, 13), date(2026, 5, 16), "weekdays more than Saturdays"),
        (date(2026, 12, 16), date(2026, 12, 30), "few write at Christmas"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_seasons(busier: date, calmer: date, why: str) -> None:
    assert weight(busier) > weight(calmer), why


@pytest.mark.parametrize("day", [date(2026, 5, 16), date(2026, 6, 19), date(2026, 12, 24)])
def test_offices_write_next_to_nothing_when_they_are_closed(day: date) -> None:
    office = next(place for place in units() if place.care == "income_support")
    assert rate(office, day, end=END) < 0.05 * rate(office, date(2026, 5, 13), end=END)


@pytest.mark.parametrize(
    ("end", "held"),
    [
        (date(2026, 11, 16), date(2026, 4, 21)),
        (date(2026, 8, 1), date(2026, 1, 13)),
        (date(2027, 8, 5), date(2027, 1, 5)),
    ],
    ids=["the next Tuesday", "Epiphany is that Tuesday", "a Tuesday itself"],
)
def test_the_campaign_is_on_a_working_tuesday_seven_months_back(end: date, held: date) -> None:
    assert (campaign_day(end), held.weekday()) == (held, 1)


def test_fifty_reports_come_on_the_campaign_day() -> None:
    assert {due.day for due in dues() if due.campaign} == {campaign_day(END)}
    assert sum(due.campaign for due in dues()) == CAMPAIGN_REPORTS
    assert len({due.unit for due in dues() if due.campaign}) >= 12


def test_a_period_too_short_for_the_campaign_is_refused() -> None:
    with pytest.raises(ValueError, match="campaign"):
        due_reports(seeded(1), end=END, days=100)


def test_reports_are_in_order_and_within_two_years() -> None:
    days = [due.day for due in dues()]
    assert days == sorted(days)
    assert (END - days[0]).days < 730
    assert days[-1] <= END


def test_falls_rise_at_the_unit_that_is_getting_worse() -> None:
    place = next(place for place in units() if place.habit == "worsening")
    falls = [(END - due.day).days // 90 for due in dues() if due.unit == place.key and due.category == "Fall"]
    by_quarter = Counter(falls)
    assert by_quarter[0] > 2 * by_quarter[2]
    assert by_quarter[0] >= 10
    assert {due.unit for due in dues() if due.category} == {place.key}


def test_ideas_come_in_the_same_two_years() -> None:
    days = [due.day for due in due_ideas(seeded(1), end=END)]
    assert len(days) == 130
    assert days == sorted(days)
    assert (END - days[0]).days < 730
