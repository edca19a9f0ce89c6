"""What whoever reported sees: her own words, where it is in plain words, the dialogue and the answer. Nothing more."""

from __future__ import annotations

import re
from typing import Any

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.models import Case
from avvikelse.organisation.models import Absence
from avvikelse.organisation.roles import Role
from tests.desk import SAVEPOINT, Desk, main_of, same_every_time, words_of
from tests.people import AT, DAY, Town, deputy, moved, report
from tests.stages import DEVIATIONS, HANDED_OVER, closed, dismissed, returned


def mine(desk: Desk, case: Case, name: str = "amira") -> Any:
    return desk(name).get(f"/mina-rapporter/{case.reference}/")


READS = {
    "received": "Din rapport är framme, Karin Ek läser den.",
    "returned": "Vi behöver veta lite mer av dig. Karin Ek, enhetschef, frågar Vilken dag var det? Svara",
    "investigating": "Vi tar reda på varför det hände.",
    "acting": "Vi gör något åt det.",
    "following_up": "Vi kontrollerar att det hjälpte.",
    "closed": "Klart. Så här blev det.",
    "dismissed": "Avslutad utan utredning. Så här tänkte vi.",
    "handed_over": "Din chef tar upp det med den andra verksamheten. Följ det i SAM-2026-0001",
}


@pytest.mark.parametrize("state", DEVIATIONS)
def test_the_state_is_said_in_plain_words(town: Town, desk: Desk, state: str) -> None:
    text = words_of(mine(desk, DEVIATIONS[state](town)))
    assert text.split("Så är det nu ")[1].split(" Det du berättade")[0].split(" Svar till dig")[0] == READS[state]


@pytest.mark.parametrize("state", DEVIATIONS)
def test_nothing_of_the_investigation_is_there(town: Town, desk: Desk, state: str) -> None:
    text = words_of(mine(desk, DEVIATIONS[state](town)))
    inside = (
        "Schemat ändrades klockan 20.40.",
        "Ändringar kvitteras inte.",
        "Systemet spärrar",
        "risk",
        "Ingen har farit",
    )
    assert [part for part in inside if part in text] == []


def test_the_answer_is_read_but_not_why_there_was_none(town: Town, desk: Desk) -> None:
    assert "Svar till dig Tack. Nu spärras ändringarna." in words_of(mine(desk, closed(town)))
    case = report(town)
    case = moved(case, "dismiss", town.karin, reason="not_deviation", why_not="Hon har slutat.")
    assert "Hon har slutat." not in words_of(mine(desk, case))


def test_the_chief_who_is_passed_by_is_not_the_one_who_reads_it(town: Town, desk: Desk) -> None:
    assert "Frida" not in READS["received"]
    text = words_of(mine(desk, report(town, implicated=(town.karin,))))
    assert "Din rapport är framme, Vera Holm läser den." in text


@pytest.mark.parametrize(
    ("away", "deputy_there", "named"),
    [
        ((), False, "Karin Ek"),
        (("karin",), False, "Vera Holm"),
        (("karin",), True, "Olle Sand"),
        (("karin", "olle"), True, "Vera Holm"),
        (("karin", "vera", "david"), False, "Karin Ek"),
    ],
)
def test_the_chief_who_reads_it_is_the_nearest_who_is_at_work(
    town: Town, desk: Desk, away: tuple[str, ...], named: str, *, deputy_there: bool
) -> None:
    if deputy_there:
        deputy(town.karin, town.olle, Role.CHIEF, town.solglantan)
    act_as("system:tests")
    for name in away:
        Absence.objects.create(person=town.people[name], from_day=DAY, to_day=DAY)
    assert f"Din rapport är framme, {named} läser den." in words_of(mine(desk, report(town)))


def test_only_the_reporter_comes_here(town: Town, desk: Desk) -> None:
    case = report(town)
    unknown = desk("karin").get("/mina-rapporter/AVV-2026-9999/")
    for name in sorted(set(town.people) - {"amira"}):
        answer = mine(desk, case, name)
        assert answer.status_code == 404, name
    assert same_every_time(mine(desk, case, "karin")) == same_every_time(unknown)


