"""`make run`: the whole program on this machine, for trying it out."""

import hashlib
import os
import secrets
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from io import StringIO
from pathlib import Path
from typing import NoReturn

import django
from django.core.management import call_command
from django.db import connections

from avvikelse.embedded import lock, places, processes, system, valkey
from avvikelse.embedded.bootstrap import LOCK, ROOT, Halt
from avvikelse.embedded.postgres import OWNER_ROLE, WEB_ROLE, Cluster

ANSWER_PATIENCE = 60  # seconds until the web server must have answered
SERVER_SETTINGS = {"shared_buffers": "256MB", "random_page_cost": "1.1", "jit": "off"}


def say(sentence: str) -> None:
    print(sentence, flush=True)


def port() -> int:
    """Return the port to serve on, from PORT or 8000, or halt when something else has it."""
    text = os.environ.get("PORT", "8000")
    if not (text.isascii() and text.isdigit() and 0 < int(text) < 2**16):
        raise Halt(f"PORT ska vara ett tal mellan 1 och 65535, inte {text}. Skriv: PORT=8001 make run")
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", int(text)))
        except PermissionError as error:
            raise Halt(f"Port {text} kräver root. Skriv: PORT=8001 make run") from error
        except OSError as error:
            other = int(text) + 1
            raise Halt(f"Port {text} är upptagen av något annat. Skriv: PORT={other} make run") from error
    return int(text)


def secret_key() -> str:
    """Return this checkout's own key, made the first time, so that nobody is logged out by a restart."""
    file = places.DATA / "secret_key"
    if not file.exists() or not file.read_text(encoding="ascii"):
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(64), encoding="ascii")
    return file.read_text(encoding="ascii")


def set_environment(cluster: Cluster, broker: Path) -> None:
    os.environ.update(
        DJANGO_SETTINGS_MODULE="avvikelse.settings",
        MODE="local",
        DEMO="1",
        DEBUG="0",
        ALLOWED_HOSTS="127.0.0.1,localhost,[::1]",
        SECRET_KEY=secret_key(),
        DATA_DIR=str(places.DATA),
        DATABASE_URL=cluster.url(WEB_ROLE),
        BROKER_URL=valkey.url(broker),
    )


def prepare(cluster: Cluster) -> None:
    """Bring database and static files to what the code asks for; load the demo municipality the first time.

    A load that was interrupted leaves no mark, and then the database is made anew.
    """
    loaded = cluster.home / "loaded"
    if not loaded.exists():
        cluster.recreate_database()
    os.environ["OWNER_DATABASE_URL"] = cluster.url(OWNER_ROLE)
    django.setup()
    call_command("prepare_database", verbosity=0)
    if not loaded.exists():
        say("Lägger in övningskommunen. Det görs bara första gången.")
        call_command("load_demo", if_empty=True)
        loaded.touch()
    connections.close_all()
    del os.environ["OWNER_DATABASE_URL"]
    collect_static()


def collect_static() -> None:
    """Build the static files when a source of them is another than last time."""
    mark = places.DATA / "static.mark"
    files = sorted(file for file in (ROOT / "static").rglob("*") if file.is_file())
    facts = [(str(file), file.stat().st_mtime_ns, file.stat().st_size) for file in (*files, LOCK)]
    state = hashlib.sha256(repr(facts).encode()).hexdigest()
    if mark.exists() and mark.read_text(encoding="ascii") == state:
        return
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)
    mark.write_text(state, encoding="ascii")


def people() -> str:
    """Return the people one can be, one to a line."""
    text = StringIO()
    call_command("demo_people", stdout=text)
    connections.close_all()
    return text.getvalue().rstrip()


def start_worker(stack: ExitStack) -> subprocess.Popen[bytes]:
    schedule = places.DATA / "celerybeat-schedule"
    command: processes.Command = [
        *(places.BIN / "celery", "-A", "avvikelse", "worker", "--beat", "--schedule", schedule),
        *("--concurrency", "1", "--loglevel", "WARNING", "--without-gossip", "--without-mingle"),
    ]
    worker = processes.spawn(command, log=places.LOGS / "worker.log")
    stack.callback(processes.stop, worker)
    return worker


def start_web(stack: ExitStack, number: int) -> subprocess.Popen[bytes]:
    command: processes.Command = [
        *(places.BIN / "gunicorn", "avvikelse.wsgi", "--bind", f"127.0.0.1:{number}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4"),
        *("--graceful-timeout", "5", "--no-control-socket", "--log-level", "warning"),
    ]
    web = processes.spawn(command, log=places.LOGS / "web.log")
    stack.callback(processes.stop, web)
    return web


def wait_for_answer(web: subprocess.Popen[bytes], address: str) -> None:
    """Return when the web server answers anything at all."""
    deadline = time.monotonic() + ANSWER_PATIENCE
    while web.poll() is None and time.monotonic() < deadline:
        try:
            urllib.request.urlopen(address, timeout=ANSWER_PATIENCE).close()  # noqa: S310 (our own address)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise Halt(f"Webbservern startade inte. Orsaken står sist i {places.LOGS / 'web.log'}.")


def watch(started: dict[str, subprocess.Popen[bytes]]) -> NoReturn:
    """Sit still while everything lives; halt when something has ended by itself."""
    while True:
        for name, process in started.items():
            if process.poll() is not None:
                raise Halt(f"{name} har stannat. Orsaken står i {places.LOGS}. Skriv: make run")
        time.sleep(0.5)


def calm_stop() -> None:
    """From here on a second Ctrl-C must not leave something running."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    say("Avslutar …")


def run() -> None:
    """Start everything, say where it is and who one can be, and stop it all on Ctrl-C."""
    with ExitStack() as stack:
        stack.enter_context(lock.held())
        number = port()
        system.ensure_pdf_libraries()
        say("Startar …")
        try:
            watch(start(stack, number))
        except KeyboardInterrupt:
            say("")
        finally:
            calm_stop()


def start(stack: ExitStack, number: int) -> dict[str, subprocess.Popen[bytes]]:
    """Start what the program consists of, each with its stop on the stack, and say where it is."""
    cluster = Cluster("postgres", settings=SERVER_SETTINGS)
    point_at(cluster)
    stack.callback(cluster.stop)
    cluster.start()
    path = cluster.sockets / "valkey.sock"
    broker = valkey.start(path, places.LOGS / "valkey.log")
    stack.callback(processes.stop, broker)
    set_environment(cluster, path)
    prepare(cluster)
    web = start_web(stack, number)
    address = f"http://127.0.0.1:{number}/"
    wait_for_answer(web, address)
    worker = start_worker(stack)
    say(f"\nAvvikelse är igång: {address}\n\n{people()}\n\nAvsluta med Ctrl-C. Allt du skrivit finns kvar.")
    started = {"Databasen": cluster.server, "Valkey": broker, "Bakgrundsarbetet": worker, "Webbservern": web}
    return {name: process for name, process in started.items() if process}


def point_at(cluster: Cluster) -> None:
    """Show in .data/ where the database lies when it cannot lie there itself."""
    places.DATA.mkdir(exist_ok=True)
    pointer = places.DATA / cluster.name
    if pointer.is_symlink():
        pointer.unlink()
    if pointer == cluster.home:
        return
    if pointer.exists():
        raise Halt(f"Databasen i {pointer} skapades av en vanlig användare. Starta som den användaren.")
    pointer.symlink_to(cluster.home)
