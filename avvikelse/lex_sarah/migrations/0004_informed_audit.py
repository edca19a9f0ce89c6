from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("lex_sarah", "0003_informed")]

    operations = [
        audit_table("lex_sarah_providerlink"),
        audit_table("lex_sarah_informed", key="case_id"),
        append_only("lex_sarah_providerlink", may_change=("revoked_at",)),
    ]
