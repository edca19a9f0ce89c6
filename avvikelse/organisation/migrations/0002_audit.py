from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("organisation", "0001_initial")]

    operations = [
        audit_table("organisation_unit"),
        audit_table("organisation_person"),
        audit_table("organisation_assignment"),
        audit_table("organisation_absence"),
        audit_table("organisation_category"),
        audit_table("organisation_preferencevalue"),
        audit_table("organisation_closedday"),
        audit_table("organisation_rolechange"),
        append_only("organisation_rolechange"),
        append_only("organisation_preferencevalue"),
    ]
