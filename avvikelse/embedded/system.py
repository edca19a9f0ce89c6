"""What the operating system must have: libraries for the documents, and for the tests a browser."""

import ctypes
import shutil

from avvikelse.embedded.bootstrap import install

PDF_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz-subset.so.0")
PDF_PACKAGES = ("libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core")


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def ensure_pdf_libraries() -> None:
    """Install what WeasyPrint loads, or halt with the line to type."""
    if not all(loads(library) for library in PDF_LIBRARIES):
        install(PDF_PACKAGES, "Det som behövs för att göra dokument (Pango)")


def ensure_browser() -> None:
    """Install the browser the tests walk the pages with, or halt with the line to type."""
    if shutil.which("chromium") is None:
        install(["chromium"], "Webbläsaren som testerna använder (Chromium)")
