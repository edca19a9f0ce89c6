"""What a duty rests on, under each lagrum, on the day it arose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import combinations

import pytest

from avvikelse.cases.engine import workflows
from avvikelse.law import Row, UnknownDuty, cite, duties, table

OLD, NEW = date(2025, 6, 30), date(2025, 7, 1)
SOL, OLD_SOL = "socialtjänstlagen (2025:400)", "socialtjänstlagen (2001:453)"
LSS = "lagen (1993:387) om stöd och service till vissa funktionshindrade"
PSL = "patientsäkerhetslagen (2010:659)"


@pytest.mark.parametrize(
    ("duty", "lagrum", "day", "shown", "word"),
    [
        ("report", "sol", OLD, f"14 kap. 3 § {OLD_SOL}", "genast"),
        ("report", "sol", NEW, f"27 kap. 2 § {SOL}", "genast"),
        ("report", "lss", NEW, f"24 b § {LSS}", "genast"),
        ("report", "hsl", NEW, f"6 kap. 4 § {PSL}", ""),
        ("investigate", "sol", OLD, f"14 kap. 6 § {OLD_SOL}", "utan dröjsmål"),
        ("investigate", "sol", NEW, f"27 kap. 5 § {SOL}", "genast"),
        ("investigate", "lss", OLD, f"24 e § {LSS}", "utan dröjsmål"),
        ("investigate", "lss", NEW, f"24 e § {LSS}", "utan dröjsmål"),
        ("investigate", "hsl", NEW, f"3 kap. 3 § {PSL}", ""),
        ("notify_ivo", "sol", OLD, f"14 kap. 7 § {OLD_SOL}", "snarast"),
        ("notify_ivo", "sol", NEW, f"27 kap. 6 § {SOL}", "snarast"),
        ("notify_ivo", "lss", NEW, f"24 f § {LSS}", "snarast"),
        ("notify_ivo", "hsl", NEW, f"3 kap. 5 § {PSL}", "snarast"),
        ("inform_patient", "hsl", NEW, f"3 kap. 8 § {PSL}", "snarast"),
        ("notify_operations", "sol", date(2026, 1, 1), f"27 kap. 7 § {SOL}", ""),
    ],
)
def test_a_duty_is_cited_as_of_the_day_it_arose(duty: str, lagrum: str, day: date, shown: str, word: str) -> None:
    found = cite(duty, lagrum, day)
    assert (found.shown, found.shown_word, found.verified) == (shown, word, True)


@pytest.mark.parametrize(
    ("duty", "lagrum", "day"),
    [
        ("inform_staff", "sol", OLD),
        ("provider_informs", "sol", OLD),
        ("secrecy", "hsl", NEW),
        ("routines", "sol", OLD),
        ("routines", "lss", NEW),
        ("inform_patient", "sol", NEW),
        ("notify_operations", "sol", date(2025, 12, 31)),
    ],
)
def test_what_has_not_been_read_or_does_not_hold_is_a_routine_and_no_paragraph(
    duty: str, lagrum: str, day: date
) -> None:
    found = cite(duty, lagrum, day)
    assert (found.shown, found.shown_word, found.verified) == ("kommunens rutin", "", False)


def test_an_unknown_duty_is_a_fault_in_the_program() -> None:
    with pytest.raises(UnknownDuty):
        cite("lex_maria_two_months", "hsl", NEW)


def test_two_months_are_law_for_the_investigation_and_nowhere_for_lex_maria() -> None:
    said = {(row.duty, row.under) for row in table() if "två månader" in row.says}
    assert said == {("investigation_to_ivo", "SoL, LSS")}
    assert cite("investigation_to_ivo", "hsl", NEW).shown_word == "snarast"


def overlapping(rows: tuple[Row, ...]) -> Iterator[str]:
    for one, other in combinations(rows, 2):
        both = set(one.lagrum) & set(other.lagrum)
        days = [day for row in (one, other) for day in (row.valid_from, row.valid_to) if day] or [NEW]
        if one.duty == other.duty and any(
            one.holds(each, day) and other.holds(each, day) for each in both for day in days
        ):
            yield one.duty


def test_no_two_wordings_of_a_duty_hold_at_once() -> None:
    assert list(overlapping(table())) == []


def test_the_table_holds_everything_in_its_order_once() -> None:
    order = list(dict.fromkeys(row.duty for row in table()))
    assert [row.duty for row in table()] == sorted((row.duty for row in table()), key=order.index)


def test_every_move_that_names_a_duty_names_one_of_the_table() -> None:
    named = {move.law for workflow in workflows() for move in workflow.moves if move.law}
    assert named <= duties()
