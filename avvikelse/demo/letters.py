"""The files that come and go in the practice municipality: one-page PDFs, made here so that none is anybody's own."""

from __future__ import annotations

import textwrap

from django.core.files.uploadedfile import SimpleUploadedFile

LINE_LENGTH, LEADING, TOP, MARGIN = 84, 16, 770, 64
MOST_LINES = 44


def letter(name: str, heading: str, *paragraphs: str) -> SimpleUploadedFile:
    """A PDF as somebody would add it to a case."""
    return SimpleUploadedFile(f"{name}.pdf", page(heading, paragraphs), content_type="application/pdf")


def page(heading: str, paragraphs: tuple[str, ...]) -> bytes:
    """One page with a heading and paragraphs; what does not fit on it is left out."""
    lines = [line for text in paragraphs for line in (*textwrap.wrap(text, LINE_LENGTH), "")][:MOST_LINES]
    shown = [f"BT /F2 16 Tf {MARGIN} {TOP} Td {quoted(heading)} Tj ET".encode("cp1252")]
    for number, line in enumerate(lines, 2):
        shown.append(f"BT /F1 11 Tf {MARGIN} {TOP - number * LEADING} Td {quoted(line)} Tj ET".encode("cp1252"))
    return whole(b"\n".join(shown))


def quoted(text: str) -> str:
    plain = text.encode("cp1252", "replace").decode("cp1252")
    return "(" + plain.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") + ")"


def whole(stream: bytes) -> bytes:
    """The objects of the file, and the table that says where each begins."""
    font = "<< /Type /Font /Subtype /Type1 /BaseFont /{} /Encoding /WinAnsiEncoding >>"
    fonts = b"<< /F1 5 0 R /F2 6 0 R >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (sv) >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font %s >> >>" % fonts,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        font.format("Helvetica").encode(),
        font.format("Helvetica-Bold").encode(),
    ]
    made, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    end = b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return bytes(made) + end % (size, table, size, len(made))
