"""A page of the case list: how it is cut, and what each row says."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, NamedTuple, TypeVar

from django.db.models import OuterRef, QuerySet, Subquery

from avvikelse.organisation.models import Person
from avvikelse.ui import words
from avvikelse.workdays import working_days_left

from .clocks import closed_days
from .engine import workflow_of
from .models import Case, CaseQuerySet, Clock, SavedFilter

PAGE_ROWS = 50
LAST_PAGE = 2_000
COUNTED = 1_000
"""How far matches are counted: beyond it the list says "more than"."""
SHOWN_FIELDS = ("reference", "title", "unit__name", "kind", "state", "risk", "received_on", "due")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """One page of rows; knows its neighbours but not the number of pages."""

    rows: list[T]
    number: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.number > 1

    @property
    def next_page_number(self) -> int:
        return self.number + 1

    @property
    def previous_page_number(self) -> int:
        return self.number - 1


class Found(NamedTuple):
    """What is read of a case for its row: plain values, since a list of whole cases costs several times as much."""

    reference: str
    title: str
    unit: str
    kind: str
    state: str
    risk: int | None
    received_on: date
    due: date | None


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the list says."""

    reference: str
    title: str
    unit: str
    state: str
    risk: int | None
    received: str
    due: str
    urgency: str


def cut(cases: CaseQuerySet, asked: str) -> Page[Found]:
    """The page asked for; `due` is the nearest date that runs."""
    running = Clock.objects.filter(case=OuterRef("pk"), met_at=None, ended_at=None, paused_on=None).order_by("due_on")
    rows = cases.annotate(due=Subquery(running.values("due_on")[:1])).values_list(*SHOWN_FIELDS)
    page = page_of(rows, asked)
    return Page([Found(*row) for row in page.rows], page.number, page.has_next)


def cut_reports(reports: CaseQuerySet, asked: str) -> Page[Case]:
    """The page of one's own reports."""
    return page_of(reports.only("reference", "title", "kind", "state", "received_on"), asked)


def page_of(rows: QuerySet[Any, T] | list[T], asked: str) -> Page[T]:
    """Anything that is no page number gives the first."""
    known = asked.isascii() and asked.isdigit() and len(asked) <= len(str(LAST_PAGE))
    number = int(asked) if known and 0 < int(asked) <= LAST_PAGE else 1
    start = (number - 1) * PAGE_ROWS
    found = list(rows[start : start + PAGE_ROWS + 1])
    return Page(found[:PAGE_ROWS], number, len(found) > PAGE_ROWS)


def count_words(cases: CaseQuerySet, page: Page[Found]) -> str:
    """How many matched; what fits on the first page needs no question."""
    if page.number == 1 and not page.has_next:
        return words.amount(len(page.rows), "ärende", "ärenden")
    count = cases.order_by()[: COUNTED + 1].count()
    return f"Fler än {words.number(COUNTED)} ärenden" if count > COUNTED else words.amount(count, "ärende", "ärenden")


def rows_of(found: list[Found], day: date) -> list[Row]:
    """What the rows say. One question, the closed days, and that only if a date runs."""
    closed = closed_days() if any(row.due for row in found) else frozenset()
    return [row_of(row, day, closed) for row in found]


def row_of(found: Found, day: date, closed: frozenset[date]) -> Row:
    due = found.due
    left = working_days_left(day, due, closed) if due else 0
    return Row(
        found.reference,
        found.title,
        found.unit,
        workflow_of(found.kind).place(found.state).label,
        found.risk,
        words.day_short(found.received_on, day),
        words.due_words(due, left, day) if due else "",
        ("late" if due < day else words.urgency(left)) if due else "",
    )


def saved_filters(person: Person) -> list[SavedFilter]:
    return list(person.saved_filters.order_by("name"))
