from django.db import models


class AuditEntry(models.Model):
    """One read or one change. Rows are made by the database functions only; the web role may do nothing but select."""

    at = models.DateTimeField()
    actor = models.TextField()
    role = models.TextField(blank=True)
    action = models.TextField()
    object_table = models.TextField()
    object_id = models.BigIntegerField(null=True)
    reference = models.TextField(blank=True)
    context = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["object_table", "object_id", "id"], name="audit_by_object"),
            models.Index(fields=["reference", "id"], name="audit_by_reference"),
            models.Index(fields=["actor", "id"], name="audit_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at} {self.actor} {self.action} {self.object_table} {self.object_id}"
