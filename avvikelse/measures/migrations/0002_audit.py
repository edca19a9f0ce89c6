from django.db import migrations

from avvikelse.audit.triggers import audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("measures", "0001_initial")]

    operations = [
        audit_table("measures_cause"),
        audit_table("measures_measure"),
    ]
