"""The database of the tests: a cluster of the run's own, migrated as the owner, used as the web role.

A template is migrated once per run. Every worker copies it, and so does every test that commits: the next
test meets the rows the migrations made, an empty log and numbers that start at one.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import hypothesis
import psycopg
import pytest
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from playwright.sync_api import Browser, sync_playwright
from psycopg import sql
from pytest_django import DjangoDbBlocker

from avvikelse.embedded.throwaway import throwaway

RUN = os.environ.setdefault("TEST_RUN", str(os.getpid()))
TEMPLATE = f"template_{RUN}"


# The same examples every time for everybody; new ones, and more, at night.
hypothesis.settings.register_profile("day", deadline=None, derandomize=True)
hypothesis.settings.register_profile("nightly", deadline=None, max_examples=2000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "day"))


def pytest_configure(config: pytest.Config) -> None:
    """Start a cluster when the run was given none. Workers use the one their controller started."""
    name = os.environ.get("TEST_CLUSTER")
    if name is None or hasattr(config, "workerinput"):
        return
    stack = ExitStack()
    stack.enter_context(throwaway(name))
    config.add_cleanup(stack.close)


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """Yield the owner's connection to the database that is always there, for making and dropping others."""
    parameters = connections["owner"].get_connection_params()
    with psycopg.connect(**{**parameters, "dbname": "postgres"}, autocommit=True) as connection:
        yield connection


def use(name: str) -> None:
    """Point both aliases at a database, with no connection left to another."""
    for alias in ("default", "owner"):
        connections[alias].close()
        connections[alias].settings_dict["NAME"] = name


def make_template(connection: psycopg.Connection) -> None:
    """Migrate the run's template, if no other worker has done it; the lock makes the others wait."""
    connection.execute("SELECT pg_advisory_lock(1)")
    if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE]).fetchone():
        unfinished = f"{TEMPLATE}_unfinished"
        make_database(connection, unfinished)
        use(unfinished)
        call_command("prepare_database", verbosity=0)
        use(TEMPLATE)
        rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
        connection.execute(rename.format(sql.Identifier(unfinished), sql.Identifier(TEMPLATE)))
    connection.execute("SELECT pg_advisory_unlock(1)")


def make_database(connection: psycopg.Connection, name: str, template: str = "template1") -> None:
    """Make a database as a copy of another, in the place of one that had its name."""
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
    connection.execute(drop.format(sql.Identifier(name)))
    copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
    connection.execute(copy.format(sql.Identifier(name), sql.Identifier(template)))


def copy_template(name: str) -> None:
    """Make the named database anew from the run's template and use it."""
    use(name)
    with maintenance() as connection:
        make_database(connection, name, TEMPLATE)


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker, worker_id: str) -> Iterator[None]:
    """Replace pytest-django's: the program's role may neither make a database nor empty one."""
    name = f"test_{RUN}_{worker_id}"
    with django_db_blocker.unblock():
        with maintenance() as connection:
            make_template(connection)
        copy_template(name)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: copy_template(name))
        yield
    with django_db_blocker.unblock():
        use("")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium, one for the whole run: a second Playwright cannot start beside the first."""
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright leaves an event loop in this thread, and Django then believes that its queries would block it.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        yield browser
        browser.close()
