"""A page of the case list: how it is cut, what each row says, and that it was seen."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from avvikelse.organisation.access import Access
from avvikelse.organisation.models import Person
from avvikelse.ui import words
from avvikelse.workdays import working_days_between

from .clocks import closed_days
from .engine import workflow_of
from .models import Case, CaseQuerySet, Clock, SavedFilter

PAGE_ROWS = 50
LAST_PAGE = 2_000
COUNTED = 1_000
"""How far matches are counted: beyond it the list says "more than"."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows; knows its neighbours but not the number of pages."""

    rows: list[Case]
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


@dataclass(frozen=True, slots=True)
class Row:
    """What one row of the list says."""

    reference: str
    title: str
    unit: str
    kind: str
    state: str
    risk: int | None
    received: str
    due: str
    urgency: str


def seen_by(person: Person, day: date, access: Access) -> CaseQuerySet:
    return Case.objects.visible_to(person, day, access)


def cut(cases: CaseQuerySet, asked: str) -> Page:
    """The page asked for; anything that is no page number gives the first."""
    number = int(asked) if asked.isascii() and asked.isdigit() and 0 < int(asked) <= LAST_PAGE else 1
    start = (number - 1) * PAGE_ROWS
    fields = ("reference", "title", "kind", "state", "risk", "received_on", "unit_id", "unit__name")
    rows = list(cases.select_related("unit").only(*fields)[start : start + PAGE_ROWS + 1])
    return Page(rows[:PAGE_ROWS], number, len(rows) > PAGE_ROWS)


def count_words(cases: CaseQuerySet, page: Page) -> str:
    """How many matched; what fits on the first page needs no question."""
    if page.number == 1 and not page.has_next:
        return words.amount(len(page.rows), "ärende", "ärenden")
    count = cases.order_by()[: COUNTED + 1].count()
    return f"Fler än {words.number(COUNTED)} ärenden" if count > COUNTED else words.amount(count, "ärende", "ärenden")


def rows_of(cases: Iterable[Case], day: date) -> list[Row]:
    """Two questions whatever the number of rows: the running clocks and the closed days."""
    cases = list(cases)
    due = first_due(cases)
    closed = closed_days() if due else frozenset()
    return [row_of(case, due.get(case.pk), day, closed) for case in cases]


def first_due(cases: list[Case]) -> dict[int, date]:
    """The nearest date that runs for each case."""
    clocks = Clock.objects.filter(case__in=[case.pk for case in cases], met_at=None, ended_at=None, paused_on=None)
    return dict(clocks.order_by("case_id", "-due_on").values_list("case_id", "due_on"))


def row_of(case: Case, due: date | None, day: date, closed: frozenset[date]) -> Row:
    left = working_days_between(day, due, closed) if due else 0
    return Row(
        case.reference,
        case.title,
        case.unit.name,
        case.get_kind_display(),
        workflow_of(case.kind).place(case.state).label,
        case.risk,
        words.day_short(case.received_on, day),
        words.due_words(due, left, day) if due else "",
        ("late" if due < day else words.urgency(left)) if due else "",
    )


def saved_filters(person: Person) -> list[SavedFilter]:
    return list(person.saved_filters.order_by("name"))
