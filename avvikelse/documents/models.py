from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from avvikelse.organisation.models import Person


class DocumentQuerySet(models.QuerySet["Document"]):
    def waiting(self, at: datetime) -> Self:
        """Not printed yet, and due to be tried; the oldest first."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=at), rendered_at=None).order_by("taken_at", "pk")


class Document(models.Model):
    """A locked, numbered document. The database refuses every change but the printing, and after that every change.

    `reference` is the case's number, `template` the name under `templates/pdf/` and `content` what `content.py` says.
    `failure` is a Swedish sentence about the last attempt, "" when there is nothing to tell.
    """

    class Sort(models.TextChoices):
        INVESTIGATION = "investigation", "Utredning"
        ANALYSIS = "analysis", "Händelseanalys"
        RULING = "ruling", "Beslut"
        DELEGATED = "delegated", "Delegationsbeslut"
        NOTICE = "notice", "Anmälan till IVO"
        REPLY = "reply", "Svar till IVO"
        REMEDY = "remedy", "Återrapportering till IVO"

    reference = models.CharField(max_length=20)
    sort = models.CharField(max_length=20, choices=Sort)
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    template = models.CharField(max_length=40)
    content = models.JSONField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="documents_taken")
    taken_by_label = models.CharField(max_length=260)
    sha256 = models.CharField(max_length=64, blank=True)
    file = models.FileField(blank=True)
    rendered_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=200, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["reference", "sort", "number"], name="document_number_once"),
            models.CheckConstraint(
                condition=Q(sort__in=["investigation", "analysis", "ruling", "delegated", "notice", "reply", "remedy"]),
                name="document_sort_known",
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="document_number_from_one"),
            models.CheckConstraint(
                condition=Q(rendered_at=None, sha256="", file="")
                | (Q(rendered_at__isnull=False) & ~Q(sha256="") & ~Q(file="")),
                name="document_printed_wholly",
            ),
        )
        indexes = (models.Index(fields=["taken_at", "id"], condition=Q(rendered_at=None), name="document_waiting"),)

    def __str__(self) -> str:
        return f"{self.title}, handling nr {self.number}"
