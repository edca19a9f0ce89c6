"""File names that are safe to show, to store and to send back."""

import re
import unicodedata

from .signatures import DOCUMENT_EXTENSIONS, SCRIPT_EXTENSIONS

MAX_NAME_LENGTH = 120
_MAX_NAME_BYTES = 240
_LONGEST_EXTENSION = 10
_ALIASES = {"jpeg": "jpg", "heif": "heic", "text": "txt"}
_SEPARATORS = re.compile(r"[/\\\u2044\u2215\u29f8\uff0f\uff3c]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?=[. ]|$)", re.IGNORECASE)
_NAMELESS = "fil"
_TELLING = DOCUMENT_EXTENSIONS | SCRIPT_EXTENSIONS


def safe_name(name: str, extension: str | None = None) -> str:
    """The name without path, control and direction characters, and not one that Windows keeps for itself.

    At most 120 characters and 240 bytes of UTF-8. With `extension`, the name ends with that one: another that
    tells a type is replaced, and `jpeg` stands where `jpg` is asked for.
    """
    stem, given = _parted(_clean(name))
    while extension and given in _TELLING and _ALIASES.get(given, given) != extension:
        stem, given = _parted(stem)
    if extension and _ALIASES.get(given, given) != extension:
        stem, given = f"{stem}.{given}", extension
    ending = f".{given}" if given else ""
    return _shortened(_unreserved(stem.strip(" .") or _NAMELESS), ending) + ending


def given_extension(name: str) -> str:
    """The extension in lower case and without its dot, or an empty string."""
    stem, dot, extension = name.rstrip(" .").rpartition(".")
    is_extension = dot and stem and extension.isascii() and extension.isalnum() and len(extension) <= _LONGEST_EXTENSION
    return extension.lower() if is_extension else ""


def _parted(name: str) -> tuple[str, str]:
    extension = given_extension(name)
    return (name[: -len(extension) - 1], extension) if extension else (name, "")


def _clean(name: str) -> str:
    base = _SEPARATORS.split(unicodedata.normalize("NFC", name))[-1]
    # Category C: controls, and the invisible characters that turn the direction of what follows.
    one_line = " ".join(base.split())
    seen = "".join(char for char in one_line if unicodedata.category(char)[0] != "C")
    return " ".join(_FORBIDDEN.sub("_", seen).split()).strip(" .")


def _unreserved(stem: str) -> str:
    return f"_{stem}" if _RESERVED.match(stem) else stem


def _shortened(stem: str, ending: str) -> str:
    stem = stem[: MAX_NAME_LENGTH - len(ending)]
    room = _MAX_NAME_BYTES - len(ending.encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(" .")
