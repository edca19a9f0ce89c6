"""The press: turns finished HTML into a PDF, in a process of its own that knows nothing else.

A program, not a module: `render.Press` starts it, and it imports nothing of ours. It has no settings and no database.
It is told how many bytes of memory it may use, makes a folder and names it in its first line. After that one line in
is one job, the seconds it may take: the text lies in `job.html` in the folder and the PDF is left in `out.pdf`. Files
that are to lie in the PDF are `enclosed-0` and so on, their names in `enclosed.json`; they are never opened. One line
out says `ok`, or in one word what went wrong. Every job runs in a fork, so that a hostile text can spoil nothing
but itself, and the import of WeasyPrint is paid once.
"""

import gc
import json
import math
import os
import resource
import select
import signal
import sys
import tempfile
import unicodedata
import zlib
from collections.abc import Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pydyf  # type: ignore[import-untyped]
from fontTools.ttLib import TTFont, woff2  # type: ignore[import-untyped]
from weasyprint import CSS, HTML, Attachment, svg
from weasyprint.pdf.metadata import DocumentMetadata
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

FONTS = Path(__file__).parent / "fonts"
FACES = {
    "SourceSans3-Regular": "font-family: 'Source Sans 3'; font-weight: 400",
    "SourceSans3-Semibold": "font-family: 'Source Sans 3'; font-weight: 600",
}
FALLBACK = {"DejaVuSans": "font-family: 'DejaVu Sans'"}
FIRST_EMOJI = 0x1F000
IDLE_SECONDS = 300
VARIANT = "pdf/a-3a"

REFUSED, MEMORY, FAILED = 3, 4, 5
WORDS = {0: "ok", REFUSED: "refused", MEMORY: "memory", FAILED: "failed"}

# PDF/A wants every namespace it does not know itself to be described, so the PDF/UA mark brings its own schema.
UA_MARK = b"""<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1"/>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Indicates, which part of ISO 14289 standard is followed</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"""


class Compressor:
    """Compresses a stream so that it never ends in a carriage return.

    Readers that look for the end of a stream from behind would take that byte for half of the line end that follows,
    and find the stream a byte too short; PDF/A forbids that. What follows the compressed data is never read.
    """

    def __init__(self, level: int) -> None:
        self._inner = zlib.compressobj(level)

    def compress(self, data: bytes) -> bytes:
        return self._inner.compress(data)

    def flush(self) -> bytes:
        end = self._inner.flush()
        return end + b"\n" if end.endswith(b"\r") else end


class BothMetadata(DocumentMetadata):  # type: ignore[misc]
    """Says PDF/A-3a and PDF/UA-1 in one file, in a stream that is never compressed."""

    def include_in_pdf(self, pdf: Any, variant: str, version: int, conformance: str, compress: bool) -> None:  # noqa: ARG002, FBT001
        super().include_in_pdf(pdf, variant, version, conformance, compress=False)

    def generate_rdf_metadata(self, *args: Any) -> bytes:
        described: bytes = super().generate_rdf_metadata(*args)
        return described.replace(b"</rdf:RDF>", UA_MARK)


class Whole(str):
    """A line that counts as one letter."""

    __slots__ = ()

    def __iter__(self) -> Iterator[str]:
        yield str(self)


def set_drawn_lines_whole() -> None:
    """Have every line of text in a drawing set as one.

    WeasyPrint sets the letters of an SVG one by one, which takes four times as long, loses the kerning and parts a
    letter from its marks. Our drawings never turn or spread single letters.
    """
    letter_by_letter = svg.text

    def whole(drawing: Any, node: Any, size: float) -> None:
        node._etree_node.text = Whole(node.text or "")  # noqa: SLF001
        letter_by_letter(drawing, node, size)

    svg.text = whole
    svg.TAGS.update({tag: whole for tag, draw in svg.TAGS.items() if draw is letter_by_letter})


class OwnFontsOnly(URLFetcher):  # type: ignore[misc]
    """Gives our own font files by name and refuses every other address, of the machine and of the net alike."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False)
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002
        name = url.removeprefix("font:")
        if name in FACES or name in FALLBACK:
            return URLFetcherResponse(url, font(name), {"Content-Type": "font/ttf"})
        self.refused.append(url)
        raise ValueError(url)


@cache
def font(name: str) -> bytes:
    """The font's file, unpacked."""
    unpacked = BytesIO()
    woff2.decompress(BytesIO((FONTS / f"{name}.woff2").read_bytes()), unpacked)
    return unpacked.getvalue()


