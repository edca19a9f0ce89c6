"""Decisions made on delegation, and the lists by which the nämnd is told of them (workflows §6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.cases.models import CaseQuerySet, Part
from avvikelse.cases.sight import with_part
from avvikelse.cases.viewer import Viewer
from avvikelse.documents.models import Document
from avvikelse.documents.operations import take_document
from avvikelse.inquiries.choices import Stage
from avvikelse.inquiries.models import Ruling
from avvikelse.organisation.models import Assignment
from avvikelse.organisation.roles import Role, in_text
from avvikelse.ui import words
from avvikelse.ui.period import Period

from .models import ReportedRuling, Reporting
from .reporting_paper import Decided, delegated_content

LATEST = 20
"""How many written lists the page shows."""
TITLE = "Beslut på delegation"


class NothingToReport(Exception):
    """No decision in the period is left to report."""


# --- Who may, and over which cases


def is_sas(viewer: Viewer) -> bool:
    """SAS, or whoever stands in for her in some case."""
    if viewer.access.has(Role.SAS):
        return True
    stands_in = Part.objects.filter(person=viewer.person, role=PartRole.STAND_IN, valid_to=None)
    return stands_in.filter(case__kind=Kind.LEX).exists()


def must_report(viewer: Viewer) -> None:
    if not is_sas(viewer):
        raise Http404


def must_follow(viewer: Viewer) -> bool:
    """Whether the person sees the decisions themselves; a registrator sees numbers and dates. Others get 404."""
    sees = is_sas(viewer)
    if not sees and not viewer.access.has(Role.REGISTRAR):
        raise Http404
    return sees


def own_cases(viewer: Viewer) -> CaseQuerySet:
    """The lex Sarah cases the person has as SAS, or in SAS's place."""
    mine = Q(unit_id__in=viewer.access.units([Role.SAS])) | Q(pk__in=with_part([viewer.person.pk], [PartRole.STAND_IN]))
    return viewer.cases.filter(mine, kind=Kind.LEX)


def cases_of(viewer: Viewer, *, sees: bool) -> CaseQuerySet:
    return own_cases(viewer) if sees else viewer.diary.filter(kind=Kind.LEX)


# --- What is left to report


def delegated_in(cases: CaseQuerySet) -> QuerySet[Ruling]:
    """Every decision made on delegation in the cases, the oldest first. A corrected one was made too."""
    made = Ruling.objects.filter(case__in=cases.order_by().values("pk"), delegated=True).exclude(stage=Stage.PROPOSAL)
    return made.order_by("decided_on", "pk")


def unreported(cases: CaseQuerySet) -> QuerySet[Ruling]:
    return delegated_in(cases).filter(reported=None)


def everything(cases: CaseQuerySet, day: date) -> Period:
    """From the oldest decision that is left to the day."""
    oldest = unreported(cases).values_list("decided_on", flat=True).first()
    return Period(min(oldest or day, day), day)


def within(rulings: QuerySet[Ruling], period: Period) -> QuerySet[Ruling]:
    return rulings.filter(decided_on__range=(period.first, period.last))


def numbers_and_dates(rulings: QuerySet[Ruling]) -> list[tuple[str, date]]:
    return list(rulings.values_list("case__reference", "decided_on"))


def with_decider(rulings: QuerySet[Ruling]) -> list[Ruling]:
    return list(rulings.select_related("case__unit", "by"))


def as_listed(rows: list[Ruling]) -> list[Decided]:
    """The rows of the list, from decisions `with_decider`. One question."""
    held = roles_held({row.by_id for row in rows if row.by_id})
    return [
        Decided(
            row.case.reference,
            row.decided_on,
            row.get_stage_display(),
            row.get_grade_display(),
            decider_role(row, held.get(row.by_id or 0, [])),
        )
        for row in rows
    ]


def roles_held(people: Iterable[int]) -> dict[int, list[Assignment]]:
    found: dict[int, list[Assignment]] = defaultdict(list)
    rows = Assignment.objects.filter(person__in=list(people)).exclude(role=Role.EMPLOYEE).select_related("unit")
    for row in rows.order_by("-unit__path", "pk"):
        found[row.person_id].append(row)
    return found


def decider_role(ruling: Ruling, held: Iterable[Assignment]) -> str:
    """As what it was decided: the role over the unit on that day, else the title, else the organ."""
    day, path = ruling.decided_on, ruling.case.unit.path
    over = [row for row in held if path.startswith(row.unit.path) and row.valid_from <= day and row.lasts(day)]
    if over:
        return in_text(over[0].role)
    return (ruling.by.title if ruling.by else ruling.organ) or "beslutsfattare"


# --- Writing the list


@transaction.atomic
def write_reporting(viewer: Viewer, period: Period) -> Reporting:
    """Freeze the decisions of the period that are left as a numbered document, and mark them as reported.

    Raises NothingToReport when there are none.
    """
    act_as(viewer.person.actor_key)
    candidates = within(delegated_in(own_cases(viewer)), period)
    # Whoever writes the same list at the same moment waits here; what then is left is read afterwards.
    locked = list(candidates.select_for_update(of=("self",)).values_list("pk", flat=True))
    left = Ruling.objects.filter(pk__in=locked, reported=None).order_by("decided_on", "pk")
    rulings = with_decider(left)
    rows = as_listed(rulings)
    if not rows:
        raise NothingToReport
    document = take_document(
        reference=f"ÅTR-{viewer.day.year}",
        sort=Document.Sort.DELEGATED,
        title=f"{TITLE} {words.day(period.first)} – {words.day(period.last)}",
        template="delegated",
        content={**delegated_content(rulings, rows, period, viewer)},
        actor=viewer.person,
        at=viewer.at,
    )
    reporting = Reporting.objects.create(
        document=document, from_day=period.first, to_day=period.last, written_by=viewer.person, at=viewer.at
    )
    ReportedRuling.objects.bulk_create(ReportedRuling(ruling=row, reporting=reporting) for row in rulings)
    return reporting


# --- The lists that are written


@dataclass(frozen=True, slots=True)
class Written:
    """A list that is written. `readable` where the person sees every case in it."""

    reporting: Reporting
    number: int
    readable: bool


def written(viewer: Viewer, *, sees: bool) -> list[Written]:
    """The latest lists that have any of the person's cases in them, the newest first."""
    mine = cases_of(viewer, sees=sees).order_by().values("pk")
    rows = Reporting.objects.annotate(
        number=Count("rulings"), seen=Count("rulings", filter=Q(rulings__ruling__case__in=mine))
    )
    latest = rows.filter(seen__gt=0).select_related("document").order_by("-at", "-pk")[:LATEST]
    return [Written(row, row.number, sees and row.seen == row.number) for row in latest]


def readable_reporting(viewer: Viewer, number: int) -> Reporting:
    """The list for whoever sees every case in it, else 404."""
    must_report(viewer)
    mine = own_cases(viewer).order_by().values("pk")
    found = get_object_or_404(Reporting.objects.select_related("document"), pk=number)
    if found.rulings.exclude(ruling__case__in=mine).exists():
        raise Http404
    return found


def references_in(reporting: Reporting) -> list[str]:
    return list(
        reporting.rulings.order_by("ruling__decided_on", "pk").values_list("ruling__case__reference", flat=True)
    )
