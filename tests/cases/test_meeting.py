"""Two who write in the same investigation: what is laid beside what, as a table."""

from __future__ import annotations

import pytest

from avvikelse.cases.meeting import Beside, fingerprints, meet

NAMES = ("story", "before")


@pytest.mark.parametrize(
    ("began", "mine", "theirs", "expected"),
    [
        ("A", "A", "A", None),
        ("A", "B", "A", None),
        ("A", "B", "B", None),
        ("A", "A", "C", Beside("C", taken=True)),
        ("A", "B", "C", Beside("C", taken=False)),
        ("A", "B", "", Beside("", taken=False)),
        ("", "", "C", Beside("C", taken=True)),
        ("", "B", "", None),
        ("A\nB", "A\r\nB", "C", Beside("C", taken=True)),
        ("A\r\nB\n", "A\nB", "A\nB ", None),
    ],
)
def test_a_field_is_laid_beside_when_both_or_the_other_changed_it(
    began: str, mine: str, theirs: str, expected: Beside | None
) -> None:
    base = fingerprints({"story": began}, NAMES)
    found = meet({"story": mine}, {"story": theirs}, base, NAMES)
    assert found == ({"story": expected} if expected else {})


@pytest.mark.parametrize("base", ["", "nonsense", "a.b.c"])
def test_a_beginning_that_cannot_be_read_counts_as_changed_by_both(base: str) -> None:
    assert meet({"story": "A"}, {"story": "C"}, base, NAMES) == {"story": Beside("C", taken=False)}


def test_a_fingerprint_says_nothing_of_the_text() -> None:
    first, second = fingerprints({"story": "Hon föll.", "before": "yes"}, NAMES).split(".")
    assert (len(first), len(second), first != second) == (12, 12, True)
