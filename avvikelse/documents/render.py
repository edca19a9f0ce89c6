"""From a template and its context to a PDF that is both PDF/A-3a and PDF/UA-1.

The layout runs in a process of its own (`press.py`) with limits on time and memory, for the worker and for the web
alike: a hostile or merely enormous text can never hold up or bring down the program. One press per process is kept
warm, because starting one takes a second and printing a page a fifth of one.
"""

import atexit
import json
import logging
import os
import select
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from django.template.loader import render_to_string

from .text import all_printable

logger = logging.getLogger(__name__)

PROGRAM = Path(__file__).parent / "press.py"
FONTCONFIG = Path(__file__).parent / "fonts" / "fonts.conf"
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "TMPDIR")
"""All of the environment that the press gets to see. It must not know a password."""

WORKER_SECONDS = 60
WEB_SECONDS = 20
MEMORY_BYTES = 1024**3

TOO_SLOW = "Det tog för lång tid att skapa PDF-filen. Ingenting har gått förlorat. Försök igen om en stund."
TOO_LARGE = "Texten är för stor för en PDF-fil. Ingenting har gått förlorat."
NOT_STARTED = "PDF-filen kunde inte skapas, för programmet som gör den startar inte. Ingenting har gått förlorat."
FAILED = "PDF-filen kunde inte skapas. Ingenting har gått förlorat. Försök igen om en stund."
REFUSED = "PDF-filen kunde inte skapas, för mallen hänvisar till något utanför handlingen."
SENTENCES = {"time": TOO_SLOW, "memory": TOO_LARGE, "refused": REFUSED}


class RenderError(Exception):
    """No PDF came of it. The text is a Swedish sentence that can be shown."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that lies in the PDF as an attachment. It is put there as it is and never opened."""

    name: str
    content: bytes


def render_pdf(
    template: str,
    context: Mapping[str, object],
    title: str,
    *,
    seconds: float = WORKER_SECONDS,
    files: Sequence[Enclosed] = (),
) -> bytes:
    """The finished PDF. `template` is e.g. "pdf/receipt.html", `context` as in `content.py`.

    Raises `RenderError` when it takes longer than `seconds`, needs too much memory or cannot be done.
    """
    words = all_printable({**context, "title": title})
    return press.print(render_to_string(template, words), seconds, files)  # type: ignore[arg-type]


def render_now(template: str, context: Mapping[str, object], title: str, *, files: Sequence[Enclosed] = ()) -> bytes:
    """As `render_pdf`, while somebody waits for the page."""
    return render_pdf(template, context, title, seconds=WEB_SECONDS, files=files)


class Press:
    """A running press, started when it is first needed and again when it has gone.

    One job at a time; threads wait in line.
    """

    def __init__(self, memory_bytes: int = MEMORY_BYTES) -> None:
        self._memory_bytes = memory_bytes
        self._line = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._folder = Path()

    def print(self, html: str, seconds: float, files: Sequence[Enclosed] = ()) -> bytes:
        """Print within `seconds`, the wait for others included, or raise `RenderError`."""
        deadline = monotonic() + seconds
        if not self._line.acquire(timeout=seconds):
            raise RenderError(TOO_SLOW)
        try:
            return self._print_or_restart(html, deadline, files)
        finally:
            self._line.release()

    def stop(self) -> None:
        """End the process and everything it has started, and take away its folder."""
        process, self._process = self._process, None
        if process is None or self._owner != os.getpid():
            return
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        if self._folder.name:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _print_or_restart(self, html: str, deadline: float, files: Sequence[Enclosed]) -> bytes:
        # A press that has been idle goes home, perhaps at the very moment it is asked. A new one is then asked instead.
        try:
            return self._print(html, deadline, files)
        except OSError:
            self.stop()
        try:
            return self._print(html, deadline, files)
        except OSError as error:
            self.stop()
            logger.exception("the press broke off")
            raise RenderError(FAILED) from error

    def _print(self, html: str, deadline: float, files: Sequence[Enclosed]) -> bytes:
        process = self._running(deadline)
        self._lay_in(files)
        (self._folder / "job.html").write_text(html, "utf-8")
        _write(process, f"{max(deadline - monotonic(), 1):.0f}")
        word = self._answer(process, deadline)
        if word != "ok":
            logger.warning("the press answered: %s", word)
            raise RenderError(SENTENCES.get(word, FAILED))
        return (self._folder / "out.pdf").read_bytes()

    def _lay_in(self, files: Sequence[Enclosed]) -> None:
        """Lay the files of this job in the folder, and none of an earlier one."""
        for earlier in self._folder.glob("enclosed-*"):
            earlier.unlink()
        for number, each in enumerate(files):
            (self._folder / f"enclosed-{number}").write_bytes(each.content)
        names = json.dumps([each.name for each in files])
        (self._folder / "enclosed.json").write_text(names, "utf-8")

    def _running(self, deadline: float) -> subprocess.Popen[bytes]:
        if self._process is not None and self._owner == os.getpid() and self._process.poll() is None:
            return self._process
        self.stop()
        self._process, self._owner, self._folder = _start(self._memory_bytes), os.getpid(), Path()
        try:
            self._folder = Path(self._answer(self._process, deadline))
        except ConnectionError as error:
            logger.error("the press does not start: %s", self._process.communicate()[1].decode()[-500:])  # noqa: TRY400
            raise RenderError(NOT_STARTED) from error
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], deadline: float) -> str:
        """The next line from the press. Raises `RenderError` and ends the press when none comes in time."""
        assert process.stdout is not None
        if not select.select([process.stdout], [], [], max(deadline - monotonic(), 0))[0]:
            self.stop()
            raise RenderError(TOO_SLOW)
        if line := process.stdout.readline():
            return line.decode().strip()
        raise ConnectionError


def _start(memory_bytes: int) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in PASSED_ON if name in os.environ}
    return subprocess.Popen(  # noqa: S603
        [sys.executable, "-I", "-W", "ignore", str(PROGRAM), str(memory_bytes)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        env=environment | {"LANG": "C.UTF-8", "FONTCONFIG_FILE": str(FONTCONFIG)},
        start_new_session=True,
    )


def _write(process: subprocess.Popen[bytes], line: str) -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n".encode())


press = Press()
atexit.register(press.stop)
