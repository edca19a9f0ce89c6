"""What goes along to IVO: the files to choose among, and copies of them as they were when they were sent."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat

from avvikelse.cases.attaching import attach
from avvikelse.cases.deeds import person_of
from avvikelse.cases.engine import Step
from avvikelse.cases.models import Attachment, Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.documents.content import FileLine
from avvikelse.documents.models import Document
from avvikelse.documents.operations import DocumentChanged, printed

from .models import Enclosure, Notification, Sending, SentFile

PDF = "application/pdf"
CHANGED = "Filen ”{name}” är inte längre den som lades in. Säg till systemförvaltaren."
NOT_PRINTED = "”{name}” skrivs ut just nu. Försök igen om en stund. Det du har skrivit finns kvar."


@dataclass(frozen=True, slots=True)
class Enclosable:
    """A file of the case or of the one it came out of, or one of the latter's documents. `key` names it in a form."""

    key: str
    name: str
    attachment: Attachment | None = None
    document: Document | None = None

    def content(self) -> bytes:
        """The file's bytes. Raises MoveRefused where it is not printed yet, gone, or not what it was."""
        return content_of_document(self.document, self.name) if self.document else content_of(self.attachment)

    @property
    def content_type(self) -> str:
        return self.attachment.content_type if self.attachment else PDF


def content_of_document(document: Document, name: str) -> bytes:
    if not document.file:
        raise MoveRefused([NOT_PRINTED.format(name=name)])
    try:
        return printed(document)
    except DocumentChanged as changed:
        raise MoveRefused([f"{name}: {changed}"]) from changed


def content_of(file: Attachment | SentFile | None) -> bytes:
    """What a stored file holds, if it is what its row says. Raises MoveRefused."""
    assert file is not None, "what goes along is a file or a document"
    try:
        with file.file.open("rb") as stored:
            content: bytes = stored.read()
    except OSError as error:
        raise MoveRefused([CHANGED.format(name=file.name)]) from error
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise MoveRefused([CHANGED.format(name=file.name)])
    return content


def enclosables(case: Case) -> list[Enclosable]:
    """What may go along: the documents of the case it came out of, its files, and those of the case itself."""
    origin = case.origin
    documents = Document.objects.filter(reference=origin.reference).order_by("taken_at", "pk") if origin else []
    places = [place for place in (case, origin) if place]
    files = Attachment.objects.filter(case__in=places).order_by("pk")
    found = [Enclosable(f"d{row.pk}", document_name(row), document=row) for row in documents]
    return found + [Enclosable(f"f{row.pk}", row.name, attachment=row) for row in files]


def document_name(document: Document) -> str:
    return f"{document.get_sort_display()} {document.reference} nr {document.number}.pdf"


def chosen_among(case: Case, keys: Collection[str]) -> list[Enclosable]:
    return [each for each in enclosables(case) if each.key in keys]


def enclosed_with(notification: Notification | None) -> list[str]:
    """The keys of what is to go with the notification."""
    if notification is None:
        return []
    rows = notification.enclosures.order_by("pk")
    return [f"d{row.document_id}" if row.document_id else f"f{row.attachment_id}" for row in rows]


def enclose(notification: Notification, chosen: Iterable[Enclosable]) -> None:
    """Have these go with the notification, and no others."""
    notification.enclosures.all().delete()
    for each in chosen:
        Enclosure.objects.create(notification=notification, attachment=each.attachment, document=each.document)


@dataclass(frozen=True, slots=True)
class Copy:
    """A copy in a file of its own, and what it is."""

    stored: str
    name: str
    content_type: str
    size: int
    sha256: str

    @property
    def line(self) -> FileLine:
        return FileLine(name=self.name, size=size_in_words(self.size), sha256=self.sha256)


def size_in_words(size: int) -> str:
    return str(filesizeformat(size)).replace("\N{NO-BREAK SPACE}", " ")


def copies(step: Step) -> list[Copy]:
    """Copies of what the step sends: the files chosen, and those that came with the form and now belong to the case."""
    chosen = chosen_among(step.case, step.facts.get("enclosures") or ())
    uploads: Iterable[UploadedFile[Any]] = step.facts.get("uploads") or ()
    added = [attach(step.case, upload, by=person_of(step), at=step.at) for upload in uploads]
    chosen += [Enclosable(f"f{row.pk}", row.name, attachment=row) for row in added]
    contents = [(each, each.content()) for each in chosen]
    return [copied(each, content, step.at) for each, content in contents]


def copied(each: Enclosable, content: bytes, at: datetime) -> Copy:
    extension = each.name.rpartition(".")[2] or "bin"
    stored = default_storage.save(f"sent/{at:%Y/%m}/{uuid4().hex}.{extension}", ContentFile(content))
    return Copy(stored, each.name, each.content_type, len(content), hashlib.sha256(content).hexdigest())


def keep_copies(sending: Sending, made: Iterable[Copy]) -> None:
    for each in made:
        facts = {"name": each.name, "content_type": each.content_type, "size": each.size, "sha256": each.sha256}
        SentFile.objects.create(sending=sending, file=each.stored, **facts)
