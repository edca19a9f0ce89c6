"""What is done with a report that is being written: saved, given files, removed, sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.db import connection, transaction
from django.http import Http404

from avvikelse.cases.attaching import identified, store
from avvikelse.cases.filetypes import FileType, RefusedFile
from avvikelse.cases.models import Attachment, Case
from avvikelse.cases.operations import NewCase, open_case
from avvikelse.cases.rules import Actor, Outsider, Who
from avvikelse.organisation.models import Person

from .answers import Name
from .codes import hash_of, submission_key
from .desk import Desk
from .models import Draft, DraftFile
from .queries import sent_with
from .review import Review

DRAFT_DAYS = 90
"""How long a draft is kept after it was last saved."""
REPORTER = frozenset({Who.REPORTER})
TOO_MANY = f"Du kan lämna högst {settings.MAX_FILES} filer. Ta bort någon, eller lägg ihop flera till en PDF."
NO_ROOM = "Filen gick inte att spara just nu. Försök igen om en stund. Allt annat är sparat."
EARLIEST_START = timedelta(hours=12)
"""A page that says it was opened before this is not believed."""


class AlreadySent(Exception):
    """The report has been sent; nothing more can be written in its draft."""

    def __init__(self, case: Case) -> None:
        self.case = case
        super().__init__(case.reference)


def lock_draft(desk: Desk) -> Draft:
    """The desk's draft under lock, made if nothing was saved before. Raises AlreadySent, or Http404 for another's."""
    made = insert_draft(desk) if desk.new else None
    found = made or Draft.objects.select_for_update().filter(key=desk.draft.key, author=desk.writer).first()
    # A report sent without a name takes its draft with it, so the draft's absence can mean that it was sent.
    if (made or found is None) and desk.code_kept and (sent := sent_with(desk.code)):
        Draft.objects.filter(key=desk.draft.key, author=desk.writer).delete()
        raise AlreadySent(sent)
    if found is None:
        raise Http404
    if found.case:
        raise AlreadySent(found.case)
    return found


def insert_draft(desk: Desk) -> Draft | None:
    """Make the draft, which is then locked by having been made; None if there was one. Waits for others making it."""
    made = Draft(
        key=desk.draft.key,
        author=desk.writer,
        through_unit=desk.unit,
        started_at=desk.draft.started_at,
        saved_at=desk.at,
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO intake_draft (key, author_id, through_unit_id, answers, started_at, saved_at) "
            "VALUES (%s, %s, %s, '{}', %s, %s) ON CONFLICT (key) DO NOTHING",
            [made.key, made.author_id, made.through_unit_id, made.started_at, made.saved_at],
        )
        inserted = cursor.rowcount
    made._state.adding = False  # noqa: SLF001 (documented: the row is there)
    made.fresh = True
    return made if inserted else None


@transaction.atomic
def save_answers(desk: Desk, answers: Mapping[str, Any]) -> Draft:
    """Keep what was typed, as it was typed. Raises AlreadySent."""
    draft = lock_draft(desk)
    draft.answers = {**draft.answers, **answers}
    draft.saved_at = desk.at
    draft.save(update_fields=["answers", "saved_at"])
    return draft


def believed_start(opened: str, at: datetime) -> datetime:
    """When the page with the first question was opened, as it says itself (seconds since the epoch)."""
    if not opened.isascii() or not opened.isdigit() or len(opened) > len("1796000000"):
        return at
    return min(at, max(at - EARLIEST_START, datetime.fromtimestamp(int(opened), tz=at.tzinfo)))


@transaction.atomic
def add_files(desk: Desk, uploads: Iterable[UploadedFile[Any]]) -> list[str]:
    """Take in the files that can be accepted; returns a sentence for each that cannot."""
    draft = lock_draft(desk)
    room = settings.MAX_FILES - draft.files.count()
    refused: list[str] = []
    for upload in uploads:
        name = upload.name or "fil"
        if room <= 0:
            return [*refused, TOO_MANY]
        try:
            add_file(draft, upload, identified(upload))
        except RefusedFile as reason:
            refused.append(f"{name}: {reason.sentence}")
        except OSError:
            refused.append(f"{name}: {NO_ROOM}")
        else:
            room -= 1
    return refused


def add_file(draft: Draft, upload: UploadedFile[Any], found: FileType) -> DraftFile:
    """Store the file under a name that says nothing."""
    stored = f"drafts/{draft.saved_at:%Y/%m}/{uuid4().hex}.{found.extension}"
    sha256 = store(upload, stored)
    return DraftFile.objects.create(
        draft=draft,
        file=stored,
        name=found.name,
        content_type=found.media_type,
        size=upload.size or 0,
        sha256=sha256,
    )


@transaction.atomic
def remove_file(desk: Desk, number: int) -> None:
    draft = lock_draft(desk)
    found = draft.files.filter(pk=number).first()
    if found:
        found.delete()
        delete_stored([found.file.name])


@transaction.atomic
def remove_draft(author: Person, draft: Draft) -> None:
    """Throw away what was begun. What has been sent stays."""
    found = Draft.objects.select_for_update().filter(key=draft.key, author=author, case=None).first()
    if found:
        throw_away([found])


@transaction.atomic
def remove_old_drafts(at: datetime) -> int:
    """Throw away what nobody has written in for a long time; returns how many."""
    old = Draft.objects.select_for_update(skip_locked=True).filter(case=None)
    return throw_away(old.filter(saved_at__lt=at - timedelta(days=DRAFT_DAYS)))


def throw_away(drafts: Iterable[Draft]) -> int:
    found = list(drafts)
    stored = list(DraftFile.objects.filter(draft__in=found).values_list("file", flat=True))
    Draft.objects.filter(pk__in=[draft.pk for draft in found]).delete()
    delete_stored(stored)
    return len(found)


def delete_stored(names: Iterable[str | None]) -> None:
    """Delete the files once it is certain that nothing points at them."""
    for name in names:
        if name:
            transaction.on_commit(partial(default_storage.delete, name), robust=True)


@transaction.atomic(savepoint=False)
def send_report(desk: Desk, review: Review) -> tuple[Case, bool]:
    """Send once: the case, and whether this made it. Sent again, also at the same time, gives the case that is there.

    A report without a name or account leaves nothing behind that ties it to the draft or to who wrote it: the draft
    is deleted, and only the code in the writer's browser leads to the case.
    """
    try:
        draft = lock_draft(desk)
    except AlreadySent as sent:
        return sent.case, False
    by_code = review.reporter is None
    case = open_case(new_case(desk, review, draft, by_code=by_code), actor=sender(desk, review), at=desk.at)
    if not draft.fresh:
        hand_files_over(draft, case, added_by=None if by_code or review.report.name == Name.HIDDEN else desk.writer)
    if by_code:
        draft.delete()
    else:
        draft.case, draft.answers = case, {}
        draft.save(update_fields=["case", "answers"])
    return case, True


def new_case(desk: Desk, review: Review, draft: Draft, *, by_code: bool) -> NewCase:
    report = review.report
    facts = {
        **report.event_facts(),
        "sort": review.sort,
        "under_hsl": review.under_hsl,
        "under_sol_lss": not review.under_hsl,
        "reporter_typed": report.typed_name if not report.anonymous else "",
        "reporter_hidden": report.name == Name.HIDDEN,
        "entered_by": desk.writer if report.colleague else None,
        "receipt_hash": hash_of(desk.code) if by_code else "",
    }
    taken = desk.at - draft.started_at
    return NewCase(
        kind=review.kind,
        unit=report.unit,
        title=report.title,
        what_happened=report.what_happened,
        affected=report.affected,
        reporter=review.reporter,
        facts=facts,
        told={**report.told(), "seconds_to_send": max(0, int(taken.total_seconds()))},
        implicated=review.implicated,
        submission_key=submission_key(desk.code) if by_code else draft.key,
    )


def sender(desk: Desk, review: Review) -> Actor:
    """In whose name it is sent.

    The log knows everybody with an account who did not choose to be anonymous; the history, which the chief reads,
    does not name those who hid their name.
    """
    report = review.report
    if review.reporter is None or desk.writer is None:
        name = report.typed_name if report.typed_name and not report.anonymous else "Anonym"
        shown = "Rapportören" if report.name == Name.HIDDEN else name
        return Outsider(f"anonymous:{submission_key(desk.code)}", shown, REPORTER)
    if report.name == Name.HIDDEN:
        return Outsider(desk.writer.actor_key, "Rapportören", REPORTER)
    return desk.writer


def hand_files_over(draft: Draft, case: Case, *, added_by: Person | None) -> None:
    """The stored files become the case's; only the rows are new."""
    files = list(draft.files.order_by("pk"))
    for each in files:
        Attachment.objects.create(
            case=case,
            file=each.file.name,
            name=each.name,
            content_type=each.content_type,
            size=each.size,
            sha256=each.sha256,
            from_reporter=True,
            added_by=added_by,
            added_at=case.received_at,
        )
    if files:
        draft.files.all().delete()
