"""A report about the chief passes her by: it is said before sending, and she never meets it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avvikelse.cases.models import Case
from tests.browser.reporting import answers_what_is_required, goes_to_the_check_page, sends
from tests.browser.walker import Walker
from tests.people import Town, report

pytestmark = pytest.mark.browser

HER_PAGES = (
    "/",
    "/att-gora/",
    "/arenden/",
    "/arenden/?lage=oppna",
    "/arenden/?q=nycklarna",
    "/arenden/?q=AVV-2026-0002",
    "/bedom-lika/",
    "/atgarder/",
    "/mina-rapporter/",
)
HER_WORDS = "Nycklarna till medicinskåpet låg framme hela natten. Chefen visste om det."


@pytest.fixture
def karin(visitor: Callable[..., Walker], town: Town) -> Walker:
    """Karin, who already has a report of another kind of thing to judge."""
    report(town)
    karin = visitor()
    karin.logs_in(town.karin)
    return karin


def test_a_report_about_the_chief_is_nowhere_that_she_looks(
    visitor: Callable[..., Walker], town: Town, karin: Walker
) -> None:
    before = {path: karin.everything_on(path) for path in HER_PAGES}
    reference = amira_reports_karin(visitor(), town)
    assert {path: karin.everything_on(path) for path in HER_PAGES} == before
    nothing = karin.everything_on("/arenden/AVV-2026-0999/")
    assert nothing[0] == 404
    assert karin.everything_on(f"/arenden/{reference}/") == nothing
    below = ("assess/", "lasare/", "berorda/", "handling/investigation/1/", "fil/1/")
    hers = {page: karin.everything_on(f"/arenden/{reference}/{page}") for page in below}
    assert hers == {page: karin.everything_on(f"/arenden/AVV-2026-0999/{page}") for page in below}
    vera_has_it(visitor(), town, reference)


def amira_reports_karin(amira: Walker, town: Town) -> str:
    amira.logs_in(town.amira)
    amira.goes_to("/rapportera/")
    answers_what_is_required(amira, HER_WORDS)
    goes_to_the_check_page(amira)
    amira.sees("Karin Ek, enhetschef")
    amira.opens("Frågor du har hoppat över")
    amira.follows("Gäller det din chef?")
    amira.picks("Ja")
    amira.takes_picture("40-jav-chef")
    amira.presses("Spara")
    amira.sees("Rapporten går förbi Karin Ek")
    readers = amira.page.locator("dt", has_text="Detta läses av").locator("xpath=following-sibling::dd[1]//li")
    assert readers.all_inner_texts() == [
        "Vera Holm, avdelningschef",
        "David Nyman, förvaltningschef",
        "Sanna Lind, SAS",
        "Den som får i uppdrag att utreda",
    ]
    amira.takes_picture("41-jav-kontrollera")
    reference = sends(amira)
    amira.takes_picture("42-jav-kvitto")
    return reference


def vera_has_it(vera: Walker, town: Town, reference: str) -> None:
    vera.logs_in(town.vera)
    vera.sees("Väntar på dig", reference)
    vera.takes_picture("43-jav-start-for-vera")
    vera.goes_to(f"/arenden/{reference}/")
    vera.sees(HER_WORDS, "Du läser rapporten och bedömer den.", "Får inte se ärendet", "Karin Ek, enhetschef")
    vera.takes_picture("44-jav-arende-for-vera")
    assert [part.person for part in Case.objects.get(reference=reference).parts.all()] == [town.karin]
