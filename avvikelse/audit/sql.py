"""The database's half of the audit, in the owner's name."""

AUDIT_SQL = """
ALTER TABLE audit_auditentry
    ALTER COLUMN at SET DEFAULT clock_timestamp(),
    ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id(),
    ALTER COLUMN role SET DEFAULT '',
    ALTER COLUMN reference SET DEFAULT '',
    ALTER COLUMN context SET DEFAULT '{}';

CREATE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    hidden constant text[] := ARRAY['search', 'password', 'last_login', 'identity_number'];
    who text := coalesce(current_setting('app.actor', true), '');
    earlier jsonb;
    later jsonb;
BEGIN
    IF TG_OP <> 'INSERT' THEN earlier := to_jsonb(old) - hidden; END IF;
    IF TG_OP <> 'DELETE' THEN later := to_jsonb(new) - hidden; END IF;
    IF TG_OP = 'UPDATE' THEN
        -- Logging in changes only what is hidden, and has nobody acting yet.
        IF earlier = later THEN RETURN NULL; END IF;
        SELECT jsonb_object_agg(k, earlier -> k), jsonb_object_agg(k, later -> k) INTO earlier, later
            FROM jsonb_object_keys(to_jsonb(new) - hidden) AS k WHERE earlier -> k IS DISTINCT FROM later -> k;
    END IF;
    IF who = '' THEN
        RAISE EXCEPTION 'a change of % needs an actor', TG_TABLE_NAME;
    END IF;
    INSERT INTO audit_auditentry (actor, role, action, object_table, object_id, before, after)
        VALUES (who, coalesce(current_setting('app.role', true), ''), lower(TG_OP), TG_TABLE_NAME,
            (CASE WHEN TG_OP = 'DELETE' THEN to_jsonb(old) ELSE to_jsonb(new) END ->> TG_ARGV[0])::bigint, earlier,
            later);
    RETURN NULL;
END $$;

CREATE FUNCTION audit_note(who text, in_role text, act text, on_table text, on_id bigint, about text, more jsonb)
RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF coalesce(who, '') = '' THEN
        RAISE EXCEPTION 'a read needs an actor';
    END IF;
    INSERT INTO audit_auditentry (actor, role, action, object_table, object_id, reference, context)
        VALUES (who, in_role, act, on_table, on_id, about, more);
END $$;

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND TG_NARGS > 0 AND to_jsonb(old) - TG_ARGV[0:] = to_jsonb(new) - TG_ARGV[0:] THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE FUNCTION refuse_truncate() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON audit_auditentry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only_all BEFORE TRUNCATE ON audit_auditentry FOR EACH STATEMENT EXECUTE FUNCTION
refuse_truncate();
"""

# The functions run as their owner; the web role may call them but not touch the table behind them.
RIGHTS_SQL = """
REVOKE ALL ON audit_auditentry FROM {web};
GRANT SELECT ON audit_auditentry TO {web};
"""

UNDO_SQL = """
DROP TRIGGER append_only ON audit_auditentry;
DROP TRIGGER append_only_all ON audit_auditentry;
DROP FUNCTION audit_row();
DROP FUNCTION audit_note(text, text, text, text, bigint, text, jsonb);
DROP FUNCTION refuse_change();
DROP FUNCTION refuse_truncate();
ALTER TABLE audit_auditentry DROP COLUMN xid;
"""

DEFAULT_RIGHTS_SQL = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {web};
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {web};
GRANT USAGE ON SCHEMA public TO {web};
"""
