"""Start and Att göra: what waits, for whom and since when, in sentences."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case
from avvikelse.organisation.models import Absence
from avvikelse.organisation.roles import Role
from avvikelse.workplace import tasks
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import AT, DAY, Town, assign, deputy, moved, report
from tests.stages import DEVIATIONS, HANDED_OVER, closed, investigating, proposal, returned, to_lex_sarah

TASK = re.compile(
    r'<li><span class="when (\w+)">([^<]+)</span><span><a href="([^"]+)">([^<]+)</a><small>([^<]+)</small></span>'
    r'(?:<a class="do" href="([^"]+)">([^<]+)<)?'
)


def waiting(desk: Desk, name: str, path: str = "/att-gora/") -> list[tuple[str, str, str]]:
    """(number and unit, what to do, where that leads) of every task on the page."""
    found = TASK.findall(main_of(desk(name).get(path)))
    return [(unescape(small).split(". ")[0], what, unescape(do)) for *_, small, do, what in found]


STEPS = {
    "received": ("karin", "Bedöm rapporten", "/arenden/AVV-2026-0001/assess/"),
    "returned": ("amira", "Svara på frågan", "/arenden/AVV-2026-0001/answer/"),
    "investigating": ("jonas", "Utred", "/arenden/AVV-2026-0001/#utredning"),
    "acting": ("karin", "Besluta om åtgärder", "/arenden/AVV-2026-0001/#orsaker"),
    "following_up": ("karin", "Följ upp", "/arenden/AVV-2026-0001/close/"),
    "closed": ("", "", ""),
    "dismissed": ("", "", ""),
}


@pytest.mark.parametrize("state", STEPS)
def test_each_state_waits_for_exactly_one_of_them(town: Town, desk: Desk, state: str) -> None:
    DEVIATIONS[state](town)
    name, what, where = STEPS[state]
    found = {person: waiting(desk, person) for person in town.people}
    mine = [("AVV-2026-0001 · Solgläntan", what, where)]
    assert found == {
        person: mine if person == name or (name == "karin" and person == "frida") else [] for person in found
    }


def test_a_sealed_case_waits_for_the_one_who_guards_it(town: Town, desk: Desk) -> None:
    to_lex_sarah(town)
    report(town, kind=Kind.VSK)
    found = {name: [row[1] for row in waiting(desk, name)] for name in ("karin", "vera", "sanna", "maja")}
    assert found == {"karin": [], "vera": [], "sanna": ["Ta emot rapporten"], "maja": ["Ta emot rapporten"]}


def test_a_decision_waits_for_whoever_decides_and_else_for_sas(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX)
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    assert [row[1] for row in waiting(desk, "sanna")] == ["Besluta"]
    case.parts.create(person=town.olle, role=PartRole.DECIDER, valid_from=AT.date())
    found = {name: [row[1] for row in waiting(desk, name)] for name in ("sanna", "olle")}
    assert found == {"sanna": [], "olle": ["Besluta"]}
    page = words_of(desk("olle").get(f"/arenden/{case.reference}/"))
    assert "Nästa steg Du beslutar, eller lägger in nämndens beslut." in page


def test_a_report_about_the_chief_waits_for_the_chief_above(town: Town, desk: Desk) -> None:
    report(town, implicated=(town.karin, town.frida))
    found = {name: len(waiting(desk, name)) for name in ("karin", "frida", "vera", "david", "sanna")}
    assert found == {"karin": 0, "frida": 0, "vera": 1, "david": 0, "sanna": 0}


def test_when_the_chief_is_away_the_one_above_is_told_why(town: Town, desk: Desk) -> None:
    report(town)
    Absence.objects.create(person=town.karin, from_day=DAY, to_day=DAY + timedelta(days=4))
    text = words_of(desk("vera").get("/att-gora/"))
    assert "Kom in i dag. Karin Ek är borta till och med 20 november 2026 och har ingen ersättare." in text
    deputy(town.karin, town.olle, Role.CHIEF, town.solglantan)
    assert (len(waiting(desk, "vera")), len(waiting(desk, "olle"))) == (0, 1)


def test_a_unit_without_a_chief_is_the_one_aboves(town: Town, desk: Desk) -> None:
    report(town, unit=town.reception)
    assert [row[0] for row in waiting(desk, "david")] == ["AVV-2026-0001 · Mottagningen"]
    assert "Mottagningen har ingen enhetschef." in words_of(desk("david").get("/att-gora/"))
    assign(town.vera, Role.CHIEF, town.reception)
    assert waiting(desk, "david") == []


def test_an_empty_page_says_what_will_be_here(desk: Desk) -> None:
    assert "Inget väntar på dig" in words_of(desk("karin").get("/att-gora/"))
    assert "Inget väntar på dig just nu." in words_of(desk("karin").get("/"))


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("name", "path", "questions"),
    [("karin", "/att-gora/", 11), ("karin", "/", 16), ("vera", "/", 22), ("amira", "/", 15)],
)
def test_the_pages_ask_as_many_questions_however_many_rows(
    town: Town, desk: Desk, django_assert_num_queries: Any, rows: int, name: str, path: str, questions: int
) -> None:
    for _ in range(rows):
        report(town, at=AT - timedelta(days=60))
        closed(town)
    person = desk(name)
    with django_assert_num_queries(questions + SAVEPOINT):
        person.get(path)


def test_the_most_urgent_comes_first_and_a_long_list_is_cut(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasks, "SHOWN", 2)
    monkeypatch.setattr("avvikelse.workplace.views.SHOWN", 2)
    for days in (0, 14, 7):
        report(town, at=AT - timedelta(days=days))
    assert [row[0][:13] for row in waiting(desk, "karin")] == ["AVV-2026-0002", "AVV-2026-0003"]
    text = words_of(desk("karin").get("/att-gora/"))
    assert "3 ärenden väntar på dig. Här är de 2 som brådskar mest." in text


LEADS = [
    ([], "Inget väntar på dig just nu."),
    ([0], "1 sak väntar på dig. Inget brådskar."),
    ([0, 0], "2 saker väntar på dig. Inget brådskar."),
    ([14], "1 sak är försenad."),
    ([14, 15], "2 saker är försenade."),
    ([5], "1 sak behöver dig de närmaste dagarna."),
    ([14, 5, 0], "1 sak är försenad och 1 sak behöver dig de närmaste dagarna. Allt annat är som det ska."),
]


@pytest.mark.parametrize(("ages", "sentence"), LEADS)
def test_the_first_sentence_says_how_things_are(town: Town, desk: Desk, ages: list[int], sentence: str) -> None:
    for days in ages:
        report(town, at=AT - timedelta(days=days))
    assert words_of(desk("karin").get("/")).startswith(f"God morgon, Karin {sentence} Rapportera något")


def test_what_has_no_date_is_never_said_to_be_in_no_hurry(town: Town, desk: Desk) -> None:
    report(town, kind=Kind.SAM)
    assert words_of(desk("karin").get("/")).startswith("God morgon, Karin 1 sak väntar på dig. Rapportera något")


def headings(desk: Desk, name: str) -> list[str]:
    return re.findall(r"<h2>([^<]+)</h2>", main_of(desk(name).get("/")))


STARTS = {
    "amira": ["Väntar på dig", "Du har fått svar", "Det du har rapporterat"],
    "karin": ["Väntar på dig", "Det här ledde era rapporter till"],
    "jonas": ["Väntar på dig"],
    "frida": ["Väntar på dig", "Det här ledde era rapporter till"],
    "vera": ["Ej påbörjade", "Försenat", "Det här ledde era rapporter till"],
    "david": ["Ej påbörjade", "Försenat"],
    "sanna": ["Ej påbörjade", "Försenat"],
    "maja": [],
    "bertil": ["Nämnden"],
    "olle": [],
    "rut": [],
    "greta": [],
}


@pytest.mark.parametrize("name", STARTS)
def test_start_is_different_for_each_role(town: Town, desk: Desk, name: str) -> None:
    report(town, at=AT - timedelta(days=60))
    returned(town)
    investigating(town)
    closed(town)
    assert headings(desk, name) == STARTS[name]


def test_what_is_stuck_leads_to_the_list_of_it(town: Town, desk: Desk) -> None:
    report(town, at=AT - timedelta(days=60))
    links = [unescape(link) for link in re.findall(r'href="(/arenden/\?[^"]+)"', main_of(desk("david").get("/")))]
    unit = town.solglantan.pk
    assert links == [
        "/arenden/?lage=oppna",
        f"/arenden/?enhet={unit}&lage=received&ordning=aldst",
        f"/arenden/?enhet={unit}&sent=on&ordning=aldst",
    ]
    for link in links:
        assert "1 ärende" in words_of(desk("david").get(link))


def test_the_chief_who_is_passed_by_meets_it_nowhere(town: Town, desk: Desk) -> None:
    late = AT - timedelta(days=60)
    report(town, at=late, title="Chefen lyssnar inte", implicated=(town.karin,))
    case = report(town, at=late, title="Chefen igen", implicated=(town.karin,))
    moved(case, "hand_over_lex", town.vera, **HANDED_OVER)
    pages = ["/", "/att-gora/", "/arenden/", "/atgarder/", "/bedom-lika/", "/arenden/?q=lyssnar"]
    for path in pages:
        text = words_of(desk("karin").get(path))
        assert [word for word in ("Chefen", "AVV-2026", "LEX-2026") if word in text] == [], path
    assert "Inget väntar på dig just nu." in words_of(desk("karin").get("/"))


def test_a_proposal_leads_to_its_page_where_it_is_read(town: Town, desk: Desk) -> None:
    case = proposal(town)
    assert waiting(desk, "karin") == [
        (f"{case.reference} · Solgläntan", "Läs och ta ställning", "/arenden/F%C3%96R-2026-0001/#handelsen")
    ]


def test_whoever_runs_the_organisation_is_told_what_needs_care_first(desk: Desk) -> None:
    page = words_of(desk("sixten").get("/"))
    assert re.search(r"\d+ saker i organisationen behöver ses över\.", page)
    assert "Inget väntar på dig" not in page
