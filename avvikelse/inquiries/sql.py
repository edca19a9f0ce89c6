"""The database's half of concealing: what else is never rewritten may have a passage hidden, and nothing more."""

MASKING_SQL = """
CREATE FUNCTION refuse_all_but_masking() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NOT EXISTS (
        SELECT FROM jsonb_object_keys(to_jsonb(new)) AS k
        WHERE to_jsonb(new) -> k IS DISTINCT FROM to_jsonb(old) -> k AND k <> ALL (coalesce(TG_ARGV[0:], '{}'))
        AND NOT EXISTS (
            SELECT FROM inquiries_concealment AS c
            WHERE c.case_id = old.case_id
                AND to_jsonb(new) ->> k = replace(to_jsonb(old) ->> k, c.original, '[dolt]')
        )
    ) THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
"""
UNDO_MASKING_SQL = "DROP FUNCTION refuse_all_but_masking();"

SEALED_SQL = """
REVOKE SELECT, UPDATE, DELETE ON inquiries_concealment FROM {web};
GRANT SELECT (id, case_id, place, ground, by_id, at) ON inquiries_concealment TO {web};
"""


def only_masked(table: str, *, may_change: tuple[str, ...] = ()) -> tuple[str, str]:
    """Have rows of `table`, which has a `case_id`, stay as written but for passages concealed in their case."""
    arguments = ", ".join(f"'{column}'" for column in may_change)
    when = f"CREATE TRIGGER only_masked BEFORE UPDATE OR DELETE ON {table}"
    make = f"{when} FOR EACH ROW EXECUTE FUNCTION refuse_all_but_masking({arguments})"
    return make, f"DROP TRIGGER only_masked ON {table}"
