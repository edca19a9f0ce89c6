"""Starting and stopping the web servers that are measured, each on a free loopback port."""

import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from avvikelse.embedded import processes
from avvikelse.embedded.places import ROOT
from tests.bench.scenario import BenchError

START_PATIENCE = 60.0
Environment = dict[str, str]


@dataclass(frozen=True, slots=True)
class Folder:
    """Where a measurement keeps what it makes."""

    root: Path

    def data(self, cases: int) -> Path:
        """The shared data set of so many cases."""
        return self.root / f"data-{cases}"

    def log(self, name: str) -> Path:
        """The log of a program."""
        return self.root / "logs" / f"{name}.log"


@dataclass(frozen=True, slots=True)
class WebServer:
    """A running gunicorn: its master process and its address."""

    pid: int
    base: str


@contextmanager
def serving(python: Path, application: str, environment: Environment, log: Path, *options: str) -> Iterator[WebServer]:
    """Run gunicorn with 2 workers, from when it listens; raises BenchError with the end of its log."""
    port = free_port()
    command: processes.Command = [
        *(python, "-m", "gunicorn", application, "--bind", f"127.0.0.1:{port}"),
        *("--workers", "2", "--timeout", "300", "--no-control-socket"),
        *options,
    ]
    process = processes.spawn(command, log=log, environment=own_environment(environment))
    try:
        if not comes_up(process, port):
            raise BenchError(f"{application} did not start: {processes.tail(log)}")
        yield WebServer(process.pid, f"http://127.0.0.1:{port}")
    finally:
        processes.stop(process)


def comes_up(process: "subprocess.Popen[bytes]", port: int) -> bool:
    """Wait until the process listens on the port; False when it ended or had its time."""
    end = time.monotonic() + START_PATIENCE
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return True
        time.sleep(0.1)
    return False


def run(python: Path, environment: Environment, *arguments: str) -> None:
    """Run a Python command to its end; raises BenchError with the end of what it said."""
    done = subprocess.run(
        [python, *arguments],
        env=own_environment(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=600,
    )
    if done.returncode:
        raise BenchError(f"{' '.join(arguments)}: {done.stdout[-2000:]}")


def own_environment(extra: Environment) -> Environment:
    """The environment of a started program: nothing of ours but the path, and the tree to import from."""
    return {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT), **extra}


def free_port() -> int:
    """A loopback port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
