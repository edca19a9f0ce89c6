"""Rapportera as somebody answers it, one question after the other."""

from __future__ import annotations

from tests.browser.walker import Walker

TOLD = "Morgonbesöket klockan åtta blev inte av. Schemat hade ändrats kvällen innan och ingen såg det."


def tells_what_happened(walker: Walker, text: str = TOLD) -> None:
    walker.meets("Vad hände?")
    walker.writes("Vad hände?", text)
    walker.presses("Fortsätt")


def confirms_the_unit(walker: Walker) -> None:
    walker.meets("Vilken enhet gäller det?")
    walker.presses("Fortsätt")


def says_it_has_happened(walker: Walker) -> None:
    walker.meets("Har det hänt?")
    walker.picks("Ja, det har hänt")
    walker.presses("Fortsätt")


def says_when(walker: Walker) -> None:
    walker.meets("När hände det?")
    walker.picks("I dag, måndag 16 november")
    walker.picks("Dagpass")
    walker.presses("Fortsätt")


def says_who_was_affected(walker: Walker) -> None:
    walker.meets("Vem berördes?")
    walker.picks("En enskild")
    walker.presses("Fortsätt")


def answers_what_is_required(walker: Walker, text: str = TOLD) -> None:
    """The five questions that everybody with an account answers, and the first of those that may be skipped."""
    tells_what_happened(walker, text)
    confirms_the_unit(walker)
    says_it_has_happened(walker)
    says_when(walker)
    says_who_was_affected(walker)
    walker.meets("Vilka följder fick det, eller kunde det få?")


OPTIONAL = (
    "Vilka följder fick det, eller kunde det få?",
    "Stämmer något av det här?",
    "Gäller det ett barn?",
    "Vad gjordes genast?",
    "Fanns det en rutin eller ett beslut, och följdes det?",
    "Har du ett förslag på vad som kan göras?",
    "Händer det ofta?",
    "Var någon utanför kommunen inblandad?",
    "Gäller det din chef?",
    "Ska ditt namn synas?",
    "Vill du lämna filer?",
)
"""What may be skipped, in order."""


def walks_past(walker: Walker, first: str, last: str) -> None:
    """Skip the questions from one to another, both skipped."""
    for question in OPTIONAL[OPTIONAL.index(first) : OPTIONAL.index(last) + 1]:
        walker.meets(question)
        walker.presses("Fortsätt")


def goes_to_the_check_page(walker: Walker) -> None:
    walker.presses("Hoppa till Kontrollera")
    walker.meets("Kontrollera och skicka")


def sends(walker: Walker, button: str = "Skicka in") -> str:
    """Send, and return the number on the receipt."""
    walker.presses(button)
    walker.meets("Tack. Din rapport är framme.")
    return walker.the_text_of(".receipt .number-big")
