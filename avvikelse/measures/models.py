from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q

from avvikelse.cases.models import Case
from avvikelse.organisation.models import Person


class Area(models.TextChoices):
    """The five national areas of causes (domain §7.3)."""

    COMMUNICATION = "communication", "Kommunikation och information"
    ENVIRONMENT = "environment", "Omgivning och organisation"
    PROCESSES = "processes", "Processer, rutiner, arbetssätt och riktlinjer"
    TECHNOLOGY = "technology", "Teknik, utrustning och apparatur"
    PEOPLE = "people", "Människa – kunskap och kompetens"


class Strength(models.TextChoices):
    """How surely a measure works, whoever is at work (RCA² hierarchy)."""

    STRONG = "strong", "Starkare"
    MEDIUM = "medium", "Medel"
    WEAK = "weak", "Svagare"


class Decision(models.TextChoices):
    PROPOSED = "proposed", "Föreslagen"
    APPROVED = "approved", "Godkänd"
    PARTLY = "partly", "Delvis godkänd"
    DECLINED = "declined", "Avslagen"


class Effect(models.TextChoices):
    YES = "yes", "Ja"
    PARTLY = "partly", "Delvis"
    NO = "no", "Nej"


class Cause(models.Model):
    """Why it happened, in one area. Taken back it stays, crossed out."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="causes")
    area = models.CharField(max_length=20, choices=Area)
    text = models.TextField()
    no_measure_reason = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="causes_added")
    added_at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(area__in=Area.values), name="cause_area_known"),)

    def __str__(self) -> str:
        return self.text


class MeasureQuerySet(models.QuerySet["Measure"]):
    def open(self) -> Self:
        """Proposed or approved, and not done."""
        return self.exclude(decision=Decision.DECLINED).filter(
            done_on=None, cause__taken_back_at=None, dropped_reason=""
        )

    def owned_by(self, person: Person) -> Self:
        return self.filter(owner=person)

    def late(self, day: date) -> Self:
        return self.open().filter(due_on__lt=day)


class Measure(models.Model):
    """What shall be done about a cause. Never deleted: declined, dropped with a reason, or done and judged."""

    cause = models.ForeignKey(Cause, models.PROTECT, related_name="measures")
    text = models.TextField()
    strength = models.CharField(max_length=10, choices=Strength)
    owner = models.ForeignKey(Person, models.PROTECT, related_name="measures")
    due_on = models.DateField()
    sign = models.TextField()
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.PROPOSED)
    decision_comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="measures_decided")
    done_on = models.DateField(null=True, blank=True)
    done_note = models.TextField(blank=True)
    dropped_reason = models.TextField(blank=True)
    effect = models.CharField(max_length=10, choices=Effect, blank=True)
    effect_note = models.TextField(blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="measures_added")
    added_at = models.DateTimeField()

    objects = MeasureQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(strength__in=Strength.values), name="measure_strength_known"),
            models.CheckConstraint(condition=Q(decision__in=Decision.values), name="measure_decision_known"),
            models.CheckConstraint(condition=Q(effect__in=[*Effect.values, ""]), name="measure_effect_known"),
            models.CheckConstraint(
                condition=Q(decision__in=[Decision.PROPOSED, Decision.APPROVED]) | ~Q(decision_comment=""),
                name="measure_no_without_reason",
            ),
            models.CheckConstraint(condition=Q(effect="") | ~Q(effect_note=""), name="measure_effect_says_how"),
        )
        indexes = (
            models.Index(fields=["owner", "due_on"], condition=Q(done_on=None), name="measure_open_by_owner"),
            models.Index(fields=["due_on", "id"], condition=Q(done_on=None), name="measure_open_by_date"),
            models.Index(fields=["-done_on", "-id"], condition=Q(effect="yes"), name="measure_helped"),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.decision != Decision.DECLINED and self.done_on is None and not self.dropped_reason

    @property
    def waits_for_decision(self) -> bool:
        return self.is_open and self.decision == Decision.PROPOSED
