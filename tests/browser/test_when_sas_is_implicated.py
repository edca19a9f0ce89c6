"""A report in which SAS herself is *utpekad*: the director receives it and leads it, and SAS never meets it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.inquiries.choices import Grade
from tests.browser import sealed
from tests.browser.sealed import page_of, stops
from tests.browser.walker import Walker
from tests.inquiries.sealed import TEXTS, with_cause, with_texts
from tests.people import Town, moved, report

pytestmark = pytest.mark.browser

HER_PAGES = (
    "/",
    "/att-gora/",
    "/arenden/",
    "/arenden/?lage=oppna",
    "/arenden/?slag=LEX",
    "/arenden/?slag=IVO",
    "/arenden/?q=golvet",
    "/arenden/?q=LEX-2026-0002",
    "/atgarder/",
    "/mina-rapporter/",
    "/register/",
    "/lex-sarah/aterrapportering/",
    "/lex-sarah/underrattelser/",
    "/lex-sarah/skyldigheten/enheter/",
)
BELOW = ("", "register/", "begin/", "dokumentation/", "anmalan/", "lasare/", "handling/investigation/1/", "fil/1/")
JUDGED: dict[str, Any] = {"grade": Grade.SERIOUS, "why": "Hon hade kunnat dö."}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def sanna(visitor: Callable[..., Walker], town: Town) -> Walker:
    """Sanna, who has a lex Sarah case of another kind to receive."""
    with transaction.atomic():
        report(town, kind=Kind.LEX, title="Fel bemötande", what_happened="Hon fick vänta.")
    sanna = visitor()
    sanna.logs_in(town.sanna)
    return sanna


def test_the_director_leads_it_to_ivo_and_sas_never_meets_it(
    visitor: Callable[..., Walker], town: Town, sanna: Walker
) -> None:
    before = {path: sanna.everything_on(path) for path in HER_PAGES}
    karin, david = visitor(), visitor()
    lex = karin_hands_over(karin, town)
    david_receives_and_appoints(david, town, lex)
    investigated_and_decided(town, lex)
    ivo = sealed.the_case(Kind.IVO)
    david_notifies(david, ivo)
    assert {path: sanna.everything_on(path) for path in HER_PAGES} == before
    for reference in (lex, ivo):
        hers = {page: sanna.everything_on(page_of(reference, page)) for page in BELOW}
        assert hers == {page: sanna.everything_on(page_of(f"{reference[:3]}-2026-0999", page)) for page in BELOW}
        assert {status for status, _ in hers.values()} == {404}


def karin_hands_over(karin: Walker, town: Town) -> str:
    with transaction.atomic():
        case = report(town, title=sealed.SHORT, what_happened=sealed.TOLD, implicated=(town.sanna,))
    karin.logs_in(town.karin)
    sealed.hands_over(karin, case.reference, "Lämna över till lex Sarah")
    return Case.objects.get(origin=case).reference


def david_receives_and_appoints(david: Walker, town: Town, lex: str) -> None:
    david.logs_in(town.david)
    stops(david, "sas-01-start-for-david")
    sealed.receives(david, lex, "SoL", "Brister i utförandet av insatser")
    assert "Sanna Lind" not in david.the_text_of("select[name=implicated]")
    stops(david, "sas-02-ta-emot")
    david.presses("Ta emot")
    david.sees("Du bedömer rapporten och utser en utredare", "Får inte se ärendet", "Sanna Lind, SAS")
    stops(david, "sas-03-inledande-bedomning")
    david.follows("Börja utredningen")
    assert "Sanna Lind" not in david.the_text_of("select[name=investigator]")
    sealed.appoints(david, "Olle Sand, enhetschef", decider="Vera Holm, avdelningschef")
    david.presses("Börja utredningen")
    david.sees("Olle Sand utreder. Vera Holm beslutar")
    stops(david, "sas-04-utreds")


def investigated_and_decided(town: Town, lex: str) -> None:
    with transaction.atomic():
        case = with_cause(town, with_texts(Case.objects.get(reference=lex), **TEXTS[Kind.LEX]))
        moved(moved(case, "propose", town.olle, **JUDGED), "decide", town.vera, **JUDGED)
    sealed.papers_are_printed()


def david_notifies(david: Walker, ivo: str) -> None:
    david.goes_to("/")
    david.sees("Anmäl snarast till IVO", ivo)
    stops(david, "sas-05-start-anmal-snarast")
    david.goes_to(page_of(ivo))
    david.follows("Skriv anmälan")
    assert david.page.get_by_label("Kontaktperson", exact=True).input_value() == "David Nyman, förvaltningschef"
    stops(david, "sas-06-anmalan")
    david.presses("Spara")
    david.follows("Jag har skickat den")
    david.picks("I IVO:s e-tjänst")
    david.picks("Nej, den skickas senare", about="Skickades utredningen med?")
    david.presses("Anmäl")
    david.sees("Hos IVO", "Utredningen ska vara hos IVO måndag 18 januari 2027")
    stops(david, "sas-07-hos-ivo")
