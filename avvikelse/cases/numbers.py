"""Case numbers: one series per kind and year, without gaps."""

from __future__ import annotations

from django.db import connection

from .kinds import PREFIXES, Kind


def take_number(kind: Kind, year: int) -> str:
    """The next case number of the kind and year.

    Held until the transaction ends, so that none is skipped or given twice.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_numberseries (kind, year, last) VALUES (%s, %s, 1) "
            "ON CONFLICT (kind, year) DO UPDATE SET last = cases_numberseries.last + 1 RETURNING last",
            [kind, year],
        )
        row = cursor.fetchone()
    assert row is not None
    return f"{PREFIXES[kind]}-{year}-{row[0]:04d}"
