"""Writing a notification, opening what comes out of no case, and reading IVO's decisions."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.attaching import attach
from avvikelse.cases.engine import Told
from avvikelse.cases.growing import draft_of_typed
from avvikelse.cases.kinds import Kind, PartRole, Sort, State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, NewCase, locked, make_move, open_case, record_event
from avvikelse.cases.rules import Who, capacities
from avvikelse.inquiries.models import TaskDraft
from avvikelse.inquiries.operations import touch
from avvikelse.organisation.models import Person, Unit

from .enclosing import Enclosable, chosen_among, enclose
from .lookup import DRAFT, notification_of
from .models import Decision, IvoMatter, Notification, Reader
from .parts import NAMES, begun

WRITERS = frozenset({Who.SAS, Who.MAS, Who.DECIDER})
"""Who handles what is between the municipality and IVO (workflows §8)."""
SENT = "Anmälan är skickad och går inte att ändra. Det som skickades ligger låst i ärendet."
CANCELLED = "Anmälan är avbruten."


def texts_of(case: Case, day: date) -> dict[str, str]:
    """The notification as it is saved, or what it begins with before it is."""
    found = notification_of(case)
    return {name: getattr(found, name) for name in NAMES} if found else begun(case, day)


def locked_for_writing(case: Case) -> str:
    """Why the notification cannot be written now; empty when it can."""
    if case.state == State.PREPARING:
        return ""
    return CANCELLED if case.state == State.CANCELLED else SENT


@transaction.atomic
def save_notification(
    case_id: int,
    *,
    actor: Person,
    version: int,
    at: datetime,
    texts: Mapping[str, str],
    files: Collection[str] = (),
    uploads: Iterable[UploadedFile[Any]] = (),
) -> Notification:
    """Save the notification as it stands, with what is to go along. Raises StaleCase, PermissionDenied, MoveRefused.

    `uploads` are added to the case and go along too.
    """
    act_as(actor.actor_key)
    case = locked(case_id, version)
    if not WRITERS & capacities(case, actor, localdate(at)):
        raise PermissionDenied
    if locked_for_writing(case):
        raise MoveRefused([locked_for_writing(case)])
    facts = {name: texts.get(name) or "" for name in NAMES}
    found, _ = Notification.objects.update_or_create(case=case, defaults=facts)
    added = [attach(case, upload, by=actor, at=at) for upload in uploads]
    chosen = chosen_among(case, files)
    enclose(found, [*chosen, *(Enclosable(f"f{row.pk}", row.name, attachment=row) for row in added)])
    touch(case)
    record_event(case, "notification", actor=actor, at=at, told=Told("skrev i anmälan till IVO"))
    return found


@transaction.atomic
def keep_draft(case: Case, *, actor: Person, at: datetime, typed: Mapping[str, str]) -> None:
    """Keep what the person has typed in the notification and not saved, for her alone."""
    facts = {"texts": draft_of_typed(typed, NAMES), "saved_at": at}
    TaskDraft.objects.update_or_create(case=case, person=actor, task=DRAFT, defaults=facts)


@transaction.atomic
def drop_draft(case: Case, *, actor: Person) -> None:
    TaskDraft.objects.filter(case=case, person=actor, task=DRAFT).delete()


def keep(case: Case, **facts: Any) -> IvoMatter:
    """Keep what is known of IVO's side. Called inside a move."""
    found, _ = IvoMatter.objects.update_or_create(case=case, defaults=facts)
    return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What is opened without a case it comes out of. `letter` and `opened_on` are those of IVO's tillsyn."""

    sort: Sort
    unit: Unit
    title: str
    what: str
    affected: str
    implicated: tuple[Person, ...] = ()
    opened_on: date | None = None
    letter: UploadedFile[Any] | None = None
    ivo_number: str = ""


@transaction.atomic
def open_without_origin(opened: Opened, *, actor: Person, at: datetime) -> Case:
    """Open the municipality's notification, or a tillsyn, which is with IVO from the start. Raises MoveRefused."""
    new = NewCase(
        kind=Kind.IVO,
        unit=opened.unit,
        title=opened.title,
        what_happened=opened.what,
        affected=opened.affected,
        facts={"sort": opened.sort},
        implicated=opened.implicated,
    )
    case = open_case(new, actor=actor, at=at)
    if opened.sort == Sort.SUPERVISION:
        facts = {"opened_on": opened.opened_on, "letter": opened.letter, "ivo_number": opened.ivo_number}
        make_move(case.pk, "open_supervision", actor=actor, version=case.version, at=at, facts=facts)
    return case


@transaction.atomic
def read_decision(decision_id: int, *, actor: Person, at: datetime) -> Reader:
    """Say that one has read a decision. Once; only a named reader may, and none who is *utpekad*."""
    act_as(actor.actor_key)
    # The case first, as everywhere: two who lock in different orders would wait for each other.
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    case = cases.get(pk=Decision.objects.values_list("case_id", flat=True).get(pk=decision_id))
    found = Reader.objects.filter(decision_id=decision_id, person=actor).first()
    if found is None or case.parts.filter(person=actor, role=PartRole.IMPLICATED, valid_to=None).exists():
        raise PermissionDenied
    if found.read_at is None:
        found.read_at = at
        found.save(update_fields=["read_at"])
        touch(case)
        record_event(case, "ivo_read", actor=actor, at=at, told=Told("läste IVO:s beslut"))
    return found
