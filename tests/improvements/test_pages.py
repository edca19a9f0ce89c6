"""A förslag from the idea to the answer, and a good example, on the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import reverse

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from tests.desk import Desk, main_of, words_of
from tests.people import Town, report
from tests.stages import IMPROVEMENTS, adopted, declined, implemented, proposal, shared


def make(desk: Desk, name: str, case: Case, move: str, **data: Any) -> str:
    """Make the move on its page and return what one reads next."""
    version = Case.objects.get(pk=case.pk).version
    path = f"/arenden/{case.reference}/{move}/"
    answer = desk(name).post(path, {"version": version, **data}, follow=True)
    assert answer.redirect_chain != [], words_of(answer)
    return words_of(answer)


def test_an_idea_becomes_an_answer(town: Town, desk: Desk) -> None:
    case = proposal(town)
    assert "Klart. Du tog upp förslaget. Jonas Berg ser över det." in make(
        desk, "karin", case, "consider", investigator=town.jonas.pk
    )
    assert "Klart. Du antog förslaget." in make(desk, "karin", case, "adopt", plan="Vi provar i januari.")
    assert "Klart. Du genomförde förslaget." in make(desk, "jonas", case, "implement", result="Kortet används.")
    assert "Klart. Du avslutade ärendet." in make(desk, "karin", case, "close", answer="Tack för idén!")
    text = words_of(desk("amira").get(f"/mina-rapporter/{case.reference}/"))
    assert "Klart. Så här blev det." in text
    assert "Svar till dig Tack för idén!" in text


READS = {
    "received": "Det du skrev är framme, Karin Ek läser det.",
    "considering": "Vi ser över förslaget.",
    "adopted": "Vi ska göra det.",
    "implemented": "Det är gjort.",
    "declined": "Vi gör det inte. Snart får du veta hur vi tänkte.",
    "shared": "Ditt exempel delas med andra.",
    "closed": "Klart. Så här blev det.",
}


@pytest.mark.parametrize("state", IMPROVEMENTS)
def test_the_proposer_reads_where_it_is(town: Town, desk: Desk, state: str) -> None:
    case = IMPROVEMENTS[state](town)
    assert READS[state] in words_of(desk("amira").get(f"/mina-rapporter/{case.reference}/"))


def test_a_good_example_is_shared_with_others(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.FOR, facts={"sort": "good_example"})
    html = main_of(desk("karin").get(f"/arenden/{case.reference}/"))
    assert f'<a class="button" href="{reverse("case_move", args=[case.reference, "share"])}">Dela exemplet</a>' in html
    assert "Det är ett gott exempel: dela det i stället." in html
    assert "Klart. Du delade exemplet." in make(desk, "karin", case, "share", shared_with="På avdelningens möte.")


@pytest.mark.parametrize("make_case", [implemented, declined, shared])
def test_nothing_is_closed_without_an_answer(town: Town, desk: Desk, make_case: Any) -> None:
    case = make_case(town)
    answer = desk("karin").post(f"/arenden/{case.reference}/close/", {"version": case.version})
    assert "Skriv ett svar till rapportören, eller varför det inte går." in words_of(answer)
    assert Case.objects.get(pk=case.pk).state != "closed"


def test_a_step_back_takes_a_reason(town: Town, desk: Desk) -> None:
    case = adopted(town)
    answer = desk("karin").post(f"/arenden/{case.reference}/reconsider/", {"version": case.version})
    assert "Skriv varför." in words_of(answer)
    make(desk, "karin", case, "reconsider", why="Det blev för dyrt.")
    assert Case.objects.get(pk=case.pk).state == "considering"


def test_what_was_an_avvikelse_goes_on_as_one(town: Town, desk: Desk) -> None:
    case = proposal(town)
    text = make(desk, "karin", case, "make_deviation", why="Någon for illa.")
    assert "Det fortsätter som AVV-2026-0001." in text
    links = re.findall(r'href="(/arenden/AVV[^"]+)"', main_of(desk("karin").get(f"/arenden/{case.reference}/")))
    assert links == ["/arenden/AVV-2026-0001/"]


def test_causes_are_only_there_once_it_is_adopted(town: Town, desk: Desk) -> None:
    shown = {
        state: "Orsaker och åtgärder" in words_of(desk("karin").get(f"/arenden/{maker(town).reference}/"))
        for state, maker in IMPROVEMENTS.items()
    }
    assert shown == {state: state == "adopted" for state in IMPROVEMENTS}
