"""When something is due in the cases of the sealed kinds: a table of days and hours."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.clocks import DEMAND, LEX_MARIA, NOTIFY, PROPOSAL, REQUEST, TO_IVO, ClockRule
from avvikelse.cases.kinds import Kind
from avvikelse.organisation.models import ClosedDay, PreferenceValue
from avvikelse.organisation.preferences import LocalValues
from tests.people import AT, DAY, Town, report

STOCKHOLM = ZoneInfo("Europe/Stockholm")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("received", "due"),
    [
        ("2026-11-16 08:00", "2026-11-16"),
        ("2026-11-16 16:30", "2026-11-16"),
        ("2026-11-16 16:31", "2026-11-17"),
        ("2026-11-20 17:00", "2026-11-23"),
        ("2026-11-21 09:00", "2026-11-23"),
        ("2026-12-24 09:00", "2026-12-28"),
        ("2026-11-16 00:05", "2026-11-16"),
        ("2026-11-18 09:00", "2026-11-19"),
    ],
)
def test_a_report_is_received_the_same_working_day_or_the_next(town: Town, received: str, due: str) -> None:
    act_as("system:tests")
    ClosedDay.objects.create(day=date(2026, 11, 18), name="Utbildningsdag")
    case = report(town, kind=Kind.LEX, at=at(received))
    assert str(case.clocks.get(rule="reception").due_on) == due


def test_the_hour_is_the_municipalitys_own(town: Town) -> None:
    act_as("system:tests")
    PreferenceValue.objects.create(
        key="reception_by", value="08:30", valid_from=DAY, changed_by=town.sixten, changed_at=AT
    )
    assert str(report(town, kind=Kind.VSK).clocks.get(rule="reception").due_on) == "2026-11-17"


@pytest.mark.parametrize(
    ("rule", "facts", "due"),
    [
        (PROPOSAL, {}, "2026-12-16"),
        (NOTIFY, {}, "2026-11-17"),
        (TO_IVO, {"sent_on": date(2026, 11, 16)}, "2027-01-18"),
        (TO_IVO, {"sent_on": date(2026, 10, 31)}, "2027-01-04"),
        (TO_IVO, {"sent_on": date(2026, 10, 24)}, "2026-12-28"),
        (TO_IVO, {"sent_on": date(2026, 12, 31)}, "2027-03-01"),
        (LEX_MARIA, {"occurred_on": date(2026, 11, 1)}, "2027-01-01"),
        (LEX_MARIA, {"occurred_on": date(2026, 3, 1)}, "2026-11-16"),
        (REQUEST, {"due_on": date(2026, 12, 5)}, "2026-12-05"),
        (DEMAND, {"due_on": date(2026, 11, 2)}, "2026-11-16"),
    ],
)
@pytest.mark.django_db
def test_each_rule_gives_its_day(rule: ClockRule, facts: dict[str, object], due: str) -> None:
    assert str(rule.due(DAY, LocalValues(DAY), facts)) == due


@pytest.mark.django_db
def test_a_closed_day_of_the_municipality_moves_nothing_that_the_law_decides() -> None:
    act_as("system:tests")
    ClosedDay.objects.create(day=date(2027, 1, 18), name="Stängt")
    ClosedDay.objects.create(day=date(2026, 11, 17), name="Stängt")
    local = LocalValues(DAY)
    assert str(TO_IVO.due(DAY, local, {"sent_on": DAY})) == "2027-01-18"
    assert str(NOTIFY.due(DAY, local, {})) == "2026-11-18"


def test_lex_maria_counts_from_the_event_or_from_the_day_it_came_in(town: Town) -> None:
    known = report(town, kind=Kind.VSK, facts={"occurred_on": date(2026, 11, 10)})
    unknown = report(town, kind=Kind.VSK)
    found = [str(case.clocks.get(rule="lex_maria").due_on) for case in (known, unknown)]
    assert found == ["2027-01-10", "2027-01-16"]
