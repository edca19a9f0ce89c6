from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from avvikelse.cases.models import Case
from avvikelse.organisation.models import Person, Unit

from .answers import title_of


class Draft(models.Model):
    """A report being written: saved while typing, seen by its author only. Its key makes sending twice send once."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4)
    author = models.ForeignKey(Person, models.CASCADE, null=True, blank=True, related_name="drafts")
    through_unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="+")
    answers = models.JSONField(default=dict)
    started_at = models.DateTimeField()
    saved_at = models.DateTimeField()
    case = models.OneToOneField(Case, models.PROTECT, null=True, blank=True, related_name="draft")

    fresh = False
    """Set on a draft that this transaction has made: nothing can belong to it yet."""

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(author__isnull=False) | Q(through_unit__isnull=False),
                name="draft_came_from_somewhere",
            ),
        )
        indexes = (models.Index(fields=["author", "-saved_at"], condition=Q(case=None), name="draft_by_author"),)

    def __str__(self) -> str:
        return f"Utkast {self.key}"

    @property
    def title(self) -> str:
        return title_of(str(self.answers.get("what_happened", ""))) or "Utkast utan text"


class DraftFile(models.Model):
    """A file added before sending; it becomes an attachment of the case."""

    draft = models.ForeignKey(Draft, models.CASCADE, related_name="files")
    file = models.FileField(upload_to="drafts/%Y/%m/")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name
