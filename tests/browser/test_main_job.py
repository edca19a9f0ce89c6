"""The main job in a browser on a phone: from "vad hände?" to the answer, as the three people who do it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pypdf
import pytest
import time_machine

from avvikelse.documents import tasks
from tests.browser.reporting import (
    TOLD,
    confirms_the_unit,
    says_it_has_happened,
    says_when,
    says_who_was_affected,
    sends,
    walks_past,
)
from tests.browser.walker import Walker
from tests.people import Town

pytestmark = pytest.mark.browser

WITH_A_NAME = f"{TOLD} Karin Ek fick veta det klockan tio."
CONSEQUENCES = "Hon fick ingen frukost förrän klockan tio och blev orolig."
FOUND = "Schemat ändrades klockan 21. Ändringen syntes inte i mobilen, och ingen kvitterade den."
CAUSE = "Sena ändringar i schemat behöver inte kvitteras."
MEASURE = "Systemet spärrar en ändring tills den är kvitterad."
SIGN = "Inga uteblivna morgonbesök på åtta veckor."
ANSWER = "Tack för att du berättade. Nu går det inte att ändra schemat utan att någon kvitterar."
EFFECT = "Inga uteblivna besök sedan spärren kom."
EIGHT_WEEKS_ON = datetime(2027, 1, 11, 9, 0, tzinfo=ZoneInfo("Europe/Stockholm"))


def test_what_happened_becomes_an_answer(
    visitor: Callable[..., Walker], town: Town, clock: time_machine.Traveller
) -> None:
    amira, karin, jonas = visitor(), visitor(), visitor()
    reference = amira_reports(amira, town)
    karin_judges(karin, town, reference)
    jonas_investigates(jonas, town, reference)
    jonas_finds_a_cause(jonas)
    jonas_proposes_a_measure(jonas)
    jonas_concludes(jonas)
    jonas_reads_the_document(jonas, town, reference)
    karin_approves(karin, reference)
    jonas_finishes_the_measure(jonas)
    karin_begins_to_follow_up(karin, reference)
    clock.move_to(EIGHT_WEEKS_ON)
    karin_closes(karin, town, reference)
    amira_reads_what_came_of_it(amira, town, reference)


def amira_reports(amira: Walker, town: Town) -> str:
    amira.goes_to("/konto/login/")
    amira.takes_picture("01-logga-in")
    amira.logs_in(town.amira)
    amira.takes_picture("02-start-for-amira")
    amira.follows("Rapportera något")
    amira_tells(amira)
    amira_answers_the_rest(amira)
    amira_takes_out_the_name(amira)
    amira.sees("Detta läses av", "Karin Ek, enhetschef", "Du, Amira Haddad, står som rapportör.")
    amira.takes_picture("14-kontrollera")
    reference = sends(amira)
    amira.sees("Karin Ek, enhetschef, läser rapporten och bedömer den.", "Spara kvittot som PDF")
    amira.takes_picture("15-kvitto")
    return reference


def amira_tells(amira: Walker) -> None:
    amira.meets("Vad hände?")
    amira.writes("Vad hände?", WITH_A_NAME)
    amira.sees("Sparat kl. ", "Rapporten läses av Karin Ek (enhetschef)")
    amira.takes_picture("03-vad-hande")
    amira.presses("Fortsätt")


def amira_answers_the_rest(amira: Walker) -> None:
    amira.takes_picture("04-enhet")
    confirms_the_unit(amira)
    amira.takes_picture("05-har-det-hant")
    says_it_has_happened(amira)
    amira.takes_picture("06-nar")
    says_when(amira)
    amira.takes_picture("07-vem")
    says_who_was_affected(amira)
    amira.writes("Vilka följder fick det, eller kunde det få?", CONSEQUENCES)
    amira.takes_picture("08-foljder")
    amira.presses("Fortsätt")
    amira.takes_picture("09-allvar")
    walks_past(amira, "Stämmer något av det här?", "Stämmer något av det här?")
    amira.meets("Gäller det ett barn?")
    amira.picks("Nej")
    amira.presses("Fortsätt")
    walks_past(amira, "Vad gjordes genast?", "Var någon utanför kommunen inblandad?")
    amira.takes_picture("10-chef")
    walks_past(amira, "Gäller det din chef?", "Gäller det din chef?")
    amira.takes_picture("11-namn")
    walks_past(amira, "Ska ditt namn synas?", "Ska ditt namn synas?")
    amira.takes_picture("12-filer")
    amira.presses("Fortsätt")


def amira_takes_out_the_name(amira: Walker) -> None:
    amira.meets("Kontrollera och skicka")
    amira.sees("Pekar texten ut någon?", "Karin Ek", "Skicka ändå")
    amira.takes_picture("13-pekar-ut")
    amira.follows("Ändra Karin Ek")
    amira.writes("Vad hände?", TOLD)
    amira.presses("Spara")
    amira.meets("Kontrollera och skicka")
    amira.does_not_see("Pekar texten ut någon?")


def karin_judges(karin: Walker, town: Town, reference: str) -> None:
    karin.logs_in(town.karin)
    karin.sees("Väntar på dig", reference)
    karin.takes_picture("16-start-for-karin")
    karin.takes_picture_at_desk("16-start-for-karin-1280")
    karin.follows(f"Bedöm rapporten {reference}")
    karin.meets("Bedöm")
    karin.sees(TOLD)
    karin.picks_in_list("Vad handlar det om?", "Insats uteblir")
    karin.picks("2 – Måttlig", about="Hur allvarligt är det, eller kunde det ha blivit, enligt SoL/LSS?")
    karin.picks("2 – Liten", about="Hur ofta kan det hända, enligt SoL/LSS?")
    karin.picks("Nej", about="Misstänker du ett missförhållande?")
    karin.writes("Varför, eller varför inte?", "Ingen har farit illa.")
    karin.picks_in_list("Vem ska utreda?", "Jonas Berg, gruppledare")
    karin.takes_picture("17-bedom")
    karin.presses("Bedöm")
    karin.sees("Jonas Berg")
    karin.takes_picture("18-arende-under-utredning")
    karin.takes_picture_at_desk("18-arende-under-utredning-1280")


def jonas_investigates(jonas: Walker, town: Town, reference: str) -> None:
    jonas.logs_in(town.jonas)
    jonas.sees("Väntar på dig", reference)
    jonas.takes_picture("19-start-for-jonas")
    jonas.goes_to(f"/arenden/{reference}/")
    jonas.follows("Börja utreda")
    jonas.meets("Utredning")
    jonas.writes("Vad hände?", FOUND)
    jonas.writes("Vilka följder fick det, eller kunde det få?", "Oro och en sen frukost. Ingen bestående skada.")
    jonas.sees("Sparat kl. ")
    jonas.picks("Ja", about="Har det hänt förut?")
    jonas.picks("Ja", about="Kan det hända igen?")
    jonas.takes_picture("20-utredning")
    jonas.presses("Spara")
    jonas.sees("Utredningen är sparad.", FOUND)


def jonas_finds_a_cause(jonas: Walker) -> None:
    jonas.follows("Lägg till en orsak")
    jonas.picks("Processer, rutiner, arbetssätt och riktlinjer")
    jonas.writes("Orsaken", CAUSE)
    jonas.takes_picture("21-orsak")
    jonas.presses("Lägg till orsaken")
    jonas.sees(CAUSE)


def jonas_proposes_a_measure(jonas: Walker) -> None:
    jonas.follows("Lägg till en åtgärd")
    jonas.writes("Vad ska göras?", MEASURE)
    jonas.picks("Starkare")
    jonas.picks_in_list("Vem ansvarar?", "Jonas Berg, gruppledare")
    jonas.writes("När ska det vara klart?", "2026-12-01")
    jonas.writes("Hur ser ni att det har hjälpt?", SIGN)
    jonas.takes_picture("22-atgard")
    jonas.presses("Föreslå åtgärden")
    jonas.sees(MEASURE, "Väntar på beslut", "Jonas Berg gör det klart till 1 december 2026.")


def jonas_concludes(jonas: Walker) -> None:
    jonas.follows("Avsluta utredningen")
    jonas.meets("Avsluta utredningen")
    jonas.sees(FOUND, CAUSE)
    jonas.takes_picture("23-avsluta-utredningen")
    jonas.presses("Avsluta utredningen")
    jonas.sees("handling nr 1", "skrivs ut just nu")
    jonas.takes_picture("24-arende-atgardas")


def jonas_reads_the_document(jonas: Walker, town: Town, reference: str) -> None:
    jonas.follows("Utredning, handling nr 1")
    jonas.meets("Handlingen skrivs ut")
    jonas.takes_picture("25-handlingen-skrivs-ut")
    tasks.render_waiting()
    answer = jonas.page.request.get(jonas.page.url)
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    text = " ".join(pypdf.PdfReader(BytesIO(answer.body())).pages[0].extract_text().split())
    wanted = [reference, "Handling nr 1", "Utredning av avvikelse", town.jonas.name, "Schemat ändrades klockan 21."]
    assert [words for words in wanted if words not in text] == []


def karin_approves(karin: Walker, reference: str) -> None:
    karin.goes_to(f"/arenden/{reference}/")
    karin.follows("Besluta om åtgärden")
    karin.meets("Besluta om åtgärden")
    karin.sees(MEASURE, CAUSE)
    karin.picks("Godkänn")
    karin.takes_picture("26-besluta")
    karin.presses("Besluta")
    karin.does_not_see("Väntar på beslut")
    karin.takes_picture("27-arende-beslutat")


def jonas_finishes_the_measure(jonas: Walker) -> None:
    jonas.goes_to("/atgarder/")
    jonas.sees(MEASURE)
    jonas.takes_picture("28-atgarder")
    jonas.follows("Klar med")
    jonas.meets("Är åtgärden klar?")
    jonas.writes("Så blev det", "Spärren är på sedan i morse.")
    jonas.takes_picture("29-ar-atgarden-klar")
    jonas.presses("Ja, den är klar")
    jonas.sees("Åtgärden är klar. Bra jobbat.")


def karin_begins_to_follow_up(karin: Walker, reference: str) -> None:
    karin.goes_to(f"/arenden/{reference}/")
    karin.follows("Börja följa upp")
    karin.writes("När ska det följas upp?", "2027-01-11")
    karin.takes_picture("30-borja-folja-upp")
    karin.presses("Börja följa upp")
    karin.sees("Under uppföljning", "Det ska följas upp måndag 11 januari")


def karin_closes(karin: Walker, town: Town, reference: str) -> None:
    karin.logs_in(town.karin)
    karin.takes_picture("31-start-vid-uppfoljning")
    karin.follows(f"Följ upp {reference}")
    karin.meets("Avsluta")
    karin.picks("Ja", about=f"Hjälpte åtgärden ”{MEASURE}”?")
    karin.writes("Hur vet ni det?", EFFECT)
    karin.writes("Svar till rapportören", ANSWER)
    karin.takes_picture("32-avsluta")
    karin.presses("Avsluta")
    karin.sees("Avslutad", EFFECT)
    karin.takes_picture("33-arende-avslutat")
    karin.takes_picture_at_desk("33-arende-avslutat-1280")


def amira_reads_what_came_of_it(amira: Walker, town: Town, reference: str) -> None:
    amira.logs_in(town.amira)
    amira.sees(f"{reference} · Klart. Så här blev det")
    amira.takes_picture("34-start-for-amira-igen")
    amira.follows("Morgonbesöket klockan åtta blev inte av")
    amira.sees("Klart. Så här blev det", "Svar till dig", ANSWER, "Karin Ek, enhetschef", TOLD)
    amira.does_not_see(FOUND, CAUSE)
    amira.takes_picture("35-svaret")
