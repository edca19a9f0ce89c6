"""Which files may be attached: judged by what they hold, never by what they are called.

Nothing is rendered or unpacked to disk, and every check has a limit on its work and memory.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from . import refusals
from .images import check_heic, check_jpeg, check_png, check_webp, image_brands, is_heic
from .names import given_extension, safe_name
from .office import check_office
from .pdf import check_pdf
from .refusals import RefusedFile
from .signatures import EICAR, PDF_START, REFUSED_STARTS, SCRIPT_EXTENSIONS, ZIP_START
from .text import SNIFFED_BYTES, WEB_PAGE, check_text

__all__ = ["MAX_BYTES", "FileType", "RefusedFile", "identify", "safe_name"]

MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class FileType:
    """`name` is the safe name to keep: the given one, with the extension that the content has."""

    extension: str
    media_type: str
    label: str
    name: str


_MEDIA = {
    "pdf": ("application/pdf", "PDF"),
    "jpg": ("image/jpeg", "Bild (JPEG)"),
    "png": ("image/png", "Bild (PNG)"),
    "webp": ("image/webp", "Bild (WebP)"),
    "heic": ("image/heic", "Bild (HEIC)"),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word-dokument"),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel-ark"),
    "odt": ("application/vnd.oasis.opendocument.text", "OpenDocument-text"),
    "txt": ("text/plain", "Text"),
}

_Check = Callable[[IO[bytes]], str]

_CHECKS: tuple[tuple[Callable[[bytes], bool], _Check], ...] = (
    (lambda head: head.startswith(PDF_START), check_pdf),
    (lambda head: head.startswith(b"\x89PNG\r\n\x1a\n"), check_png),
    (lambda head: head.startswith(b"\xff\xd8\xff"), check_jpeg),
    (lambda head: head[:4] == b"RIFF" and head[8:12] == b"WEBP", check_webp),
    (is_heic, check_heic),
    (lambda head: head.startswith(ZIP_START), check_office),
)


def identify(head: bytes, name: str, whole: IO[bytes]) -> FileType:
    """The type of the file by its content, or RefusedFile with a sentence for the person.

    `head` is its first bytes (1 024 or more, or all there are). `whole` is the seekable file; it is left open
    and at its start.
    """
    try:
        _check_size(whole.seek(0, 2))
        _refuse_by_start(head[:SNIFFED_BYTES])
        whole.seek(0)
        extension = _check_for(head, name)(whole)
    finally:
        whole.seek(0)
    return FileType(extension, *_MEDIA[extension], safe_name(name, extension))


def _check_size(size: int) -> None:
    if not size:
        raise RefusedFile(refusals.EMPTY)
    if size > MAX_BYTES:
        raise RefusedFile(refusals.TOO_BIG)


def _refuse_by_start(head: bytes) -> None:
    if EICAR in head:
        raise RefusedFile(refusals.MALWARE)
    for starts, sentence in REFUSED_STARTS:
        if head.startswith(starts):
            raise RefusedFile(sentence)
    # Readers of PDF look for its start a good way in.
    if head.find(PDF_START) > 0:
        raise RefusedFile(refusals.DOUBLE)


def _check_for(head: bytes, name: str) -> _Check:
    for fits, check in _CHECKS:
        if fits(head):
            if WEB_PAGE.search(head[:SNIFFED_BYTES]):
                raise RefusedFile(refusals.DOUBLE)
            return check
    if b"avif" in image_brands(head):
        raise RefusedFile(refusals.OTHER_IMAGE)
    if head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise RefusedFile(refusals.SOUND_OR_FILM)
    if given_extension(name) in SCRIPT_EXTENSIONS:
        raise RefusedFile(refusals.EXECUTABLE)
    return check_text
