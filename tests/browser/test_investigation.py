"""Writing an investigation in the browser: kept while one types, found again, and written by two at once."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import transaction
from playwright.sync_api import expect

from avvikelse.cases.models import Case
from avvikelse.deviations.models import InvestigationDraft
from tests.browser.walker import Walker
from tests.people import Town
from tests.stages import investigating

pytestmark = pytest.mark.browser

WRITTEN = "Vad hände?"
AT_MOST = 10_000
"""As many milliseconds of typing as may be lost."""


@pytest.fixture
def case(town: Town) -> Case:
    with transaction.atomic():
        return investigating(town)


def test_what_is_typed_is_found_again_after_the_browser_has_died(
    visitor: Callable[..., Walker], town: Town, case: Case
) -> None:
    jonas = visitor()
    jonas.logs_in(town.jonas)
    jonas.goes_to(f"/utredning/{case.reference}/")
    jonas.page.get_by_label(WRITTEN).press_sequentially("Mattan gled. ", delay=20)
    expect(jonas.page.locator("[data-saved]")).to_contain_text("Sparat kl.", timeout=AT_MOST)
    jonas.page.context.clear_cookies()

    again = visitor()
    again.logs_in(town.jonas)
    again.goes_to(f"/utredning/{case.reference}/")
    again.sees("Du har text som inte är sparad")
    expect(again.page.get_by_label(WRITTEN)).to_have_value("Mattan gled. ")
    again.presses("Spara")
    again.sees("Utredningen är sparad.", "Mattan gled.")
    assert (Case.objects.get().investigation.what_happened, InvestigationDraft.objects.count()) == ("Mattan gled.", 0)


def test_what_is_typed_is_kept_when_the_page_is_left(visitor: Callable[..., Walker], town: Town, case: Case) -> None:
    jonas = visitor()
    jonas.logs_in(town.jonas)
    jonas.goes_to(f"/utredning/{case.reference}/")
    jonas.writes(WRITTEN, "Halvvägs.")
    jonas.follows("Till ärendet")
    jonas.meets("Utebliven insats på morgonen")
    # What the page sends as it is left arrives by itself, maybe after the next page.
    while not case.investigation_drafts.exists():
        jonas.page.wait_for_timeout(100)
    jonas.goes_to(f"/utredning/{case.reference}/")
    expect(jonas.page.get_by_label(WRITTEN)).to_have_value("Halvvägs.")


def test_two_who_write_at_once_both_keep_their_words(visitor: Callable[..., Walker], town: Town, case: Case) -> None:
    jonas, karin = visitor(), visitor()
    for walker, person in ((jonas, town.jonas), (karin, town.karin)):
        walker.logs_in(person)
        walker.goes_to(f"/utredning/{case.reference}/")
    karin.writes(WRITTEN, "Karins text.")
    karin.presses("Spara")
    karin.sees("Utredningen är sparad.")
    jonas.writes(WRITTEN, "Jonas text.")
    jonas.presses("Spara")
    jonas.sees("Ni har båda skrivit här", "Karin Ek sparade i dag 09.00:", "Karins text.")
    expect(jonas.page.get_by_label(WRITTEN)).to_have_value("Jonas text.")
    jonas.takes_picture("36-tva-har-skrivit")
    jonas.writes(WRITTEN, "Karins text. Jonas text.")
    jonas.presses("Spara")
    jonas.sees("Utredningen är sparad.", "Karins text. Jonas text.")
