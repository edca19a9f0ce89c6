"""Starting programs that cannot outlive the one who started them, and stopping them in order."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

PR_SET_PDEATHSIG = 1
Command = Sequence[str | Path]

LIBC = ctypes.CDLL(None)


def spawn(
    command: Command,
    *,
    log: Path,
    dies_by: signal.Signals = signal.SIGTERM,
    environment: Mapping[str, str] | None = None,
    user: str | None = None,
) -> subprocess.Popen[bytes]:
    """Start a program in a session of its own, so that Ctrl-C reaches only the one who stops it in order.

    The kernel sends it `dies_by` when the thread that started it ends, even by kill -9. `log` gets its output
    and loses what an earlier start wrote.
    """
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("wb") as output:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            cwd="/" if user else None,
            env=dict(os.environ if environment is None else environment),
            user=user,
            group=user,
            extra_groups=[] if user else None,
            start_new_session=True,
            # After the change of user, which would clear it. Safe: no thread is running yet in the launcher.
            preexec_fn=lambda: LIBC.prctl(PR_SET_PDEATHSIG, dies_by),  # noqa: PLW1509
        )


def stop(process: subprocess.Popen[bytes], by: signal.Signals = signal.SIGTERM, patience: float = 15) -> None:
    """Ask the program to end, and after `patience` seconds end it with all it has started."""
    if process.poll() is not None:
        return
    process.send_signal(by)
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def tail(log: Path, lines: int = 15) -> str:
    """Return the last lines of a log, or nothing when there is none."""
    if not log.exists():
        return ""
    return "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-lines:])
