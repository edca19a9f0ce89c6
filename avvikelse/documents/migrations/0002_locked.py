from django.db import migrations

from avvikelse.audit.triggers import audit_table

LOCK = """
CREATE FUNCTION document_stays() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    printing constant text[] := ARRAY['file', 'sha256', 'rendered_at', 'attempts', 'retry_at', 'failure'];
BEGIN
    IF TG_OP = 'UPDATE' AND old.rendered_at IS NULL AND to_jsonb(old) - printing = to_jsonb(new) - printing THEN
        RETURN new;
    END IF;
    RAISE EXCEPTION 'document % of % is locked', old.number, old.reference;
END $$;
CREATE TRIGGER document_stays BEFORE UPDATE OR DELETE ON documents_document
    FOR EACH ROW EXECUTE FUNCTION document_stays();
"""
UNLOCK = "DROP TRIGGER document_stays ON documents_document; DROP FUNCTION document_stays();"


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("documents", "0001_initial")]

    operations = [audit_table("documents_document"), migrations.RunSQL(LOCK, UNLOCK)]
