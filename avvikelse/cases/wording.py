"""A case in plain words: when it happened, who reads it, what happens next and by when."""

from __future__ import annotations

from datetime import date

from avvikelse.ui import words

from .kinds import Kind, PartOfDay, Tense
from .models import Case

PARTS = {PartOfDay.DAY: "dagpass", PartOfDay.EVENING: "kväll", PartOfDay.NIGHT: "natt"}

NOBODY_OUTSIDE = "Ingen utanför kommunen var inblandad."
"""What a report says of another principal when there was none."""


def when_it_happened(case: Case) -> str:
    """Say it in words: "Måndag 16 november 2026, dagpass", "Det kan hända" or "Vet inte"."""
    if case.occurred_on is None:
        return "Det har inte hänt men kan hända" if case.tense == Tense.CAN_HAPPEN else "Vet inte när"
    text = f"{words.weekday(case.occurred_on).capitalize()} {case.occurred_on.year}"
    if case.occurred_at:
        return f"{text} klockan {case.occurred_at:%H.%M}"
    part = PARTS.get(PartOfDay(case.occurred_part))
    return f"{text}, {part}" if part else text


def reporter_name(case: Case, *, visible: bool) -> str:
    """Who reported, or why the name is not shown; nothing where nobody did."""
    if case.kind == Kind.IVO:
        return ""
    if case.is_anonymous:
        return "Anonym"
    if not visible:
        return "Namnet visas inte för chefen"
    name = case.reporter.name_and_title if case.reporter else f"{case.reporter_typed} (skrivet namn, utan konto)"
    return f"{name}, inskrivet av {case.entered_by.name}" if case.entered_by else name


def full_day(day: date) -> str:
    return words.day(day)
