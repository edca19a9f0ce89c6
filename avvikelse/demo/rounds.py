"""What is done round the year: the duty to report is read by the staff, delegated decisions are told to the nämnd."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from random import Random

from django.utils.timezone import localdate

from avvikelse.cases.viewer import Viewer
from avvikelse.lex_sarah.duty import confirm_duty, wording
from avvikelse.lex_sarah.reporting import NothingToReport, write_reporting
from avvikelse.organisation.access import access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui.period import Period
from avvikelse.workdays import add_months, add_working_days

from .lives.life import STOCKHOLM
from .people import NAMND, PLACES, QUALITY, everybody
from .town import Ekhamn

HAVE_READ = {"ordinary": 0.8, "exemplary": 1.0, "slow": 0.35, "worsening": 0.6}
"""Share of the staff who have read it, by the unit's habit."""
READ_WITHIN_DAYS, LATELY = 400, 300
"""Some read it more than a year ago, and have to read it again; nobody at the quality office."""
HALF_YEARS, WORKING_DAYS_AFTER = 3, 6
"""How many lists to the nämnd are written, and how long after the half-year each."""


def viewer(person: Person, at: datetime) -> Viewer:
    day = localdate(at)
    return Viewer(person, at, day, access_of(person, day), LocalValues(day))


def read_duty(ekhamn: Ekhamn, now: datetime) -> None:
    """Let most of the staff have read about the duty to report, in the last year or so."""
    habits = {place.key: place.habit for place in PLACES}
    for someone in everybody():
        rng = Random(someone.name)  # noqa: S311 (the same readers every time)
        if someone.home == NAMND or rng.random() > HAVE_READ[habits[someone.home]]:
            continue
        within = READ_WITHIN_DAYS if someone.home != QUALITY else LATELY
        day = localdate(now) - timedelta(days=rng.randrange(2, within))
        reader = viewer(ekhamn.people[someone.name], datetime.combine(day, time(rng.randrange(8, 16)), STOCKHOLM))
        confirm_duty(reader, wording(day).key)


def report_delegated(ekhamn: Ekhamn, now: datetime) -> None:
    """Tell the nämnd of the decisions made on its behalf, half-year by half-year. The last is left to SAS."""
    today = localdate(now)
    this_half = today.replace(month=1 if today.month <= 6 else 7, day=1)  # noqa: PLR2004 (the months of a half-year)
    for back in range(HALF_YEARS, 0, -1):
        first, after = add_months(this_half, -6 * back), add_months(this_half, -6 * (back - 1))
        day = add_working_days(after, WORKING_DAYS_AFTER)
        if day >= today:
            continue
        sas = viewer(ekhamn.holding("sas", NAMND), datetime.combine(day, time(10, 40), STOCKHOLM))
        try:
            write_reporting(sas, Period(first, after - timedelta(days=1)))
        except NothingToReport:
            continue
