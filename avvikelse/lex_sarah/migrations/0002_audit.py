from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("lex_sarah", "0001_duty_and_reporting")]

    operations = [
        audit_table("lex_sarah_dutytext"),
        audit_table("lex_sarah_dutyreading"),
        audit_table("lex_sarah_reporting", key="document_id"),
        audit_table("lex_sarah_reportedruling", key="ruling_id"),
        append_only("lex_sarah_dutytext"),
        append_only("lex_sarah_dutyreading"),
        append_only("lex_sarah_reporting"),
        append_only("lex_sarah_reportedruling"),
    ]
