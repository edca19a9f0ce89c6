"""Case numbers per kind and year: without gaps, also under parallel submissions."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from tests.people import AT, build_town, report


def together(number: int, act: Callable[[int], str]) -> list[str]:
    """Run the act in that many threads at once, each with a connection of its own."""

    def run(index: int) -> str:
        try:
            return act(index)
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as pool:
        return list(pool.map(run, range(number)))


@pytest.mark.django_db(transaction=True)
def test_twenty_at_once_get_twenty_numbers_without_a_gap() -> None:
    with transaction.atomic():
        town = build_town()

    def send(index: int) -> str:
        if index % 4:
            return report(town).reference
        with transaction.atomic():
            report(town)
            transaction.set_rollback(True)
        return ""

    given = together(20, send)
    kept = sorted(reference for reference in given if reference)
    assert kept == [f"AVV-2026-{number:04d}" for number in range(1, 16)]
    assert sorted(Case.objects.values_list("reference", flat=True)) == kept


@pytest.mark.django_db
def test_each_kind_and_year_has_its_own_numbers() -> None:
    town = build_town()
    new_year = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    given = [report(town).reference, report(town, kind=Kind.FOR).reference, report(town, at=new_year).reference]
    given += [report(town, at=AT).reference]
    assert given == ["AVV-2026-0001", "FÖR-2026-0001", "AVV-2027-0001", "AVV-2026-0002"]
