"""The rows between the municipality and IVO, written only by this room's moves and operations."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from avvikelse.cases.models import Attachment, Case
from avvikelse.documents.models import Document
from avvikelse.organisation.models import Person

from .choices import Grave, How, Outcome, What


class IvoMatter(models.Model):
    """IVO's number, what IVO last decided, and what was learnt. There is none before any of it is known.

    `opened_on` and `letter` are those of a tillsyn that IVO opened by itself.
    """

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="ivo_matter")
    ivo_number = models.CharField(max_length=60, blank=True)
    outcome = models.CharField(max_length=15, choices=Outcome, blank=True)
    opened_on = models.DateField(null=True, blank=True)
    letter = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    lesson = models.TextField(blank=True)
    measures = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(outcome__in=[*Outcome.values, ""]), name="ivo_outcome_known"),
        )

    def __str__(self) -> str:
        return f"IVO:s ärende {self.ivo_number}"


class Notification(models.Model):
    """The notification as it is being written, a column for each part IVO asks for (domain §8.1)."""

    case = models.OneToOneField(Case, models.PROTECT, primary_key=True, related_name="notification")
    own_number = models.TextField(blank=True)
    grave = models.CharField(max_length=10, choices=Grave, blank=True)
    notifier = models.TextField(blank=True)
    contact_name = models.TextField(blank=True)
    contact_phone = models.TextField(blank=True)
    contact_email = models.TextField(blank=True)
    contact_address = models.TextField(blank=True)
    operation = models.TextField(blank=True)
    operation_kind = models.TextField(blank=True)
    operation_statute = models.TextField(blank=True)
    operation_address = models.TextField(blank=True)
    place = models.TextField(blank=True)
    occurred = models.TextField(blank=True)
    affected = models.TextField(blank=True)
    noticed = models.TextField(blank=True)
    description = models.TextField(blank=True)
    consequences = models.TextField(blank=True)
    done = models.TextField(blank=True)
    planned = models.TextField(blank=True)
    why_grave = models.TextField(blank=True)
    informed = models.TextField(blank=True)
    other = models.TextField(blank=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(grave__in=[*Grave.values, ""]), name="notification_grave_known"),
        )

    def __str__(self) -> str:
        return f"Anmälan i {self.case_id}"


class Enclosure(models.Model):
    """A file or a document that is to go with the notification, until it is sent."""

    notification = models.ForeignKey(Notification, models.CASCADE, related_name="enclosures")
    attachment = models.ForeignKey(Attachment, models.PROTECT, null=True, related_name="+")
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(attachment=None, document__isnull=False) | Q(attachment__isnull=False, document=None),
                name="enclosure_is_one_thing",
            ),
        )

    def __str__(self) -> str:
        return f"Bilaga i {self.notification_id}"


class Sending(models.Model):
    """What was sent to IVO, exactly as it was sent. Never changed.

    `sent_on` and `sent_by` say when it left and who sent it, `recorded_by` and `recorded_at` who wrote it down.
    `enclosed` is whether a notification had the investigation with it; None for everything else.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="sendings")
    what = models.CharField(max_length=15, choices=What)
    sent_on = models.DateField()
    how = models.CharField(max_length=10, choices=How)
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="sendings")
    enclosed = models.BooleanField(null=True)
    document = models.ForeignKey(Document, models.PROTECT, null=True, related_name="sendings")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="sendings_recorded")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(what__in=What.values), name="sending_what_known"),
            models.CheckConstraint(condition=Q(how__in=How.values), name="sending_how_known"),
            models.CheckConstraint(
                condition=Q(what=What.NOTICE, enclosed__isnull=False) | ~Q(what=What.NOTICE) & Q(enclosed=None),
                name="sending_notice_says_enclosed",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(what=What.NOTICE), name="sending_one_notice"),
        )

    def __str__(self) -> str:
        return f"{self.get_what_display()} i {self.case_id}"


class SentFile(models.Model):
    """A copy of a file that went along, in a file of its own. Never changed, whatever becomes of the original."""

    sending = models.ForeignKey(Sending, models.PROTECT, related_name="files")
    file = models.FileField(upload_to="sent/%Y/%m/")
    name = models.CharField(max_length=120)
    content_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.name


class Request(models.Model):
    """Something IVO asks for, by when. `ordered` when it is a föreläggande, perhaps with a vite in kronor (`fine`)."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="requests")
    asked_on = models.DateField()
    what = models.TextField()
    due_on = models.DateField()
    ordered = models.BooleanField(default=False)
    fine = models.PositiveIntegerField(null=True, blank=True)
    letter = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True, blank=True)
    answer = models.TextField(blank=True)
    sending = models.OneToOneField(Sending, models.PROTECT, null=True, related_name="request")

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(fine=None) | Q(ordered=True), name="request_fine_is_ordered"),
            models.CheckConstraint(
                condition=Q(answered_on=None, sending=None, answer="")
                | Q(answered_on__isnull=False, sending__isnull=False) & ~Q(answer=""),
                name="request_answer_was_sent",
            ),
        )

    def __str__(self) -> str:
        return self.what

    @property
    def is_open(self) -> bool:
        return self.answered_on is None


class Decision(models.Model):
    """A decision of IVO's, never changed."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="ivo_decisions")
    decided_on = models.DateField()
    outcome = models.CharField(max_length=15, choices=Outcome)
    text = models.TextField(blank=True)
    letter = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="ivo_decisions_recorded")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="decision_outcome_known"),)

    def __str__(self) -> str:
        return f"IVO:s beslut: {self.get_outcome_display()}"


class Demand(models.Model):
    """One thing that a föreläggande demands, by when, perhaps with a vite in kronor."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="demands")
    text = models.TextField()
    due_on = models.DateField()
    fine = models.PositiveIntegerField(null=True, blank=True)
    remedied_on = models.DateField(null=True, blank=True)
    what_was_done = models.TextField(blank=True)
    sending = models.OneToOneField(Sending, models.PROTECT, null=True, related_name="demand")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(remedied_on=None, sending=None, what_was_done="")
                | Q(remedied_on__isnull=False, sending__isnull=False) & ~Q(what_was_done=""),
                name="demand_remedy_was_sent",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def is_open(self) -> bool:
        return self.remedied_on is None


class Extension(models.Model):
    """A new date that IVO has given for a request or a demand. Never changed."""

    request = models.ForeignKey(Request, models.PROTECT, null=True, related_name="extensions")
    demand = models.ForeignKey(Demand, models.PROTECT, null=True, related_name="extensions")
    before = models.DateField()
    due_on = models.DateField()
    letter = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="extensions_recorded")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(request=None, demand__isnull=False) | Q(request__isnull=False, demand=None),
                name="extension_of_one_thing",
            ),
            models.CheckConstraint(condition=Q(due_on__gt=models.F("before")), name="extension_gives_time"),
        )

    def __str__(self) -> str:
        return f"Anstånd till {self.due_on}"


class Reader(models.Model):
    """Somebody who must read a decision, and when she did."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="readers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="ivo_readings")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["decision", "person"], name="reader_once"),)
        indexes = (models.Index(fields=["person"], condition=Q(read_at=None), name="reader_waiting"),)

    def __str__(self) -> str:
        return f"{self.person} läser {self.decision_id}"
