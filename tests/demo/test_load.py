"""The practice municipality, loaded small: true histories, in order, the same every time."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.demo.cast import the_cast
from avvikelse.demo.load import Size, load
from avvikelse.demo.people import demo_people
from avvikelse.organisation.models import Person, Unit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 16, 14, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
SMALL = Size(cases=90, ideas=12, processes=1)


def summary() -> list[tuple[str, str, str, str]]:
    rows = Case.objects.order_by("reference").values_list("reference", "state", "title", "received_at")
    return [(reference, state, title, at.isoformat()) for reference, state, title, at in rows]


def test_the_same_day_gives_the_same_municipality() -> None:
    found = []
    for _ in range(2):
        with transaction.atomic():
            load(NOW, SMALL, lambda _share: None)
            found.append(summary())
            transaction.set_rollback(True)
    assert found[0] == found[1]
    assert len(found[0]) >= SMALL.cases


def test_every_history_is_whole_and_in_order() -> None:
    shares: list[float] = []
    load(NOW, SMALL, shares.append)
    assert (shares == sorted(shares), shares[-1]) == (True, 1)
    for case in Case.objects.all():
        events = list(CaseEvent.objects.filter(case=case).order_by("pk"))
        assert events[0].what == "received"
        assert [event.at for event in events] == sorted(event.at for event in events)
        assert events[-1].at <= NOW
        states = [event.to_state for event in events if event.to_state]
        assert states[-1] == case.state
        if workflow_of(case.kind).place(case.state).final:
            assert not case.clocks.filter(met_at=None, ended_at=None).exists()


def test_numbers_follow_the_order_things_came_in() -> None:
    load(NOW, SMALL, lambda _share: None)
    for kind in ("AVV", "FOR", "LEX", "VSK", "SAM", "IVO"):
        rows = Case.objects.filter(kind=kind).order_by("received_at", "pk")
        numbers = [row.reference for row in rows]
        assert numbers == sorted(numbers, key=lambda number: (number.split("-")[1], int(number.split("-")[2])))


def test_everybody_one_can_be_is_there_and_every_unit_has_people() -> None:
    load(NOW, SMALL, lambda _share: None)
    assert [part.name for part in the_cast()] == [someone.name for someone in demo_people()]
    assert Unit.objects.open(localdate(NOW)).count() == Unit.objects.count() > 20
    assert Person.objects.filter(is_active=True).count() > 75
