from __future__ import annotations

from django.db import models

from avvikelse.cases.kinds import Known
from avvikelse.cases.models import Case
from avvikelse.organisation.models import Person


class Investigation(models.Model):
    """What the investigator finds out, saved as it grows and complete when the investigation is concluded.

    `analysis` is a händelseanalys in plain text from before there was one in steps; it is read and no longer written.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="investigation")
    what_happened = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    consequences_left_out = models.TextField(blank=True)
    child_perspective = models.TextField(blank=True)
    before = models.CharField(max_length=10, choices=Known, blank=True)
    before_note = models.TextField(blank=True)
    again = models.CharField(max_length=10, choices=Known, blank=True)
    again_note = models.TextField(blank=True)
    analysis = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="investigations_concluded"
    )
    concluded_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Utredningen i {self.case_id}"


class InvestigationDraft(models.Model):
    """What one person has written in an investigation and not saved yet, and what stood there when she began.

    It is hers alone; saving the investigation takes it away.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="investigation_drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="investigation_drafts")
    texts = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person"], name="investigation_draft_once"),)

    def __str__(self) -> str:
        return f"Utkast i {self.case_id}"
