"""What is serious stands on Start as to be notified at once, until IVO has been told."""

from __future__ import annotations

import re
from html import unescape

from avvikelse.cases.kinds import Kind
from tests.desk import Desk, main_of
from tests.inquiries.stages import GRAVE, decided, ivo, working
from tests.ivo.matters import SENT
from tests.people import Town, moved

TASK = re.compile(r'<span class="when \w+">([^<]+)</span>.*?<small>(\S+) .*?<a class="do"[^>]*>([^<]+)<')


def waiting(desk: Desk, name: str) -> list[tuple[str, str, str]]:
    """(when, number, what to do) of what waits for somebody."""
    return [(unescape(when), number, what) for when, number, what in TASK.findall(main_of(desk(name).get("/")))]


def test_a_serious_decision_is_to_be_notified_until_ivo_is_told(town: Town, desk: Desk) -> None:
    case = decided(town, Kind.LEX, GRAVE[Kind.LEX])
    measures = ("inget datum", case.reference, "Se till att åtgärderna blir gjorda")
    notice = ivo(case)
    assert waiting(desk, "sanna") == [("i morgon", notice.reference, "Anmäl snarast till IVO"), measures]
    moved(notice, "send", town.sanna, **SENT, sent_by=town.sanna)
    told = [row[1:] for row in waiting(desk, "sanna")]
    assert told == [(notice.reference, "Följ ärendet hos IVO"), measures[1:]]


def test_what_is_notified_before_it_is_investigated_keeps_the_day_of_the_proposal(town: Town, desk: Desk) -> None:
    case = moved(working(town, Kind.LEX), "notify_now", town.sanna, why="Hon dog.")
    assert waiting(desk, "sanna") == [("i morgon", ivo(case).reference, "Anmäl snarast till IVO")]
    assert [row[1:] for row in waiting(desk, "jonas")] == [(case.reference, "Utred")]
    assert waiting(desk, "karin") == []
