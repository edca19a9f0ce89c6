"""The parts of the case page: what remains, what is written, the notes, the statements and the decisions."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

from django.template.loader import render_to_string

from avvikelse.cases.engine import Act, Section
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.inquiries.choices import Grade, Nature, Stage
from avvikelse.inquiries.operations import Ruled, add_note, answer_statement, ask_statement, rule
from avvikelse.inquiries.sections import DOCUMENTATION, NOTES, RULINGS, STATEMENTS
from avvikelse.organisation.preferences import LocalValues
from tests.inquiries.sealed import documented, fresh, investigated, step, with_cause
from tests.people import AT, DAY, Town

INVESTIGATOR, READER = frozenset({Who.INVESTIGATOR}), frozenset({Who.READER})
TAGS = re.compile(r"<[^>]+>")


def shown(section: Section, case: Case, capacity: frozenset[Who]) -> str:
    """The words of the part; empty when it is not there."""
    case = fresh(case)
    data = section.context(case, capacity, LocalValues(DAY))
    html = render_to_string(section.template, {"case": case, "data": data}) if data else ""
    return " ".join(unescape(TAGS.sub(" ", html)).split()).replace(" .", ".").replace(" ,", ",")


def act(case: Case, capacity: frozenset[Who]) -> object:
    return DOCUMENTATION.context(fresh(case), capacity, LocalValues(DAY)).get("act")


def test_while_it_is_written_the_part_says_what_remains_and_leads_there(town: Town) -> None:
    case = with_cause(town, documented(town, event="", other=""))
    text = shown(DOCUMENTATION, case, INVESTIGATOR)
    assert "Följder Hon fick ingen frukost." in text
    assert (
        "Återstår Vad hände Skriv vad som hände. Vad som i övrigt har kommit fram Skriv vad mer som har kommit fram."
        in text
    )
    address = f"/arenden/{case.reference}/dokumentation/"
    assert (act(case, INVESTIGATOR), act(case, READER)) == (Act("Fortsätt dokumentationen", address), None)


def test_a_whole_documentation_leads_nowhere(town: Town) -> None:
    case = with_cause(town, documented(town))
    assert ("Återstår" in shown(DOCUMENTATION, case, INVESTIGATOR), act(case, INVESTIGATOR)) == (False, None)


def test_afterwards_it_is_read(town: Town) -> None:
    case = documented(town)
    Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
    text = shown(DOCUMENTATION, case, INVESTIGATOR)
    assert "Antecknat i personakten Nej. Det rör bara schemat. Anmält till polisen Ej aktuellt" in text
    assert ("Återstår" in text, "Hela dokumentationen" in text) == (False, False)


def test_a_vardskada_shows_what_the_patient_was_told(town: Town) -> None:
    text = shown(DOCUMENTATION, documented(town, Kind.VSK, told_ivo=False), INVESTIGATOR)
    assert "Patienten har fått veta Ja, patienten. 16 november 2026, Maja Öberg, MAS" in text
    assert "hur man klagar hos vårdgivaren, patientnämnden, ersättning" in text
    assert "personakten" not in text


def test_nothing_stands_there_before_anything_may_be_written(town: Town) -> None:
    case = investigated(town, state=State.ASSESSING)
    parts = (DOCUMENTATION, RULINGS, STATEMENTS)
    assert [shown(part, case, INVESTIGATOR) for part in parts] == ["", "", ""]
    assert [shown(NOTES, case, who) for who in (READER, INVESTIGATOR)] == [
        "",
        "Inga anteckningar är skrivna än. Skriv en anteckning",
    ]


def test_a_note_says_its_day_its_source_what_it_is_and_who_wrote_it(town: Town) -> None:
    case = investigated(town)
    facts: dict[str, Any] = {"noted_on": DAY - timedelta(days=1), "source": "Larmloggen", "nature": Nature.ASSESSMENT}
    add_note(case.pk, actor=town.jonas, at=AT, text="Larmet hördes inte.", **facts)
    assert shown(NOTES, case, READER) == (
        "15 november 2026 Bedömning Källa: Larmloggen Larmet hördes inte. Jonas Berg, gruppledare, 16 nov 2026 09.00"
    )


def test_a_statement_is_shown_with_its_question_until_and_when_it_is_answered(town: Town) -> None:
    case = investigated(town)
    ask_statement(step(case, town.sanna, asked_of=town.karin, question="Hur gick det till?", due_on=DAY))
    text = shown(STATEMENTS, case, READER)
    assert "Karin Ek, enhetschef Frågan Hur gick det till? Sanna Lind, i dag 09.00" in text
    assert "Yttrande Inte lämnat än. Ska lämnas senast måndag 16 november" in text
    answer_statement(case.statements.get().pk, actor=town.karin, at=AT, text="Det kvitteras inte.")
    assert "Yttrande Det kvitteras inte. Lämnat i dag 09.00" in shown(STATEMENTS, case, READER)


def test_decisions_stand_with_the_proposal_the_newest_first(town: Town) -> None:
    case = investigated(town)
    proposal = Ruled(stage=Stage.PROPOSAL, grade=Grade.RISK, why="Hon klarade sig.", by=town.jonas, decided_on=DAY)
    rule(step(case, town.jonas), proposal)
    first = Ruled(stage=Stage.DECISION, grade=Grade.RISK, why="Som förslaget.", by=town.david, decided_on=DAY)
    rule(step(case, town.david), first)
    organ: dict[str, Any] = {"organ": "Socialnämnden", "section_number": "§ 45", "decided_on": DAY}
    rule(step(case, town.sanna), Ruled(stage=Stage.CORRECTION, grade=Grade.SERIOUS, why="Hon for illa.", **organ))
    assert shown(RULINGS, case, READER) == (
        "Rättat beslut: Allvarligt missförhållande Socialnämnden, 16 november 2026, § 45. Hon for illa. "
        "Skrevs in av Sanna Lind 16 nov 2026 09.00. "
        "Beslut: Påtaglig risk för missförhållande Ersatt av ett senare beslut David Nyman, förvaltningschef, "
        "16 november 2026. Som förslaget. "
        "Förslag till beslut: Påtaglig risk för missförhållande Jonas Berg, gruppledare, 16 november 2026. "
        "Hon klarade sig."
    )
