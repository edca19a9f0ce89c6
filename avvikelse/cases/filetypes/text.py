"""Plain text: no controls, and nothing that a browser could take for a page."""

import re
from typing import IO

from . import refusals
from .refusals import RefusedFile
from .signatures import EICAR

SNIFFED_BYTES = 1024
"""How far into a file a browser or another program may look for what it is."""

WEB_PAGE = re.compile(rb"<(?=[!?a-z])(?:!doctype|html|head|body|script|svg|iframe)(?![a-z])", re.IGNORECASE)
_WEB_CODE = re.compile(
    rb"<(?=[!?a-z])(?:!doctype|\?xml|\?php|html|head|body|script|svg|math|iframe|frame|object|embed|meta|link|base|"
    rb"style|form|img)(?![a-z])",
    re.IGNORECASE,
)
_MAIL_OR_UTF7 = re.compile(rb"^(?:mime-version|content-type):|\+ADw-", re.IGNORECASE | re.MULTILINE)
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# The same bytes in UTF-8 and latin-1: all controls but tab, line and page breaks.
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1f\x7f]")


def check_text(whole: IO[bytes]) -> str:
    """`txt`, when the file is text in UTF-8 or latin-1 and nothing else; otherwise RefusedFile."""
    content = whole.read()
    if content.startswith(_UTF16_MARKS):
        raise RefusedFile(refusals.ENCODING)
    if EICAR in content:
        raise RefusedFile(refusals.MALWARE)
    if _CONTROL.search(content):
        raise RefusedFile(refusals.UNKNOWN)
    if _WEB_CODE.search(content) or _MAIL_OR_UTF7.search(content):
        raise RefusedFile(refusals.WEB_CODE)
    return "txt"
