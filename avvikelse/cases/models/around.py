"""What belongs to a case, of whatever kind: judgements, people's parts, its story, its clocks, words and files."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.db.models import F, Q

from avvikelse.cases.kinds import PartRole
from avvikelse.organisation.models import Lagrum, Person

from .case import Case


class Assessment(models.Model):
    """How grave and how likely under one lagrum, by whom. A new judgement is a new row; the newest per lagrum holds."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="assessments")
    lagrum = models.CharField(max_length=10, choices=Lagrum)
    severity = models.PositiveSmallIntegerField()
    likelihood = models.PositiveSmallIntegerField()
    professional = models.CharField(max_length=120, blank=True)
    assessed_by = models.ForeignKey(Person, models.PROTECT, related_name="assessments")
    assessed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(severity__range=(1, 4)), name="assessment_severity_scale"),
            models.CheckConstraint(condition=Q(likelihood__range=(1, 4)), name="assessment_likelihood_scale"),
            models.CheckConstraint(condition=Q(lagrum__in=Lagrum.values), name="assessment_lagrum_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_lagrum_display()}: {self.severity} × {self.likelihood}"

    @property
    def risk(self) -> int:
        return self.severity * self.likelihood


class Part(models.Model):
    """A person's part in one case, with dates. *Utpekad* never sees the case, whatever other role."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    person = models.ForeignKey(Person, models.PROTECT, related_name="parts")
    role = models.CharField(max_length=20, choices=PartRole)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=PartRole.values), name="part_role_known"),
            models.UniqueConstraint(fields=["case", "person", "role"], condition=Q(valid_to=None), name="part_once"),
        )
        indexes = (models.Index(fields=["person", "role"], condition=Q(valid_to=None), name="part_by_person"),)

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()}"


class AffectedPerson(models.Model):
    """Who was affected, by name. Filled in by the handler, shown masked, and each look is logged."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="affected_people")
    name = models.CharField(max_length=120)
    identity_number = models.CharField(max_length=13, blank=True)
    added_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return "Berörd person (dold)"


class CaseEvent(models.Model):
    """One row per thing that happened: the story on the page, and what messages are made from."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    what = models.CharField(max_length=40)
    actor = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="case_events")
    actor_name = models.CharField(max_length=120)
    at = models.DateTimeField()
    from_state = models.CharField(max_length=20, blank=True)
    to_state = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    announced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=["case", "at"], name="event_story"),
            models.Index(fields=["id"], condition=Q(announced_at=None), name="event_unannounced"),
        )

    def __str__(self) -> str:
        return f"{self.what} {self.case_id}"


class Clock(models.Model):
    """A date by which something is due, computed once by the rule of that day. Met, ended or still running."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="clocks")
    rule = models.CharField(max_length=30)
    rule_version = models.PositiveSmallIntegerField(default=1)
    about_id = models.BigIntegerField(null=True, blank=True)
    started_on = models.DateField()
    due_on = models.DateField()
    paused_on = models.DateField(null=True, blank=True)
    met_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(met_at=None) | Q(ended_at=None), name="clock_met_or_ended"),
            models.CheckConstraint(condition=Q(due_on__gte=F("started_on")), name="clock_runs_forward"),
            models.UniqueConstraint(
                fields=["case", "rule", "about_id"],
                condition=Q(met_at=None, ended_at=None),
                nulls_distinct=False,
                name="clock_runs_once",
            ),
        )
        indexes = (
            models.Index(fields=["due_on", "case"], condition=Q(met_at=None, ended_at=None), name="clock_running"),
        )

    def __str__(self) -> str:
        return f"{self.rule} {self.due_on}"

    def is_late(self, day: date) -> bool:
        return self.met_at is None and self.ended_at is None and self.paused_on is None and self.due_on < day


class Message(models.Model):
    """The dialogue between the reporter and those who handle the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    author = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="messages_written")
    from_reporter = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Meddelande i {self.case_id}"


class Answer(models.Model):
    """What the reporter was answered in plain words, or why no answer could be given."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    text = models.TextField(blank=True)
    why_not = models.TextField(blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, related_name="answers_given")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=~Q(text="", why_not="") & (Q(text="") | Q(why_not="")), name="answer_or_why_not"
            ),
        )

    def __str__(self) -> str:
        return f"Svar i {self.case_id}"


class Attachment(models.Model):
    """A file that came with the report or was added later; stored under a name of its own, checked by content."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    file = models.FileField(upload_to="attachments/%Y/%m/")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    from_reporter = models.BooleanField()
    added_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="attachments_added")
    added_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class SavedFilter(models.Model):
    """A filter of the case list that somebody has given a name: the address is the filter."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="saved_filters")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=500)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["person", "name"], name="saved_filter_once"),)

    def __str__(self) -> str:
        return self.name
