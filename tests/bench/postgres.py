"""The PostgreSQL that all programs share: the embedded one, set as a server is, thrown away after."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from avvikelse.embedded.postgres import Cluster
from tests.bench.measure import Statements
from tests.bench.scenario import BenchError

SUPERUSER = "postgres"
SETTINGS = {
    "shared_preload_libraries": "pg_stat_statements",
    "pg_stat_statements.track": "top",
    "shared_buffers": "1GB",
    "effective_cache_size": "8GB",
    "work_mem": "16MB",
    "maintenance_work_mem": "256MB",
    "max_wal_size": "4GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "max_connections": "100",
}
# What a connection says of itself (transactions, its health) and what a foreign key asks: not the program's questions.
UTILITY = (
    "^ *(begin|start|commit|rollback|set |savepoint|release|show|deallocate|discard|select pg_catalog.set_config"
    "|select 1 from only|select [$]1$)"
)
COUNT_STATEMENTS = """
SELECT coalesce(sum(calls) FILTER (WHERE query !~* %s), 0), coalesce(sum(total_exec_time), 0)
FROM pg_stat_statements s JOIN pg_database d ON d.oid = s.dbid WHERE datname = %s
"""


@dataclass(frozen=True, slots=True)
class Server:
    """The running server: the folder of its socket, its postmaster, and a superuser's connection."""

    socket: Path
    postmaster: int
    admin: psycopg.Connection

    def connect(self, database: str) -> psycopg.Connection:
        """A superuser's connection that commits each statement."""
        return psycopg.connect(self.url(SUPERUSER, database), autocommit=True)

    def url(self, role: str, database: str) -> str:
        """The address of a database as one of the roles."""
        return f"postgresql://{role}@/{database}?host={self.socket}"

    def make_database(self, name: str, owner: str = SUPERUSER) -> None:
        """An empty database."""
        statement = sql.SQL("CREATE DATABASE {} OWNER {} TEMPLATE template0")
        self.admin.execute(statement.format(sql.Identifier(name), sql.Identifier(owner)))

    def statements(self, database: str) -> Statements:
        """What has been executed in a database since the server was made."""
        row = self.admin.execute(COUNT_STATEMENTS, [UTILITY, database]).fetchone()
        return Statements(*map(float, row)) if row else Statements(0, 0)

    def version(self) -> str:
        """The server's version, as 18.6."""
        row = self.admin.execute("SHOW server_version").fetchone()
        return str(row[0]) if row else ""


@contextmanager
def running(name: str) -> Iterator[Server]:
    """Make a new cluster, run it, and leave nothing behind; what a killed run left is removed first."""
    cluster = Cluster(name, settings=SETTINGS)
    shutil.rmtree(cluster.home, ignore_errors=True)
    try:
        with cluster, psycopg.connect(cluster.url(SUPERUSER, "postgres"), autocommit=True) as admin:
            if cluster.server is None:
                raise BenchError("PostgreSQL did not start")
            admin.execute("CREATE EXTENSION pg_stat_statements")
            yield Server(cluster.sockets, cluster.server.pid, admin)
    finally:
        shutil.rmtree(cluster.home, ignore_errors=True)
        shutil.rmtree(cluster.sockets, ignore_errors=True)
