"""What every other test stands on: the program's own role, and a database that forgets what a test committed."""

import pytest
from django.contrib.sessions.models import Session
from django.db import ProgrammingError, connection, connections, transaction
from django.utils.timezone import now


def rows() -> int:
    return Session.objects.count()


@pytest.mark.django_db(databases=["default", "owner"])
def test_the_program_is_one_role_and_the_tables_another() -> None:
    roles = []
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_user")
            roles.append(cursor.fetchone())
    assert roles == [("avvikelse_web",), ("avvikelse_owner",)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change", ["TRUNCATE django_session", "DROP TABLE django_session", "CREATE TABLE own (id int)"]
)
def test_the_program_may_not_change_tables(change: str) -> None:
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("_again", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(_again: int) -> None:
    before = rows()
    Session.objects.create(session_key="a", session_data="", expire_date=now())
    assert (before, rows()) == (0, 1)


def test_a_request_opens_no_transaction_as_the_owner() -> None:
    atomic = {alias: connections[alias].settings_dict["ATOMIC_REQUESTS"] for alias in connections}
    assert atomic == {"default": True, "owner": False}
