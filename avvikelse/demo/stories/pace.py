"""How many reports come, when and where: weekdays, seasons, one campaign, and a unit that is getting worse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from random import Random

from avvikelse.demo.people import Place, units
from avvikelse.workdays import add_months, is_working_day

from .care import OFFICE

CAMPAIGN_REPORTS = 50
MONTHS_BACK = 7
"""How long ago the campaign was held, and since when falls rise at the unit that is getting worse."""
TUESDAY = 1
BY_WEEKDAY = (1.1, 1.05, 1.0, 1.05, 0.95, 0.7, 0.65)
BY_MONTH = (1.15, 1.15, 1.05, 1.0, 0.95, 0.95, 1.25, 1.15, 1.0, 1.0, 1.05, 1.1)
"""More with influenza and icy paths in winter, and with many new colleagues in July and August."""
CHRISTMAS, NEW_YEAR, FEW_AT_WORK = (12, 22), (1, 6), 0.6
OFFICE_SUMMER, JULY = 0.5, 7
BEGINNING = 0.7
"""What was reported when the period began, beside what is reported now that everybody knows how."""
USUAL_FALLS, MOST_FALLS = 0.2, 0.75
"""Share of falls at the worsening unit before and at the end; its reports double meanwhile."""
OFFICE_WITHOUT_WORK = 0.02
FALLS = "Fall"


@dataclass(frozen=True, slots=True)
class Due:
    """A report that somebody at the unit writes on the day. `category` narrows what it is about (None: anything)."""

    day: date
    unit: str
    care: str
    category: str | None = None
    campaign: bool = False


def weight(day: date) -> float:
    """How much is reported on the day by units that are always open; about 1 on an ordinary working day."""
    season = BY_MONTH[day.month - 1]
    month_day = (day.month, day.day)
    if month_day >= CHRISTMAS or month_day <= NEW_YEAR:
        season = FEW_AT_WORK
    return season * BY_WEEKDAY[day.weekday()]


def rate(place: Place, day: date, *, end: date) -> float:
    """How much the unit reports on the day beside other units and days, in a period that ends with `end`."""
    if place.care in OFFICE:
        return place.pace * _office_weight(day)
    worse = 1 + _worsening(day, end) if place.habit == "worsening" else 1.0
    return place.pace * weight(day) * worse


def campaign_day(end: date) -> date:
    """The working Tuesday seven months before `end`, when everybody wrote together."""
    day = add_months(end, -MONTHS_BACK)
    day += timedelta(days=(TUESDAY - day.weekday()) % 7)
    while not is_working_day(day):
        day += timedelta(days=7)
    return day


def due_reports(rng: Random, *, end: date, days: int = 730, total: int = 1500) -> tuple[Due, ...]:
    """`total` reports in the `days` that end with `end`, by day and unit; fifty of them on the campaign day.

    The same for the same state of `rng`. ValueError if the campaign does not fit.
    """
    held = campaign_day(end)
    if total < CAMPAIGN_REPORTS or days <= (end - held).days:
        raise ValueError("the campaign does not fit in the period")
    usual = _spread(rng, _days(end, days), end, total - CAMPAIGN_REPORTS)
    written = [Due(day, place.key, place.care, _narrowed(rng, place, day, end)) for day, place in usual]
    together = [
        Due(held, place.key, place.care, campaign=True) for _, place in _spread(rng, [held], end, CAMPAIGN_REPORTS)
    ]
    return tuple(sorted((*written, *together), key=lambda due: (due.day, due.unit, due.campaign)))


def due_ideas(rng: Random, *, end: date, days: int = 730, total: int = 130) -> tuple[Due, ...]:
    """`total` förbättringsförslag and goda exempel in the same period, by day and unit."""
    found = _spread(rng, _days(end, days), end, total)
    return tuple(sorted((Due(day, place.key, place.care) for day, place in found), key=lambda due: (due.day, due.unit)))


def _office_weight(day: date) -> float:
    if not is_working_day(day):
        return OFFICE_WITHOUT_WORK
    summer = OFFICE_SUMMER if day.month == JULY else 1.0
    return summer * BY_WEEKDAY[day.weekday()]


def _worsening(day: date, end: date) -> float:
    """From 0 seven months before the end to 1 at the end."""
    began = add_months(end, -MONTHS_BACK)
    return min(1.0, max(0.0, (day - began).days / (end - began).days))


def _narrowed(rng: Random, place: Place, day: date, end: date) -> str | None:
    if place.habit != "worsening":
        return None
    share = USUAL_FALLS + (MOST_FALLS - USUAL_FALLS) * _worsening(day, end)
    return FALLS if rng.random() < share else None


def _days(end: date, count: int) -> list[date]:
    return [end - timedelta(days=back) for back in reversed(range(count))]


def _spread(rng: Random, days: list[date], end: date, count: int) -> list[tuple[date, Place]]:
    """`count` pairs of day and unit, the likelier the higher their rate and the nearer the end."""
    cells = [(day, place) for day in days for place in units()]
    growth = {day: BEGINNING + (1 - BEGINNING) * (number + 1) / len(days) for number, day in enumerate(days)}
    rates = accumulate(rate(place, day, end=end) * growth[day] for day, place in cells)
    return rng.choices(cells, cum_weights=list(rates), k=count)
