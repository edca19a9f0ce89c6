"""The day something is to be followed up: not one that has been, and within ten years."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from avvikelse.measures.models import Cause
from avvikelse.measures.operations import finish_measure
from tests.desk import Desk, words_of
from tests.people import AT, DAY, Town
from tests.stages import acting, fresh, with_measure

DAYS = [
    (DAY, None),
    (DAY + timedelta(days=3660), None),
    (DAY - timedelta(days=1), "Välj en dag som inte har varit."),
    (DAY + timedelta(days=3661), "Välj en dag inom tio år."),
    (date.max, "Välj en dag inom tio år."),
]


@pytest.mark.parametrize(("day", "sentence"), DAYS)
def test_a_follow_up_is_within_ten_years(town: Town, desk: Desk, day: date, sentence: str | None) -> None:
    case = acting(town)
    measure = with_measure(town, Cause.objects.get(case=case))
    finish_measure(measure.pk, actor=town.jonas, at=AT, done_on=DAY, note="Spärren är på.")
    typed = {"version": fresh(case).version, "follow_up_on": day.isoformat()}
    sent = desk("karin").post(f"/arenden/{case.reference}/follow_up/", typed)
    assert (sent.status_code, fresh(case).state) == ((200, "acting") if sentence else (302, "following_up"))
    if sentence:
        assert sentence in words_of(sent)
