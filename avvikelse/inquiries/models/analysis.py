"""The händelseanalys: a course of events in steps, what contributed to it, and the barriers that held or failed."""

from __future__ import annotations

from django.db import models
from django.db.models import Deferrable, Q

from avvikelse.cases.models import Case
from avvikelse.measures.models import Area


class Analysis(models.Model):
    """The händelseanalys of one case. Its causes are the case's own (measures.Cause)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="event_analysis")
    assignment = models.TextField(blank=True)
    method = models.TextField(blank=True)
    team = models.TextField(blank=True)

    def __str__(self) -> str:
        return f"Händelseanalysen i {self.case_id}"


class Block(models.Model):
    """A step of the course. `place` counts from 1; a step that was taken away has none and is shown nowhere."""

    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="blocks")
    place = models.PositiveSmallIntegerField(null=True)
    when = models.CharField(max_length=120, blank=True)
    what = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["analysis", "place"], name="block_place_once", deferrable=Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(place=None) | Q(place__gte=1), name="block_place_from_one"),
        )

    def __str__(self) -> str:
        return f"Steg {self.place} i {self.analysis_id}"


class Factor(models.Model):
    """What contributed to a step or, without a block, to the whole course."""

    analysis = models.ForeignKey(Analysis, models.PROTECT, related_name="factors")
    block = models.ForeignKey(Block, models.PROTECT, null=True, blank=True, related_name="factors")
    area = models.CharField(max_length=20, choices=Area)
    text = models.TextField()
    taken_away = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(area__in=Area.values), name="factor_area_known"),)

    def __str__(self) -> str:
        return self.text


class Barrier(models.Model):
    """What was there to stop the course at a step, and whether it held."""

    block = models.ForeignKey(Block, models.PROTECT, related_name="barriers")
    text = models.TextField()
    held = models.BooleanField()
    taken_away = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.text
