"""The handlers' pages in every state, looked at by axe, on a narrow screen and a wide one, light and dark."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from playwright.sync_api import Browser, Page
from pytest_django.live_server_helper import LiveServer

from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.cases.operations import add_message, save_filter
from avvikelse.deviations.investigation import save_investigation
from avvikelse.measures.models import Cause
from tests.browser.axe import axe_finds, spills_over, too_small
from tests.people import AT, Town, moved, report
from tests.stages import (
    DEVIATIONS,
    IMPROVEMENTS,
    TEXTS,
    acting,
    fresh,
    investigated,
    investigating,
    to_lex_sarah,
    whole,
    with_measure,
)

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('main details').forEach(part => { part.open = true })"


@dataclass
class World:
    """The town with a case in every state; `at` gives the path of the case in one of them."""

    town: Town
    cases: dict[str, Case]

    def at(self, state: str, part: str = "") -> str:
        return f"/arenden/{self.cases[state].reference}/{part}"


@pytest.fixture
def world(town: Town) -> World:
    with transaction.atomic():
        cases = {state: make(town) for state, make in DEVIATIONS.items()}
        cases |= {f"for_{state}": make(town) for state, make in IMPROVEMENTS.items()}
        cases |= {"whole": whole(town), "bare": acting(town), "lex": to_lex_sarah(town)}
        cases["begun"] = investigated(town, investigating(town), consequences="")
        cases["grave"] = moved(investigating(town), "reassess", town.karin, sol_severity=4, sol_likelihood=4, why="Ja.")
        for number in range(3):
            report(town, title=f"Larmet tyst i rum {number}")
        talked_about(town, cases["whole"])
        with_measure(town, Cause.objects.get(case=cases["acting"]), owner="olle", strength="weak", by="jonas")
        save_filter(town.karin, name="Öppna", query="lage=oppna")
        return World(town, cases)


def talked_about(town: Town, case: Case) -> None:
    add_message(case.pk, "Vilken dag var det?", actor=town.karin, at=AT)
    add_message(case.pk, "I måndags.", actor=town.amira, at=AT)
    add_affected(case, name="Nils Ek", identity_number="", actor=town.karin, at=AT)


Act = Callable[[Page, World], None]


def sends_as_it_is(page: Page, _: World) -> None:
    """Send the page's last form as it stands."""
    with page.expect_navigation():
        page.evaluate("[...document.querySelectorAll('main form[method=post]')].at(-1).requestSubmit()")


def reveals(page: Page, _: World) -> None:
    page.get_by_role("button", name="Visa namnet").click()


def meets_another(page: Page, world: World) -> None:
    """Karin saves while Jonas writes, and he presses Spara."""
    case = fresh(world.cases["begun"])
    texts = {**TEXTS, "what_happened": "Karins text."}
    with transaction.atomic():
        save_investigation(case.pk, actor=world.town.karin, version=case.version, at=AT, texts=texts)
    page.locator("textarea[name=what_happened]").fill("Min text.")
    page.get_by_role("button", name="Spara").click()
    page.get_by_text("Ni har båda skrivit här").wait_for()


