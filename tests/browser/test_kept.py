"""A text sent after the log-out: kept on the page, sent after the next log-in. No script is needed for it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction

from tests.browser.axe import axe_finds, spills_over, too_small
from tests.browser.walker import Walker
from tests.people import Town, report

pytestmark = pytest.mark.browser

WORDS = "Tack för att du berättade.\n\nVi ändrar hur schemat kvitteras, och du får veta mer på torsdag."


def has_no_fault(walker: Walker, name: str) -> None:
    walker.takes_picture(name)
    assert (axe_finds(walker.page), spills_over(walker.page), too_small(walker.page)) == ([], [], [])


@pytest.mark.parametrize("scripts", [True, False])
def test_what_was_written_is_sent_after_the_next_log_in(
    visitor: Callable[..., Walker], town: Town, *, scripts: bool
) -> None:
    with transaction.atomic():
        case = report(town)
    karin = visitor(java_script_enabled=scripts)
    karin.logs_in(town.karin)
    karin.goes_to(f"/arenden/{case.reference}/dismiss/")
    karin.picks("Annat")
    karin.writes("Svar till rapportören", WORDS)
    karin.writes("Mer om varför", "Redan löst.")
    Session.objects.all().delete()
    karin.presses("Avskriv")
    karin.meets("Det du skrev finns kvar")
    karin.sees("Du har blivit utloggad.", "Vi ändrar hur schemat kvitteras", "Redan löst.")
    if scripts:
        has_no_fault(karin, "kvar-utloggad")

    with karin.page.expect_popup() as tab:
        karin.follows("Logga in i en ny flik")
    Walker(tab.value, karin.site).logs_in(town.karin)
    karin.presses("Jag har loggat in")
    karin.sees("Du är inloggad som Karin Ek.", "Vi ändrar hur schemat kvitteras")
    if scripts:
        has_no_fault(karin, "kvar-inloggad")
    karin.presses("Skicka igen")
    karin.sees("Klart. Du avskrev")
    assert case.answers.get().text.replace("\r\n", "\n") == WORDS
