"""One `make run` at a time in a checkout: a lock the kernel drops when its holder ends, however it ends."""

import fcntl
import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager

from avvikelse.embedded import places
from avvikelse.embedded.bootstrap import Halt

FILE = places.DATA / "run.lock"
PATIENCE = 60  # seconds


def holder() -> int | None:
    """Return the process that holds the lock, or None when it is free."""
    if not FILE.exists():
        return None
    with FILE.open("r", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return int(file.read() or 0) or None
    return None


@contextmanager
def held() -> Iterator[None]:
    """Hold the lock, with the own process written in it for `make stop`."""
    FILE.parent.mkdir(parents=True, exist_ok=True)
    with FILE.open("a+", encoding="ascii") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Halt("Programmet är redan igång här. Vill du avsluta det, skriv: make stop") from error
        file.truncate(0)
        file.write(str(os.getpid()))
        file.flush()
        yield


def stop() -> None:
    """End a running `make run` and return when all it started has stopped."""
    pid = holder()
    if pid is None:
        raise Halt("Inget är igång här. Vill du starta, skriv: make run")
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while holder() == pid:
        if time.monotonic() > deadline:
            raise Halt(f"Programmet vill inte avsluta. Skriv: kill -KILL {pid}")
        time.sleep(0.1)
