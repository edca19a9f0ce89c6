"""The documentation and a yttrande in the browser: written in any order, kept while one types, and fit for a thumb."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import transaction
from playwright.sync_api import expect

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.inquiries.models import Matter, Statement, TaskDraft
from avvikelse.inquiries.operations import ask_statement
from tests.browser.axe import axe_finds, spills_over, too_small
from tests.browser.walker import DESK, Walker
from tests.inquiries.sealed import documented, investigated, step
from tests.people import DAY, Town

pytestmark = pytest.mark.browser

AT_MOST = 10_000
"""As many milliseconds of typing as may be lost."""
PAGES = ("", "foljder/", "forut/", "personakt/")


@pytest.fixture
def case(town: Town) -> Case:
    with transaction.atomic():
        return documented(town, event="", police="")


def path(case: Case, part: str = "") -> str:
    return f"/arenden/{case.reference}/dokumentation/{part}"


def test_a_point_is_written_from_the_list_and_the_list_says_so(
    visitor: Callable[..., Walker], town: Town, case: Case
) -> None:
    jonas = visitor()
    jonas.logs_in(town.jonas)
    jonas.goes_to(path(case))
    jonas.sees("3 punkter återstår.", "Svara på om det är anmält till polisen.")
    jonas.follows("Vad hände")
    jonas.writes("Vad hände?", "Besöket blev inte av.")
    jonas.presses("Spara")
    jonas.sees("”Vad hände” är sparad.", "2 punkter återstår.")
    jonas.follows("Personakt och polisanmälan")
    jonas.picks("Nej", about="Är det anmält till polisen?")
    jonas.presses("Spara")
    jonas.sees("Du svarade nej på om det är anmält till polisen. Skriv varför.")


def test_what_is_typed_is_found_again_after_the_browser_has_died(
    visitor: Callable[..., Walker], town: Town, case: Case
) -> None:
    jonas = visitor()
    jonas.logs_in(town.jonas)
    jonas.goes_to(path(case, "handelsen/"))
    jonas.page.get_by_label("Vad hände?").press_sequentially("Hon satt ensam. ", delay=20)
    expect(jonas.page.locator("[data-saved]")).to_contain_text("Sparat kl.", timeout=AT_MOST)
    jonas.page.context.clear_cookies()

    again = visitor()
    again.logs_in(town.jonas)
    again.goes_to(path(case, "handelsen/"))
    expect(again.page.get_by_label("Vad hände?")).to_have_value("Hon satt ensam. ")
    again.presses("Spara")
    again.sees("”Vad hände” är sparad.")
    assert (Matter.objects.get(case=case).event, TaskDraft.objects.count()) == ("Hon satt ensam.", 0)


def test_a_chief_answers_a_yttrande_from_her_own_list(visitor: Callable[..., Walker], town: Town, case: Case) -> None:
    with transaction.atomic():
        facts = {"asked_of": town.karin, "question": "Hur tas ändringar emot?", "due_on": DAY + timedelta(days=7)}
        ask_statement(step(case, town.sanna, **facts))
    karin = visitor()
    karin.logs_in(town.karin)
    karin.goes_to("/att-gora/")
    karin.follows("Svara på frågan")
    karin.sees("Hur tas ändringar emot?", "Sanna Lind, SAS")
    karin.does_not_see(case.title)
    karin.writes("Ditt yttrande", "De kvitteras inte.")
    karin.presses("Lämna yttrandet")
    karin.sees("Tack. Ditt yttrande är lämnat.")
    assert Statement.objects.get().text == "De kvitteras inte."


@pytest.mark.parametrize("width", ["phone", "desk"])
@pytest.mark.parametrize("colours", ["light", "dark"])
def test_the_pages_are_fit_for_everybody(
    visitor: Callable[..., Walker], town: Town, case: Case, width: str, colours: str
) -> None:
    with transaction.atomic():
        vsk = investigated(town, Kind.VSK, facts={"under_hsl": True})
        ask_statement(step(case, town.sanna, asked_of=town.jonas, question="Hur tas ändringar emot?", due_on=DAY))
    jonas = visitor(color_scheme=colours, **({"viewport": DESK, "is_mobile": False} if width == "desk" else {}))
    jonas.logs_in(town.jonas)
    found = {}
    others = [
        path(vsk, "patient/"),
        f"/arenden/{case.reference}/anteckning/",
        f"/yttrande/{Statement.objects.get().pk}/",
    ]
    for address in (*(path(case, part) for part in PAGES), *others):
        jonas.goes_to(address)
        found[address] = [*axe_finds(jonas.page), *spills_over(jonas.page), *too_small(jonas.page)]
        jonas.takes_picture(f"dokumentation-{address.strip('/').split('/')[-1]}-{width}-{colours}")
    assert found == {address: [] for address in found}
