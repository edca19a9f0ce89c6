"""Causes and measures on their pages: who may what, what is refused, and what the owner of a measure sees."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest

from avvikelse.cases.models import Case
from avvikelse.measures import lookup
from avvikelse.measures.models import Area, Cause, Decision, Measure
from avvikelse.measures.operations import add_cause
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import AT, DAY, Town, moved
from tests.stages import HANDED_OVER, acting, following_up, fresh, investigating, whole, with_cause, with_measure

ERRORS = re.compile(r'<div class="errors".*?</div>', re.DOTALL)


def errors_of(response: Any) -> list[str]:
    found = ERRORS.search(response.content.decode())
    return [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", found.group())] if found else []


def plan(town: Town, case: Case, **changes: Any) -> dict[str, Any]:
    """What is filled in about a measure."""
    start = {
        "version": fresh(case).version,
        "text": "Spärra ändringar.",
        "strength": "strong",
        "owner": town.olle.pk,
        "due_on": "2026-12-01",
        "sign": "Inga fler.",
    }
    return {**start, **changes}


def test_a_cause_is_added_by_those_who_work_with_the_case(town: Town, desk: Desk) -> None:
    case = investigating(town)
    found = {name: desk(name).get(f"/orsak/{case.reference}/ny/").status_code for name in town.people}
    workers = {"karin", "frida", "vera", "david", "sanna", "jonas"}
    assert found == {name: 200 if name in workers else 404 for name in town.people}
    data = {"version": case.version, "area": "people", "text": "Ny i gruppen."}
    done = desk("jonas").post(f"/orsak/{case.reference}/ny/", data)
    assert done.headers["Location"] == f"/arenden/{case.reference}/#orsaker"
    assert case.causes.get().text == "Ny i gruppen."


def test_a_reader_sees_causes_but_adds_none(town: Town, desk: Desk) -> None:
    case = whole(town)
    case.parts.create(person=town.rut, role="reader", valid_from=DAY)
    assert desk("rut").get(f"/orsak/{case.reference}/ny/").status_code == 403
    html = main_of(desk("rut").get(f"/arenden/{case.reference}/"))
    assert ("Ändringar kvitteras inte." in html, "/orsak/" in html) == (True, False)


def test_what_is_wrong_with_a_cause_is_said(town: Town, desk: Desk) -> None:
    case = investigating(town)
    answer = desk("jonas").post(f"/orsak/{case.reference}/ny/", {"version": case.version})
    assert errors_of(answer) == ["Välj vilken sorts orsak det är.", "Skriv orsaken."]


def test_a_cause_with_measures_is_not_crossed_out(town: Town, desk: Desk) -> None:
    case = acting(town)
    cause = case.causes.get()
    measure = with_measure(town, cause, by="jonas")
    path = f"/orsak/{cause.pk}/stryk/"
    assert errors_of(desk("jonas").post(path, {"version": fresh(case).version})) == [
        "Orsaken har åtgärder. Avslå dem först."
    ]
    data = {"version": fresh(case).version, "decision": "declined", "comment": "För svagt."}
    desk("karin").post(f"/atgard/{measure.pk}/beslut/", data)
    assert desk("jonas").post(path, {"version": fresh(case).version}).status_code == 302
    text = words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    assert "Strukna orsaker Ändringar kvitteras inte." in text


def test_a_cause_may_be_left_without_a_measure_for_a_reason(town: Town, desk: Desk) -> None:
    case = acting(town)
    path = f"/orsak/{case.causes.get().pk}/utan-atgard/"
    data = {"version": fresh(case).version, "reason": "Huset rivs i vår."}
    assert desk("karin").post(path, data).status_code == 302
    assert "Ingen åtgärd: Huset rivs i vår." in words_of(desk("karin").get(f"/arenden/{case.reference}/"))
    assert "Huset rivs i vår.</textarea>" in desk("karin").get(path).content.decode()


def test_a_chief_decides_her_own_measure_and_the_investigator_proposes(town: Town, desk: Desk) -> None:
    case = acting(town)
    path = f"/orsak/{case.causes.get().pk}/atgard/"
    buttons = {name: "Besluta åtgärden" in main_of(desk(name).get(path)) for name in ("karin", "jonas")}
    assert buttons == {"karin": True, "jonas": False}
    for name, decision in (("karin", Decision.APPROVED), ("jonas", Decision.PROPOSED)):
        assert desk(name).post(path, plan(town, case)).status_code == 302
        assert Measure.objects.latest("pk").decision == decision


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"due_on": "2026-11-15"}, ["Välj en dag som inte har varit."]),
        ({"due_on": "snart"}, ["När ska det vara klart: skriv dagen så här: 2026-11-16."]),
        ({"owner": ""}, ["Välj vem som ansvarar."]),
        ({"strength": ""}, ["Välj hur stark åtgärden är."]),
        ({"text": "", "sign": ""}, ["Skriv vad som ska göras.", "Skriv hur ni ser att det har hjälpt."]),
    ],
)
def test_what_is_wrong_with_a_measure_is_said_and_the_rest_is_kept(
    town: Town, desk: Desk, changes: dict[str, str], expected: list[str]
) -> None:
    case = acting(town)
    answer = desk("karin").post(f"/orsak/{case.causes.get().pk}/atgard/", plan(town, case, **changes))
    assert errors_of(answer) == expected
    kept = 'value="2026-12-01"' if "text" in changes else "Spärra ändringar.</textarea>"
    assert kept in answer.content.decode()


def test_a_no_takes_a_reason(town: Town, desk: Desk) -> None:
    case = acting(town)
    measure = with_measure(town, case.causes.get(), by="jonas")
    path = f"/atgard/{measure.pk}/beslut/"
    found = {name: desk(name).get(path).status_code for name in ("karin", "sanna", "jonas", "olle")}
    assert found == {"karin": 200, "sanna": 200, "jonas": 403, "olle": 404}
    answer = desk("karin").post(path, {"version": fresh(case).version, "decision": "declined"})
    assert errors_of(answer) == ["Skriv varför åtgärden inte godkänns helt."]


def test_the_second_of_two_sees_what_the_first_wrote(town: Town, desk: Desk) -> None:
    case = acting(town)
    seen = case.version
    add_cause(case.pk, actor=town.frida, version=seen, at=AT, area=Area.PEOPLE, text="Fridas orsak.")
    answer = desk("karin").post(
        f"/orsak/{case.reference}/ny/", {"version": seen, "area": "people", "text": "Min orsak."}
    )
    assert answer.status_code == 409
    assert "Frida Lund skrev en orsak, i dag 09.00. Människa – kunskap och kompetens Fridas orsak." in words_of(answer)
    assert "Min orsak.</textarea>" in answer.content.decode()


def test_only_weaker_measures_are_pointed_out(town: Town, desk: Desk) -> None:
    case = acting(town)
    with_measure(town, case.causes.get(), strength="weak")
    assert "Bara svagare åtgärder" in words_of(desk("karin").get(f"/arenden/{case.reference}/"))
    with_measure(town, case.causes.get(), strength="medium")
    assert "Bara svagare åtgärder" not in words_of(desk("karin").get(f"/arenden/{case.reference}/"))


# --- The owner


def test_the_owner_sees_the_measure_its_cause_and_the_number_and_nothing_more(town: Town, desk: Desk) -> None:
    case = acting(town, facts={"reporter_hidden": True})
    measure = with_measure(town, case.causes.get(), owner="olle")
    olle = desk("olle")
    pages = [words_of(olle.get(path)) for path in ("/", "/atgarder/", f"/atgard/{measure.pk}/klar/")]
    for text in pages:
        assert ("Systemet spärrar ändringar" in text, "Ändringar kvitteras" in text, case.reference in text) == (
            *(True, True, True),
        )
    hidden = (case.title, case.what_happened, "Solgläntan", "Amira", "Jonas", "Schemat ändrades")
    assert [(part, number) for number, text in enumerate(pages) for part in hidden if part in text] == []
    closed = [f"/arenden/{case.reference}/", f"/atgard/{measure.pk}/beslut/", f"/orsak/{measure.cause_id}/atgard/"]
    assert [olle.get(path).status_code for path in closed] == [404, 404, 404]


def test_the_owner_says_when_it_is_done(town: Town, desk: Desk) -> None:
    case = acting(town)
    measure = with_measure(town, case.causes.get(), owner="olle")
    path = f"/atgard/{measure.pk}/klar/"
    tomorrow = (DAY + timedelta(days=1)).isoformat()
    wrong = desk("olle").post(path, {"done_on": tomorrow, "note": "Klart."})
    assert errors_of(wrong) == ["Dagen har inte varit än."]
    done = desk("olle").post(path, {"done_on": DAY.isoformat(), "note": "Spärren är på."}, follow=True)
    assert done.redirect_chain == [("/atgarder/", 302)]
    assert "Åtgärden är klar. Bra jobbat." in words_of(done)
    again = words_of(desk("olle").post(path, {"done_on": DAY.isoformat(), "note": "Igen."}))
    assert again.endswith("Blev klar 16 november 2026. Spärren är på. Åtgärden är klar.")
    assert Measure.objects.get().done_note == "Spärren är på."


def test_somebody_elses_measure_is_not_there(town: Town, desk: Desk) -> None:
    measure = with_measure(town, acting(town).causes.get(), owner="olle")
    found = {name: desk(name).get(f"/atgard/{measure.pk}/klar/").status_code for name in town.people}
    handle = {"karin", "frida", "vera", "david", "sanna", "jonas", "olle"}
    assert found == {name: 200 if name in handle else 404 for name in town.people}


# --- The list


def test_an_empty_list_says_what_will_be_here(town: Town, desk: Desk) -> None:  # noqa: ARG001 (an empty town)
    assert "Du har inga åtgärder att göra" in words_of(desk("olle").get("/atgarder/"))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_asks_as_many_questions_however_many_rows(
    town: Town, desk: Desk, django_assert_num_queries: Any, rows: int
) -> None:
    cause = acting(town).causes.get()
    for _ in range(rows):
        with_measure(town, cause, owner="karin")
        with_measure(town, cause, owner="jonas")
    karin = desk("karin")
    with django_assert_num_queries(8 + SAVEPOINT):
        karin.get("/atgarder/")


def test_the_soonest_come_first_and_a_long_list_ends(town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "SHOWN", 2)
    cause = acting(town).causes.get()
    for days, text in ((9, "Sist"), (1, "Först"), (-3, "Sen")):
        with_measure(town, cause, owner="olle", due_on=DAY + timedelta(days=days), text=text)
    text = words_of(desk("olle").get("/atgarder/"))
    assert "Här är de 2 av dina åtgärder som brådskar mest. 1 dag försenad Sen" in text
    assert ("i morgon Först" in text, "Sist" in text) == (True, False)


def test_a_measure_of_a_case_about_the_chief_is_not_in_her_list(town: Town, desk: Desk) -> None:
    case = whole(town)
    case.parts.create(person=town.karin, role="implicated", valid_from=DAY)
    case = moved(case, "conclude", town.jonas)
    with_measure(town, Cause.objects.get(case=case), by="vera")
    for name, seen in (("karin", False), ("vera", True)):
        text = desk(name).get("/atgarder/").content.decode()
        assert ("Systemet spärrar" in text, case.reference in text) == (seen, seen)


def test_what_is_done_is_told_with_whether_it_helped(town: Town, desk: Desk) -> None:
    case = following_up(town)
    measure = Measure.objects.get(cause__case=case)
    facts: dict[str, Any] = {f"effect_{measure.pk}": "partly", f"effect_note_{measure.pk}": "Färre."}
    moved(case, "close", town.karin, answer="Tack.", **facts)
    assert "Klara i dag Systemet spärrar ändringar utan kvittens. AVV-2026-0001 · hjälpte: delvis" in words_of(
        desk("jonas").get("/atgarder/")
    )


def test_two_causes_with_one_bare_ask_for_the_one_that_lacks(town: Town, desk: Desk) -> None:
    case = whole(town)
    second = with_cause(town, case, "Larmet är gammalt.")
    case = moved(case, "conclude", town.jonas)
    with_measure(town, case.causes.order_by("pk")[0])
    html = main_of(desk("karin").get(f"/arenden/{case.reference}/"))
    assert f'<a class="button" href="/orsak/{second.pk}/atgard/">Lägg till en åtgärd</a>' in html


def test_a_decision_can_be_changed_until_the_case_is_handed_over(town: Town, desk: Desk) -> None:
    case = acting(town)
    measure = with_measure(town, case.causes.get())
    decide, finish = f"/atgard/{measure.pk}/beslut/", f"/atgard/{measure.pk}/klar/"
    html = main_of(desk("sanna").get(f"/arenden/{case.reference}/"))
    assert (decide in html, finish in html) == (True, True)
    moved(case, "hand_over_lex", town.karin, **HANDED_OVER)
    html = main_of(desk("sanna").get(f"/arenden/{case.reference}/"))
    assert (decide in html, finish in html) == (False, True)
    data = {"version": fresh(case).version, "decision": "declined", "comment": "Nej."}
    assert errors_of(desk("sanna").post(decide, data)) == [
        "Åtgärden eller ärendet är redan klart. Beslutet går inte att ändra."
    ]
