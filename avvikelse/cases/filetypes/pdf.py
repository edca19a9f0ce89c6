"""PDF: whole, nothing else at the same time, and without scripts, programs, attachments or a lock."""

import re
import zlib
from collections.abc import Iterator
from typing import IO

from . import refusals
from .refusals import RefusedFile
from .signatures import ZIP_END, ZIP_END_WINDOW

_END_WINDOW = 1024
_NAME_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_FORBIDDEN = (
    (re.compile(rb"/(?:JavaScript|Launch|RichMedia|SubmitForm|ImportData|Rendition)"), refusals.PDF_SCRIPT),
    (re.compile(rb"/EmbeddedFile"), refusals.EMBEDDED),
    (re.compile(rb"/Encrypt"), refusals.LOCKED),
)
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ONE_FILTER = re.compile(rb"/Filter\s*(?:/FlateDecode(?![A-Za-z0-9])|\[\s*/FlateDecode\s*\])")
_DICTIONARY_WINDOW = 4096
_MAX_STREAMS = 50_000
_MAX_ESCAPES = 100_000
_MAX_ESCAPES_IN_DICTIONARY = 50
_MAX_WORK = 32 * 1024 * 1024
_CHUNK = 16 * 1024


def check_pdf(whole: IO[bytes]) -> str:
    """`pdf`, or RefusedFile."""
    content = whole.read()
    if b"%%EOF" not in content[-_END_WINDOW:]:
        raise RefusedFile(refusals.DAMAGED)
    if ZIP_END in content[-ZIP_END_WINDOW:]:
        raise RefusedFile(refusals.DOUBLE)
    _refuse_active(content)
    _refuse_active(b"\n".join(_packed_objects(content)))
    return "pdf"


def _refuse_active(content: bytes) -> None:
    plain = _plain_names(content, _MAX_ESCAPES)
    for pattern, sentence in _FORBIDDEN:
        if pattern.search(plain):
            raise RefusedFile(sentence)


def _plain_names(content: bytes, most: int) -> bytes:
    # /J#61vaScript is another way to write /JavaScript.
    plain, count = _NAME_ESCAPE.subn(lambda match: bytes([int(match[1], 16)]), content, most)
    if count == most:
        raise RefusedFile(refusals.PDF_UNREADABLE)
    return plain


def _packed_objects(content: bytes) -> Iterator[bytes]:
    """The object streams, unpacked: there a PDF may keep what acts. Other streams hold only what is seen."""
    work = _MAX_WORK
    for number, match in enumerate(_STREAM.finditer(content)):
        if number == _MAX_STREAMS:
            raise RefusedFile(refusals.PDF_UNREADABLE)
        window = content[max(0, match.start() - _DICTIONARY_WINDOW) : match.start()]
        dictionary = _plain_names(window[max(0, window.rfind(b"obj")) :], _MAX_ESCAPES_IN_DICTIONARY)
        if b"/First" not in dictionary or b"/Filter" not in dictionary:
            continue
        if b"/Predictor" in dictionary or not _ONE_FILTER.search(dictionary):
            raise RefusedFile(refusals.PDF_UNREADABLE)
        objects = _inflated(content, match.end(), work)
        work -= len(objects) + _CHUNK
        yield objects


def _inflated(content: bytes, start: int, work: int) -> bytes:
    """What is packed from `start`; refused when reading and writing it takes more than `work` bytes."""
    unpacker, unpacked, place = zlib.decompressobj(), bytearray(), start
    while not unpacker.eof:
        packed = content[place : place + _CHUNK]
        if not packed or place - start + len(unpacked) > work:
            raise RefusedFile(refusals.PDF_UNREADABLE)
        try:
            unpacked += unpacker.decompress(packed, _CHUNK)
        except zlib.error as error:
            raise RefusedFile(refusals.DAMAGED) from error
        place += len(packed) - len(unpacker.unconsumed_tail) - len(unpacker.unused_data)
    return bytes(unpacked)
