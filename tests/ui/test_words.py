from datetime import UTC, date, datetime

import pytest

from avvikelse.ui import words

TODAY = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("value", "alone", "from_today"),
    [
        (date(2026, 11, 18), "18 november 2026", "i dag"),
        (date(2026, 11, 17), "17 november 2026", "i går"),
        (date(2026, 11, 19), "19 november 2026", "i morgon"),
        (date(2026, 11, 16), "16 november 2026", "16 november"),
        (date(2025, 12, 31), "31 december 2025", "31 december 2025"),
        (date(2024, 2, 29), "29 februari 2024", "29 februari 2024"),
    ],
)
def test_a_day_is_said_whole_or_as_seen_from_today(value: date, alone: str, from_today: str) -> None:
    assert (words.day(value), words.day(value, TODAY)) == (alone, from_today)


@pytest.mark.parametrize(
    ("value", "alone", "from_today"),
    [
        (date(2026, 11, 18), "18 nov 2026", "i dag"),
        (date(2026, 3, 1), "1 mars 2026", "1 mars"),
        (date(2027, 1, 1), "1 jan 2027", "1 jan 2027"),
    ],
)
def test_a_short_day(value: date, alone: str, from_today: str) -> None:
    assert (words.day_short(value), words.day_short(value, TODAY)) == (alone, from_today)


def test_every_month_has_its_name() -> None:
    names = [words.day(date(2026, month, 1)).split()[1] for month in range(1, 13)]
    first, second = "januari februari mars april maj juni", "juli augusti september oktober november december"
    assert " ".join(names) == f"{first} {second}"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (date(2026, 12, 18), "fredag 18 december"),
        (date(2026, 11, 22), "söndag 22 november"),
        (date(2027, 1, 4), "måndag 4 januari 2027"),
    ],
)
def test_a_weekday_says_the_year_only_when_it_is_another(value: date, expected: str) -> None:
    assert words.weekday(value, TODAY) == expected


@pytest.mark.parametrize(
    ("value", "alone", "from_today"),
    [
        (datetime(2026, 11, 18, 8, 12, tzinfo=UTC), "18 nov 2026 09.12", "i dag 09.12"),
        (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "2 juli 2026 00.30", "2 juli 00.30"),
        (datetime(2026, 11, 17, 23, 5, tzinfo=UTC), "18 nov 2026 00.05", "i dag 00.05"),
        (datetime(2026, 10, 25, 1, 30, tzinfo=UTC), "25 okt 2026 02.30", "25 okt 02.30"),
        (datetime(2026, 11, 18, 9, 12), "18 nov 2026 09.12", "i dag 09.12"),  # noqa: DTZ001 (local already)
    ],
)
def test_a_moment_is_told_by_the_clock_in_stockholm(value: datetime, alone: str, from_today: str) -> None:
    assert (words.moment(value), words.moment(value, TODAY)) == (alone, from_today)
    assert words.clock(value) == from_today[-5:]


@pytest.mark.parametrize(
    ("left", "expected", "tone"),
    [
        (-12, "12 dagar försenad", "late"),
        (-1, "1 dag försenad", "late"),
        (0, "i dag", "soon"),
        (1, "nästa arbetsdag", "soon"),
        (2, "om 2 arbetsdagar", "soon"),
        (3, "om 3 arbetsdagar", "calm"),
        (6, "om 6 arbetsdagar", "calm"),
    ],
)
def test_working_days_left(left: int, expected: str, tone: str) -> None:
    assert (words.workdays(left), words.urgency(left)) == (expected, tone)


@pytest.mark.parametrize(
    ("due", "left", "today", "expected"),
    [
        (date(2026, 11, 16), -2, TODAY, "2 dagar försenad"),
        (date(2026, 11, 17), -1, TODAY, "1 dag försenad"),
        (date(2026, 11, 21), 0, date(2026, 11, 22), "försenad"),
        (date(2026, 11, 18), 0, TODAY, "i dag"),
        (date(2026, 11, 19), 1, TODAY, "i morgon"),
        (date(2026, 11, 20), 2, TODAY, "på fredag"),
        (date(2026, 11, 23), 1, date(2026, 11, 20), "på måndag"),
        (date(2026, 11, 25), 5, TODAY, "om 5 arbetsdagar"),
        (date(2026, 11, 26), 6, TODAY, "om 6 arbetsdagar"),
        (date(2027, 1, 7), 1, date(2026, 12, 30), "om 1 arbetsdag"),
    ],
)
def test_a_due_day_is_said_the_way_one_says_it(due: date, left: int, today: date, expected: str) -> None:
    assert words.due_words(due, left, today) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, "inga rapporter"),
        (1, "1 rapport"),
        (2, "2 rapporter"),
        (1532, "1\N{NO-BREAK SPACE}532 rapporter"),
        (1_000_000, "1\N{NO-BREAK SPACE}000\N{NO-BREAK SPACE}000 rapporter"),
    ],
)
def test_an_amount(value: int, expected: str) -> None:
    assert words.amount(value, "rapport", "rapporter") == expected


def test_an_amount_of_none_can_have_another_word() -> None:
    assert words.amount(0, "ärende", "ärenden", "Inga") == "Inga ärenden"
