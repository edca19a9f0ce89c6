from django.conf import settings
from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table
from avvikelse.inquiries.sql import MASKING_SQL, SEALED_SQL, UNDO_MASKING_SQL, only_masked


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("cases", "0002_audit"), ("inquiries", "0001_initial")]

    operations = [
        audit_table("inquiries_matter", key="case_id"),
        audit_table("inquiries_note"),
        audit_table("inquiries_ruling"),
        audit_table("inquiries_statement"),
        append_only("inquiries_ruling", may_change=("replaced", "deidentified")),
        append_only("inquiries_statement", may_change=("answered_at", "text")),
        append_only("inquiries_concealment"),
        migrations.RunSQL(MASKING_SQL, UNDO_MASKING_SQL),
        migrations.RunSQL(*only_masked("inquiries_note", may_change=("hidden",))),
        migrations.RunSQL("DROP TRIGGER append_only ON cases_report", append_only("cases_report").sql),
        migrations.RunSQL(*only_masked("cases_report")),
        migrations.RunSQL(SEALED_SQL.format(web=settings.WEB_ROLE), migrations.RunSQL.noop),
    ]
