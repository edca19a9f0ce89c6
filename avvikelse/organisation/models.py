from __future__ import annotations

import secrets
from datetime import date
from typing import Any, ClassVar, Self

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from avvikelse.ui import words

from .roles import Basis, Level, Role, in_text


def new_secret() -> str:
    """A link's secret: 192 bits, safe in an address."""
    return secrets.token_urlsafe(24)


class UnitQuerySet(models.QuerySet["Unit"]):
    def open(self, day: date) -> Self:
        return self.filter(Q(closed_on=None) | Q(closed_on__gt=day))

    def below(self, unit: Unit) -> Self:
        """The unit itself and everything under it."""
        return self.filter(path__startswith=unit.path)


class Unit(models.Model):
    """A node of the tree nämnd → förvaltning → avdelning → enhet.

    `path` is the ids from the root, each followed by a point.
    """

    name = models.CharField(max_length=120)
    level = models.CharField(max_length=20, choices=Level)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    path = models.CharField(max_length=120, unique=True)
    closed_on = models.DateField(null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    link_secret = models.CharField(max_length=43, unique=True, default=new_secret)
    link_open = models.BooleanField(default=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(level__in=Level.values), name="unit_level_known"),
            models.CheckConstraint(condition=Q(level=Level.NAMND) | Q(parent__isnull=False), name="unit_has_parent"),
            models.CheckConstraint(
                condition=Q(successor=None) | Q(closed_on__isnull=False), name="unit_successor_when_closed"
            ),
        )
        indexes = (models.Index(fields=["path"], name="unit_path_prefix", opclasses=["varchar_pattern_ops"]),)

    def __str__(self) -> str:
        return self.name

    def is_open(self, day: date) -> bool:
        return self.closed_on is None or self.closed_on > day


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Used by the framework and by tests; the program makes people through `operations.add_person`."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person


class Person(AbstractBaseUser):
    """Anyone employed or engaged. Logs in with the e-mail address."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120)
    title = models.CharField(max_length=120, blank=True)
    home_unit = models.ForeignKey(Unit, models.PROTECT, null=True, related_name="staff")
    is_active = models.BooleanField(default=True)
    password_changed_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    objects = PersonManager()

    class Meta:
        constraints = (models.UniqueConstraint(Lower("email"), name="person_email_once"),)

    def __str__(self) -> str:
        return self.name

    @property
    def actor_key(self) -> str:
        return f"person:{self.pk}"

    @property
    def name_and_title(self) -> str:
        return f"{self.name}, {self.title}" if self.title else self.name


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def on(self, day: date) -> Self:
        """In force on the day, both ends included."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Assignment(models.Model):
    """A role at a unit for a period: a person's own, as somebody's deputy, or by delegation from somebody."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="assignments")
    role = models.CharField(max_length=30, choices=Role)
    basis = models.CharField(max_length=20, choices=Basis, default=Basis.ORDINARY)
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="stand_ins")
    appointed_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="appointments_made")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(role__in=Role.values), name="assignment_role_known"),
            models.CheckConstraint(condition=Q(basis__in=Basis.values), name="assignment_basis_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="assignment_in_order"
            ),
            models.CheckConstraint(
                condition=Q(basis=Basis.ORDINARY, on_behalf_of=None)
                | (~Q(basis=Basis.ORDINARY) & Q(on_behalf_of__isnull=False)),
                name="assignment_says_for_whom",
            ),
        )
        indexes = (models.Index(fields=["unit", "role"], name="assignment_by_unit"),)

    def __str__(self) -> str:
        return f"{self.person} {self.get_role_display()} {self.unit}"

    def lasts(self, day: date) -> bool:
        """In force on the day or later."""
        return self.valid_to is None or self.valid_to >= day

    @property
    def role_in_text(self) -> str:
        return in_text(self.role)


class RoleChange(models.Model):
    """A role given, ended or taken back before it began: what the förvaltningschef is told. Never rewritten."""

    class What(models.TextChoices):
        GIVEN = "given", "Ny roll"
        ENDED = "ended", "Roll avslutas"
        WITHDRAWN = "withdrawn", "Roll återtagen"

    what = models.CharField(max_length=10, choices=What)
    person = models.ForeignKey(Person, models.PROTECT, related_name="role_changes")
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="role_changes")
    role = models.CharField(max_length=30, choices=Role)
    basis = models.CharField(max_length=20, choices=Basis)
    on_behalf_of = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="role_changes_made")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(what__in=["given", "ended", "withdrawn"]), name="role_change_known"),
        )
        indexes = (models.Index(fields=["-at", "-id"], name="role_change_newest"),)

    def __str__(self) -> str:
        return f"{self.get_what_display()}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """What changed, as the förvaltningschef reads it."""
        role = f"{in_text(self.role)} vid {self.unit.name}"
        if self.on_behalf_of:
            how = "på delegation från" if self.basis == Basis.DELEGATED else "som ersättare för"
            role = f"{role} {how} {self.on_behalf_of.name}"
        if self.what == self.What.ENDED and self.valid_to:
            return f"{self.person.name} är {role} till och med {words.day(self.valid_to)}, sedan inte längre."
        if self.what == self.What.WITHDRAWN:
            return f"{self.person.name} blir inte {role}."
        until = f" till och med {words.day(self.valid_to)}" if self.valid_to else ""
        return f"{self.person.name} är {role} från {words.day(self.valid_from)}{until}."


class Absence(models.Model):
    """A person is away. With no deputy in the period, the work goes to the chief above."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="absences")
    from_day = models.DateField()
    to_day = models.DateField()

    class Meta:
        constraints = (models.CheckConstraint(condition=Q(to_day__gte=F("from_day")), name="absence_in_order"),)

    def __str__(self) -> str:
        return f"{self.person} {self.from_day}–{self.to_day}"


class Lagrum(models.TextChoices):
    SOL_LSS = "SOL_LSS", "SoL/LSS"
    HSL = "HSL", "HSL"


class CategoryQuerySet(models.QuerySet["Category"]):
    def on(self, day: date) -> Self:
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class Category(models.Model):
    """What an event was about. Old cases keep the category they were judged by; a new wording is a new row."""

    lagrum = models.CharField(max_length=10, choices=Lagrum)
    group = models.CharField(max_length=100)
    name = models.CharField(max_length=120)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=Q(lagrum__in=Lagrum.values), name="category_lagrum_known"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from")), name="category_in_order"
            ),
            models.UniqueConstraint(fields=["lagrum", "group", "name", "valid_from"], name="category_once"),
        )

    def __str__(self) -> str:
        return self.name if self.name == self.group else f"{self.group}: {self.name}"


class PreferenceValue(models.Model):
    """A local value from a day on. The newest row that has begun holds; none means the default."""

    key = models.CharField(max_length=60)
    value = models.TextField()
    valid_from = models.DateField()
    changed_by = models.ForeignKey(Person, models.PROTECT, related_name="preference_changes")
    changed_at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["key", "-valid_from", "-id"], name="preference_newest"),)

    def __str__(self) -> str:
        return f"{self.key} = {self.value}"


class ClosedDay(models.Model):
    """A day the municipality keeps closed. Moves local clocks only, never a statutory one."""

    day = models.DateField(unique=True)
    name = models.CharField(max_length=80)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
