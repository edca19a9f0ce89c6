"""`python -m avvikelse.embedded run|stop|test|nightly|bench`, which is what the Makefile calls."""

import os
import signal
import sys
from typing import NoReturn

from avvikelse.embedded import lock, places
from avvikelse.embedded.bootstrap import Halt
from avvikelse.embedded.check import check
from avvikelse.embedded.run import run


def bench() -> None:
    python = str(places.BIN / "python")  # Whole also as its own name: by that it finds what is installed beside it.
    os.execv(python, [python, "-m", "tests.bench"])  # noqa: S606


def raise_interrupt(*_: object) -> NoReturn:
    raise KeyboardInterrupt


COMMANDS = {
    "run": run,
    "stop": lock.stop,
    "test": check,
    "nightly": lambda: check(nightly=True),
    "bench": bench,
}


def main() -> None:
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:  # noqa: PLR2004 (the program and its command)
        sys.exit(f"Skriv make och ett av orden {', '.join(COMMANDS)}.")
    # However the command is asked to end, it stops what it has started.
    for end in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(end, raise_interrupt)
    try:
        COMMANDS[sys.argv[1]]()
    except Halt as halt:
        sys.exit(f"\n{halt}")
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
