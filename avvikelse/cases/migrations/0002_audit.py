from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("cases", "0001_initial")]

    operations = [
        audit_table("cases_case"),
        audit_table("cases_report", key="case_id"),
        audit_table("cases_assessment"),
        audit_table("cases_part"),
        audit_table("cases_affectedperson"),
        audit_table("cases_clock"),
        audit_table("cases_message"),
        audit_table("cases_answer"),
        audit_table("cases_attachment"),
        append_only("cases_caseevent", may_change=("announced_at",)),
        append_only("cases_report"),
        append_only("cases_assessment"),
        append_only("cases_message"),
        append_only("cases_answer"),
    ]