def test_a_report_typed_for_a_colleague_is_the_colleagues(town: Town, desk: Desk) -> None:
    case = report(town, actor=town.frida, reporter=town.jonas, facts={"entered_by": town.frida})
    assert [mine(desk, case, name).status_code for name in ("jonas", "frida")] == [200, 404]


def test_the_dialogue_goes_both_ways(town: Town, desk: Desk) -> None:
    case = report(town)
    path = f"/arenden/{case.reference}/meddelande/"
    first = desk("karin").post(path, {"text": "Vilken dag var det?"})
    second = desk("amira").post(path, {"text": "I måndags.\nPå kvällen."})
    assert [answer.headers["Location"] for answer in (first, second)] == [
        f"/arenden/{case.reference}/#dialog",
        f"/mina-rapporter/{case.reference}/#dialog",
    ]
    hers, ours = main_of(mine(desk, case)), main_of(desk("karin").get(f"/arenden/{case.reference}/"))
    who = re.compile(r'<li( class="mine")?><p class="who">([^·]+) ·')
    assert who.findall(hers) == [("", "Karin Ek, enhetschef"), (' class="mine"', "Du")]
    assert who.findall(ours) == [(' class="mine"', "Karin Ek, enhetschef"), ("", "Rapportören")]
    assert "I måndags.<br>På kvällen." in hers


def test_while_a_question_waits_there_is_one_way_to_write(town: Town, desk: Desk) -> None:
    case = returned(town)
    html = main_of(mine(desk, case))
    assert re.findall(r'<a class="button" href="([^"]+)">', html) == [f"/arenden/{case.reference}/answer/"]
    assert ("<textarea" in html, "Svara på frågan högst upp på sidan." in html) == (False, True)
    moved(case, "answer", town.amira, addition="I måndags.")
    html = main_of(mine(desk, case))
    assert ("<textarea" in html, "Svara på frågan" in html) == (True, False)


def test_an_empty_message_is_said_and_an_outsider_has_no_dialogue(town: Town, desk: Desk) -> None:
    case = report(town)
    path = f"/arenden/{case.reference}/meddelande/"
    answer = desk("amira").post(path, {"text": " "})
    assert (answer.status_code, "Skriv något i meddelandet." in words_of(answer)) == (200, True)
    assert [desk(name).post(path, {"text": "Hej"}).status_code for name in ("olle", "bertil")] == [404, 404]
    assert case.messages.count() == 0


def test_no_report_one_and_three_ask_as_many_questions(town: Town, desk: Desk, django_assert_num_queries: Any) -> None:
    amira = desk("amira")
    assert "Du har inte rapporterat något än" in words_of(amira.get("/mina-rapporter/"))
    for rows in (1, 2):
        for _ in range(rows):
            report(town)
        with django_assert_num_queries(7 + SAVEPOINT):
            amira.get("/mina-rapporter/")


@pytest.mark.parametrize("make", [returned, closed])
def test_her_own_page_asks_few_questions(town: Town, desk: Desk, django_assert_num_queries: Any, make: Any) -> None:
    case = make(town)
    amira = desk("amira")
    with django_assert_num_queries(12 + SAVEPOINT):
        amira.get(f"/mina-rapporter/{case.reference}/")


def test_the_list_says_which_report_waits_for_her(town: Town, desk: Desk) -> None:
    dismissed(town)
    returned(town)
    moved(report(town), "hand_over_lex", town.karin, **HANDED_OVER)
    text = words_of(desk("amira").get("/mina-rapporter/"))
    assert "AVV-2026-0002 · Vi behöver veta lite mer av dig. Svara på frågan om AVV-2026-0002" in text
    assert "AVV-2026-0001 · Avslutad utan utredning. Så här tänkte vi." in text
    assert "AVV-2026-0003 · Utreds vidare av någon annan än din chef." in text
    assert "LEX-2026-0001 · Din rapport är framme hos SAS." in text


def test_a_long_list_goes_on_on_the_next_page(town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("avvikelse.cases.listing.PAGE_ROWS", 1)
    for _ in range(2):
        report(town, at=AT)
    first, second, third = (words_of(desk("amira").get(f"/mina-rapporter/?page={page}")) for page in (1, 2, 3))
    assert ("AVV-2026-0002" in first, "AVV-2026-0001" in second, "Här tar listan slut" in third) == (True, True, True)
