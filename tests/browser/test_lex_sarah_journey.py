"""A lex Sarah case on a phone: from a night without help to IVO's decision, what was mended and the answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from pytest_django import Settings

from avvikelse.cases.kinds import Kind
from tests.browser import sealed
from tests.browser.reporting import answers_what_is_required, goes_to_the_check_page, sends
from tests.browser.sealed import CAUSE, FOUND, MEASURE, Point, page_of, stops
from tests.browser.walker import Walker
from tests.people import DAY, Town

pytestmark = pytest.mark.browser

WHY = "Hon låg utan hjälp i nio timmar och hade kunnat dö."
NOTED = "Larmloggen visar att ingen tog emot larmet klockan 22.05."
DEMANDS = (
    ("Ha personal som kan besvara larm hela natten.", "2026-12-16", "500000"),
    ("Skriv hur en telefon byts.", "2027-01-15", ""),
    ("Visa att alla larm prövas varje månad.", "2027-02-15", "100000"),
)
EIGHT_WEEKS_ON = datetime(2027, 1, 11, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
POINTS = (
    *sealed.COMMON,
    Point(
        "Vad den enskilda",
        (
            ("Har den enskilda fått veta vad som har hänt?", "Ja"),
            ("Har god man, förvaltare eller närstående fått veta?", "Ja"),
        ),
        (("Om nej: varför inte? Om ja: vem, när och av vem?", "Dottern, den 16 november, av Sanna Lind."),),
    ),
    Point(
        "Personakt",
        (("Är det antecknat i personakten?", "Ja"), ("Är det anmält till polisen?", "Nej")),
        (("Om nej: varför är det inte anmält?", "Inget tyder på brott."),),
    ),
)


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_night_without_help_is_investigated_notified_mended_and_answered(
    visitor: Callable[..., Walker], town: Town, clock: time_machine.Traveller
) -> None:
    amira, karin, sanna, olle, david, jonas = (visitor() for _ in range(6))
    reference = amira_reports(amira, town)
    lex = karin_hands_over(karin, town, reference)
    sanna_receives_and_appoints(sanna, town, lex)
    olle_investigates(olle, town, lex)
    olle_notes_and_proposes(olle, lex)
    david_decides(david, town, lex)
    ivo = sanna_is_told_to_notify(sanna, lex)
    sanna_notifies(sanna, ivo)
    sanna_enters_what_ivo_demands(sanna, ivo)
    sanna_remedies_one_demand_at_a_time(sanna, ivo)
    karin_reads_the_decision_and_nothing_else(karin, ivo, lex)
    sanna_closes_with_ivo(sanna, ivo)
    the_measure_is_done(sanna, jonas, town, lex)
    clock.move_to(EIGHT_WEEKS_ON)
    sanna_closes(sanna, town, lex)
    amira_reads_what_came_of_it(amira, town, lex, ivo)


def amira_reports(amira: Walker, town: Town) -> str:
    amira.logs_in(town.amira)
    amira.follows("Rapportera något")
    answers_what_is_required(amira, sealed.TOLD)
    amira.writes("Vilka följder fick det, eller kunde det få?", sealed.FELT)
    amira.presses("Fortsätt")
    goes_to_the_check_page(amira)
    return sends(amira)


def karin_hands_over(karin: Walker, town: Town, reference: str) -> str:
    karin.logs_in(town.karin)
    sealed.hands_over(karin, reference, "Lämna över till lex Sarah")
    stops(karin, "lex-01-karin-har-lamnat-over")
    return sealed.the_case(Kind.LEX)


def sanna_receives_and_appoints(sanna: Walker, town: Town, lex: str) -> None:
    sanna.logs_in(town.sanna)
    stops(sanna, "lex-02-start-for-sanna")
    sealed.receives(sanna, lex, "SoL", "Brister i utförandet av insatser")
    sanna.sees("27 kap. 5 § socialtjänstlagen (2025:400)")
    stops(sanna, "lex-03-ta-emot")
    sanna.presses("Ta emot")
    sanna.sees("Du bedömer rapporten och utser en utredare")
    stops(sanna, "lex-04-inledande-bedomning")
    sanna.follows("Börja utredningen")
    sealed.appoints(sanna, "Olle Sand, enhetschef", decider="David Nyman, förvaltningschef")
    stops(sanna, "lex-05-borja-utredningen")
    sanna.presses("Börja utredningen")
    sanna.sees("Olle Sand utreder. David Nyman beslutar")


def olle_investigates(olle: Walker, town: Town, lex: str) -> None:
    olle.logs_in(town.olle)
    olle.sees("Väntar på dig", lex, "Utred")
    stops(olle, "lex-06-start-for-olle")
    olle.goes_to(page_of(lex, "dokumentation/"))
    olle.sees(
        "11 punkter återstår.", "Skriv vilka följder det fick, eller varför du inte tar med det rapportören skrev."
    )
    stops(olle, "lex-07-dokumentation")
    sealed.answers_points(olle, lex, POINTS, "lex-08")
    sealed.finds_cause(olle, lex)
    olle.goes_to(page_of(lex, "dokumentation/"))
    olle.sees("Allt är besvarat. Nu går det att föreslå beslut.")
    stops(olle, "lex-09-allt-besvarat")


def olle_notes_and_proposes(olle: Walker, lex: str) -> None:
    olle.follows("Skriv en anteckning")
    olle.sees("Anteckningen skrivs under med Olle Sand, enhetschef.")
    olle.writes("Varifrån vet du det?", "Larmloggen")
    olle.picks("Fakta")
    olle.writes("Anteckning", NOTED)
    stops(olle, "lex-10-anteckning")
    olle.presses("Spara anteckningen")
    olle.sees("Anteckningen är sparad.", NOTED)
    sealed.proposes(olle, lex, "Allvarligt missförhållande", WHY)
    stops(olle, "lex-11-foresla")
    olle.presses("Föreslå beslut")
    olle.sees("Utredningen låstes som handling nr 1")
    stops(olle, "lex-12-foreslaget")


def david_decides(david: Walker, town: Town, lex: str) -> None:
    david.logs_in(town.david)
    david.sees("Väntar på dig", lex)
    david.goes_to(page_of(lex))
    david.follows("Besluta")
    david.sees("Förslaget", "Allvarligt missförhållande. Olle Sand, enhetschef", WHY)
    david.writes("Beskrivning utan namn", "Ett larm på natten besvarades inte.")
    stops(david, "lex-13-besluta")
    david.presses("Besluta")
    david.sees("Beslut: Allvarligt missförhållande", "På delegation")
    stops(david, "lex-14-beslutat")


# --- IVO


def sanna_is_told_to_notify(sanna: Walker, lex: str) -> str:
    ivo = sealed.the_case(Kind.IVO)
    sanna.goes_to("/")
    sanna.sees("Anmäl snarast till IVO", ivo, lex)
    stops(sanna, "lex-15-start-anmal-snarast")
    sanna.goes_to(page_of(lex))
    sanna.sees("Det ska anmälas till IVO snarast, senast tisdag 17 november")
    stops(sanna, "lex-16-ska-anmalas")
    return ivo


def sanna_notifies(sanna: Walker, ivo: str) -> None:
    sealed.papers_are_printed()
    sanna.goes_to(page_of(ivo))
    sanna.follows("Skriv anmälan")
    sanna.meets("Anmälan till IVO")
    assert sanna.page.get_by_label("Beskrivning").input_value() == FOUND
    sanna.writes("Kontaktpersonens telefon", "08-465 004 00")
    sanna.picks("Utredning", about="Vilka filer ska med?")
    stops(sanna, "lex-17-anmalan")
    sanna.presses("Spara")
    sanna.sees("Anmälan är sparad.")
    sanna_sees_it_as_one_pdf(sanna, ivo)
    sanna.follows("Jag har skickat den")
    sanna.picks("I IVO:s e-tjänst")
    sanna.picks("Ja", about="Skickades utredningen med?")
    stops(sanna, "lex-18-anmal")
    sanna.presses("Anmäl")
    sanna.sees("Hos IVO", "Det här är låst så som det skickades.", "SHA-256")
    stops(sanna, "lex-19-hos-ivo")
    sanna.goes_to("/")
    sanna.does_not_see("Anmäl snarast")


def sanna_sees_it_as_one_pdf(sanna: Walker, ivo: str) -> None:
    answer = sanna.page.request.get(f"{sanna.site}{page_of(ivo, 'anmalan/pdf/')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.body())).pages).split())
    wanted = ["Anmälan enligt lex Sarah", "08-465 004 00", FOUND, WHY, "Utredning LEX-2026-0001 nr 1.pdf"]
    assert [words for words in wanted if words not in text] == []


def sanna_enters_what_ivo_demands(sanna: Walker, ivo: str) -> None:
    sanna.goes_to(page_of(ivo))
    sanna.follows("Lägg in beslut")
    sanna.writes("Vilken dag beslutade IVO?", DAY.isoformat())
    sanna.picks("Föreläggande")
    sanna.writes("Vad står det i beslutet?", "Kommunen ska se till att larm besvaras.")
    sealed.adds_file(sanna, "IVO:s beslut som fil", "beslut.txt", b"IVO beslutar.")
    sanna.picks("Karin Ek", about="Vilka ska läsa beslutet?")
    for number, (text, due, fine) in enumerate(DEMANDS, 1):
        sanna.opens(f"Krav {number}")
        part = sanna.page.locator("details", has=sanna.page.locator("summary", has_text=f"Krav {number}"))
        part.get_by_label("Vad kräver IVO?").fill(text)
        part.get_by_label("När ska det vara klart?").fill(due)
        part.get_by_label("Vite i kronor").fill(fine)
    stops(sanna, "lex-20-lagg-in-beslut")
    sanna.presses("Lägg in beslut")
    sanna.sees(*(text for text, _, _ in DEMANDS), "Vite: 500\N{NO-BREAK SPACE}000 kronor")
    sanna.sees("Karin Ek, enhetschef: inte läst än")
    stops(sanna, "lex-21-forelaggande")


def sanna_remedies_one_demand_at_a_time(sanna: Walker, ivo: str) -> None:
    for number, (text, _, _) in enumerate(DEMANDS, 1):
        sanna.goes_to(page_of(ivo))
        sanna.follows("Återrapportera")
        sanna.picks(text, about="Vilket krav gäller det?")
        sanna.writes("Vad har gjorts?", f"Det här är gjort, del {number}.")
        sanna.picks("Med post")
        stops(sanna, f"lex-22-aterrapportera-{number}")
        sanna.presses("Återrapportera")
        sanna.sees("återrapporterade till IVO", f"Det här är gjort, del {number}.")
    sanna.sees("”Avsluta” går inte än. Alla har inte läst IVO:s beslut. Kvar: Karin Ek.")
    stops(sanna, "lex-23-karin-har-inte-last")


def karin_reads_the_decision_and_nothing_else(karin: Walker, ivo: str, lex: str) -> None:
    karin.goes_to("/")
    karin.follows("Läs IVO:s beslut")
    karin.meets("IVO:s beslut: föreläggande")
    karin.sees(*(text for text, _, _ in DEMANDS))
    karin.does_not_see(FOUND, CAUSE, WHY, lex)
    stops(karin, "lex-24-karin-laser")
    karin.presses("Jag har läst")
    karin.sees("Du läste beslutet i dag")
    assert [karin.everything_on(page_of(case))[0] for case in (ivo, lex)] == [404, 404]


def sanna_closes_with_ivo(sanna: Walker, ivo: str) -> None:
    sanna.goes_to(page_of(ivo))
    sanna.follows("Avsluta")
    sanna.writes("Vad har ni lärt er?", sealed.LESSON)
    sanna.writes("Vilka åtgärder har gjorts?", MEASURE)
    sanna.presses("Avsluta")
    sanna.sees("Avslutat", "Inget mer behöver göras")
    stops(sanna, "lex-25-avslutat-hos-ivo")


# --- What came of it


def the_measure_is_done(sanna: Walker, jonas: Walker, town: Town, lex: str) -> None:
    sealed.decides_measure(sanna, lex, "Jonas Berg, gruppledare")
    stops(sanna, "lex-26-atgard")
    jonas.logs_in(town.jonas)
    sealed.finishes_measure(jonas, lex)
    stops(jonas, "lex-27-jonas-atgard")
    jonas.presses("Ja, den är klar")
    jonas.sees("Åtgärden är klar. Bra jobbat.")
    assert jonas.everything_on(page_of(lex))[0] == 404
    sealed.follows_up(sanna, lex, EIGHT_WEEKS_ON.date().isoformat())
    stops(sanna, "lex-28-foljs-upp")


def sanna_closes(sanna: Walker, town: Town, lex: str) -> None:
    sanna.logs_in(town.sanna)
    sealed.closes(sanna, lex)
    stops(sanna, "lex-29-avsluta")
    sanna.presses("Avsluta")
    sanna.sees("Avslutat", sealed.EFFECT, sealed.LESSON)
    stops(sanna, "lex-30-avslutat")
    sanna.takes_picture_at_desk("lex-30-avslutat-1280")


def amira_reads_what_came_of_it(amira: Walker, town: Town, lex: str, ivo: str) -> None:
    amira.logs_in(town.amira)
    amira.sees("Du har fått svar", "Sanna Lind har svarat dig.")
    stops(amira, "lex-31-start-for-amira")
    sealed.reads_answer(amira, lex, WHY, NOTED, ivo)
    stops(amira, "lex-32-svaret")
