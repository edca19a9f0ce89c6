"""DOCX, XLSX and ODT: zip files of XML, without macros, attachments, locks, or content from elsewhere."""

import re
import stat
import struct
import zlib
from collections.abc import Iterator
from typing import IO
from xml.etree import ElementTree as ET
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from . import refusals
from .refusals import RefusedFile
from .signatures import EICAR, OLE, PROGRAMS, ZIP64_LOCATOR, ZIP_END, ZIP_START

_END_RECORD = 22
_LOCATOR = 20
_MAX_DIRECTORY = 1024 * 1024
_MAX_MEMBERS = 2000
_MAX_UNPACKED = 100 * 1024 * 1024
_MAX_RATIO = 200
_SMALL = 1024 * 1024
_CHUNK = 1024 * 1024
_OVERLAP = 128
_LOCK_FLAG = 0x1

_ODT = b"application/vnd.oasis.opendocument.text"
_CONTENT_TYPES = "[Content_Types].xml"
_MACRO_MEMBER = re.compile(r"vbaproject|vbadata|macrosheets/|activex/|^basic/|^scripts/|^dialogs/", re.IGNORECASE)
_EMBEDDED_MEMBER = re.compile(r"embeddings/|oleobject", re.IGNORECASE)
_FORBIDDEN_RELATIONS = {
    "vbaProject": refusals.MACROS,
    "wordVbaData": refusals.MACROS,
    "xlMacrosheet": refusals.MACROS,
    "xlIntlMacrosheet": refusals.MACROS,
    "control": refusals.MACROS,
    "oleObject": refusals.EMBEDDED,
    "package": refusals.EMBEDDED,
    "aFChunk": refusals.EMBEDDED,
}
_OTHER_OFFICE_MEMBERS = {"mimetype", "ppt/presentation.xml", "xl/workbook.bin", "visio/document.xml"}

_DEFINITIONS = tuple(
    word.encode(encoding) for word in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_FORBIDDEN_WORDS = (
    (EICAR, refusals.MALWARE),
    *((definition, refusals.EXTERNAL) for definition in _DEFINITIONS),
    (b"script:event-listener", refusals.MACROS),
    (b"manifest:encryption-data", refusals.LOCKED),
)


def check_office(whole: IO[bytes]) -> str:
    """`docx`, `xlsx` or `odt`, or RefusedFile."""
    size = whole.seek(0, 2)
    _check_end(whole, size)
    try:
        with ZipFile(whole) as archive:
            members = archive.infolist()
            _check_members(members, size)
            extension = _office_kind(archive)
            for member in members:
                _check_member(archive, member)
    except (BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError, struct.error) as error:
        raise RefusedFile(refusals.DAMAGED) from error
    return extension


def _check_end(whole: IO[bytes], size: int) -> None:
    """The directory is bounded before it is read, and nothing follows it."""
    whole.seek(max(0, size - _END_RECORD - _LOCATOR))
    end = whole.read()
    record = end[-_END_RECORD:]
    if not record.startswith(ZIP_END) or end.startswith(ZIP64_LOCATOR):
        raise RefusedFile(refusals.DAMAGED)
    members, directory = int.from_bytes(record[10:12], "little"), int.from_bytes(record[12:16], "little")
    if members > _MAX_MEMBERS or directory > _MAX_DIRECTORY:
        raise RefusedFile(refusals.BOMB)


def _check_members(members: list[ZipInfo], size: int) -> None:
    names = {member.filename for member in members}
    if any(member.flag_bits & _LOCK_FLAG for member in members):
        raise RefusedFile(refusals.LOCKED)
    begins_at = min((member.header_offset for member in members), default=-1)
    if begins_at or len(names) != len(members) or any(_is_odd(member) for member in members):
        raise RefusedFile(refusals.DAMAGED)
    if len(members) > _MAX_MEMBERS or sum(member.file_size for member in members) > _MAX_UNPACKED:
        raise RefusedFile(refusals.BOMB)
    # Members that share their packed bytes add up to more than the file.
    if sum(member.compress_size for member in members) > size or any(_swells(member) for member in members):
        raise RefusedFile(refusals.BOMB)


def _is_odd(member: ZipInfo) -> bool:
    name = member.orig_filename
    return (
        name != member.filename
        or name.startswith("/")
        or "\\" in name
        or ":" in name
        or ".." in name.split("/")
        or stat.S_ISLNK(member.external_attr >> 16)
        or member.compress_type not in {ZIP_STORED, ZIP_DEFLATED}
    )


def _swells(member: ZipInfo) -> bool:
    return member.file_size > _SMALL and member.file_size > _MAX_RATIO * member.compress_size


def _office_kind(archive: ZipFile) -> str:
    names = set(archive.namelist())
    if _CONTENT_TYPES in names and b"macroenabled" in archive.read(_CONTENT_TYPES).lower():
        raise RefusedFile(refusals.MACROS)
    if any(_MACRO_MEMBER.search(name) for name in names):
        raise RefusedFile(refusals.MACROS)
    if any(_EMBEDDED_MEMBER.search(name) for name in names):
        raise RefusedFile(refusals.EMBEDDED)
    if names >= {_CONTENT_TYPES, "word/document.xml"}:
        return "docx"
    if names >= {_CONTENT_TYPES, "xl/workbook.xml"}:
        return "xlsx"
    if names >= {"mimetype", "content.xml"} and archive.read("mimetype") == _ODT:
        return "odt"
    raise RefusedFile(refusals.OTHER_OFFICE if names & _OTHER_OFFICE_MEMBERS else refusals.ARCHIVE)


def _check_member(archive: ZipFile, member: ZipInfo) -> None:
    for number, piece in enumerate(_pieces(archive, member)):
        if number == 0 and piece.startswith((ZIP_START, OLE, *PROGRAMS)):
            raise RefusedFile(refusals.EMBEDDED)
        for word, sentence in _FORBIDDEN_WORDS:
            if word in piece:
                raise RefusedFile(sentence)
    if member.filename.lower().endswith(".rels"):
        _check_relations(archive, member)


def _pieces(archive: ZipFile, member: ZipInfo) -> Iterator[bytes]:
    """The member in pieces that overlap, so that no word is cut in two."""
    with archive.open(member) as file:
        kept = b""
        while chunk := file.read(_CHUNK):
            yield kept + chunk
            kept = chunk[-_OVERLAP:]


def _check_relations(archive: ZipFile, member: ZipInfo) -> None:
    if member.file_size > _SMALL:
        raise RefusedFile(refusals.BOMB)
    try:
        # Safe to parse: a member with a DOCTYPE or an entity is refused before.
        root = ET.fromstring(archive.read(member))  # noqa: S314
    except ET.ParseError as error:
        raise RefusedFile(refusals.DAMAGED) from error
    for relation in root:
        kind = relation.get("Type", "").rpartition("/")[2]
        if kind in _FORBIDDEN_RELATIONS:
            raise RefusedFile(_FORBIDDEN_RELATIONS[kind])
        if relation.get("TargetMode") == "External" and kind != "hyperlink":
            raise RefusedFile(refusals.EXTERNAL)
