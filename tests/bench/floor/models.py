"""The floor's two tables; tables.sql makes them."""

from typing import ClassVar

from django.db import models


class Case(models.Model):
    title = models.TextField()
    body = models.TextField()
    unit = models.SmallIntegerField()
    category = models.SmallIntegerField()
    priority = models.SmallIntegerField()
    state = models.SmallIntegerField(default=0)
    created = models.DateTimeField(auto_now_add=True)
    modified = models.DateTimeField(auto_now=True)
    submitter = models.TextField()
    handler = models.SmallIntegerField(default=0)

    # declared, since the type checker does not know the tables of an application that is not installed
    objects: ClassVar[models.Manager["Case"]] = models.Manager()

    class Meta:
        managed = False
        db_table = "floor_case"


class Event(models.Model):
    case = models.ForeignKey(Case, models.CASCADE, related_name="events")
    at = models.DateTimeField(auto_now_add=True)
    author = models.IntegerField()
    text = models.TextField()
    old = models.SmallIntegerField(null=True)
    new = models.SmallIntegerField(null=True)

    objects: ClassVar[models.Manager["Event"]] = models.Manager()

    class Meta:
        managed = False
        db_table = "floor_event"
