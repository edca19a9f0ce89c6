"""Loading the shared data set into a program's own tables, in bulk."""

from pathlib import Path

import psycopg

from tests.bench.postgres import Server

SHARED_TABLES = """
CREATE UNLOGGED TABLE shared_case (
    n bigint, title text, description text, unit int, category int, priority int, state int,
    created timestamptz, modified timestamptz, submitter text, handler int
);
CREATE UNLOGGED TABLE shared_comment (n bigint, at timestamptz, author int, text text);
"""
CHUNK = 1 << 20


def load_cases(server: Server, database: str, data: Path, statements: Path) -> None:
    """Bring the files of `data` into `database` as shared_case and shared_comment, and run `statements`.

    The shared tables are gone afterwards, and the planner knows the new rows.
    """
    with server.connect(database) as connection:
        connection.execute(SHARED_TABLES)
        copy_in(connection, "COPY shared_case FROM STDIN (FORMAT csv)", data / "cases.csv")
        copy_in(connection, "COPY shared_comment FROM STDIN (FORMAT csv)", data / "comments.csv")
        connection.execute("ANALYZE shared_case, shared_comment")
        connection.execute(statements.read_bytes())
        connection.execute("DROP TABLE shared_case, shared_comment")
        connection.execute("VACUUM ANALYZE")


def copy_in(connection: psycopg.Connection, statement: str, path: Path) -> None:
    """Send a file to COPY … FROM STDIN."""
    with connection.cursor() as cursor, path.open("rb") as file, cursor.copy(statement.encode()) as copy:
        while chunk := file.read(CHUNK):
            copy.write(chunk)
