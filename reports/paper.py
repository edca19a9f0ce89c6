"""The register on paper: a print of the day. It is neither numbered nor locked."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from django.conf import settings

from avvikelse.cases.viewer import Viewer
from avvikelse.documents.render import render_now
from avvikelse.ui import words
from avvikelse.ui.period import Period

from .register import Register, Row

TITLE = "Register"
MOST = 300
"""As many rows as are printed while somebody waits; a workbook holds any number."""


def too_long(register: Register) -> str:
    """Why it is not printed, in a sentence; empty when it is."""
    if len(register.rows) <= MOST:
        return ""
    number = words.number(len(register.rows))
    return f"Perioden har {number} ärenden. En PDF rymmer {MOST}. Välj en kortare period, eller ladda ner till Excel."


def printed_register(register: Register, period: Period, viewer: Viewer) -> bytes:
    """The PDF, a table a month. Raises RenderError when it takes too long or cannot be done."""
    context = {
        "municipality": settings.MUNICIPALITY,
        "printed": words.day(viewer.day),
        "printed_by": viewer.person.name_and_title,
        "period": f"{words.day(period.first)} – {words.day(period.last)}",
        "sums": sums_in_lines(register),
        "months": [
            {"month": month, "rows": [line(row) for row in rows]}
            for month, rows in groupby(register.rows, key=lambda row: month_of(row.received_on))
        ],
    }
    return render_now("pdf/register.html", context, f"{TITLE} {context['period']}")


def month_of(day: date) -> str:
    return f"{words.MONTHS[day.month].capitalize()} {day.year}"


def line(row: Row) -> dict[str, object]:
    """A row as it is read."""
    return {
        "reference": row.reference,
        "what": row.what,
        "unit": row.unit,
        "received": words.day_short(row.received_on),
        "state": row.state,
        "grade": row.grade,
        "to_decision": day_words(row.days_to_decision),
        "to_close": day_words(row.days_to_close),
        "kept": words.amount(row.kept, "hållen", "hållna") if row.kept else "",
        "broken": f"{words.amount(len(row.broken), 'bruten', 'brutna')}: {', '.join(row.broken)}" if row.broken else "",
        "ivo_number": row.matter.number if row.matter else "",
        "ivo": row.matter.standing if row.matter else "",
    }


def sums_in_lines(register: Register) -> list[dict[str, object]]:
    """The sums, a heading and its lines each."""
    sums = register.sums
    medians = (("Till beslut", sums.days_to_decision), ("Till avslut", sums.days_to_close))
    found = [
        ("Slag", sums.kinds),
        ("Bedömning", sums.grades),
        ("IVO", sums.outcomes),
        ("Tider", [("Hållna", sums.kept), ("Brutna", sums.broken)]),
        ("Dagar, median", [(label, value) for label, value in medians if value is not None]),
    ]
    return [{"heading": heading, "lines": [list(line) for line in lines]} for heading, lines in found if lines]


def day_words(value: int | None) -> str:
    return "–" if value is None else str(value)
