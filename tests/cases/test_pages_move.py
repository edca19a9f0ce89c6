"""The page of a move: what it asks, why not, and two who are there at once."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import workflow_of
from avvikelse.cases.models import Case
from tests.desk import Desk, main_of, words_of
from tests.people import AT, Town, moved, report
from tests.stages import DEVIATIONS, acting, closed, investigating, returned, whole

ERRORS = re.compile(r'<div class="errors".*?</div>', re.DOTALL)


def url(case: Case, move: str) -> str:
    return f"/arenden/{case.reference}/{move}/"


def errors_of(response: Any) -> list[str]:
    """What the summary of errors says."""
    found = ERRORS.search(response.content.decode())
    return [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", found.group())] if found else []


def assess(town: Town, case: Case, **changes: Any) -> dict[str, Any]:
    """What Karin fills in to judge the report."""
    start = {
        "version": case.version,
        "category": town.category.pk,
        "sol_severity": "2",
        "sol_likelihood": "3",
        "suspected": "no",
        "suspected_why": "Ingen har farit illa.",
        "investigator": town.jonas.pk,
    }
    return {**start, **changes}


EMPTY_CHOICES = [("assess", []), ("appoint", []), ("move_unit", ["Välj enhet"])]


@pytest.mark.parametrize(("move", "expected"), EMPTY_CHOICES)
def test_a_list_of_people_has_an_empty_choice_only_where_nobody_is_chosen(
    town: Town, desk: Desk, move: str, expected: list[str]
) -> None:
    html = main_of(desk("karin").get(url(report(town), move)))
    lists = re.findall(r'<select name="(?:investigator|unit)".*?</select>', html, re.DOTALL)
    assert re.findall(r'<option value=""[^>]*>([^<]*)<', "".join(lists)) == expected


AVV_MOVES = [
    (state, move.name) for state in DEVIATIONS for move in workflow_of("AVV").moves_from(state) if not move.quiet
]


@pytest.mark.parametrize(("state", "move"), AVV_MOVES, ids=[f"{state}-{move}" for state, move in AVV_MOVES])
def test_every_move_has_a_page_for_those_who_may_and_for_nobody_else(
    town: Town, desk: Desk, state: str, move: str
) -> None:
    case = DEVIATIONS[state](town)
    row = workflow_of("AVV").move(move)
    assert row is not None
    investigates = state not in {"received", "returned", "dismissed", "handed_over"}
    capacity = {"amira": "rapportören", "karin": "chef", "sanna": "SAS", "olle": "", "sixten": ""}
    if investigates:
        capacity["jonas"] = "utredaren"
    expected = {who: 200 if role in row.who else 403 if role else 404 for who, role in capacity.items()}
    assert {who: desk(who).get(url(case, move)).status_code for who in capacity} == expected


@pytest.mark.parametrize("move", ["assess_alike", "nonsense", "close_the_door"])
def test_what_is_no_move_of_its_own_is_not_there(town: Town, desk: Desk, move: str) -> None:
    assert desk("karin").get(url(report(town), move)).status_code == 404


def test_judging_rightly_brings_one_back_to_the_case(town: Town, desk: Desk) -> None:
    case = report(town)
    done = desk("karin").post(url(case, "assess"), assess(town, case), follow=True)
    assert done.redirect_chain == [(f"/arenden/{case.reference}/", 302)]
    text = words_of(done)
    assert text.startswith(
        "Klart. Du bedömde rapporten: SoL/LSS allvarlighet 2, sannolikhet 3, risk 6. Jonas Berg utreder."
    )
    assert "6 av 16 allvarlighet 2, sannolikhet 3" in text


def test_wrong_input_is_said_at_the_top_in_the_order_of_the_page_and_nothing_is_lost(town: Town, desk: Desk) -> None:
    case = report(town)
    data = assess(
        town, case, category="", sol_severity="", sol_likelihood="0", suspected="", suspected_why="Tror inte."
    )
    answer = desk("karin").post(url(case, "assess"), data)
    assert errors_of(answer) == [
        "Välj vad det handlar om.",
        "Bedöm risken för minst ett lagrum.",
        "Svara om du misstänker ett missförhållande.",
    ]
    html = answer.content.decode()
    assert "<title>Fel: Bedöm" in html
    assert "Tror inte.</textarea>" in html
    assert (answer.status_code, Case.objects.get(pk=case.pk).state) == (200, "received")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"sol_likelihood": ""}, ["Ange både hur allvarligt och hur ofta för SoL/LSS, eller ingetdera."]),
        (
            {"hsl_severity": "2", "hsl_likelihood": "2"},
            ["Skriv vilken legitimerad som har bedömt enligt HSL."],
        ),
        (
            {"sol_severity": "7"},
            ["Hur allvarligt är det, eller kunde det ha blivit, enligt SoL/LSS: välj något av alternativen."],
        ),
        ({"investigator": "999999"}, ["Välj någon i listan."]),
        (
            {"suspected_why": "x" * 10_001},
            ["Varför, eller varför inte: korta texten till högst 10000 tecken. Nu är den 10001."],
        ),
        (
            {"suspected": "yes"},
            ["Du misstänker ett missförhållande. Lämna över ärendet till lex Sarah i stället för att bedöma det."],
        ),
    ],
    ids=["half", "no professional", "no such step", "nobody", "too long", "suspicion"],
)
def test_each_thing_that_is_wrong_has_a_sentence(
    town: Town, desk: Desk, changes: dict[str, str], expected: list[str]
) -> None:
    case = report(town)
    answer = desk("karin").post(url(case, "assess"), assess(town, case, **changes))
    assert errors_of(answer) == expected
    assert Case.objects.get(pk=case.pk).state == "received"


def test_a_judgement_of_before_is_filled_in_and_opens_its_part(town: Town, desk: Desk) -> None:
    case = investigating(town)
    html = main_of(desk("karin").get(url(case, "reassess")))
    assert re.search(r'name="sol_severity" value="2"[^>]* checked', html)
    assert '<details class="fold"><summary>Enligt HSL' in html
    act_as("system:tests")
    case.assessments.create(lagrum="HSL", severity=3, likelihood=1, assessed_by=town.karin, assessed_at=AT)
    assert '<details class="fold" open><summary>Enligt HSL' in main_of(desk("karin").get(url(case, "reassess")))


REFUSED = [
    (acting, "follow_up", "1 orsak saknar åtgärd. Lägg till en åtgärd eller skriv varför ingen behövs."),
    (investigating, "conclude", "Skriv minst en orsak."),
    (closed, "close", "Ärendet har redan gått vidare."),
    (returned, "assess", "Ärendet har redan gått vidare."),
]


@pytest.mark.parametrize(("make", "move", "sentence"), REFUSED, ids=[row[1] for row in REFUSED])
def test_a_refused_move_says_why_and_asks_nothing(
    town: Town, desk: Desk, make: Callable[..., Case], move: str, sentence: str
) -> None:
    answer = desk("karin").get(url(make(town), move))
    assert answer.status_code == 200
    assert sentence in words_of(answer)
    assert ("<form" in main_of(answer), "Till ärendet" in words_of(answer)) == (False, True)


def test_somebody_near_the_unit_is_chosen_and_never_one_it_is_about(town: Town, desk: Desk) -> None:
    case = report(town, implicated=(town.jonas,))
    options = re.findall(r"<option[^>]*>([^<]+)", main_of(desk("karin").get(url(case, "assess"))))
    near = [name.partition(",")[0] for name in options]
    assert {"Amira Haddad", "Karin Ek", "Olle Sand", "Sanna Lind"} <= set(near)
    assert "Jonas Berg" not in near
    groups = re.findall(r'<optgroup label="([^"]+)">', main_of(desk("karin").get(url(case, "assess"))))
    assert groups == ["SoL/LSS · Utförande", "HSL · Läkemedel", "Solgläntan", "Övriga"]


def test_the_second_of_two_sees_both_texts_and_may_send_again(town: Town, desk: Desk) -> None:
    case = report(town)
    moved(case, "reassess", town.frida, sol_severity=1, sol_likelihood=2, why="Det var lugnt.")
    mine = {"version": 1, "reason": "other", "note": "Redan löst.", "answer": "Tack, det är löst."}
    answer = desk("karin").post(url(case, "dismiss"), mine)
    text = words_of(answer)
    assert answer.status_code == 409
    assert errors_of(answer) == [
        "Ärendet ändrades medan du skrev. Läs vad som har hänt. Det du skrev finns kvar: skicka igen."
    ]
    assert "Frida Lund ändrade bedömningen: SoL/LSS allvarlighet 1, sannolikhet 2, risk 2, i dag 09.00." in text
    assert "Varför Det var lugnt." in text
    assert "Tack, det är löst.</textarea>" in answer.content.decode()
    again = desk("karin").post(url(case, "dismiss"), {**mine, "version": 2})
    assert (again.status_code, Case.objects.get(pk=case.pk).state) == (302, "dismissed")


def test_when_the_case_has_gone_on_the_text_is_kept_to_be_taken_along(town: Town, desk: Desk) -> None:
    case = report(town)
    moved(case, "dismiss", town.frida, reason="not_deviation", answer="Nej tack.")
    answer = desk("karin").post(url(case, "assess"), assess(town, case))
    assert answer.status_code == 409
    assert errors_of(answer) == [
        "Ärendet ändrades medan du skrev. Läs vad som har hänt.",
        "Ärendet har redan gått vidare. Det du skrev står kvar här så att du kan ta med det.",
    ]
    assert "Ingen har farit illa.</textarea>" in answer.content.decode()


def test_a_hidden_reporter_is_not_named_to_whoever_came_second(town: Town, desk: Desk) -> None:
    case = returned(town, facts={"reporter_hidden": True})
    seen = case.version
    moved(case, "answer", town.amira, addition="Det var i måndags.")
    answer = desk("karin").post(url(case, "go_on"), {"version": seen, "why": "Vi väntar inte."})
    assert answer.status_code == 409
    assert "Rapportören svarade" in words_of(answer)
    assert "Amira" not in answer.content.decode()


def test_a_message_or_a_noted_name_makes_nobody_second(town: Town, desk: Desk) -> None:
    case = report(town)
    html = desk("karin").get(url(case, "assess")).content.decode()
    assert 'name="version" value="1"' in html
    desk("amira").post(f"/arenden/{case.reference}/meddelande/", {"text": "En sak till."})
    desk("frida").post(f"/arenden/{case.reference}/berorda/", {"name": "Nils Ek"})
    answer = desk("karin").post(url(case, "assess"), assess(town, case))
    assert answer.status_code == 302


def test_a_move_that_takes_the_case_out_of_sight_leads_to_the_list(town: Town, desk: Desk) -> None:
    case = report(town)
    data = {"version": 1, "why": "Någon for illa.", "done_at_once": "Tillsyn."}
    assert desk("karin").post(url(case, "hand_over_lex"), data).headers["Location"] == "/arenden/"


def test_the_reporter_who_answers_reads_the_question_and_comes_back_to_her_report(town: Town, desk: Desk) -> None:
    case = returned(town)
    assert "Frågan till dig Vilken dag var det?" in words_of(desk("amira").get(url(case, "answer")))
    done = desk("amira").post(url(case, "answer"), {"version": case.version, "addition": "I måndags."})
    assert done.headers["Location"] == f"/mina-rapporter/{case.reference}/"


def test_what_is_concluded_is_read_once_more_first(town: Town, desk: Desk) -> None:
    text = words_of(desk("jonas").get(url(whole(town), "conclude")))
    for part in ("Schemat ändrades klockan 20.40.", "Ändringar kvitteras inte.", "låses som en numrerad handling"):
        assert part in text


def test_closing_asks_about_every_measure_by_its_name(town: Town, desk: Desk) -> None:
    case = DEVIATIONS["following_up"](town)
    answer = desk("karin").post(url(case, "close"), {"version": case.version})
    assert errors_of(answer) == [
        "Svara om åtgärden hjälpte.",
        "Skriv hur ni vet om ”Systemet spärrar ändringar utan kvittens.” hjälpte.",
        "Skriv ett svar till rapportören, eller varför det inte går.",
    ]


@pytest.mark.parametrize(
    ("original", "accepted"),
    [("AVV-2026-0001", True), (" avv-2026-0001 ", True), ("AVV-2026-0003", False), ("", False)],
)
def test_a_duplicate_names_a_report_one_may_see(town: Town, desk: Desk, original: str, *, accepted: bool) -> None:
    report(town)
    case = report(town)
    report(town, unit=town.reception)
    data = {"version": 1, "reason": "duplicate", "original": original, "answer": "Tack, den finns redan."}
    answer = desk("karin").post(url(case, "dismiss"), data)
    wrong = [] if accepted else ["Skriv numret på en annan rapport som du kan se, till exempel AVV-2026-0042."]
    assert errors_of(answer) == wrong if answer.status_code == 200 else accepted
