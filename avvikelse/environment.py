"""Typed reading of the environment: a value is right, has a stated default, or stops the program."""

import os
from collections.abc import Mapping
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

FLAGS = {"true": True, "1": True, "false": False, "0": False}


class Environment:
    """Reads named values out of a mapping, by default the process's own environment.

    Every reader raises ImproperlyConfigured with one sentence that names the variable.
    An empty value counts as absent.
    """

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self._values = values

    def given(self, name: str) -> bool:
        """Tell whether NAME or NAME_FILE has a value."""
        return bool(self.text(name, "") or self.text(f"{name}_FILE", ""))

    def text(self, name: str, default: str | None = None) -> str:
        """Return the value as it stands, without surrounding blanks."""
        value = self._values.get(name, "").strip()
        if value:
            return value
        if default is None:
            raise ImproperlyConfigured(f"{name} saknas: ange den i miljön.")
        return default

    def secret(self, name: str, default: str | None = None) -> str:
        """Return the value of NAME, or the content of the file that NAME_FILE names (docker secrets)."""
        file = self._values.get(f"{name}_FILE", "").strip()
        if not file:
            return self.text(name, default)
        if self._values.get(name, "").strip():
            raise ImproperlyConfigured(f"Ange {name} eller {name}_FILE, inte båda.")
        try:
            value = Path(file).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise ImproperlyConfigured(f"{name}_FILE går inte att läsa: {error.strerror}.") from error
        if not value:
            raise ImproperlyConfigured(f"Filen som {name}_FILE pekar på är tom.")
        return value

    def flag(self, name: str, *, default: bool) -> bool:
        """Return a yes or a no: true, false, 1 or 0 and nothing else; a misspelling never means no."""
        value = self.text(name, str(default)).lower()
        if value not in FLAGS:
            raise ImproperlyConfigured(f"{name} ska vara true eller false, inte {value!r}.")
        return FLAGS[value]

    def number(self, name: str, default: int) -> int:
        """Return a whole number, zero or greater."""
        value = self.text(name, str(default))
        if not (value.isascii() and value.isdigit()):
            raise ImproperlyConfigured(f"{name} ska vara ett heltal, inte {value!r}.")
        return int(value)

    def choice(self, name: str, allowed: tuple[str, ...], default: str) -> str:
        """Return one of the allowed words."""
        value = self.text(name, default)
        if value not in allowed:
            raise ImproperlyConfigured(f"{name} ska vara {' eller '.join(allowed)}, inte {value!r}.")
        return value

    def names(self, name: str, default: str | None = "") -> list[str]:
        """Return comma-separated names without blanks; with no default there must be at least one."""
        found = [part.strip() for part in self.text(name, default).split(",") if part.strip()]
        if not found and default is None:
            raise ImproperlyConfigured(f"{name} saknas: ange den i miljön.")
        return found
