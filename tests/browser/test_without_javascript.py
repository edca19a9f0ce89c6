"""The whole report with JavaScript off: nothing in it needs a script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from avvikelse.cases.models import Case
from tests.browser.reporting import (
    TOLD,
    answers_what_is_required,
    goes_to_the_check_page,
    sends,
    tells_what_happened,
)
from tests.browser.walker import Walker
from tests.people import Town

pytestmark = pytest.mark.browser


@pytest.fixture
def amira(visitor: Callable[..., Walker], town: Town) -> Walker:
    amira = visitor(java_script_enabled=False)
    amira.logs_in(town.amira)
    return amira


def test_a_report_is_written_question_by_question_and_sent(amira: Walker) -> None:
    amira.follows("Rapportera något")
    answers_what_is_required(amira)
    goes_to_the_check_page(amira)
    amira.sees(TOLD, "Solgläntan", "Måndag 16 november 2026, dagpass", "En enskild", "Detta läses av")
    reference = sends(amira)
    amira.follows("Mina rapporter")
    amira.meets("Morgonbesöket klockan åtta blev inte av")
    assert Case.objects.get().reference == reference


def test_an_answer_left_out_is_asked_for_and_nothing_is_lost(amira: Walker) -> None:
    amira.goes_to("/rapportera/")
    amira.presses("Fortsätt")
    expect(amira.page).to_have_title("Fel: Vad hände? – Rapportera – Avvikelse")
    amira.sees("En sak behöver rättas", "Skriv vad som hände.")
    tells_what_happened(amira)
    amira.meets("Vilken enhet gäller det?")
    amira.presses("Förra frågan")
    amira.meets("Vad hände?")
    expect(amira.page.get_by_label("Vad hände?")).to_have_value(TOLD)


def test_a_draft_is_found_again_and_an_answer_changed_before_it_is_sent(amira: Walker, town: Town) -> None:
    amira.goes_to("/rapportera/")
    answers_what_is_required(amira)
    amira.page.context.clear_cookies()
    amira.logs_in(town.amira)
    amira.follows("Rapportera något")
    amira.follows("Fortsätt på ditt utkast")
    amira.meets("Kontrollera och skicka")
    amira.follows("Ändra vem som berördes")
    amira.picks("En grupp")
    amira.presses("Spara")
    amira.sees("En grupp")
    sends(amira, "Skicka in och logga ut")
    assert Case.objects.get().affected == "group"
    amira.goes_to("/mina-rapporter/")
    amira.meets("Logga in")


def test_everything_can_be_answered_on_one_page(amira: Walker) -> None:
    amira.goes_to("/rapportera/")
    amira.follows("Fyll i allt på en sida")
    amira.writes("Vad hände?", TOLD)
    amira.picks("Ja, det har hänt")
    amira.picks("Vet inte", about="När hände det?")
    amira.opens("Berätta mer, lämna filer eller dölj ditt namn")
    amira.picks("Visa inte mitt namn för chefen")
    amira.page.get_by_label("Vill du lämna filer?").set_input_files(
        {"name": "schema.txt", "mimeType": "text/plain", "buffer": b"08.00 inget"}
    )
    amira.presses("Skicka in")
    amira.sees("En sak behöver rättas", "Välj vem som berördes, eller Ingen.", "schema.txt")
    amira.picks("En enskild", about="Vem berördes?")
    sends(amira)
    case = Case.objects.get()
    assert (case.reporter_hidden, case.affected, case.attachments.count()) == (True, "one", 1)
