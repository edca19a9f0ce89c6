"""What the law asks of an investigation, one column a point."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from avvikelse.cases.kinds import Known
from avvikelse.cases.models import Case
from avvikelse.inquiries.choices import Answered, Misconduct, PatientTold, Statute, Told


class Matter(models.Model):
    """The documentation of one lex Sarah case or vårdskada: empty columns are not answered yet (workflows §6, §7)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="matter")

    # When it was received
    received_how = models.CharField(max_length=10, choices=Told, blank=True)
    told_on = models.DateField(null=True, blank=True)
    told_at = models.TimeField(null=True, blank=True)
    lagrum = models.CharField(max_length=5, choices=Statute, blank=True)
    kind_of = models.CharField(max_length=20, choices=Misconduct, blank=True)
    protected = models.TextField(blank=True)
    protected_at = models.DateTimeField(null=True, blank=True)
    implicated_outside = models.TextField(blank=True)
    chair_informed_on = models.DateField(null=True, blank=True)
    director_informed_on = models.DateField(null=True, blank=True)
    team = models.TextField(blank=True)

    # The points of the documentation
    event = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    consequences_left_out = models.TextField(blank=True)
    noticed = models.TextField(blank=True)
    occurred = models.TextField(blank=True)
    before = models.CharField(max_length=10, choices=Known, blank=True)
    before_note = models.TextField(blank=True)
    again = models.CharField(max_length=10, choices=Known, blank=True)
    again_note = models.TextField(blank=True)
    remedied = models.TextField(blank=True)
    remedied_when = models.TextField(blank=True)
    prevention = models.TextField(blank=True)
    prevention_when = models.TextField(blank=True)
    other = models.TextField(blank=True)
    child_perspective = models.TextField(blank=True)

    # Asked in a lex Sarah case
    individual_informed = models.CharField(max_length=5, choices=Answered, blank=True)
    individual_why = models.TextField(blank=True)
    representative_informed = models.CharField(max_length=5, choices=Answered, blank=True)
    representative_why = models.TextField(blank=True)
    personal_file = models.CharField(max_length=5, choices=Answered, blank=True)
    personal_file_why = models.TextField(blank=True)
    police = models.CharField(max_length=5, choices=Answered, blank=True)
    police_why = models.TextField(blank=True)

    # Asked in a vårdskada: the six points are those of PSL 3 kap. 8 §
    patient_told = models.CharField(max_length=10, choices=PatientTold, blank=True)
    patient_told_on = models.DateField(null=True, blank=True)
    patient_told_by = models.CharField(max_length=200, blank=True)
    patient_why = models.TextField(blank=True)
    told_event = models.BooleanField(default=False)
    told_measures = models.BooleanField(default=False)
    told_complaints = models.BooleanField(default=False)
    told_committee = models.BooleanField(default=False)
    told_ivo = models.BooleanField(default=False)
    told_compensation = models.BooleanField(default=False)
    journal_noted = models.CharField(max_length=5, choices=Answered, blank=True)
    journal_why = models.TextField(blank=True)
    journal_reference = models.CharField(max_length=200, blank=True)

    # When it was closed
    lesson = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(lagrum__in=[*Statute.values, ""]), name="matter_lagrum_known"),
            models.CheckConstraint(condition=Q(kind_of__in=[*Misconduct.values, ""]), name="matter_kind_known"),
        )
        indexes = (models.Index(fields=["kind_of"], condition=~Q(kind_of=""), name="matter_by_kind_of"),)

    def __str__(self) -> str:
        return f"Dokumentationen i {self.case_id}"
