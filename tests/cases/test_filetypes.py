import struct
import zlib
from collections.abc import Callable
from contextlib import suppress
from hashlib import shake_256
from io import BytesIO
from time import process_time
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from avvikelse.cases.filetypes import MAX_BYTES, FileType, RefusedFile, identify, refusals

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
# In two parts, so that no scanner stops this file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CATALOG = b"1 0 obj <</Type /Catalog>> endobj\n"


def pdf(body: bytes = CATALOG, *, start: bytes = b"%PDF-1.7\n", end: bytes = b"\n%%EOF\n") -> bytes:
    return start + body + b"\ntrailer <</Root 1 0 R>>\nstartxref\n0" + end


def pdf_with_packed(objects: bytes, filters: bytes = b"/FlateDecode") -> bytes:
    head = b"5 0 obj <</Type /ObjStm /N 1 /First 4 /Filter %s>> stream\r\n" % filters
    return pdf(CATALOG + head + zlib.compress(objects) + b"\nendstream endobj")


def image(form: str, size: tuple[int, int] = (40, 30), **options: object) -> bytes:
    file = BytesIO()
    Image.new("RGB", size, (20, 120, 60)).save(file, form, **options)
    return file.getvalue()


def png_chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def flood_png(width: int, height: int) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = png_chunk(b"IHDR", header) + png_chunk(b"IDAT", zlib.compress(b"")) + png_chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", 8 + len(data)) + kind + data


def iso_media(*brands: bytes, boxes: bytes = box(b"meta", b"x" * 40) + box(b"mdat", b"y" * 40)) -> bytes:
    return box(b"ftyp", brands[0] + b"\0\0\0\0" + b"".join(brands)) + boxes


def zipped(*members: tuple[str | ZipInfo, str | bytes], packing: int = ZIP_DEFLATED) -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", packing) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return file.getvalue()


def docx(*members: tuple[str | ZipInfo, str | bytes], text: str = "<w:document/>") -> bytes:
    return zipped(("[Content_Types].xml", "<Types/>"), ("word/document.xml", text), *members)


def docx_with_relation(kind: str, target: str, mode: str = "External") -> bytes:
    relation = f'<Relationship Id="r1" Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"/>'
    return docx(("word/_rels/document.xml.rels", f"<Relationships>{relation}</Relationships>"))


def xlsx() -> bytes:
    file = BytesIO()
    workbook = xlsxwriter.Workbook(file)
    sheet = workbook.add_worksheet()
    sheet.write_url(0, 0, "https://ekhamn.example", string="länk")
    workbook.close()
    return file.getvalue()


def odt(*members: tuple[str | ZipInfo, str | bytes], manifest: str = "<manifest/>") -> bytes:
    kind = ZipInfo("mimetype")
    return zipped(
        (kind, "application/vnd.oasis.opendocument.text"),
        ("content.xml", "<text/>"),
        ("META-INF/manifest.xml", manifest),
        *members,
    )


def locked(content: bytes) -> bytes:
    """The same zip with the flag of encryption set on every member, as a locked one has."""
    changed = bytearray(content)
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = changed.find(signature)
        while place >= 0:
            changed[place + flags] |= 1
            place = changed.find(signature, place + 4)
    return bytes(changed)


def symbolic_link(name: str) -> ZipInfo:
    link = ZipInfo(name)
    link.external_attr = 0o120777 << 16
    return link


def overlapping() -> bytes:
    """A zip whose directory names the same packed bytes many times."""
    once = docx(("word/a.xml", bytes(range(256)) * 40))
    directory = once.rindex(b"PK\x01\x02")
    end = once.rindex(b"PK\x05\x06")
    entry = once[directory:end]
    copies = b"".join(entry.replace(b"word/a.xml", b"word/%c.xml" % letter) for letter in b"bcdefghijk")
    count, size = 13, end - once.index(b"PK\x01\x02") + len(copies)
    record = bytearray(once[end:])
    record[8:12] = struct.pack("<HH", count, count)
    record[12:16] = struct.pack("<I", size)
    return once[:end] + copies + bytes(record)


