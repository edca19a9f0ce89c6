"""Bedöm lika: many judged in one go, each for itself when it must be."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from avvikelse.cases.models import Case
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import Town, moved, report

PATH = "/bedom-lika/"


def three(town: Town, **changes: Any) -> list[Case]:
    return [report(town, title=f"Larmet tyst i rum {number}", **changes) for number in range(3)]


def judgement(town: Town, cases: list[Case], **changes: Any) -> dict[str, Any]:
    start = {
        "version": 1,
        "chosen": [f"{case.pk}:{case.version}" for case in cases],
        "category": town.category.pk,
        "sol_severity": "1",
        "sol_likelihood": "2",
        "suspected": "no",
        "suspected_why": "Ingen har farit illa.",
        "cause_area": "technology",
        "cause": "Batterierna byts inte enligt listan.",
    }
    return {**start, **changes}


def states(cases: list[Case]) -> list[str]:
    return list(Case.objects.filter(pk__in=[case.pk for case in cases]).order_by("pk").values_list("state", flat=True))


def offered(desk: Desk, name: str, query: str = "") -> list[str]:
    labels = re.findall(r'name="chosen"[^>]*>\s*([^<]+)<small>', main_of(desk(name).get(f"{PATH}?{query}")))
    return [unescape(label).split()[0] for label in labels]


def test_only_chiefs_come_here(town: Town, desk: Desk) -> None:
    found = {name: desk(name).get(PATH).status_code for name in town.people}
    chiefs = {"karin", "frida", "olle", "vera", "david"}
    assert found == {name: 200 if name in chiefs else 403 for name in town.people}


def test_with_nothing_to_judge_it_says_what_it_is_for(desk: Desk) -> None:
    assert "Inga rapporter att bedöma tillsammans" in words_of(desk("karin").get(PATH))


def test_three_alike_are_proposed_and_judged_together(town: Town, desk: Desk) -> None:
    cases = three(town)
    other = report(town)
    html = main_of(desk("karin").get("/att-gora/"))
    assert f'<a href="{PATH}?som={cases[0].reference}">3 rapporter som ”Larmet tyst i rum 0”</a>' in html
    assert offered(desk, "karin", f"som={cases[0].reference}") == [case.reference for case in cases]
    done = desk("karin").post(PATH, judgement(town, cases), follow=True)
    assert "Klart. Du bedömde 3 rapporter." in words_of(done)
    assert states([*cases, other]) == ["acting"] * 3 + ["received"]


def test_what_each_report_says_is_read_where_it_is_chosen(town: Town, desk: Desk) -> None:
    three(town, what_happened="Batteriet var slut i fyra timmar.")
    assert words_of(desk("karin").get(PATH)).count("Batteriet var slut i fyra timmar.") == 3


def test_a_report_about_a_child_or_about_the_chief_is_not_offered(town: Town, desk: Desk) -> None:
    three(town, told={"child": "yes"})
    three(town, implicated=(town.karin,))
    assert (offered(desk, "karin"), "Larmet" in words_of(desk("karin").get(PATH))) == ([], False)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"chosen": []}, "Välj minst en rapport."),
        ({"sol_likelihood": "4"}, "Risken är för hög för att bedöma flera tillsammans."),
        ({"suspected": "yes"}, "Du misstänker ett missförhållande."),
        ({"cause": ""}, "Skriv orsaken i en mening."),
        ({"chosen": ["999999:1"]}, "En av rapporterna har ändrats eller bedömts av någon annan."),
    ],
)
def test_a_refusal_undoes_all_and_keeps_what_was_typed(
    town: Town, desk: Desk, changes: dict[str, Any], sentence: str
) -> None:
    cases = three(town)
    answer = desk("karin").post(PATH, judgement(town, cases, **changes))
    assert (answer.status_code, sentence in words_of(answer)) == (200, True)
    assert "Ingen har farit illa.</textarea>" in answer.content.decode()
    assert states(cases) == ["received"] * 3


def test_one_that_somebody_else_has_changed_stops_all_and_is_said(town: Town, desk: Desk) -> None:
    cases = three(town)
    data = judgement(town, cases)
    moved(cases[1], "reassess", town.frida, sol_severity=2, sol_likelihood=1, why="Lugnt.")
    answer = desk("karin").post(PATH, data)
    assert "En av rapporterna har ändrats eller bedömts av någon annan. Läs igenom och välj igen." in words_of(answer)
    assert states(cases) == ["received"] * 3


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_many_questions_however_many_rows(
    town: Town, desk: Desk, django_assert_num_queries: Any, rows: int
) -> None:
    for _ in range(rows):
        report(town)
    karin = desk("karin")
    with django_assert_num_queries(9 + SAVEPOINT):
        karin.get(PATH)
