"""Between the municipality and IVO in the browser: parts are copied, IVO's decision is read, and a thumb can do it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import Settings

from avvikelse.cases.models import Case
from avvikelse.ivo.models import Reader
from tests.browser.axe import axe_finds, spills_over, too_small
from tests.browser.walker import DESK, PHONE, Walker
from tests.ivo.matters import asked, ordered, preparing, text_file, with_ivo
from tests.people import Town

pytestmark = pytest.mark.browser

OPEN_ALL = "document.querySelectorAll('main details').forEach(part => { part.open = true })"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def path(case: Case, part: str = "") -> str:
    return f"/arenden/{case.reference}/{part}"


def test_a_part_is_copied_as_it_stands_in_its_field(visitor: Callable[..., Walker], town: Town) -> None:
    with transaction.atomic():
        case = preparing(town)
    sanna = visitor(permissions=["clipboard-read", "clipboard-write"])
    sanna.logs_in(town.sanna)
    sanna.goes_to(path(case, "anmalan/"))
    copied = []
    for name, label in (("description", "Beskrivning"), ("grave", "Vad anmälan gäller")):
        sanna.page.locator(f"[data-copies={name}]").click()
        sanna.page.locator("[data-copied-words]", has_text=f"{label} är kopierat.").wait_for(state="attached")
        copied.append(sanna.page.evaluate("navigator.clipboard.readText()"))
    assert copied == ["Besöket blev inte av.", "Allvarligt missförhållande"]


def test_without_javascript_the_text_is_there_to_be_marked(visitor: Callable[..., Walker], town: Town) -> None:
    with transaction.atomic():
        case = preparing(town)
    sanna = visitor(java_script_enabled=False)
    sanna.logs_in(town.sanna)
    sanna.goes_to(path(case, "anmalan/"))
    assert sanna.page.get_by_label("Beskrivning").input_value() == "Besöket blev inte av."
    assert sanna.page.locator("[data-copies]:visible").count() == 0


def test_a_chief_reads_the_decision_from_her_start_page(visitor: Callable[..., Walker], town: Town) -> None:
    with transaction.atomic():
        ordered(town)
    karin = visitor()
    karin.logs_in(town.karin)
    karin.follows("Läs IVO:s beslut")
    karin.meets("IVO:s beslut: föreläggande")
    karin.sees("Bemanna natten.", "Vite: 500\N{NO-BREAK SPACE}000 kronor")
    karin.presses("Jag har läst")
    karin.sees("Du läste beslutet i dag")
    assert Reader.objects.get().read_at is not None


def test_axe_finds_nothing_and_nothing_spills_over(visitor: Callable[..., Walker], town: Town) -> None:
    with transaction.atomic():
        begun, sent = preparing(town), with_ivo(town, uploads=[text_file("utredning.txt")])
        decided = asked(town, ordered(town))
    pages = {
        "notice": path(begun, "anmalan/"),
        "sent-notice": path(sent, "anmalan/"),
        **{name: path(case) for name, case in (("preparing", begun), ("with-ivo", sent), ("decided", decided))},
        **{move: path(begun, f"{move}/") for move in ("send", "cancel", "set_number")},
        **{move: path(decided, f"{move}/") for move in ("answer", "extend", "add_request", "add_decision", "remedy")},
        "add_investigation": path(sent, "add_investigation/"),
        "open": "/ivo/ny/",
        "decision": f"/ivo-beslut/{decided.ivo_decisions.get().pk}/",
    }
    sanna = visitor()
    sanna.logs_in(town.sanna)
    faults = {}
    for size in (PHONE, DESK):
        sanna.page.set_viewport_size(size)  # type: ignore[arg-type]
        for name, address in pages.items():
            sanna.goes_to(address)
            sanna.page.evaluate(OPEN_ALL)
            if found := [*axe_finds(sanna.page), *spills_over(sanna.page), *too_small(sanna.page)]:
                faults[f"{name} {size['width']}"] = found
    assert faults == {}