def look(content: bytes, name: str = "fil.bin") -> FileType:
    return identify(content[:1024], name, BytesIO(content))


def refusal(content: bytes, name: str = "fil.bin") -> str:
    with pytest.raises(RefusedFile) as caught:
        look(content, name)
    return caught.value.sentence


Build = Callable[[], bytes]

ACCEPTED: dict[str, tuple[Build, str]] = {
    "pdf": (pdf, "pdf"),
    "pdf with packed objects": (lambda: pdf_with_packed(b"7 0 <</Type /Page>>"), "pdf"),
    "pdf with a link": (lambda: pdf(b"1 0 obj <</S /URI /URI (https://ekhamn.example)>>"), "pdf"),
    "jpeg": (lambda: image("JPEG"), "jpg"),
    "progressive jpeg": (lambda: image("JPEG", progressive=True), "jpg"),
    "jpeg with what a telephone adds": (lambda: image("JPEG") + b"SEFT" * 9, "jpg"),
    "png": (lambda: image("PNG"), "png"),
    "webp": (lambda: image("WEBP"), "webp"),
    "heic": (lambda: iso_media(b"heic", b"mif1"), "heic"),
    "heic by its other brand": (lambda: iso_media(b"mif1", b"heic"), "heic"),
    "docx": (docx, "docx"),
    "docx with a link": (lambda: docx_with_relation("hyperlink", "https://ekhamn.example"), "docx"),
    "xlsx": (xlsx, "xlsx"),
    "odt": (odt, "odt"),
    "text in utf-8": ("Hej, åäö – 5 < 6 & <3\r\n\ttabb".encode, "txt"),
    "text with a mark": (lambda: "Hej, åäö".encode("utf-8-sig"), "txt"),
    "text in latin-1": (lambda: "Hej, åäö".encode("latin-1"), "txt"),
    "text of one letter": (lambda: b"a", "txt"),
}

MEDIA_TYPES = {
    "pdf": "application/pdf",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
    "heic": "image/heic",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
    "txt": "text/plain",
}

