"""What a room's migration says to have one of its tables audited or made append-only."""

from django.db.migrations import RunSQL


def audit_table(table: str, *, key: str = "id") -> RunSQL:
    """Every insert, update and delete of `table` gives an audit entry.

    `key` is the column that names the row (an integer).
    """
    return RunSQL(
        f"CREATE TRIGGER audit_change AFTER INSERT OR UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION audit_row('{key}')",
        f"DROP TRIGGER audit_change ON {table}",
    )


def append_only(table: str, *, may_change: tuple[str, ...] = ()) -> RunSQL:
    """Rows of `table` stay as they were written.

    Only the columns in `may_change` may be updated, and nothing deleted.
    """
    arguments = ", ".join(f"'{column}'" for column in may_change)
    return RunSQL(
        f"CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION refuse_change({arguments})",
        f"DROP TRIGGER append_only ON {table}",
    )
