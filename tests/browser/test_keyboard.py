"""The whole report with the keyboard alone: everything is reached, in order, seen where it stands, and left again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import FloatRect, Locator, expect

from avvikelse.cases.models import Case
from tests.browser.reporting import TOLD
from tests.browser.walker import DESK, PASSWORD, Walker
from tests.people import Town

pytestmark = pytest.mark.browser

MOST_STOPS = 60
AROUND = 10
"""Pixels round what has focus in which its mark may be drawn."""

# What a person can press Tab to, in the order of the page. Radios of one name are one stop.
REACHABLE = """() => {
  const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
  const all = [...document.querySelectorAll(wanted)].filter((e) => e.checkVisibility({ visibilityProperty: true })
    && !e.disabled && e.type !== "hidden" && e.tabIndex >= 0);
  const names = new Set();
  return all.filter((e) => e.type !== "radio" || e.checked
      || !document.querySelector(`[name="${e.name}"]:checked`) && !names.has(e.name) && names.add(e.name))
    .map((e) => { e.dataset.stop ??= e.outerHTML.slice(0, 90); return e.dataset.stop; });
}"""
STANDING = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const seen = (e.closest("label") ?? e).getBoundingClientRect();
  return { stop: e.dataset.stop ?? e.outerHTML.slice(0, 90),
           x: seen.x, y: seen.y, width: seen.width, height: seen.height };
}"""


@pytest.fixture
def amira(visitor: Callable[..., Walker], town: Town) -> Walker:
    """Amira at a desk, logged in without a mouse."""
    amira = visitor(viewport=DESK, is_mobile=False, has_touch=False)
    amira.goes_to("/konto/login/")
    tabs_to(amira, amira.page.get_by_label("E-post"))
    amira.page.keyboard.type(town.amira.email)
    tabs_to(amira, amira.page.get_by_label("Lösenord"))
    amira.page.keyboard.type(PASSWORD)
    amira.page.keyboard.press("Enter")
    amira.stands_at("/")
    return amira


def test_a_report_is_written_and_sent_with_the_keyboard_alone(amira: Walker) -> None:
    presses_with_enter(amira, "link", "Rapportera något")
    tells_with_keys(amira)
    says_the_rest_with_keys(amira)
    presses_with_enter(amira, "button", "Hoppa till Kontrollera")
    amira.meets("Kontrollera och skicka")
    every_stop_is_seen_in_order_and_left(amira)
    presses_with_enter(amira, "button", "Skicka in")
    amira.meets("Tack. Din rapport är framme.")
    every_stop_is_seen_in_order_and_left(amira)
    presses_with_enter(amira, "link", "Mina rapporter")
    assert (Case.objects.get().what_happened, Case.objects.get().affected) == (TOLD, "group")


def tells_with_keys(amira: Walker) -> None:
    amira.meets("Vad hände?")
    every_stop_is_seen_in_order_and_left(amira)
    presses_with_enter(amira, "button", "Fortsätt")
    expect(amira.page.locator("[data-errors]")).to_be_focused()
    amira.page.keyboard.press("Tab")
    amira.page.keyboard.press("Enter")
    expect(amira.page.get_by_label("Vad hände?")).to_be_focused()
    amira.page.keyboard.type(TOLD)
    presses_with_enter(amira, "button", "Fortsätt")


def says_the_rest_with_keys(amira: Walker) -> None:
    amira.meets("Vilken enhet gäller det?")
    every_stop_is_seen_in_order_and_left(amira)
    presses_with_enter(amira, "button", "Fortsätt")
    amira.meets("Har det hänt?")
    chooses_with_arrows(amira, steps=0)
    amira.meets("När hände det?")
    every_stop_is_seen_in_order_and_left(amira)
    chooses_with_arrows(amira, steps=1)
    amira.meets("Vem berördes?")
    every_stop_is_seen_in_order_and_left(amira)
    chooses_with_arrows(amira, steps=1)
    amira.meets("Vilka följder fick det, eller kunde det få?")


def chooses_with_arrows(amira: Walker, *, steps: int) -> None:
    """Choose among the page's first radios: the first, or as many steps down, and go on."""
    tabs_to(amira, amira.page.locator("main [type=radio]").first)
    amira.page.keyboard.press("Space")
    for _ in range(steps):
        amira.page.keyboard.press("ArrowDown")
    presses_with_enter(amira, "button", "Fortsätt")


def presses_with_enter(amira: Walker, role: Any, name: str) -> None:
    tabs_to(amira, amira.page.locator("main").get_by_role(role, name=name, exact=True))
    amira.page.keyboard.press("Enter")


def tabs_to(amira: Walker, target: Locator) -> None:
    """Press Tab until the target has focus."""
    expect(target).to_be_visible()
    for _ in range(MOST_STOPS):
        if target.evaluate("e => e === document.activeElement"):
            return
        amira.page.keyboard.press("Tab")
    pytest.fail(f"Tab does not lead to {target}")


def every_stop_is_seen_in_order_and_left(amira: Walker) -> None:
    """Walk the whole page with Tab, from its beginning and out at its end."""
    amira.page.wait_for_load_state()
    wanted = amira.page.evaluate(REACHABLE)
    amira.page.evaluate("document.activeElement.blur(); getSelection().setPosition(document.body, 0)")
    stops: list[str] = []
    for _ in range(MOST_STOPS):
        amira.page.keyboard.press("Tab")
        standing = amira.page.evaluate(STANDING)
        if standing is None or standing["stop"] in stops[:-1]:
            break
        if standing["stop"] in stops:
            continue  # A date is one field with a stop for each of its parts.
        stops.append(standing.pop("stop"))
        assert focus_shows(amira, standing), stops[-1]
    assert stops == wanted


def focus_shows(amira: Walker, box: dict[str, float]) -> bool:
    """Whether what has focus looks otherwise than without it."""
    left, top = max(0, box["x"] - AROUND), max(0, box["y"] - AROUND)
    place = FloatRect(x=left, y=top, width=box["width"] + 2 * AROUND, height=box["height"] + 2 * AROUND)
    focused = amira.page.screenshot(clip=place, animations="disabled")
    amira.page.evaluate("window.stood = document.activeElement; stood.blur()")
    plain = amira.page.screenshot(clip=place, animations="disabled")
    amira.page.evaluate("stood.focus({ preventScroll: true })")
    return focused != plain
