"""The menu: only what the person can use."""

from __future__ import annotations

import re

import pytest

from avvikelse.organisation.roles import Role
from tests.desk import Desk
from tests.people import Town, deputy
from tests.stages import investigating

ITEM = re.compile(r'<li><a href="([^"]+)"( aria-current="page")?>([^<]+)</a></li>')
NOT_FOUND = 404
ALL = ["Start", "Rapportera", "Mina rapporter"]
HANDLING = ["Att göra", "Ärenden"]
MENUS = {
    "amira": [*ALL, "Åtgärder"],
    "karin": [*ALL, *HANDLING, "Åtgärder"],
    "frida": [*ALL, *HANDLING, "Åtgärder"],
    "olle": [*ALL, *HANDLING, "Åtgärder"],
    "vera": [*ALL, *HANDLING, "Åtgärder"],
    "david": [*ALL, *HANDLING, "Åtgärder"],
    "sanna": [*ALL, *HANDLING, "Åtgärder", "Register"],
    "maja": [*ALL, *HANDLING, "Åtgärder", "Register"],
    "jonas": [*ALL, "Åtgärder"],
    "rut": [*ALL, "Åtgärder", "Diarium", "Återrapportering"],
    "bertil": [*ALL, "Åtgärder"],
    "cilla": [*ALL, "Åtgärder"],
    "greta": [*ALL, "Åtgärder"],
    "sixten": [*ALL, "Åtgärder", "Organisation"],
}


def menu(desk: Desk, name: str, path: str = "/") -> list[str]:
    nav = re.search(r'<nav aria-label="Huvudmeny">.*?</nav>', desk(name).get(path).content.decode(), re.DOTALL)
    assert nav
    return [label for _, _, label in ITEM.findall(nav.group())]


@pytest.mark.parametrize("name", MENUS)
def test_everybody_gets_the_menu_of_what_she_does(desk: Desk, name: str) -> None:
    assert menu(desk, name) == MENUS[name]


def test_whoever_investigates_gets_to_the_cases(town: Town, desk: Desk) -> None:
    investigating(town)
    assert menu(desk, "jonas") == [*ALL, *HANDLING, "Åtgärder"]


@pytest.mark.parametrize(
    ("path", "current"), [("/", "Start"), ("/att-gora/", "Att göra"), ("/arenden/AVV-2026-0001/", "Ärenden")]
)
def test_the_menu_says_where_one_is(town: Town, desk: Desk, path: str, current: str) -> None:
    investigating(town)
    html = desk("karin").get(path).content.decode()
    assert [label for _, here, label in ITEM.findall(html) if here] == [current]


def test_whoever_can_be_stood_in_for_gets_to_the_page_where_that_is_said(town: Town, desk: Desk) -> None:
    link = '<a href="/min-ersattare/">Min ersättare</a>'
    shown = {name for name in town.people if link in desk(name).get("/").content.decode()}
    reached = {name for name in town.people if desk(name).get("/min-ersattare/").status_code == 200}
    assert shown == reached == set(town.people) - {"amira", "jonas", "bertil", "cilla"}


def test_whoever_leads_a_unit_gets_to_the_link_to_put_up(town: Town, desk: Desk) -> None:
    link = '<a href="/enhetens-lank/">Enhetens länk</a>'
    shown = {name for name in town.people if link in desk(name).get("/").content.decode()}
    reached = {name for name in town.people if desk(name).get("/enhetens-lank/").status_code != NOT_FOUND}
    assert shown == reached
    assert "karin" in shown


def test_a_deputy_has_nobody_to_appoint(town: Town, desk: Desk) -> None:
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    assert "Min ersättare" not in desk("jonas").get("/").content.decode()
