"""The information to the staff about the duty to report, and its receipts."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import MD5

from avvikelse.organisation.models import Person


class DutyText(models.Model):
    """A wording of the information, kept when it is first read. Never rewritten.

    `valid_from` is the day the municipality decided it from, empty for the wording the program came with.
    """

    text = models.TextField()
    valid_from = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(MD5("text"), "valid_from", nulls_distinct=False, name="duty_text_once"),)

    def __str__(self) -> str:
        return f"Rapporteringsskyldigheten från {self.valid_from}"


class DutyReading(models.Model):
    """Somebody has read and understood a wording. Never rewritten; a new reading is a new row."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="duty_readings")
    text = models.ForeignKey(DutyText, models.PROTECT, related_name="readings")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["person", "-at"], name="duty_reading_latest"),)

    def __str__(self) -> str:
        return f"{self.person_id} {self.at}"
