"""How files begin, and which names belong to programs."""

from . import refusals

# Kept in two parts: whole, it would make a virus scanner stop this very file.
EICAR = b"X5O!P%@AP[4\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"

PDF_START = b"%PDF-"
ZIP_START = b"PK\x03\x04"
ZIP_END = b"PK\x05\x06"
ZIP_END_WINDOW = 22 + 65_535
ZIP64_LOCATOR = b"PK\x06\x07"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
    b"L\0\0\0\x01\x14\x02\0",
    b"#!",
)
_ARCHIVES = (ZIP_END, b"Rar!\x1a", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"MSCF\0")
_OTHER_IMAGES = (b"GIF87a", b"GIF89a", b"II*\0", b"MM\0*", b"8BPS\0")
_SOUND = (b"ID3", b"OggS", b"fLaC", b"\x1aE\xdf\xa3", b"\xff\xfb", b"\xff\xf3", b"\xff\xf1")

REFUSED_STARTS: tuple[tuple[tuple[bytes, ...], str], ...] = (
    (PROGRAMS, refusals.EXECUTABLE),
    ((OLE, b"{\\rtf"), refusals.OLD_OR_LOCKED),
    (_ARCHIVES, refusals.ARCHIVE),
    (_OTHER_IMAGES, refusals.OTHER_IMAGE),
    (_SOUND, refusals.SOUND_OR_FILM),
)

SCRIPT_EXTENSIONS = frozenset(
    (
        *("app", "bash", "bat", "cmd", "com", "cpl", "desktop", "dll", "exe", "hta", "inf", "jar", "js", "jse"),
        *("lnk", "mjs", "msc", "msi", "php", "pif", "pl", "ps1", "psm1", "py", "rb", "reg", "scr", "sct", "sh"),
        *("url", "vb", "vbe", "vbs", "ws", "wsc", "wsf", "wsh"),
    )
)

DOCUMENT_EXTENSIONS = frozenset(
    (
        *("pdf", "jpg", "jpeg", "png", "webp", "heic", "heif", "docx", "xlsx", "odt", "txt", "text"),
        *("avif", "bmp", "csv", "doc", "docm", "dotx", "eml", "gif", "htm", "html", "json", "log", "md", "mht"),
        *("mp3", "mp4", "msg", "ods", "odp", "ppt", "pptx", "rtf", "svg", "tif", "tiff", "xls", "xlsm", "xml"),
        *("zip", "7z", "rar"),
    )
)
"""Extensions, beside those of programs, that tell a type: they go when the content is of another type."""
