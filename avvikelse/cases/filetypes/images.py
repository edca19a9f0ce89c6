"""Images: whole, of a reasonable size and nothing else at the same time. No picture is decoded."""

import struct
from typing import IO

from PIL import Image

from . import refusals
from .refusals import RefusedFile
from .signatures import ZIP_END, ZIP_END_WINDOW

MAX_PIXELS = 50_000_000

# Pillow itself refuses an image of twice this before it has read more than the header.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS

_PNG_HEAD = 8
_MAX_PNG_CHUNKS = 20_000
_JPEG_END = b"\xff\xd9"
_JPEG_SCAN = 0xDA
_JPEG_SEGMENTS = frozenset((*range(0xC0, 0xC8), *range(0xC9, 0xD0), *range(0xDB, 0xDE), *range(0xE0, 0xF0), 0xFE))
_MAX_JPEG_SEGMENTS = 2000
_RIFF_HEAD = 8
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx"}
_BOX_HEAD = 8
_WIDE_BOX_HEAD = 16
_MAX_BRANDS = 100
_MAX_BOXES = 100


def check_png(whole: IO[bytes]) -> str:
    """`png`, or RefusedFile."""
    content = whole.read()
    if _end_of_png(content) != len(content):
        raise RefusedFile(refusals.DOUBLE)
    whole.seek(0)
    _check_picture(whole, "PNG")
    return "png"


def check_jpeg(whole: IO[bytes]) -> str:
    """`jpg`, or RefusedFile. What a camera keeps after the picture is let through."""
    content = whole.read()
    if content.rfind(_JPEG_END) < _start_of_jpeg_scan(content):
        raise RefusedFile(refusals.DAMAGED)
    if ZIP_END in content[-ZIP_END_WINDOW:]:
        raise RefusedFile(refusals.DOUBLE)
    whole.seek(0)
    _check_picture(whole, "JPEG")
    return "jpg"


def check_webp(whole: IO[bytes]) -> str:
    """`webp`, or RefusedFile."""
    size = whole.seek(0, 2)
    whole.seek(4)
    (length,) = struct.unpack("<I", whole.read(4))
    if size != length + _RIFF_HEAD:
        raise RefusedFile(refusals.DAMAGED if size < length + _RIFF_HEAD else refusals.DOUBLE)
    whole.seek(0)
    _check_picture(whole, "WEBP")
    return "webp"


def check_heic(whole: IO[bytes]) -> str:
    """`heic`, or RefusedFile: its boxes must fill the file exactly."""
    size, place, kinds = whole.seek(0, 2), 0, set[bytes]()
    for _ in range(_MAX_BOXES):
        if place >= size:
            break
        whole.seek(place)
        head = whole.read(_WIDE_BOX_HEAD)
        kinds.add(head[4:8])
        place += _box_length(head, size - place)
    if place != size or not kinds >= {b"ftyp", b"meta"}:
        raise RefusedFile(refusals.DAMAGED)
    return "heic"


def is_heic(head: bytes) -> bool:
    return bool(image_brands(head) & _HEIC_BRANDS)


def image_brands(head: bytes) -> set[bytes]:
    """The brands that an ISO media file says it keeps to; empty for any other file."""
    if head[4:8] != b"ftyp":
        return set()
    end = min(int.from_bytes(head[:4]), _BOX_HEAD + 4 * _MAX_BRANDS)
    return {head[place : place + 4] for place in range(_BOX_HEAD, end, 4)}


def _box_length(head: bytes, left: int) -> int:
    length = int.from_bytes(head[:4])
    if length == 0:
        return left
    if length == 1:
        return max(_WIDE_BOX_HEAD, int.from_bytes(head[8:16]))
    return max(_BOX_HEAD, length)


def _end_of_png(content: bytes) -> int:
    """Where the last chunk ends. The walk is bounded here because Pillow's own is not."""
    place = _PNG_HEAD
    for _ in range(_MAX_PNG_CHUNKS):
        length, kind = int.from_bytes(content[place : place + 4]), content[place + 4 : place + 8]
        place += len("size") + len("kind") + length + len("crc!")
        if place > len(content):
            break
        if kind == b"IEND":
            return place
    raise RefusedFile(refusals.DAMAGED)


def _start_of_jpeg_scan(content: bytes) -> int:
    """Where the picture itself begins, past the segments that may hold a thumbnail with an end of its own.

    Bounded and strict, because Pillow steps through padding and rubbish byte by byte.
    """
    place = 2
    for _ in range(_MAX_JPEG_SEGMENTS):
        mark = content[place : place + 2]
        if mark == bytes((0xFF, _JPEG_SCAN)):
            return place
        if mark[:1] != b"\xff" or mark[-1] not in _JPEG_SEGMENTS:
            break
        place += len(mark) + int.from_bytes(content[place + 2 : place + 4])
    raise RefusedFile(refusals.DAMAGED)


def _check_picture(whole: IO[bytes], image_format: str) -> None:
    try:
        image = Image.open(whole, formats=[image_format])
        pixels = image.width * image.height
        image.verify()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise RefusedFile(refusals.TOO_MANY_PIXELS) from error
    except Exception as error:
        # Pillow raises whatever a broken file makes it stumble on.
        raise RefusedFile(refusals.DAMAGED) from error
    if pixels > MAX_PIXELS:
        raise RefusedFile(refusals.TOO_MANY_PIXELS)
