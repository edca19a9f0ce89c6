"""A whole report as it is typed, and the ways it is sent, for the tests of Rapportera."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID, uuid4

from django.test import Client

from avvikelse.cases.models import Case
from avvikelse.intake.desk import Desk, new_draft
from avvikelse.organisation.models import Person
from tests.people import AT, Town

TOLD = "Morgonbesöket klockan åtta blev inte av. Schemat hade ändrats kvällen innan."


def typed(town: Town, **changes: Any) -> dict[str, Any]:
    """The five required answers and what is preselected, with changes."""
    return {
        "what_happened": TOLD,
        "unit": str(town.solglantan.pk),
        "about": "happened",
        "day": "2026-11-16",
        "part": "day",
        "affected": "one",
        "name": "shown",
        **changes,
    }


def desk(writer: Person, **answers: Any) -> Desk:
    """A desk that nothing has been saved at."""
    draft = new_draft(AT)
    draft.answers = answers
    return Desk(draft=draft, code="0" * 28, at=AT, writer=writer)


def address(page: str, key: UUID | None = None) -> str:
    return f"/rapportera/{key or uuid4()}/{page}"


def shown(page: str, field: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{field}" value="([^"]*)"', page)
    return found[1] if found else ""


def send_all(client: Client, answers: dict[str, Any], key: UUID | None = None, **more: Any) -> Any:
    """Fill in the page with every question as a browser does, and send it."""
    where = address("allt/", key)
    page = client.get(where).content.decode()
    return client.post(where, {**answers, "page": "allt", "route": shown(page, "route"), **more})


def send_checked(client: Client, answers: dict[str, Any], key: UUID | None = None, **more: Any) -> Any:
    """Save the answers, look at the check page and send from there."""
    key = key or uuid4()
    client.get(address("vad-hande/", key))
    client.post(address("spara/", key), {**answers, "page": "allt"})
    page = client.get(address("kontrollera/", key)).content.decode()
    return client.post(address("kontrollera/", key), {"seen": shown(page, "seen"), **more})


def only_case() -> Case:
    return Case.objects.select_related("unit", "reporter", "report", "entered_by").get()