REFUSED: dict[str, tuple[Build, str, str]] = {
    "nothing": (lambda: b"", "a.txt", refusals.EMPTY),
    "one byte too many": (lambda: b"a" * (MAX_BYTES + 1), "a.txt", refusals.TOO_BIG),
    "windows program": (lambda: b"MZ\x90\0" + b"\0" * 60, "rapport.pdf", refusals.EXECUTABLE),
    "linux program": (lambda: b"\x7fELF\x02\x01", "bild.png", refusals.EXECUTABLE),
    "mac program": (lambda: b"\xcf\xfa\xed\xfe\x07", "a", refusals.EXECUTABLE),
    "java program": (lambda: b"\xca\xfe\xba\xbe\0\0", "a.class", refusals.EXECUTABLE),
    "windows shortcut": (lambda: b"L\0\0\0\x01\x14\x02\0\0", "a.txt", refusals.EXECUTABLE),
    "shell script": (lambda: b"#!/bin/sh\nls\n", "a.txt", refusals.EXECUTABLE),
    "batch file": (lambda: b"del *.*\r\n", "städa.BAT", refusals.EXECUTABLE),
    "powershell": (lambda: b"Get-Item\n", "a.txt.ps1", refusals.EXECUTABLE),
    "javascript": (lambda: b"alert(1)", "a.js ", refusals.EXECUTABLE),
    "eicar": (lambda: EICAR, "a.txt", refusals.MALWARE),
    "eicar in text": (lambda: b"Hej " * 400 + EICAR, "a.txt", refusals.MALWARE),
    "eicar in docx": (lambda: docx(("word/media/a.txt", EICAR)), "a.docx", refusals.MALWARE),
    "eicar across pieces": (
        lambda: docx(("word/a.bin", shake_256().digest(1024 * 1024 - 20) + EICAR)),
        "a.docx",
        refusals.MALWARE,
    ),
    "eicar in zip": (lambda: zipped(("eicar.com", EICAR)), "a.zip", refusals.ARCHIVE),
    "eicar in zip in zip": (lambda: zipped(("a.zip", zipped(("e.com", EICAR)))), "a.docx", refusals.ARCHIVE),
    "html as text": (lambda: b"<!DOCTYPE html><p>Hej", "a.txt", refusals.WEB_CODE),
    "script in text": (lambda: b"Hej\n<ScRiPt>alert(1)</script>", "a.txt", refusals.WEB_CODE),
    "svg": (lambda: b"<svg onload='alert(1)'/>", "a.svg", refusals.WEB_CODE),
    "svg with an entity": (lambda: b"<?xml version='1.0'?><!DOCTYPE s [<!ENTITY a 'b'>]>", "a.svg", refusals.WEB_CODE),
    "utf-7": (lambda: b"+ADw-script+AD4-", "a.txt", refusals.WEB_CODE),
    "mhtml": (lambda: b"From: x\nMIME-Version: 1.0\n", "a.mht", refusals.WEB_CODE),
    "controls in text": (lambda: b"Hej\0Hej", "a.txt", refusals.UNKNOWN),
    "escapes in text": (lambda: b"Hej\x1b[2J", "a.txt", refusals.UNKNOWN),
    "bitmap": (lambda: image("BMP"), "a.bmp", refusals.UNKNOWN),
    "utf-16": (lambda: "Hej".encode("utf-16"), "a.txt", refusals.ENCODING),
    "gif": (lambda: image("GIF"), "a.gif", refusals.OTHER_IMAGE),
    "gif and script": (lambda: b"GIF89a=/*" + b"\0" * 20 + b"*/alert(1)", "a.gif", refusals.OTHER_IMAGE),
    "tiff": (lambda: image("TIFF"), "a.tif", refusals.OTHER_IMAGE),
    "avif": (lambda: iso_media(b"avif", b"mif1"), "a.heic", refusals.OTHER_IMAGE),
    "film": (lambda: iso_media(b"isom", b"mp42"), "a.mp4", refusals.SOUND_OR_FILM),
    "sound": (lambda: b"ID3\x04\0\0", "a.mp3", refusals.SOUND_OR_FILM),
    "wave": (lambda: b"RIFF\x10\0\0\0WAVEfmt ", "a.wav", refusals.SOUND_OR_FILM),
    "old word": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, "a.doc", refusals.OLD_OR_LOCKED),
    "rich text": (lambda: b"{\\rtf1 Hej}", "a.rtf", refusals.OLD_OR_LOCKED),
    "gzip": (lambda: b"\x1f\x8b\x08\0", "a.pdf", refusals.ARCHIVE),
    "empty zip": (zipped, "a.zip", refusals.ARCHIVE),
    "pdf cut short": (lambda: pdf()[:-9], "a.pdf", refusals.DAMAGED),
    "pdf with much after its end": (lambda: pdf() + b" " * 2000, "a.pdf", refusals.DAMAGED),
    "pdf after something else": (lambda: b"Hej " + pdf(), "a.pdf", refusals.DOUBLE),
    "pdf and html": (lambda: pdf(b"<html><script>alert(1)</script>"), "a.pdf", refusals.DOUBLE),
    "pdf and zip": (lambda: pdf() + zipped(("a", b"b")), "a.pdf", refusals.DOUBLE),
    "pdf in jpeg": (lambda: image("JPEG", comment=b"%PDF-1.7"), "a.jpg", refusals.DOUBLE),
    "html in jpeg": (lambda: image("JPEG", comment=b"<script>alert(1)</script>"), "a.jpg", refusals.DOUBLE),
    "jpeg and zip": (lambda: image("JPEG") + zipped(("a", b"b")), "a.jpg", refusals.DOUBLE),
    "png and zip": (lambda: image("PNG") + zipped(("a", b"b")), "a.png", refusals.DOUBLE),
    "webp and more": (lambda: image("WEBP") + b"more", "a.webp", refusals.DOUBLE),
    "pdf with script": (lambda: pdf(b"<</S /JavaScript /JS (1)>>"), "a.pdf", refusals.PDF_SCRIPT),
    "pdf with hidden script": (lambda: pdf(b"<</S /J#61va#53cript>>"), "a.pdf", refusals.PDF_SCRIPT),
    "pdf with packed script": (lambda: pdf_with_packed(b"<</S /JavaScript>>"), "a.pdf", refusals.PDF_SCRIPT),
    "pdf that starts a program": (lambda: pdf(b"<</S /Launch /F (cmd.exe)>>"), "a.pdf", refusals.PDF_SCRIPT),
    "pdf that sends": (lambda: pdf(b"<</S /SubmitForm>>"), "a.pdf", refusals.PDF_SCRIPT),
    "pdf with a file": (lambda: pdf(b"<</Type /EmbeddedFile>>"), "a.pdf", refusals.EMBEDDED),
    "locked pdf": (lambda: pdf(b"<</Encrypt 9 0 R>>"), "a.pdf", refusals.LOCKED),
    "pdf with odd packing": (
        lambda: pdf_with_packed(b"<<>>", b"[/ASCIIHexDecode /FlateDecode]"),
        "a.pdf",
        refusals.PDF_UNREADABLE,
    ),
    "pdf bomb": (lambda: pdf_with_packed(bytes(60_000_000)), "a.pdf", refusals.PDF_UNREADABLE),
    "pdf of streams": (lambda: pdf(b"stream\n" * 60_000), "a.pdf", refusals.PDF_UNREADABLE),
    "pdf of escapes": (lambda: pdf(b"#41" * 200_000), "a.pdf", refusals.PDF_UNREADABLE),
    "pdf with broken packing": (
        lambda: pdf_with_packed(b"<<>>").replace(b"stream\r\n", b"stream\r\nx"),
        "a.pdf",
        refusals.DAMAGED,
    ),
    "jpeg cut short": (lambda: image("JPEG")[:-40], "a.jpg", refusals.DAMAGED),
    "jpeg without a picture": (lambda: b"\xff\xd8\xff\xe0\0\x10JFIF", "a.jpg", refusals.DAMAGED),
    "jpeg of padding": (lambda: b"\xff\xd8" + b"\xff" * 1_000_000, "a.jpg", refusals.DAMAGED),
    "png cut short": (lambda: image("PNG")[:-20], "a.png", refusals.DAMAGED),
    "png with a changed byte": (lambda: image("PNG").replace(b"IDATx", b"IDATy"), "a.png", refusals.DAMAGED),
    "png of a million chunks": (
        lambda: image("PNG")[:33] + png_chunk(b"tEXt", b"") * 1_000_000,
        "a.png",
        refusals.DAMAGED,
    ),
    "webp cut short": (lambda: image("WEBP")[:-6], "a.webp", refusals.DAMAGED),
    "heic cut short": (lambda: iso_media(b"heic")[:-6], "a.heic", refusals.DAMAGED),
    "heic without an image": (lambda: iso_media(b"heic", boxes=b""), "a.heic", refusals.DAMAGED),
    "heic of boxes": (lambda: iso_media(b"heic", boxes=box(b"meta", b"") * 500), "a.heic", refusals.DAMAGED),
    "pixel flood": (lambda: flood_png(30_000, 30_000), "a.png", refusals.TOO_MANY_PIXELS),
    "a few pixels too many": (lambda: flood_png(50_000, 1_001), "a.png", refusals.TOO_MANY_PIXELS),
    "zip": (lambda: zipped(("a.txt", "Hej")), "a.docx", refusals.ARCHIVE),
    "presentation": (lambda: zipped(("ppt/presentation.xml", "<p/>")), "a.pptx", refusals.OTHER_OFFICE),
    "drawing": (
        lambda: zipped(("mimetype", "application/vnd.oasis.opendocument.graphics")),
        "a.odg",
        refusals.OTHER_OFFICE,
    ),
    "docx with macros": (lambda: docx(("word/vbaProject.bin", b"x")), "a.docx", refusals.MACROS),
    "docx with renamed macros": (
        lambda: docx_with_relation("vbaProject", "x.bin", "Internal"),
        "a.docx",
        refusals.MACROS,
    ),
    "docm": (
        lambda: zipped(("[Content_Types].xml", "<a b='x.macroEnabled.main+xml'/>"), ("word/document.xml", "<d/>")),
        "a.docx",
        refusals.MACROS,
    ),
    "xlsx with a macro sheet": (
        lambda: zipped(("[Content_Types].xml", "<T/>"), ("xl/workbook.xml", "<w/>"), ("xl/macrosheets/1.xml", "<m/>")),
        "a.xlsx",
        refusals.MACROS,
    ),
    "odt with macros": (lambda: odt(("Basic/Standard/Module1.xml", "<m/>")), "a.odt", refusals.MACROS),
    "odt with a trigger": (lambda: odt(("styles.xml", "<script:event-listener/>")), "a.odt", refusals.MACROS),
    "docx with a file": (lambda: docx(("word/embeddings/a.bin", b"x")), "a.docx", refusals.EMBEDDED),
    "docx with a program": (lambda: docx(("word/media/a.png", b"MZ\x90\0")), "a.docx", refusals.EMBEDDED),
    "docx with a zip": (lambda: docx(("word/a.dat", zipped(("a", "b")))), "a.docx", refusals.EMBEDDED),
    "docx with html": (lambda: docx_with_relation("aFChunk", "a.html", "Internal"), "a.docx", refusals.EMBEDDED),
    "docx with an outer template": (
        lambda: docx_with_relation("attachedTemplate", "https://ond.example/a.dotm"),
        "a.docx",
        refusals.EXTERNAL,
    ),
    "docx with an outer image": (
        lambda: docx_with_relation("image", "https://ond.example/a"),
        "a.docx",
        refusals.EXTERNAL,
    ),
    "docx with an entity": (
        lambda: docx(text="<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>"),
        "a.docx",
        refusals.EXTERNAL,
    ),
    "docx with an entity in utf-16": (
        lambda: docx(("word/styles.xml", "<!DOCTYPE a>".encode("utf-16"))),
        "a.docx",
        refusals.EXTERNAL,
    ),
    "locked docx": (lambda: locked(docx()), "a.docx", refusals.LOCKED),
    "locked odt": (lambda: odt(manifest="<manifest:encryption-data/>"), "a.odt", refusals.LOCKED),
    "zip bomb": (lambda: docx(("word/a.xml", bytes(150_000_000))), "a.docx", refusals.BOMB),
    "a member that swells": (lambda: docx(("word/a.xml", bytes(2_000_000))), "a.docx", refusals.BOMB),
    "zip of many members": (lambda: docx(*((f"a{n}", b"") for n in range(2500))), "a.docx", refusals.BOMB),
    "members that share their bytes": (overlapping, "a.docx", refusals.BOMB),
    "path upwards": (lambda: docx(("../a.xml", "<a/>")), "a.docx", refusals.DAMAGED),
    "path from the root": (lambda: docx(("/etc/a.xml", "<a/>")), "a.docx", refusals.DAMAGED),
    "path of windows": (lambda: docx(("C:\\a.xml", "<a/>")), "a.docx", refusals.DAMAGED),
    "symbolic link": (lambda: docx((symbolic_link("word/a"), "/etc/passwd")), "a.docx", refusals.DAMAGED),
    "docx cut short": (lambda: docx()[:-30], "a.docx", refusals.DAMAGED),
    "docx with more after it": (lambda: docx() + b"more", "a.docx", refusals.DAMAGED),
    "docx after another zip": (lambda: zipped(("a", "b")) + docx(), "a.docx", refusals.DAMAGED),
    "docx with a changed byte": (
        lambda: zipped(
            ("[Content_Types].xml", "<T/>"), ("word/document.xml", "<d>Hej</d>"), packing=ZIP_STORED
        ).replace(b"Hej", b"Nej"),
        "a.docx",
        refusals.DAMAGED,
    ),
    "relations that are no xml": (lambda: docx(("_rels/.rels", "<a")), "a.docx", refusals.DAMAGED),
}


