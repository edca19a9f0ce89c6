"""The two programs that ours is measured beside: the floor, and django-helpdesk in its own venv."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from avvikelse.embedded.processes import Command
from tests.bench.load import load_cases
from tests.bench.measure import Program
from tests.bench.postgres import SUPERUSER, Server
from tests.bench.processes import Meter
from tests.bench.scenario import BenchError, read_scenario
from tests.bench.servers import Environment, Folder, WebServer, run, serving

HERE = Path(__file__).resolve().parent
DJANGO = "django.core.wsgi:get_wsgi_application()"
FLOOR_USER = """
from django.contrib.auth.models import User
User.objects.create_user("user1", password="peerspass1")
"""
# The peer's own packages; what it shares with us has our versions.
HELPDESK = "django-helpdesk==2.6.1"
SHARED = ("Django", "gunicorn", "psycopg", "psycopg-binary")


@contextmanager
def floor(server: Server, folder: Folder, cases: int) -> Iterator[WebServer]:
    """Make, load and run the floor; it runs in the project's own venv."""
    python, environment = Path(sys.executable), peer_environment(server, "floor")
    server.make_database("floor")
    run(python, environment, "-m", "django", "migrate", "--verbosity=0")
    run(python, environment, "-m", "django", "shell", "--verbosity=0", "-c", FLOOR_USER)
    load_cases(server, "floor", folder.data(cases), HERE / "floor/cases.sql")
    with serving(python, DJANGO, environment, folder.log("floor")) as web:
        yield web


@contextmanager
def helpdesk(server: Server, folder: Folder, cases: int) -> Iterator[WebServer]:
    """Make, load and run django-helpdesk."""
    python = helpdesk_python(folder)
    environment = peer_environment(server, "helpdesk")
    environment["HELPDESK_MEDIA"] = str(folder.root / "helpdesk-media")
    server.make_database("helpdesk")
    run(python, environment, "-m", "django", "migrate", "--verbosity=0")
    run(python, environment, "-m", "tests.bench.helpdesk.people")
    load_cases(server, "helpdesk", folder.data(cases), HERE / "helpdesk/cases.sql")
    with serving(python, DJANGO, environment, folder.log("helpdesk"), "--preload") as web:
        yield web


def peer_environment(server: Server, name: str) -> Environment:
    """Which settings a peer has, and where its database is."""
    return {
        "DJANGO_SETTINGS_MODULE": f"tests.bench.{name}.settings",
        "PGHOST": str(server.socket),
        "PGUSER": SUPERUSER,
    }


def helpdesk_python(folder: Folder) -> Path:
    """The interpreter of django-helpdesk's venv, made when it is missing or of other versions."""
    venv = folder.root / "venv-helpdesk"
    wanted = [HELPDESK, *(f"{name}=={version(name)}" for name in SHARED)]
    stamp, python = venv / "installed.txt", venv / "bin/python"
    if stamp.exists() and stamp.read_text(encoding="utf-8") == "\n".join(wanted):
        return python
    commands: tuple[Command, ...] = (
        [sys.executable, "-m", "venv", "--clear", venv],
        [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *wanted],
    )
    for command in commands:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
        if done.returncode:
            raise BenchError(f"django-helpdesk could not be installed: {done.stderr[-1000:]}")
    stamp.write_text("\n".join(wanted), encoding="utf-8")
    return python


def program(key: str, web: WebServer, server: Server, data: Path, database: str) -> Program:
    """A running web server as what is measured; `key` names its scenario."""
    return Program(
        key=key,
        scenario=read_scenario(HERE / f"scenarios/{key}.toml", data),
        base=web.base,
        meter=Meter(web.pid, server.postmaster),
        statements=lambda: server.statements(database),
    )
