"""What an enskild verksamhet tells the nämnd of: the links it tells through, and what it has told."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import Q

from avvikelse.cases.kinds import Kind, Known
from avvikelse.cases.models import Case
from avvikelse.inquiries.choices import GRADES
from avvikelse.organisation.models import Person, Unit

THEIR_GRADES = [(grade.value, grade.label) for grade in GRADES[Kind.LEX]]


class ProviderLink(models.Model):
    """A link for one provider. Only the hash of its secret is kept; it ends by itself or is revoked."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="provider_links")
    provider = models.CharField(max_length=200)
    contact = models.CharField(max_length=200)
    secret_hash = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="provider_links_made")
    made_at = models.DateTimeField()
    expires_on = models.DateField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"Länk till {self.provider}"

    def is_open(self, day: date) -> bool:
        return self.revoked_at is None and day <= self.expires_on


class Informed(models.Model):
    """What the provider told, with its own grade and its own matter at IVO; and what the nämnd follows up."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="informed")
    provider = models.CharField(max_length=200)
    link = models.ForeignKey(ProviderLink, models.PROTECT, null=True, blank=True, related_name="told")
    grade = models.CharField(max_length=15, choices=THEIR_GRADES, blank=True)
    ivo = models.CharField(max_length=10, choices=Known, default=Known.UNKNOWN)
    ivo_number = models.CharField(max_length=40, blank=True)
    plan = models.TextField(blank=True)
    outcome = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(grade__in=["", *(value for value, _ in THEIR_GRADES)]), name="informed_grade_known"
            ),
            models.CheckConstraint(condition=Q(ivo__in=Known.values), name="informed_ivo_known"),
        )

    def __str__(self) -> str:
        return f"Underrättelse från {self.provider}"
