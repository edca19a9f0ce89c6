"""Without an account: by the unit's link, without a name, and followed with nothing but the code."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from avvikelse.cases.models import Case
from tests.browser.reporting import (
    TOLD,
    goes_to_the_check_page,
    says_it_has_happened,
    says_when,
    says_who_was_affected,
    sends,
    tells_what_happened,
)
from tests.browser.walker import Walker
from tests.people import Town

pytestmark = pytest.mark.browser

QUESTION = "Vilken avdelning gällde det?"
REPLY = "Avdelning två, längst in."


def test_a_report_by_the_units_link_is_answered_with_its_code(visitor: Callable[..., Walker], town: Town) -> None:
    somebody = visitor()
    code = somebody_reports(somebody, town)
    case = Case.objects.get()
    assert (case.reporter, case.entered_by, case.reporter_typed) == (None, None, "")
    karin = visitor()
    karin_asks(karin, town, case.reference)
    somebody_answers(visitor(), code)
    karin.goes_to(f"/arenden/{case.reference}/")
    karin.sees(QUESTION, REPLY, "Anonym svarade")
    karin.takes_picture("57-anonym-arende-for-karin")


def somebody_reports(somebody: Walker, town: Town) -> str:
    somebody.goes_to(f"/e/{town.solglantan.link_secret}/")
    somebody.meets("Berätta vad som hände")
    somebody.takes_picture("50-enhetens-lank")
    somebody.presses("Börja")
    tells_what_happened(somebody)
    says_it_has_happened(somebody)
    says_when(somebody)
    says_who_was_affected(somebody)
    somebody.meets("Ska ditt namn synas?")
    somebody.takes_picture("51-anonym-namn")
    somebody.picks("Jag vill vara anonym")
    goes_to_the_check_page(somebody)
    somebody.sees("Sparas inte. Du får en kod på kvittot som du följer rapporten med.")
    somebody.takes_picture("52-anonym-kontrollera")
    sends(somebody)
    somebody.takes_picture("53-anonym-kvitto")
    code = somebody.the_text_of(".note .number-big")
    somebody.presses("Stäng kvittot")
    somebody.does_not_see(code)
    return code


def karin_asks(karin: Walker, town: Town, reference: str) -> None:
    karin.logs_in(town.karin)
    karin.goes_to(f"/arenden/{reference}/")
    karin.opens("Annat du kan göra")
    karin.follows("Begär komplettering")
    karin.writes("Vad behöver du veta mer?", QUESTION)
    karin.presses("Begär komplettering")
    karin.sees("Komplettering begärd", QUESTION)


def somebody_answers(somebody: Walker, code: str) -> None:
    somebody.goes_to("/kod/")
    somebody.takes_picture("54-kod")
    somebody.writes("Följ din rapport", code.lower())
    somebody.presses("Visa rapporten")
    somebody.meets("Morgonbesöket klockan åtta blev inte av")
    somebody.sees("Vi behöver veta lite mer av dig", "Karin Ek, enhetschef, frågar", QUESTION, TOLD)
    somebody.takes_picture("55-folj-rapporten")
    somebody.follows("Svara")
    somebody.writes("Ditt svar", REPLY)
    somebody.takes_picture("56-svara")
    somebody.presses("Skicka")
    somebody.sees("Det är skickat.", "Din rapport är framme", REPLY)
