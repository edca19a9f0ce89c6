"""What belongs to an investigation: notes, rulings, statements, what is concealed, and drafts."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Attachment, Case
from avvikelse.inquiries.choices import GRADES, Grade, Nature, Stage
from avvikelse.organisation.models import Person


class Note(models.Model):
    """Something learnt on a day from a source. Never rewritten; `hidden` when a passage of it is concealed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    noted_on = models.DateField()
    source = models.CharField(max_length=300)
    nature = models.CharField(max_length=10, choices=Nature)
    text = models.TextField()
    author = models.ForeignKey(Person, models.PROTECT, related_name="notes_written")
    author_title = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    hidden = models.BooleanField(default=False)

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(nature__in=Nature.values), name="note_nature_known"),)

    def __str__(self) -> str:
        return f"Anteckning i {self.case_id}"

    @property
    def by(self) -> str:
        """The author with the title of the day it was written."""
        return f"{self.author.name}, {self.author_title}" if self.author_title else self.author.name


class Ruling(models.Model):
    """A proposal, a decision or a corrected decision. Never rewritten; one that was corrected stands as `replaced`.

    `by` is who proposed or decided, empty when an organ decided; `recorded_by` wrote it down. `four_eyes_off`: decided
    by its own investigator where the municipality allows that, which it never can in a lex Sarah case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="rulings")
    stage = models.CharField(max_length=10, choices=Stage)
    grade = models.CharField(max_length=15, choices=Grade)
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="rulings")
    investigator = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="rulings_investigated")
    organ = models.CharField(max_length=120, blank=True)
    delegated = models.BooleanField(default=False)
    decided_on = models.DateField()
    section_number = models.CharField(max_length=20, blank=True)
    minutes = models.ForeignKey(Attachment, models.PROTECT, null=True, blank=True, related_name="rulings")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="rulings_recorded")
    at = models.DateTimeField()
    deidentified = models.TextField(blank=True)
    replaced = models.BooleanField(default=False)
    four_eyes_off = models.BooleanField(default=False)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(stage__in=Stage.values), name="ruling_stage_known"),
            models.CheckConstraint(condition=Q(grade__in=Grade.values), name="ruling_grade_known"),
            models.CheckConstraint(condition=Q(by__isnull=False) | ~Q(organ=""), name="ruling_says_who"),
            models.CheckConstraint(
                condition=Q(stage=Stage.PROPOSAL)
                | Q(by=None)
                | Q(investigator=None)
                | ~Q(by=F("investigator"))
                | Q(four_eyes_off=True),
                name="ruling_four_eyes",
            ),
            models.CheckConstraint(
                condition=Q(four_eyes_off=False) | Q(grade__in=GRADES[Kind.VSK]), name="ruling_four_eyes_in_lex"
            ),
        )
        indexes = (
            models.Index(fields=["case", "-id"], name="ruling_of_case"),
            models.Index(
                fields=["-decided_on", "-id"],
                condition=~Q(stage="proposal") & Q(replaced=False),
                name="ruling_in_force",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_stage_display()}: {self.get_grade_display()}"

    @property
    def by_whom(self) -> str:
        return self.by.name_and_title if self.by else self.organ


class Statement(models.Model):
    """A yttrande: what somebody is asked to say about a case she does not see, and her answer, given once."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    asked_by = models.ForeignKey(Person, models.PROTECT, related_name="statements_asked")
    asked_of = models.ForeignKey(Person, models.PROTECT, related_name="statements")
    asked_at = models.DateTimeField()
    question = models.TextField()
    due_on = models.DateField()
    answered_at = models.DateTimeField(null=True, blank=True)
    text = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(answered_at=None, text="") | (Q(answered_at__isnull=False) & ~Q(text="")),
                name="statement_answered_in_words",
            ),
        )
        indexes = (
            models.Index(fields=["asked_of", "due_on"], condition=Q(answered_at=None), name="statement_waiting"),
        )

    def __str__(self) -> str:
        return f"Yttrande i {self.case_id}"


class ConcealmentManager(models.Manager["Concealment"]):
    def get_queryset(self) -> models.QuerySet[Concealment]:
        return super().get_queryset().defer("original")


class Concealment(models.Model):
    """A passage that was hidden: in which place, on which ground and by whom.

    `original` is sealed: the program's role may write it and not read it. Never rewritten.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="concealments")
    place = models.CharField(max_length=60)
    original = models.TextField()
    ground = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="concealments")
    at = models.DateTimeField()

    objects = ConcealmentManager()

    def __str__(self) -> str:
        return f"Dolt i {self.case_id}"


class TaskDraft(models.Model):
    """What one person has written in a point of the documentation and not saved yet. It is hers alone."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="task_drafts")
    person = models.ForeignKey(Person, models.CASCADE, related_name="task_drafts")
    task = models.CharField(max_length=30)
    texts = models.JSONField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["case", "person", "task"], name="task_draft_once"),)

    def __str__(self) -> str:
        return f"Utkast i {self.case_id}"