CASE_STATES = [*DEVIATIONS, *(f"for_{state}" for state in IMPROVEMENTS), "whole", "bare", "grave"]
PAGES: list[tuple[str, str, Act | None]] = [
    *((name, "/", None) for name in ("karin", "amira", "jonas", "vera", "david", "sanna", "bertil", "sixten")),
    *((name, "/att-gora/", None) for name in ("karin", "olle")),
    *(("karin", f"/arenden/{query}", None) for query in ("", "?lage=oppna&q=larm&risk=x", "?q=finns+inte", "?page=2")),
    ("olle", "/arenden/", None),
    ("maja", "/arenden/", None),
    *(("karin", f"{{{state}}}", None) for state in CASE_STATES),
    ("sanna", "{lex}", None),
    ("rut", "/diarium/", None),
    ("rut", "/diarium/LEX-2026-0001/set_number/", None),
    ("rut", "/diarium/LEX-2026-0001/set_number/", sends_as_it_is),
    ("amira", "/lagrum/", None),
    ("jonas", "{begun}", None),
    *(("karin", f"{{received}}{move}/", None) for move in ("assess", "act_at_once", "dismiss", "move_unit")),
    *(("karin", f"{{received}}{move}/", sends_as_it_is) for move in ("assess", "dismiss", "hand_over_lex")),
    ("karin", "{bare}follow_up/", None),
    ("karin", "{whole}conclude/", None),
    ("karin", "{following_up}close/", None),
    ("karin", "{following_up}close/", sends_as_it_is),
    ("karin", "{for_received}consider/", None),
    ("amira", "{returned}answer/", None),
    ("karin", "{whole}berorda/", None),
    ("karin", "{whole}berorda/", reveals),
    ("karin", "{received}berorda/", sends_as_it_is),
    ("karin", "{whole}lasare/", None),
    ("karin", "{acting}handling/investigation/1/", None),
    ("jonas", "/utredning/{begun}", None),
    ("jonas", "/utredning/{begun}", meets_another),
    ("karin", "/utredning/{bare}", None),
    ("jonas", "/orsak/{whole}ny/", None),
    ("jonas", "/orsak/{whole}ny/", sends_as_it_is),
    ("karin", "/orsak/{cause}/atgard/", None),
    ("karin", "/orsak/{cause}/atgard/", sends_as_it_is),
    ("karin", "/orsak/{cause}/utan-atgard/", None),
    ("karin", "/orsak/{cause}/stryk/", None),
    ("karin", "/atgard/{measure}/beslut/", None),
    ("olle", "/atgard/{measure}/klar/", None),
    ("olle", "/atgard/{measure}/klar/", sends_as_it_is),
    *((name, "/atgarder/", None) for name in ("karin", "olle", "bertil")),
    *(("karin", f"/bedom-lika/{query}", None) for query in ("", "?som=AVV-2026-0001")),
    ("karin", "/bedom-lika/", sends_as_it_is),
    ("olle", "/bedom-lika/", None),
    *((name, "/mina-rapporter/", None) for name in ("amira", "bertil")),
    *(("amira", f"/mina-rapporter/{{{state}}}", None) for state in DEVIATIONS),
    ("bertil", "{received}", None),
    ("amira", "{received}assess/", None),
]
"""Who, where and what is done there. {state} is a case's path, in another room its number alone."""


def path_of(pattern: str, world: World) -> str:
    measure = Cause.objects.get(case=world.cases["acting"]).measures.get()
    ids: dict[str, Any] = {"measure": measure.pk, "cause": measure.cause_id}
    elsewhere = pattern.startswith("/")
    cases = {state: f"{case.reference}/" if elsewhere else world.at(state) for state, case in world.cases.items()}
    return pattern.format(**ids, **cases)


def opened(chromium: Browser, site: str, town: Town, **options: Any) -> Iterator[Callable[[str], Page]]:
    """Yield a function that gives the browser of anybody in the town, logged in."""
    contexts = {}

    def page_of(name: str) -> Page:
        if name not in contexts:
            client = Client()
            client.force_login(town.people[name])
            contexts[name] = chromium.new_context(locale="sv-SE", reduced_motion="reduce", **options)
            cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}
            contexts[name].add_cookies([cookie])  # type: ignore[list-item]
            contexts[name].new_page().set_default_timeout(5_000)
        return contexts[name].pages[0]

    yield page_of
    for context in contexts.values():
        context.close()


@pytest.mark.parametrize(
    ("width", "look"),
    [
        (320, {"color_scheme": "light"}),
        (1280, {"color_scheme": "dark"}),
        pytest.param(320, {"color_scheme": "dark"}, marks=pytest.mark.slow),
        pytest.param(1280, {"color_scheme": "light"}, marks=pytest.mark.slow),
        pytest.param(320, {"forced_colors": "active"}, marks=pytest.mark.slow),
        pytest.param(1280, {"forced_colors": "active"}, marks=pytest.mark.slow),
    ],
    ids=["320-light", "1280-dark", "320-dark", "1280-light", "320-forced", "1280-forced"],
)
def test_axe_finds_nothing_and_nothing_spills_over(
    chromium: Browser, live_server: LiveServer, world: World, width: int, look: dict[str, Any]
) -> None:
    faults = {}
    viewport = {"width": width, "height": 800}
    for page_of in opened(chromium, live_server.url, world.town, viewport=viewport, **look):
        for name, pattern, act in PAGES:
            page = page_of(name)
            page.goto(f"{live_server.url}{path_of(pattern, world)}")
            if act:
                act(page, world)
            page.evaluate(OPEN_ALL)
            if found := [*axe_finds(page), *spills_over(page), *too_small(page)]:
                faults[f"{name} {pattern} {act.__name__ if act else ''}"] = found
    assert faults == {}
