"""A file that is added to a case by who handles it: judged by what it holds, stored under a name that says nothing."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid4

from django import forms
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile

from avvikelse.organisation.models import Person

from .filetypes import FileType, RefusedFile, identify
from .models import Attachment, Case

HEAD_BYTES = 4096


class JudgedFile(forms.FileField):
    """One file; what the program does not take is refused with why. Gives the upload."""

    def clean(self, data: Any, initial: Any = None) -> Any:
        upload = super().clean(data, initial)
        if upload:
            try:
                identified(upload)
            except RefusedFile as reason:
                raise forms.ValidationError(f"{upload.name}: {reason.sentence}") from reason
        return upload


def identified(upload: UploadedFile[Any]) -> FileType:
    """What the file is by its content. Raises RefusedFile with a sentence for the person."""
    upload.seek(0)
    head = upload.read(HEAD_BYTES)
    return identify(head, upload.name or "fil", upload)


def store(upload: UploadedFile[Any], name: str) -> str:
    """Store the file under the name; its SHA-256. A disk that fills up leaves no half file."""
    digest = hashlib.sha256()
    upload.seek(0)
    for chunk in upload.chunks():
        digest.update(chunk)
    try:
        upload.seek(0)
        default_storage.save(name, upload)
    except OSError:
        default_storage.delete(name)
        raise
    return digest.hexdigest()


def attach(case: Case, upload: UploadedFile[Any], *, by: Person | None, at: datetime) -> Attachment:
    """Add the file to the case. Raises RefusedFile. Called inside a move or another act that is told of."""
    found = identified(upload)
    name = f"attachments/{at:%Y/%m}/{uuid4().hex}.{found.extension}"
    sha256 = store(upload, name)
    return Attachment.objects.create(
        case=case,
        file=name,
        name=found.name,
        content_type=found.media_type,
        size=upload.size or 0,
        sha256=sha256,
        from_reporter=False,
        added_by=by,
        added_at=at,
    )
