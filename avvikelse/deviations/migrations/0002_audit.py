from django.db import migrations

from avvikelse.audit.triggers import audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("deviations", "0001_initial")]

    operations = [
        audit_table("deviations_investigation", key="case_id"),
    ]