@pytest.mark.parametrize("case", ACCEPTED)
def test_a_file_is_known_by_what_it_holds(case: str) -> None:
    build, extension = ACCEPTED[case]
    file = look(build(), "min fil")
    assert (file.extension, file.name) == (extension, f"min fil.{extension}")
    assert file.media_type == MEDIA_TYPES[extension]


@pytest.mark.parametrize("case", REFUSED)
def test_a_file_is_refused_with_a_sentence(case: str) -> None:
    build, name, sentence = REFUSED[case]
    assert refusal(build(), name) == sentence


def test_a_file_of_exactly_the_most_bytes_is_accepted() -> None:
    assert look(b"a" * MAX_BYTES, "a.txt").extension == "txt"


@pytest.mark.parametrize("content", [pdf(), image("PNG"), docx(), b"Hej", b"", b"MZ", image("JPEG")[:-40]])
def test_the_file_is_left_open_and_at_its_start(content: bytes) -> None:
    file = BytesIO(content)
    with suppress(RefusedFile):
        identify(content[:1024], "a", file)
    assert (file.closed, file.tell()) == (False, 0)


def test_each_sentence_says_why_and_what_to_do() -> None:
    sentences = [text for name, text in vars(refusals).items() if name.isupper()]
    assert [text for text in sentences if not (text[0].isupper() and text.endswith(".") and ". " in text)] == []
    assert {sentence for _, _, sentence in REFUSED.values()} == set(sentences)


