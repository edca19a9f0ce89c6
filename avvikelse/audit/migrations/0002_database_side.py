from django.conf import settings
from django.db import migrations

from avvikelse.audit.sql import AUDIT_SQL, RIGHTS_SQL, UNDO_SQL


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]

    operations = [
        migrations.RunSQL(AUDIT_SQL, UNDO_SQL),
        migrations.RunSQL(RIGHTS_SQL.format(web=settings.WEB_ROLE), migrations.RunSQL.noop),
    ]