@cache
def letters(name: str) -> frozenset[int]:
    """The code points the font has a picture of."""
    return frozenset(TTFont(BytesIO(font(name)), lazy=True).getBestCmap())


@cache
def fonts(*, fallback: bool) -> tuple[FontConfiguration, CSS]:
    """The fonts a document may use, and the style sheet that names them. Unpacked once, before the jobs fork."""
    faces = FACES | FALLBACK if fallback else FACES
    rules = "".join(f"@font-face {{ {face}; src: url(font:{name}) }}" for name, face in faces.items())
    configuration = FontConfiguration()
    return configuration, CSS(string=rules, font_config=configuration, url_fetcher=OwnFontsOnly())


def spelled(html: str) -> tuple[str, bool]:
    """The text with every character that no font of ours can draw spelled out, and whether it needs the fallback font.

    A character without a picture would be an empty box, which PDF/A forbids and which would hide what somebody wrote.
    """
    strange = {ord(letter) for letter in set(html)} - letters("SourceSans3-Regular") - {0x0A}
    if not strange:
        return html, False
    unknown = strange - letters("DejaVuSans")
    return html.translate({code: spelling(code) for code in unknown}), strange != unknown


def spelling(code: int) -> str:
    """How a character without a picture is written. Invisible ones (joiners, variants, skin tones) vanish."""
    if unicodedata.category(chr(code)) in {"Cf", "Mn", "Cc", "Sk"}:
        return ""
    kind = "emoji" if code >= FIRST_EMOJI and unicodedata.category(chr(code)) == "So" else "tecken"
    return f"[{kind} U+{code:04X}]"


def print_job(seconds: float, html: str, *, fallback: bool) -> int:
    """Make `out.pdf` of the text within the limits. Returns the exit code."""
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(seconds), math.ceil(seconds) + 1))
    fetcher = OwnFontsOnly()
    configuration, faces = fonts(fallback=fallback)
    try:
        document = HTML(string=html, url_fetcher=fetcher).render(
            font_config=configuration, stylesheets=[faces], pdf_variant=VARIANT
        )
        if fetcher.refused:
            return REFUSED
        document.metadata.__class__ = BothMetadata
        document.metadata.attachments = enclosed()
        document.write_pdf("out.pdf", pdf_variant=VARIANT)
    except FatalURLFetchingError:
        # It is a BaseException, so nothing else would catch it.
        return REFUSED
    except MemoryError:
        return MEMORY
    except Exception:  # noqa: BLE001
        # Whatever went wrong, the text must not end up in a log: the exit code is all that leaves the fork.
        return FAILED
    return 0


def enclosed() -> list[Attachment]:
    """The files that shall lie in the PDF."""
    names = json.loads(Path("enclosed.json").read_text("utf-8"))
    return [
        Attachment(filename=f"enclosed-{number}", name=name, description=name, relationship="Supplement")
        for number, name in enumerate(names)
    ]


def run_job(seconds: float) -> str:
    """Print in a fork and say in a word how it went."""
    html, fallback = spelled(Path("job.html").read_text("utf-8"))
    fonts(fallback=fallback)
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            code = print_job(seconds, html, fallback=fallback)
        finally:
            # Nothing may climb out of the fork, or it would go on as if it were the press.
            os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return "time" if os.WTERMSIG(status) == signal.SIGXCPU else f"signal {os.WTERMSIG(status)}"
    return WORDS.get(os.WEXITSTATUS(status), "failed")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def main() -> None:
    """Work until the one who started us is gone, or has asked for nothing for a while."""
    memory = int(sys.argv[1])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with tempfile.TemporaryDirectory(prefix="avvikelse-press-") as folder:
        os.chdir(folder)
        tempfile.tempdir = folder
        fonts(fallback=False)
        gc.freeze()  # So that the collector of a fork does not touch, and thereby copy, what the forks share.
        set_drawn_lines_whole()
        pydyf.zlib = SimpleNamespace(compressobj=Compressor, compress=zlib.compress)
        # Until here the starter wants to read what went wrong. From here on it could be what somebody wrote.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
        say(folder)
        while select.select([sys.stdin], [], [], IDLE_SECONDS)[0] and (line := sys.stdin.readline()):
            say(run_job(float(line)))


if __name__ == "__main__":
    main()
