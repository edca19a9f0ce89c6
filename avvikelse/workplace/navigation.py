"""The menu: only what the person can use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.organisation.access import Access, access_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context of every page: the menu of whoever is logged in."""
    person = getattr(request, "user", None)
    if not isinstance(person, Person):
        return {}
    access = access_of(person, timezone.localdate())
    items = [Item(label, reverse(name), is_current(request.path, reverse(name))) for label, name in entries(access)]
    return {"navigation": items}


def entries(access: Access) -> list[tuple[str, str]]:
    found = [("Start", "start"), ("Rapportera", "report_start"), ("Mina rapporter", "my_reports")]
    if access.has(*SEEN_IN_ROLE):
        found += [("Att göra", "todo"), ("Ärenden", "case_list")]
    found.append(("Åtgärder", "measure_list"))
    if access.has(Role.ADMINISTRATOR):
        found.append(("Organisation", "organisation"))
    return found


def is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
