"""`make run` from a checkout of its own: up, again within ten seconds, and gone without a trace of a process."""

import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from avvikelse.embedded import places

SECOND_START = 10  # seconds


@pytest.fixture
def checkout(tmp_path: Path) -> Iterator[Path]:
    """Copy what git would, with the .venv that is already made."""
    root = tmp_path / "checkout"
    shutil.copytree(places.ROOT, root, ignore=shutil.ignore_patterns(".*", "__pycache__"))
    (root / ".venv").symlink_to(places.ROOT / ".venv")
    yield root
    database = (root / ".data" / "postgres").resolve()
    if database.is_relative_to(places.SYSTEM):
        shutil.rmtree(database.parent)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(checkout: Path, port: int) -> subprocess.Popen[str]:
    """Start and return when the address has been said."""
    program = subprocess.Popen(
        ["make", "run"], cwd=checkout, env={**os.environ, "PORT": str(port)}, stdout=subprocess.PIPE, text=True
    )
    assert program.stdout is not None
    said = ""
    for line in program.stdout:
        said += line
        if line == f"Avvikelse är igång: http://127.0.0.1:{port}/\n":
            return program
    program.communicate()
    pytest.fail(said)


def processes_of(checkout: Path) -> list[str]:
    """Return the command lines that name the checkout or its database."""
    database = str((checkout / ".data" / "postgres").resolve())
    lines = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if str(checkout) in line or database in line:
            lines.append(line)
    return lines


@pytest.mark.slow
def test_it_starts_again_quickly_and_stops_whole(checkout: Path) -> None:
    port = free_port()
    first = start(checkout, port)
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/konto/login/") as answer:
        assert answer.status == 200
    beside = subprocess.run(["make", "run"], cwd=checkout, check=False, capture_output=True, text=True)
    assert "Programmet är redan igång här. Vill du avsluta det, skriv: make stop" in beside.stderr
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=60)
    assert processes_of(checkout) == []

    began = time.monotonic()
    second = start(checkout, port)
    assert time.monotonic() - began < SECOND_START
    assert subprocess.run(["make", "stop"], cwd=checkout, check=False).returncode == 0
    second.communicate(timeout=60)
    assert processes_of(checkout) == []
