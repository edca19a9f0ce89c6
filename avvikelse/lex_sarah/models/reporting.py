"""What the nämnd has been told of the decisions that were made on its behalf."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from avvikelse.documents.models import Document
from avvikelse.inquiries.models import Ruling
from avvikelse.organisation.models import Person


class Reporting(models.Model):
    """A list of delegated decisions, written once as a locked document. Never rewritten."""

    document = models.OneToOneField(Document, models.PROTECT, primary_key=True, related_name="reporting")
    from_day = models.DateField()
    to_day = models.DateField()
    written_by = models.ForeignKey(Person, models.PROTECT, related_name="reportings")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="reporting_in_order"),)

    def __str__(self) -> str:
        return f"Delegationsbeslut {self.from_day}–{self.to_day}"


class ReportedRuling(models.Model):
    """A decision that stands in a list. None stands in two."""

    ruling = models.OneToOneField(Ruling, models.PROTECT, primary_key=True, related_name="reported")
    reporting = models.ForeignKey(Reporting, models.PROTECT, related_name="rulings")

    def __str__(self) -> str:
        return f"Beslut {self.ruling_id}"
