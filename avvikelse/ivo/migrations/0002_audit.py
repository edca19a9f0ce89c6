from django.db import migrations

from avvikelse.audit.triggers import append_only, audit_table

AUDITED = (
    "enclosure",
    "sending",
    "sentfile",
    "request",
    "decision",
    "demand",
    "extension",
    "reader",
)


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_database_side"), ("ivo", "0001_initial")]

    operations = [
        audit_table("ivo_ivomatter", key="case_id"),
        audit_table("ivo_notification", key="case_id"),
        *(audit_table(f"ivo_{name}") for name in AUDITED),
        append_only("ivo_sending"),
        append_only("ivo_sentfile"),
        append_only("ivo_decision"),
        append_only("ivo_extension"),
        append_only("ivo_request", may_change=("due_on", "answered_on", "answer", "sending_id")),
        append_only("ivo_demand", may_change=("due_on", "remedied_on", "what_was_done", "sending_id")),
        append_only("ivo_reader", may_change=("read_at",)),
    ]
