"""What the pages of Rapportera look up."""

from __future__ import annotations

import re
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from avvikelse.cases.models import Case
from avvikelse.organisation.directory import people_near
from avvikelse.organisation.models import Person, Unit

from .codes import submission_key
from .models import Draft, DraftFile

NEAR_MISSES = 4
"""How many people are named when a typed name fits several."""
EMAIL = re.compile(r"[^\s<>()]+@[^\s<>()]+")


def draft_of(author: Person, key: UUID) -> Draft | None:
    """The person's own draft, or None when nothing has been saved under the key. Somebody else's is a 404."""
    draft = next(iter(Draft.objects.raw("SELECT * FROM intake_draft WHERE key = %s", [key])), None)
    if draft and draft.author_id != author.pk:
        raise Http404
    return draft


def drafts_of(author: Person) -> QuerySet[Draft]:
    """What the person has begun and not sent, the latest first."""
    return Draft.objects.filter(author=author, case=None).order_by("-saved_at")


def link_draft(unit: Unit, key: UUID) -> Draft | None:
    """A draft written through a unit's link."""
    return Draft.objects.filter(key=key, author=None, through_unit=unit).first()


def sent_with(code: str) -> Case | None:
    """The report that was sent with the code, while the browser still has it."""
    sql = "SELECT * FROM cases_case WHERE submission_key = %s"
    return next(iter(Case.objects.raw(sql, [submission_key(code)])), None)


def sent_draft(key: UUID) -> Draft | None:
    """The draft of a report that was sent by somebody who is known."""
    return Draft.objects.filter(key=key, case__isnull=False).select_related("case", "author").first()


def files_of(draft: Draft) -> list[DraftFile]:
    return [] if draft.saved_at is None else list(draft.files.order_by("pk"))


def staff_names(unit: Unit) -> list[str]:
    return list(Person.objects.filter(home_unit=unit, is_active=True).values_list("name", flat=True))


def people_called(typed: str, unit: Unit, day: date) -> list[Person]:
    """People near the unit with this name or e-mail address; one whose whole name it is comes alone."""
    address = EMAIL.search(typed)
    words = [Q(name__icontains=word) for word in typed.split()]
    wanted = Q(email__iexact=address[0]) if address else Q(*words)
    found = list(people_near(unit, day).filter(wanted)[: NEAR_MISSES + 1])
    exact = [person for person in found if person.name.casefold() == typed.casefold()]
    return exact if len(exact) == 1 else found
