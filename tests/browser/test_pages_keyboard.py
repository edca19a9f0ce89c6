"""Judging a report with the keyboard alone: every stop is seen, in order, and there is a way out of each."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import Page

from avvikelse.cases.models import Case
from tests.browser.walker import DESK, Walker
from tests.people import Town, report

pytestmark = pytest.mark.browser

MOST_STOPS = 60
FOCUSED = """() => {
    const e = document.activeElement, box = e.closest("label") ?? e
    const outline = s => s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2
    const rect = box.getBoundingClientRect()
    return {
        name: (e.labels?.[0] ?? e).textContent.trim().split("\\n")[0].trim(),
        seen: outline(getComputedStyle(e)) || outline(getComputedStyle(box)),
        inView: rect.bottom > 0 && rect.top < innerHeight,
    }
}"""


def stop(page: Page) -> str:
    """Where the focus is. It is to be seen, and on the screen."""
    focused = page.evaluate(FOCUSED)
    assert (focused["seen"], focused["inView"]) == (True, True), focused
    return str(focused["name"])


def tabs_to(page: Page, name: str) -> list[str]:
    """Press Tab until the thing that begins so is reached; the names of all stops on the way."""
    stops: list[str] = []
    while not (stops and stops[-1].startswith(name)):
        assert len(stops) < MOST_STOPS, stops
        page.keyboard.press("Tab")
        stops.append(stop(page))
    return stops


@pytest.fixture
def karin(visitor: Callable[..., Walker], town: Town) -> Walker:
    with transaction.atomic():
        report(town)
    karin = visitor(viewport=DESK, is_mobile=False, has_touch=False)
    karin.logs_in(town.karin)
    return karin


def test_a_report_is_found_and_judged_with_the_keyboard(karin: Walker) -> None:
    page = karin.page
    karin.goes_to("/")
    page.keyboard.press("Tab")
    assert stop(page) == "Hoppa till innehållet"
    page.keyboard.press("Enter")
    assert tabs_to(page, "Bedöm rapporten") == [
        "Rapportera något",
        "Se alla öppna ärenden",
        "Utebliven insats på morgonen",
        "Bedöm rapporten AVV-2026-0001",
    ]
    page.keyboard.press("Enter")
    karin.meets("Bedöm")
    judges(page)
    karin.meets("Utebliven insats på morgonen")
    karin.sees("Klart. Du bedömde rapporten: SoL/LSS allvarlighet 3, sannolikhet 1, risk 3. Jonas Berg utreder.")
    assert Case.objects.get().state == "investigating"


def judges(page: Page) -> None:
    tabs_to(page, "Vad handlar det om?")
    page.keyboard.type("Insats")
    tabs_to(page, "1 – Mindre")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    tabs_to(page, "1 – Mycket liten")
    page.keyboard.press("Space")
    assert tabs_to(page, "Enligt HSL") == ["Enligt HSL, om hälso- och sjukvård är inblandad"]
    tabs_to(page, "Ja")
    page.keyboard.press("ArrowDown")
    tabs_to(page, "Varför, eller varför inte?")
    page.keyboard.type("Ingen har farit illa.")
    tabs_to(page, "Vem ska utreda?")
    page.keyboard.type("Jonas")
    assert tabs_to(page, "Bedöm") == ["Bedöm"]
    page.keyboard.press("Enter")


def test_what_is_wrong_gets_the_focus_and_leads_to_its_field(karin: Walker) -> None:
    page = karin.page
    karin.goes_to("/arenden/AVV-2026-0001/assess/")
    page.get_by_role("button", name="Bedöm", exact=True).press("Enter")
    page.locator(".errors").wait_for()
    assert page.evaluate("document.activeElement.matches('.errors')")
    page.keyboard.press("Tab")
    assert stop(page) == "Välj vad det handlar om."
    page.keyboard.press("Enter")
    assert stop(page) == "Vad handlar det om?"
    page.evaluate("document.querySelector('.errors').focus()")
    tabs_to(page, "Bedöm risken")
    page.keyboard.press("Enter")
    assert stop(page).startswith("1 – Mindre")
