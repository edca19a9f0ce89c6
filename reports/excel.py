"""The register as a workbook: what somebody wrote is always text, whatever sign it begins with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any, TypeAlias

from xlsxwriter import Workbook

from avvikelse.ui import words
from avvikelse.ui.period import Period

from .register import Register, Row, Sums

Value: TypeAlias = str | int | date | None
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "yyyy-mm-dd",
}


@dataclass(frozen=True, slots=True)
class Column:
    label: str
    width: int
    value: Callable[[Row], Value]


COLUMNS = (
    Column("Nummer", 16, lambda row: row.reference),
    Column("Slag", 38, lambda row: row.what),
    Column("Enhet", 28, lambda row: row.unit),
    Column("Inkom", 12, lambda row: row.received_on),
    Column("Läge", 24, lambda row: row.state),
    Column("Bedömning", 44, lambda row: row.grade),
    Column("Dagar till beslut", 12, lambda row: row.days_to_decision),
    Column("Dagar till avslut", 12, lambda row: row.days_to_close),
    Column("Tider hållna", 10, lambda row: row.kept),
    Column("Tider brutna", 10, lambda row: len(row.broken)),
    Column("Vilka tider som brutits", 40, lambda row: ", ".join(row.broken)),
    Column("IVO:s nummer", 20, lambda row: row.matter.number if row.matter else ""),
    Column("IVO:s beslut eller läge", 24, lambda row: row.matter.standing if row.matter else ""),
)


def workbook(register: Register, period: Period, *, municipality: str, at: datetime) -> bytes:
    """Two sheets: a row a case, and the sums."""
    file = BytesIO()
    book = Workbook(file, OPTIONS)
    book.set_properties({"title": "Register", "author": municipality, "created": at.replace(tzinfo=None)})
    head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    sheet = book.add_worksheet("Register")
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(len(register.rows), 1), len(COLUMNS) - 1)
    for index, column in enumerate(COLUMNS):
        sheet.set_column(index, index, column.width)
        sheet.write_string(0, index, column.label, head)
    write_rows(sheet, 1, ([column.value(row) for column in COLUMNS] for row in register.rows))
    write_sums(book.add_worksheet("Summor"), register.sums, period, head)
    book.close()
    return file.getvalue()


def write_sums(sheet: Any, sums: Sums, period: Period, head: Any) -> None:
    sheet.set_column(0, 0, 60)
    sheet.write_string(0, 0, f"Inkommet {words.day(period.first)} – {words.day(period.last)}", head)
    lines: list[list[Value]] = [[label, number] for label, number in sums.kinds]
    lines += [[f"Bedömning: {label}", number] for label, number in sums.grades]
    lines += [[f"IVO: {label}", number] for label, number in sums.outcomes]
    lines += [["Tider hållna", sums.kept], ["Tider brutna", sums.broken]]
    lines += [["Dagar till beslut, median", sums.days_to_decision], ["Dagar till avslut, median", sums.days_to_close]]
    write_rows(sheet, 1, lines)


def write_rows(sheet: Any, first: int, rows: Iterable[list[Value]]) -> None:
    for number, values in enumerate(rows, first):
        for index, value in enumerate(values):
            write(sheet, number, index, value)


def write(sheet: Any, row: int, column: int, value: Value) -> None:
    """By the value's type and never by what it looks like: text stays text."""
    if isinstance(value, date):
        sheet.write_datetime(row, column, datetime(value.year, value.month, value.day))  # noqa: DTZ001 (a day)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif value:
        sheet.write_string(row, column, value)
