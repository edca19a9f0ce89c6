"""The embedded PostgreSQL: whole after every kind of half-finished start, and never longer-lived than its launcher."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from avvikelse.embedded import places
from avvikelse.embedded.postgres import Cluster
from avvikelse.embedded.throwaway import own_name, remove_leftovers, throwaway


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    with throwaway(own_name("cluster")) as running:
        yield running


def who(cluster: Cluster, role: str) -> str:
    with psycopg.connect(cluster.url(role)) as connection:
        row = connection.execute("SELECT current_user || ' ' || current_database()").fetchone()
    assert row is not None
    return str(row[0])


def restart(cluster: Cluster) -> None:
    cluster.careless = False
    cluster.stop()
    cluster.careless = True
    cluster.start()


def is_running(pid: int) -> bool:
    """Tell whether the process lives; one that is only waiting to be collected does not."""
    try:
        return "\nState:\tZ" not in Path("/proc", str(pid), "status").read_text(encoding="utf-8")
    except FileNotFoundError:
        return False


@pytest.mark.parametrize("role", ["avvikelse_owner", "avvikelse_web"])
def test_both_roles_reach_the_database(cluster: Cluster, role: str) -> None:
    assert who(cluster, role) == f"{role} avvikelse"


def test_neither_role_is_a_superuser(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("avvikelse_web")) as connection:
        found = connection.execute("SELECT rolname FROM pg_roles WHERE rolsuper").fetchall()
    assert found == [("postgres",)]


def test_swedish_letters_fold_and_no_net_is_listened_to(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("avvikelse_web")) as connection:
        row = connection.execute("SELECT lower('ÅÄÖ'), current_setting('listen_addresses')").fetchone()
    assert row == ("åäö", "")


def test_what_is_written_is_there_after_a_restart(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("avvikelse_owner")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'kvar' AS word")
    restart(cluster)
    with psycopg.connect(cluster.url("avvikelse_owner")) as connection:
        assert connection.execute("SELECT word FROM kept").fetchone() == ("kvar",)


def test_a_half_made_cluster_is_made_anew() -> None:
    name = own_name("half")
    unfinished = places.home(name) / "unfinished"
    unfinished.mkdir(parents=True)
    (unfinished / "PG_VERSION").write_text("18", encoding="ascii")
    with throwaway(name) as cluster:
        assert (who(cluster, "avvikelse_web"), unfinished.exists()) == ("avvikelse_web avvikelse", False)


def test_roles_and_database_that_were_not_made_are_made(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("postgres", "postgres"), autocommit=True) as connection:
        connection.execute("DROP DATABASE avvikelse")
        connection.execute("DROP ROLE avvikelse_web")
    restart(cluster)
    assert who(cluster, "avvikelse_web") == "avvikelse_web avvikelse"


def test_the_note_of_a_killed_server_does_not_stop_the_next(cluster: Cluster) -> None:
    assert cluster.server is not None
    cluster.server.kill()
    cluster.server.wait()
    note = cluster.data / "postmaster.pid"
    assert note.exists()
    note.write_text("\n".join([str(os.getpid()), *note.read_text(encoding="ascii").split("\n")[1:]]), encoding="ascii")
    cluster.server = None
    cluster.start()
    assert who(cluster, "avvikelse_web") == "avvikelse_web avvikelse"


def test_a_killed_launcher_takes_the_server_with_it() -> None:
    program = """
import sys, time
from avvikelse.embedded.postgres import Cluster
from avvikelse.embedded.throwaway import own_name
cluster = Cluster(own_name("killed"), careless=True)
cluster.start()
print(cluster.server.pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=places.ROOT) as launcher:
        assert launcher.stdout is not None
        server = int(launcher.stdout.readline())
        assert is_running(server)
        launcher.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 20
    while is_running(server) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not is_running(server)
    left = places.home(f"test-{launcher.pid}-killed")
    assert left.exists()
    remove_leftovers()
    assert not left.exists()


def test_a_long_path_gets_short_sockets(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    deep = tmp_path / ("å" * 60)
    monkeypatch.setattr(places, "DATA", deep)
    monkeypatch.setattr(places, "SYSTEM", deep)
    socket = places.sockets(own_name()) / places.SOCKET_NAME
    assert len(os.fsencode(socket)) <= places.SOCKET_LIMIT
    assert deep not in socket.parents