WHOLE = [build() for build, _ in ACCEPTED.values()]


@given(
    content=st.sampled_from(WHOLE),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 8), st.binary(max_size=8)), max_size=4),
)
def test_a_broken_file_is_accepted_or_refused_and_nothing_else(
    content: bytes, cuts: list[tuple[float, int, bytes]]
) -> None:
    for where, length, instead in cuts:
        place = int(where * len(content))
        content = content[:place] + instead + content[place + length :]
    with suppress(RefusedFile):
        assert look(content).extension in MEDIA_TYPES


HOSTILE: dict[str, Build] = {
    "escapes": lambda: pdf(b"#41" * 6_900_000),
    "streams": lambda: pdf(b"stream\n" * 2_900_000),
    "bomb": lambda: pdf_with_packed(bytes(80_000_000)),
    "padding": lambda: b"\xff\xd8" + b"\xff" * (MAX_BYTES - 2),
    "chunks": lambda: image("PNG")[:33] + png_chunk(b"tEXt", b"") * 1_700_000,
    "less than": lambda: b"<" * MAX_BYTES,
    "marks": lambda: b"<!" * (MAX_BYTES // 2),
    "lines": lambda: b"\n" * MAX_BYTES,
    "members": lambda: docx(*((f"word/{n}.xml", bytes(49_000)) for n in range(1990))),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_file_is_judged_within_five_seconds(case: str) -> None:
    content = HOSTILE[case]()
    assert len(content) <= MAX_BYTES
    started = process_time()
    with suppress(RefusedFile):
        look(content, "a.txt")
    assert process_time() - started < 5
