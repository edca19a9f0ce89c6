"""A yttrande: asked of somebody who does not see the case, answered once, read by those who handle it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.kinds import State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.inquiries.asking import AskStatementForm
from avvikelse.inquiries.models import Statement
from avvikelse.inquiries.operations import answer_statement, ask_statement
from avvikelse.organisation.preferences import LocalValues
from tests.desk import Desk, words_of
from tests.inquiries.sealed import fresh, investigated, step
from tests.people import AT, DAY, Town

QUESTION = "Hur tas ändringar i schemat emot hos er?"


def asked(town: Town, case: Case, of: str = "karin", *, days: int = 7) -> Statement:
    facts = {"asked_of": town.people[of], "question": QUESTION, "due_on": DAY + timedelta(days=days)}
    ask_statement(step(case, town.sanna, **facts))
    return Statement.objects.get(case=case, asked_of=town.people[of])


def path(statement: Statement) -> str:
    return f"/yttrande/{statement.pk}/"


def ask_form(town: Town, case: Case, **data: Any) -> AskStatementForm:
    typed = {"version": case.version, "asked_of": town.karin.pk, "question": QUESTION, "due_on": "2026-11-23", **data}
    return AskStatementForm(typed, case=case, actor=town.sanna, day=DAY, local=LocalValues(DAY))


def test_the_history_tells_who_was_asked_what_and_by_when(town: Town) -> None:
    case = investigated(town)
    facts = {"asked_of": town.karin, "question": QUESTION, "due_on": DAY}
    told = ask_statement(step(case, town.sanna, **facts))
    assert told.sentence == "begärde ett yttrande av Karin Ek, enhetschef"
    assert told.rows == (("Fråga", QUESTION), ("Senast", "16 november 2026"))


def test_nobody_who_is_utpekad_is_asked(town: Town) -> None:
    case = investigated(town, implicated=(town.karin,))
    form = ask_form(town, case)
    assert form.errors["asked_of"] == ["Välj någon i listan."]
    with pytest.raises(MoveRefused, match="Karin Ek är utpekad"):
        asked(town, case)


def test_the_day_to_answer_lies_ahead(town: Town) -> None:
    form = ask_form(town, investigated(town), due_on="2026-11-13")
    assert dict(form.errors) == {"due_on": ["Välj en dag som inte har varit."]}


def test_only_the_one_who_is_asked_opens_the_page(town: Town, desk: Desk) -> None:
    statement = asked(town, investigated(town))
    found = {name: desk(name).get(path(statement)).status_code for name in town.people}
    assert found == {**dict.fromkeys(town.people, 404), "karin": 200}


def test_the_page_shows_the_question_and_nothing_of_the_case(town: Town, desk: Desk) -> None:
    case = investigated(town)
    answer = desk("karin").get(path(asked(town, case)))
    text = words_of(answer)
    assert f"{case.reference} Lämna ett yttrande Frågan {QUESTION} Den som frågar Sanna Lind, SAS" in text
    assert "Svara senast måndag 23 november" in text
    html = answer.content.decode()
    assert [word for word in (case.title, case.what_happened, "Solgläntan", "Amira") if word in html] == []


def test_whoever_is_asked_still_does_not_see_the_case(town: Town, desk: Desk) -> None:
    case = investigated(town)
    asked(town, case)
    assert desk("karin").get(f"/arenden/{case.reference}/").status_code == 404
    assert case.reference not in desk("karin").get("/arenden/").content.decode()


def test_every_look_is_logged(town: Town, desk: Desk) -> None:
    case = investigated(town)
    statement = asked(town, case)
    desk("karin").get(path(statement))
    entry = AuditEntry.objects.get(action="statement")
    assert (entry.actor, entry.reference, entry.context) == (
        town.karin.actor_key,
        case.reference,
        {"statement": statement.pk},
    )
    text = words_of(desk("sanna").get(f"/arenden/{case.reference}/lasare/"))
    assert "Karin Ek, enhetschef, såg en fråga om yttrande." in text


def test_it_waits_on_start_and_att_gora_until_it_is_answered(town: Town, desk: Desk) -> None:
    case = investigated(town)
    statement = asked(town, case, days=-1)
    row = f"Lämna ett yttrande {case.reference} · Sanna Lind frågar. Frågan kom i dag."
    pages = [words_of(desk("karin").get(page)) for page in ("/", "/att-gora/")]
    assert [row in page for page in pages] == [True, True]
    assert "1 ärende väntar på dig." in pages[1]
    assert [row in words_of(desk(name).get("/att-gora/")) for name in ("sanna", "jonas", "olle")] == [False] * 3
    desk("karin").post(path(statement), {"text": "De kvitteras inte."})
    assert row not in words_of(desk("karin").get("/att-gora/"))


def test_the_answer_stands_on_the_case_page(town: Town, desk: Desk) -> None:
    case = investigated(town)
    statement = asked(town, case)
    page = f"/arenden/{case.reference}/"
    done = desk("karin").post(path(statement), {"text": "De kvitteras inte."}, follow=True)
    assert "Ditt yttrande De kvitteras inte. Lämnat i dag 09.00" in words_of(done)
    event = case.events.get(what="statement")
    assert (event.actor_name, event.facts["sentence"]) == ("Karin Ek", "lämnade sitt yttrande")
    assert fresh(case).version == case.version + 1
    assert desk("sanna").get(page).status_code == 200


def test_an_empty_answer_is_not_taken(town: Town, desk: Desk) -> None:
    statement = asked(town, investigated(town))
    assert "Skriv ditt yttrande." in words_of(desk("karin").post(path(statement), {"text": " "}))
    assert Statement.objects.get().answered_at is None


def test_it_is_answered_once_and_the_second_text_is_not_lost(town: Town, desk: Desk) -> None:
    statement = asked(town, investigated(town))
    desk("karin").post(path(statement), {"text": "Det första."})
    answer = desk("karin").post(path(statement), {"text": "Det andra."})
    text = words_of(answer)
    assert "Du har redan svarat. Ett yttrande lämnas en gång." in text
    assert "Det här hade du skrivit Det andra." in text
    assert Statement.objects.get().text == "Det första."


def test_nobody_answers_for_another(town: Town) -> None:
    statement = asked(town, investigated(town))
    with pytest.raises(PermissionDenied):
        answer_statement(statement.pk, actor=town.sanna, at=AT, text="Nej.")


def test_whoever_becomes_utpekad_neither_sees_nor_answers(town: Town, desk: Desk) -> None:
    case = investigated(town)
    statement = asked(town, case)
    case.parts.create(person=town.karin, role="implicated", valid_from=DAY)
    assert desk("karin").get(path(statement)).status_code == 404
    assert case.reference not in desk("karin").get("/att-gora/").content.decode()
    with pytest.raises(PermissionDenied):
        answer_statement(statement.pk, actor=town.karin, at=AT, text="Nej.")


def test_a_closed_case_waits_for_no_answer(town: Town, desk: Desk) -> None:
    case = investigated(town)
    statement = asked(town, case)
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED)
    answer = desk("karin").post(path(statement), {"text": "Sent svar."})
    text = words_of(answer)
    assert "Ärendet är avslutat. Yttrandet behövs inte längre." in text
    assert "Det här hade du skrivit Sent svar." in text
    assert case.reference not in desk("karin").get("/att-gora/").content.decode()
