"""Taking a document and printing it. Nothing else writes the table or the files."""

import hashlib
import logging
import os
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from django.utils.timezone import localtime

from avvikelse.audit.operations import act_as
from avvikelse.celery import app
from avvikelse.organisation.models import Person

from .models import Document
from .render import FAILED, RenderError, render_pdf

logger = logging.getLogger(__name__)

PRINTER = "system:documents"
"""Who the audit says printed it. The person who concluded is the document's `taken_by`."""

FOLDER = "documents"
FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


class DocumentChanged(Exception):
    """The file is gone or no longer what was printed. The text is a Swedish sentence that can be shown."""


@transaction.atomic
def take_document(
    *,
    reference: str,
    sort: str,
    title: str,
    template: str,
    content: Mapping[str, object],
    actor: Person,
    at: datetime,
) -> Document:
    """Freeze the content under the next number of the reference, in the transaction of the move; then wake the worker.

    Raises `TypeError` for a content that is not plain: text, whole numbers, yes and no, lists and mappings.
    """
    refuse_unplain(content)
    act_as(actor.actor_key)
    document = Document.objects.create(
        reference=reference,
        sort=sort,
        number=_next_number(reference, sort),
        title=title,
        template=template,
        content=content,
        taken_at=at,
        taken_by=actor,
        taken_by_label=actor.name_and_title,
    )

    wake_worker_when_committed(document)
    return document


def wake_worker_when_committed(document: Document) -> None:
    """Only a wake-up: a broker that is gone must not disturb the move, and the tick finds the row anyway."""

    def wake() -> None:
        app.send_task("documents.render", [document.pk], retry=False)

    # Not a partial: Django cannot name one when it reports the error, and then raises after all.
    transaction.on_commit(wake, robust=True)


def refuse_unplain(value: object) -> None:
    """Raise `TypeError` for anything that cannot be frozen, or would be read back as something else."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            if not isinstance(key, str):
                raise TypeError(f"a frozen content has names as keys, not {key!r}")
            refuse_unplain(inner)
    elif isinstance(value, list):
        for inner in value:
            refuse_unplain(inner)
    elif type(value) not in {str, int, bool}:
        raise TypeError(f"a frozen content holds plain values, not {type(value).__name__}")


def _next_number(reference: str, sort: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"document {sort} {reference}"])
    taken = Document.objects.filter(reference=reference, sort=sort).aggregate(last=Max("number"))["last"]
    return (taken or 0) + 1


@transaction.atomic
def render_document(pk: int, *, at: datetime) -> bool:
    """Print the document if it is not printed yet. Twice is once, also at the same time.

    Says whether this call printed it. A failure is written on the document, with the time of the next attempt,
    and is not raised.
    """
    document = Document.objects.select_for_update(skip_locked=True).filter(pk=pk, rendered_at=None).first()
    if document is None:
        return False
    act_as(PRINTER)
    try:
        pdf = render_pdf(f"pdf/{document.template}.html", printed_context(document), str(document))
        document.file.name = store(pdf)
    except RenderError as error:
        return _try_later(document, str(error), at)
    except Exception:
        # No database stands in what was tried, and one bad document must not keep the others from being printed.
        logger.exception("document %s could not be printed", pk)
        return _try_later(document, FAILED, at)
    document.sha256, document.rendered_at, document.failure = hashlib.sha256(pdf).hexdigest(), at, ""
    document.save(update_fields=["file", "sha256", "rendered_at", "failure"])
    return True


def render_waiting(*, at: datetime, most: int = 100) -> int:
    """Print what is waiting, the oldest first, at most so many. Says how many were printed."""
    waiting = Document.objects.waiting(at).values_list("pk", flat=True)[:most]
    return sum(render_document(pk, at=at) for pk in list(waiting))


def printed_context(document: Document) -> dict[str, object]:
    """What the template gets: the frozen content, and the document's own number and date of taking."""
    return {
        **document.content,
        "reference": document.reference,
        "number": document.number,
        "earlier": document.number - 1,
        "made": localtime(document.taken_at).isoformat(timespec="seconds"),
    }


def _try_later(document: Document, why: str, at: datetime) -> bool:
    document.failure = why
    document.retry_at = at + min(FIRST_WAIT * 2 ** min(document.attempts, 16), LONGEST_WAIT)
    document.attempts += 1
    document.save(update_fields=["failure", "retry_at", "attempts"])
    return False


def store(pdf: bytes) -> str:
    """Write the file so that it is there whole or not at all, also after a power cut.

    Returns its name in the media folder.
    """
    name = f"{FOLDER}/{uuid4()}.pdf"
    path = Path(settings.MEDIA_ROOT, name)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(".unfinished")
    try:
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400), "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return name


def printed(document: Document) -> bytes:
    """The PDF of a printed document, exactly as it was printed, or `DocumentChanged`."""
    try:
        pdf = Path(settings.MEDIA_ROOT, document.file.name or "").read_bytes()
    except OSError as error:
        raise DocumentChanged("Filen finns inte på sin plats. Säg till systemförvaltaren.") from error
    if hashlib.sha256(pdf).hexdigest() != document.sha256:
        raise DocumentChanged("Filen är inte längre den som låstes. Säg till systemförvaltaren.")
    return pdf
