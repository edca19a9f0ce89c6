"""The menu: only what the person can use."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from avvikelse.cases.sight import SEEN_IN_ROLE
from avvikelse.cases.viewer import Viewer, viewer_of
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import CHIEF_ROLES, WITHOUT_DEPUTY, Basis, Role


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    url: str
    current: bool


def navigation(request: HttpRequest) -> dict[str, object]:
    """Context of every page: the menu of whoever is logged in."""
    if not isinstance(getattr(request, "user", None), Person):
        return {}
    viewer = viewer_of(request)
    items = [Item(label, url, is_current(request.path, url)) for label, url in entries(viewer)]
    leads = viewer.access.has(*CHIEF_ROLES)
    return {"navigation": items, "may_have_deputy": may_have_deputy(viewer), "may_put_up_link": leads}


def entries(viewer: Viewer) -> list[tuple[str, str]]:
    found = [("Start", "start"), ("Rapportera", "report_start"), ("Mina rapporter", "my_reports")]
    if handles(viewer):
        found += [("Att göra", "todo"), ("Ärenden", "case_list")]
    found.append(("Åtgärder", "measure_list"))
    if viewer.access.has(Role.SAS, Role.MAS, Role.MAR):
        found.append(("Register", "register"))
    if viewer.access.has(Role.REGISTRAR):
        found += [("Diarium", "diary"), ("Återrapportering", "delegated")]
    if viewer.access.has(Role.ADMINISTRATOR):
        found.append(("Organisation", "organisation"))
    return [(label, reverse(name)) for label, name in found]


def handles(viewer: Viewer) -> bool:
    """Whether the person handles cases: by a role, or by a part in one."""
    return viewer.access.has(*SEEN_IN_ROLE) or viewer.parts.handles


def may_have_deputy(viewer: Viewer) -> bool:
    """Whether the person has a role of her own now that somebody can stand in for."""
    own = (grant for grant in viewer.access.grants if grant.basis == Basis.ORDINARY)
    return any(grant.role not in WITHOUT_DEPUTY for grant in own)


def is_current(path: str, url: str) -> bool:
    return path == url if url == "/" else path.startswith(url)
