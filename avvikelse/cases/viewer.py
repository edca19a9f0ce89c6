"""Whoever asks for a page: the person, the moment, the roles and the local values of the day, read once a request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from avvikelse.audit.operations import record_read
from avvikelse.organisation.access import Access, access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues

from .models import Case, CaseQuerySet
from .rules import Who, capacities, origin_read_by
from .sight import OwnParts, own_parts


@dataclass(frozen=True)
class Viewer:
    person: Person
    at: datetime
    day: date
    access: Access
    local: LocalValues

    @cached_property
    def parts(self) -> OwnParts:
        """The person's own parts in cases."""
        return own_parts(self.person.pk)

    @cached_property
    def cases(self) -> CaseQuerySet:
        """The cases the person handles. Every question about somebody else's report begins here."""
        return Case.objects.visible_to(self.person, self.day, self.access, self.local, self.parts)

    @property
    def reports(self) -> CaseQuerySet:
        """The person's own reports."""
        return Case.objects.reported_by(self.person)

    @property
    def diary(self) -> CaseQuerySet:
        """The cases the person registers: number, kind and dates of them and nothing more."""
        return Case.objects.in_diary_of(self.person, self.day, self.access)

    def capacities(self, case: Case) -> frozenset[Who]:
        return capacities(case, self.person, self.day, self.access, self.local)

    def origin_read_in(self, case: Case) -> Case | None:
        """The case it came out of, if what came with it from there is the person's to read here."""
        return origin_read_by(case, self.person, self.day, self.access, self.local)

    def note_read(self, action: str, *, case: Case | None = None, context: Mapping[str, object] | None = None) -> None:
        """Log the look before anything is shown. A look at one's own report says so in its context."""
        record_read(
            self.person.actor_key,
            action=action,
            table="cases_case",
            object_id=case.pk if case else None,
            reference=case.reference if case else "",
            role=", ".join(sorted({grant.role.label for grant in self.access.grants})),
            context=context,
        )


def signed_in(request: HttpRequest) -> Person:
    """The person behind the request; every page but the named ones requires one."""
    assert isinstance(request.user, Person)
    return request.user


def viewer_of(request: HttpRequest) -> Viewer:
    """Who asks, the same for the whole of the request."""
    known = vars(request).get("viewer")
    if isinstance(known, Viewer):
        return known
    person, at = signed_in(request), timezone.now()
    day = timezone.localdate(at)
    viewer = Viewer(person, at, day, access_of(person, day), LocalValues(day))
    vars(request)["viewer"] = viewer
    return viewer
