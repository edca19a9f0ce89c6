"""Setting up this program beside the peers: as in production, with its two roles, its broker and gthread 2 × 4."""

import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from argon2 import PasswordHasher

from avvikelse.embedded import processes, valkey
from avvikelse.embedded.postgres import OWNER_ROLE, WEB_ROLE
from tests.bench.load import load_cases
from tests.bench.postgres import Server
from tests.bench.servers import Environment, Folder, WebServer, run, serving

HERE = Path(__file__).resolve().parent
PASSWORD = "peerspass1-i-kommunen"
# The numbers that one who is SAS may know of.
VISIBLE = "SELECT reference FROM cases_case WHERE under_sol_lss ORDER BY id"
LET_IN = "UPDATE organisation_person SET password = %s WHERE email LIKE 'bench%%'"


@contextmanager
def ours(server: Server, folder: Folder, cases: int) -> Iterator[WebServer]:
    """Make, load and run this program; the numbers of the cases go to references.txt beside the shared data."""
    database = database_name(cases)
    broker = server.socket / f"valkey-{cases}"
    environment = production(server, folder, database, broker)
    server.make_database(database, OWNER_ROLE)
    owner = {**environment, "OWNER_DATABASE_URL": server.url(OWNER_ROLE, database)}
    run(Path(sys.executable), owner, "-m", "django", "prepare_database", "--verbosity=0")
    run(Path(sys.executable), environment, "-m", "django", "collectstatic", "--no-input", "--verbosity=0")
    load_cases(server, database, folder.data(cases), HERE / "ours/cases.sql")
    let_in(server, database)
    write_references(server, database, folder.data(cases) / "references.txt")
    queue = valkey.start(broker, folder.log(f"valkey-{cases}"))
    try:
        threads = ("--worker-class", "gthread", "--threads", "4")
        log = folder.log(f"ours-{cases}")
        with serving(Path(sys.executable), "avvikelse.wsgi:application", environment, log, *threads) as web:
            yield web
    finally:
        processes.stop(queue)


def database_name(cases: int) -> str:
    """The database of this program with so many cases."""
    return f"avvikelse_{cases}"


def production(server: Server, folder: Folder, database: str, broker: Path) -> Environment:
    """The environment of production, behind a proxy that speaks TLS."""
    return {
        "DJANGO_SETTINGS_MODULE": "avvikelse.settings",
        "MODE": "production",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "127.0.0.1",
        "TRUSTED_PROXIES": "1",
        "MUNICIPALITY": "Jämförelsekommunen",
        "DATA_DIR": str(folder.root / "ours"),
        "DATABASE_URL": server.url(WEB_ROLE, database),
        "BROKER_URL": valkey.url(broker),
        "EMAIL_FROM": "avvikelse@kommun.example",
    }


def let_in(server: Server, database: str) -> None:
    """Give those who log in their password; the audit wants to know who did."""
    password = "argon2" + PasswordHasher().hash(PASSWORD)
    with server.connect(database) as connection, connection.transaction():
        connection.execute("SELECT set_config('app.actor', 'bench', true)")
        connection.execute(LET_IN, [password])


def write_references(server: Server, database: str, path: Path) -> None:
    """Write the numbers of the cases that can be opened, one a line."""
    with server.connect(database) as connection, connection.cursor() as cursor:
        rows = cursor.execute(VISIBLE).fetchall()
    path.write_text("".join(f"{reference}\n" for (reference,) in rows), encoding="utf-8")
