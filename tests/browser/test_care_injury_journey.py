"""A vårdskada on a phone: MAS receives it, a händelseanalys shows why, the nämnd decides, and the reporter is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine
from django.db import transaction
from pytest_django import Settings

from avvikelse.cases.kinds import Kind
from tests.browser import sealed
from tests.browser.sealed import CAUSE, FOUND, Point, page_of, stops
from tests.browser.walker import Walker
from tests.people import DAY, Town, report

pytestmark = pytest.mark.browser

HARM = "Vårdskada, eller händelse som kunde ha medfört vårdskada"
WHY = "Nio timmar på golvet gav en kylskada som läker."
STEPS = (
    ("Klockan 21.40", "Telefonen byts."),
    ("Klockan 22.05", "Hon larmar."),
    ("Klockan 07.00", "Dagpersonalen kommer."),
)
FIRST, LAST = "Steg 1: Klockan 21.40 Telefonen byts.", "Steg 3: Klockan 07.00 Dagpersonalen kommer."
CONTRIBUTED = "Förrådet har ingen plats för telefoner som inte används."
FAILED, HELD = "Ett larm som inte besvaras går ingen annanstans.", "Dagpersonalen ser till alla klockan sju."
MINUTES = b"%PDF-1.4\n%%EOF\n"
TO_BE_TOLD = (
    "Att det har hänt något",
    "Vad vårdgivaren tänker göra",
    "Att det går att klaga",
    "Att patientnämnden",
    "Att det går att anmäla klagomål",
    "Att det går att få ersättning",
)
POINTS = (
    *sealed.COMMON,
    Point(
        "Anteckning i journalen",
        (("Är informationen till patienten antecknad i journalen?", "Ja"),),
        (("Var i journalen?", "Anteckning den 16 november."),),
    ),
)
EIGHT_WEEKS_ON = datetime(2027, 1, 11, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def test_a_cold_night_is_analysed_decided_by_the_namnd_and_answered(
    visitor: Callable[..., Walker], town: Town, clock: time_machine.Traveller
) -> None:
    karin, maja, jonas, rut, amira = (visitor() for _ in range(5))
    vsk = karin_hands_over(karin, town)
    maja_receives_and_appoints(maja, town, vsk)
    jonas_analyses(jonas, town, vsk)
    jonas_adds_what_contributed(jonas)
    jonas_answers_the_rest(jonas, vsk)
    jonas_proposes(jonas, vsk)
    rut_records_what_the_namnd_decided(rut, town, vsk)
    maja_reads_the_analysis_as_a_document(maja, vsk)
    the_measure_is_done(maja, karin, vsk)
    clock.move_to(EIGHT_WEEKS_ON)
    maja_closes(maja, town, vsk)
    amira.logs_in(town.amira)
    sealed.reads_answer(amira, vsk, WHY, CONTRIBUTED, FAILED)
    stops(amira, "vsk-27-svaret")


def karin_hands_over(karin: Walker, town: Town) -> str:
    with transaction.atomic():
        case = report(town, title=sealed.SHORT, what_happened=sealed.TOLD)
    karin.logs_in(town.karin)
    sealed.hands_over(karin, case.reference, "Lämna över som vårdskada")
    return sealed.the_case(Kind.VSK)


def maja_receives_and_appoints(maja: Walker, town: Town, vsk: str) -> None:
    maja.logs_in(town.maja)
    sealed.receives(maja, vsk)
    stops(maja, "vsk-01-ta-emot")
    maja.presses("Ta emot")
    maja.sees("Du bedömer rapporten och utser en analysledare")
    stops(maja, "vsk-02-inledande-bedomning")
    maja.follows("Börja händelseanalysen")
    sealed.appoints(maja, "Jonas Berg, gruppledare", label="Analysledare")
    maja.writes("Vilka är med i teamet?", "Maja Öberg, MAS\nFrida Lund, 1:e socialsekreterare")
    stops(maja, "vsk-03-borja-handelseanalysen")
    maja.presses("Börja händelseanalysen")
    maja.sees("Jonas Berg utreder. Nämnden beslutar")


def jonas_analyses(jonas: Walker, town: Town, vsk: str) -> None:
    jonas.logs_in(town.jonas)
    jonas.sees("Väntar på dig", vsk, "Gör händelseanalysen")
    jonas.goes_to(page_of(vsk, "dokumentation/"))
    stops(jonas, "vsk-04-dokumentation")
    jonas.follows("Händelseanalysen")
    jonas.meets("Händelseanalys")
    jonas.sees("Börja med det första som hände.")
    stops(jonas, "vsk-05-tom-analys")
    for when, what in STEPS:
        jonas.follows("Lägg till ett steg")
        jonas.writes("När, om du vet?", when)
        jonas.writes("Vad hände i det här steget?", what)
        stops(jonas, "vsk-06-steg")
        jonas.presses("Spara")
        jonas.meets("Händelseanalys")
        jonas.sees(what)


def jonas_adds_what_contributed(jonas: Walker) -> None:
    jonas.follows("Lägg till vad som bidrog")
    jonas.picks_in_list("Vad i förloppet hör det till?", FIRST)
    jonas.picks("Omgivning och organisation")
    jonas.writes("Vad bidrog till att det hände?", CONTRIBUTED)
    stops(jonas, "vsk-07-bidrog")
    jonas.presses("Spara")
    for at, how, text in ((FIRST, "Det brast", FAILED), (LAST, "Det höll", HELD)):
        jonas.follows("Lägg till ett skydd")
        jonas.picks_in_list("Vid vilket steg?", at)
        jonas.writes("Vilket skydd fanns, eller borde ha funnits?", text)
        jonas.picks(how)
        stops(jonas, "vsk-08-skydd")
        jonas.presses("Spara")
        jonas.meets("Händelseanalys")
    jonas.sees("3 steg. 1 bidragande faktor. 1 skydd höll och 1 skydd brast.", CONTRIBUTED, FAILED, HELD)


def jonas_answers_the_rest(jonas: Walker, vsk: str) -> None:
    sealed.finds_cause(jonas, vsk)
    jonas.goes_to(f"/handelseanalys/{vsk}/")
    jonas.sees("Förloppet i bild", "Förloppet i ord", CAUSE, "Frida Lund, 1:e socialsekreterare")
    stops(jonas, "vsk-09-analys")
    jonas.takes_picture_at_desk("vsk-09-analys-1280")
    sealed.answers_points(jonas, vsk, POINTS, "vsk-10")
    jonas.goes_to(page_of(vsk, "dokumentation/"))
    jonas.follows("Vad patienten har fått veta")
    jonas.picks("Ja, patienten")
    jonas.writes("Vilken dag?", DAY.isoformat())
    jonas.writes("Vem informerade?", "Maja Öberg, MAS")
    for told in TO_BE_TOLD:
        jonas.picks(told)
    stops(jonas, "vsk-11-patienten")
    jonas.presses("Spara")
    jonas.sees("Allt är besvarat. Nu går det att föreslå beslut.")


def jonas_proposes(jonas: Walker, vsk: str) -> None:
    sealed.proposes(jonas, vsk, HARM, WHY)
    stops(jonas, "vsk-12-foresla")
    jonas.presses("Föreslå beslut")
    jonas.sees("Utredningen låstes som handling nr 1", "Händelseanalys, handling nr 1")
    stops(jonas, "vsk-13-foreslaget")


def rut_records_what_the_namnd_decided(rut: Walker, town: Town, vsk: str) -> None:
    """The registrator knows the number and the decision, and nothing of what happened."""
    rut.logs_in(town.rut)
    rut.goes_to("/diarium/")
    rut.sees(vsk)
    stops(rut, "vsk-14-diarium")
    rut.follows("Registrera nämndens beslut")
    rut.does_not_see(sealed.SHORT, FOUND, WHY)
    rut.writes("Vem beslutade?", "Socialnämnden")
    rut.writes("Vilken dag?", DAY.isoformat())
    rut.writes("Paragraf", "§ 45")
    sealed.adds_file(rut, "Protokollsutdraget", "protokoll.pdf", MINUTES, "application/pdf")
    sealed.grades(rut, HARM)
    stops(rut, "vsk-15-namndens-beslut")
    rut.presses("Registrera nämndens beslut")
    rut.sees("Klart. Du registrerade beslutet av Socialnämnden")
    rut.does_not_see("Registrera nämndens beslut")
    assert rut.everything_on(page_of(vsk))[0] == 404


def maja_reads_the_analysis_as_a_document(maja: Walker, vsk: str) -> None:
    sealed.papers_are_printed()
    maja.goes_to(page_of(vsk))
    maja.sees("Beslut: " + HARM, "Socialnämnden", "§ 45", "protokoll.pdf", "Skrevs in av Rut Alm")
    stops(maja, "vsk-16-beslutat")
    answer = maja.page.request.get(f"{maja.site}{page_of(vsk, 'handling/analysis/1/')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    text = " ".join(" ".join(page.extract_text() for page in pypdf.PdfReader(BytesIO(answer.body())).pages).split())
    named = [vsk, "Händelseanalys", "Frida Lund, 1:e socialsekreterare"]
    wanted = [*named, *(what for _, what in STEPS), CONTRIBUTED, FAILED, HELD, CAUSE]
    assert [words for words in wanted if words not in text] == []


def the_measure_is_done(maja: Walker, karin: Walker, vsk: str) -> None:
    """The chief does what is asked of her and sees nothing but that."""
    sealed.decides_measure(maja, vsk, "Karin Ek, enhetschef")
    sealed.finishes_measure(karin, vsk)
    stops(karin, "vsk-20-karin-atgard")
    karin.presses("Ja, den är klar")
    karin.sees("Åtgärden är klar. Bra jobbat.")
    sealed.follows_up(maja, vsk, EIGHT_WEEKS_ON.date().isoformat())


def maja_closes(maja: Walker, town: Town, vsk: str) -> None:
    maja.logs_in(town.maja)
    sealed.closes(maja, vsk)
    stops(maja, "vsk-25-avsluta")
    maja.presses("Avsluta")
    maja.sees("Avslutat", sealed.EFFECT, sealed.LESSON)
    stops(maja, "vsk-26-avslutat")
