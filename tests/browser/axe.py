"""What every page is measured by: axe, no sideways scrolling, and things to press that fit a thumb."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe.min.js").read_text()
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What WCAG 1.4.12 says a reader may set without losing anything.
ROOMY = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-bottom: 2em !important }"""
WIDER_THAN_THE_SCREEN = """() => [...document.querySelectorAll("body *")]
    .filter(e => { while (e && getComputedStyle(e).clipPath === "none") e = e.parentElement; return !e })
    .filter(e => e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 80))"""
PRESSED = (
    "a.button, button, summary, select, input, label.choice, .tasks .do, .tasks li > span > a, .change a, .inpage a,"
    ".pills a, .tree a, .foot a, .menu a, .brand, .back, .errors a, .linklike, .moves a"
)
TOO_SMALL = """pressed => [...document.querySelectorAll(pressed)]
    .filter(e => e.checkVisibility() && !["radio", "checkbox", "hidden"].includes(e.type))
    .filter(e => Math.round(e.getBoundingClientRect().height) < 44).map(e => e.outerHTML.slice(0, 80))"""


def axe_finds(page: Page) -> list[tuple[str, str]]:
    """(rule, element) of every fault and every doubt. Works on pages whose policy allows no scripts of others."""
    page.evaluate(AXE)
    found = page.evaluate("rules => axe.run(document, { runOnly: rules })", RULES)
    rules = (*found["violations"], *found["incomplete"])
    return [(rule["id"], node["html"][:100]) for rule in rules for node in rule["nodes"]]


def spills_over(page: Page) -> list[str]:
    """What reaches outside the screen, or makes the page scroll sideways."""
    wide = page.evaluate(WIDER_THAN_THE_SCREEN)
    assert isinstance(wide, list)
    sideways = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*wide, *(["the page scrolls sideways"] if sideways else [])]


def too_small(page: Page) -> list[str]:
    """What is to be pressed and is lower than 44 pixels."""
    found = page.evaluate(TOO_SMALL, PRESSED)
    assert isinstance(found, list)
    return found
