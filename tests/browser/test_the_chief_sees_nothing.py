"""What a chief has handed over to lex Sarah is gone for her: a question and a measure reach her, the case never."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction
from pytest_django import Settings

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.inquiries.choices import Grade
from avvikelse.inquiries.models import Statement
from avvikelse.measures.models import Cause
from tests.browser import sealed
from tests.browser.sealed import page_of, stops
from tests.browser.walker import Walker
from tests.inquiries.sealed import TEXTS, with_cause, with_texts
from tests.inquiries.stages import registering
from tests.people import DAY, Town, moved, report
from tests.stages import with_measure

pytestmark = pytest.mark.browser

HER_PAGES = (
    "/",
    "/att-gora/",
    "/arenden/",
    "/arenden/?lage=oppna",
    "/arenden/?slag=LEX",
    "/arenden/?slag=IVO",
    "/arenden/?sent=on",
    "/arenden/?q=golvet",
    "/arenden/?q=LEX-2026-0001",
    "/arenden/?q=IVO-2026-0001",
    "/atgarder/",
    "/bedom-lika/",
    "/mina-rapporter/",
    "/diarium/",
    "/register/",
    "/lex-sarah/aterrapportering/",
    "/lex-sarah/underrattelser/",
)
BELOW = (
    "",
    "register/",
    "decide/",
    "ask_statement/",
    "dokumentation/",
    "dokumentation/handelsen/",
    "anteckning/",
    "anmalan/",
    "anmalan/pdf/",
    "lasare/",
    "berorda/",
    "handling/investigation/1/",
    "handling/ruling/1/",
    "fil/1/",
)
QUESTION = "Hur byter ni telefon på natten?"
STATEMENT = "Nattpatrullen byter själv. Ingen provar larmet efteråt."
WHY = "Hon hade kunnat dö."


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def karin(visitor: Callable[..., Walker], town: Town) -> Walker:
    """Karin, who has another report to judge, and has handed one over to lex Sarah."""
    with transaction.atomic():
        report(town, what_happened="Nyckeln till tvättstugan är borta.", title="Nyckeln är borta")
        case = report(town, title=sealed.SHORT, what_happened=sealed.TOLD)
    karin = visitor()
    karin.logs_in(town.karin)
    sealed.hands_over(karin, case.reference, "Lämna över till lex Sarah")
    return karin


def test_what_she_handed_over_leaves_no_trace_whatever_becomes_of_it(
    visitor: Callable[..., Walker], town: Town, karin: Walker
) -> None:
    lex = sealed.the_case(Kind.LEX)
    before = everything(karin)
    assert (before["/arenden/?q=golvet"][0], sealed.SHORT in before["/arenden/?q=golvet"][1]) == (200, False)
    investigated_and_decided(town, lex)
    ivo = sealed.the_case(Kind.IVO)
    assert everything(karin) == before
    assert_nothing_is_at(karin, lex, ivo)
    karin.goes_to("/arenden/")
    stops(karin, "chef-01-arenden")
    sanna = visitor()
    sanna.logs_in(town.sanna)
    sanna.sees("Anmäl snarast till IVO", ivo)


def test_a_yttrande_is_asked_of_her_and_given_without_the_case(
    visitor: Callable[..., Walker], town: Town, karin: Walker
) -> None:
    lex = sealed.the_case(Kind.LEX)
    before = everything(karin)
    begun(town, lex)
    sanna = visitor()
    sanna.logs_in(town.sanna)
    sanna_asks_karin(sanna, lex)
    karin.goes_to("/")
    karin.sees("Lämna ett yttrande", lex, "Sanna Lind frågar")
    karin.does_not_see(sealed.SHORT)
    stops(karin, "chef-03-start-med-fraga")
    karin.follows("Svara på frågan")
    karin.sees(QUESTION, "Sanna Lind, SAS", "Själva ärendet ser du inte")
    karin.does_not_see(sealed.SHORT)
    karin.writes("Ditt yttrande", STATEMENT)
    stops(karin, "chef-04-yttrande")
    karin.presses("Lämna yttrandet")
    karin.sees("Tack. Ditt yttrande är lämnat.")
    assert Statement.objects.get().text == STATEMENT
    assert everything(karin) == before
    assert_nothing_is_at(karin, lex)
    sanna.goes_to(page_of(lex))
    sanna.sees(STATEMENT, "Karin Ek, enhetschef")


def test_a_measure_of_it_reaches_her_as_a_measure_alone(town: Town, karin: Walker) -> None:
    lex = sealed.the_case(Kind.LEX)
    before = everything(karin)
    with transaction.atomic():
        cause = Cause.objects.get(case=investigated_and_decided(town, lex))
        with_measure(town, cause, by="sanna", owner="karin", text=sealed.MEASURE)
    sealed.finishes_measure(karin, lex)
    stops(karin, "chef-05-atgard")
    karin.presses("Ja, den är klar")
    karin.sees("Åtgärden är klar. Bra jobbat.")
    rest = {path: page for path, page in before.items() if path != "/atgarder/"}
    assert everything(karin, rest) == rest
    assert_nothing_is_at(karin, lex, sealed.the_case(Kind.IVO))


def everything(karin: Walker, pages: Any = HER_PAGES) -> dict[str, tuple[int, str]]:
    return {path: karin.everything_on(path) for path in pages}


def assert_nothing_is_at(karin: Walker, *references: str) -> None:
    """Every page of the cases is the same as that of a case there never was."""
    for reference in references:
        unknown = f"{reference[:3]}-2026-0999"
        hers = {page: karin.everything_on(page_of(reference, page)) for page in BELOW}
        assert hers == {page: karin.everything_on(page_of(unknown, page)) for page in BELOW}
        assert {status for status, _ in hers.values()} == {404}
        analysis = karin.everything_on(f"/handelseanalys/{reference}/")
        assert analysis == karin.everything_on(f"/handelseanalys/{unknown}/")


def begun(town: Town, lex: str) -> Case:
    """Sanna has received it, Olle investigates and David is to decide."""
    with transaction.atomic():
        case = moved(Case.objects.get(reference=lex), "register", town.sanna, **registering(town))
        return moved(case, "begin", town.sanna, investigator=town.olle, conflict="no", decider=town.david)


def investigated_and_decided(town: Town, lex: str) -> Case:
    case = begun(town, lex)
    judged: dict[str, Any] = {"grade": Grade.SERIOUS, "why": WHY}
    with transaction.atomic():
        case = with_cause(town, with_texts(case, **TEXTS[Kind.LEX]))
        return moved(moved(case, "propose", town.olle, **judged), "decide", town.david, **judged)


def sanna_asks_karin(sanna: Walker, lex: str) -> None:
    sanna.goes_to(page_of(lex))
    sanna.opens("Det här kan du göra")
    sanna.follows("Begär yttrande")
    sanna.picks_in_list("Vem ska yttra sig?", "Karin Ek, enhetschef")
    sanna.writes("Vad vill du fråga?", QUESTION)
    sanna.writes("Senast när?", (DAY + timedelta(days=7)).isoformat())
    stops(sanna, "chef-02-begar-yttrande")
    sanna.presses("Begär yttrande")
    sanna.sees("Klart. Du begärde ett yttrande", QUESTION)
