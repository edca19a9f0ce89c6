"""The menu: only what the person can use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from avvikelse.cases.models import Part
from avvikelse.cases.sight import HANDLING_PARTS, SEEN_IN_ROLE
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context of every page: the menu of whoever is logged in."""
    if not isinstance(getattr(request, "user", None), Person):
        return {}
    names = entries(viewer_of(request))
    return {"navigation": [Item(label, url, is_current(request.path, url)) for label, url in names]}


def entries(viewer: Viewer) -> list[tuple[str, str]]:
    found = [("Start", "start"), ("Rapportera", "report_start"), ("Mina rapporter", "my_reports")]
    if handles(viewer):
        found += [("Att göra", "todo"), ("Ärenden", "case_list")]
    found.append(("Åtgärder", "measure_list"))
    if viewer.access.has(Role.ADMINISTRATOR):
        found.append(("Organisation", "organisation"))
    return [(label, reverse(name)) for label, name in found]


def handles(viewer: Viewer) -> bool:
    """Whether the person handles cases: by a role, or by a part in one."""
    if viewer.access.has(*SEEN_IN_ROLE):
        return True
    return Part.objects.filter(person=viewer.person, role__in=HANDLING_PARTS, valid_to=None).exists()


def is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
