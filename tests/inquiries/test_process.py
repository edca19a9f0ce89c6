"""The whole way of a lex Sarah case and a vårdskada, and what refuses each move."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.inquiries.choices import Grade
from avvikelse.inquiries.lookup import decision_of, proposal_of
from avvikelse.inquiries.models import Matter, Ruling
from tests.inquiries.stages import (
    GRAVE,
    MILD,
    PROPOSED,
    assessing,
    clocks,
    closed,
    decided,
    following_up,
    ivo,
    ivo_is,
    proposed,
    recording,
    refused,
    registering,
    set_local,
    taker,
    whole,
    working,
)
from tests.people import DAY, Town, moved, report

BOTH = pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


# --- The whole way


@BOTH
def test_a_case_goes_from_the_report_to_a_lesson(town: Town, kind: Kind) -> None:
    case = closed(town, kind)
    sentences = [event.facts["sentence"] for event in case.events.filter(to_state__gt="").order_by("pk")]
    assert [case.state, sentences[0], sentences[-1]] == [State.CLOSED, "rapporterade", "avslutade ärendet"]
    assert [row.what for row in case.events.exclude(from_state="").order_by("pk")] == [
        "register",
        "begin",
        "propose",
        "decide",
        "follow_up",
        "close",
    ]
    assert Matter.objects.get(case=case).lesson == "Kvittera ändringar."
    assert [answer.text for answer in case.answers.all()] == ["Tack. Nu kvitteras ändringar."]


@BOTH
def test_the_proposal_and_the_decision_are_locked_as_numbered_documents(town: Town, kind: Kind) -> None:
    case = decided(town, kind)
    found = Document.objects.filter(reference=case.reference).order_by("pk").values_list("sort", "number")
    analysis = [("analysis", 1)] if kind == Kind.VSK else []
    assert list(found) == [("investigation", 1), *analysis, ("ruling", 1)]
    proposal, decision = proposal_of(case), decision_of(case)
    assert proposal
    assert decision
    assert (proposal.by, decision.by, decision.investigator) == (town.jonas, town.david, town.jonas)
    assert (proposal.delegated, decision.delegated) == (False, True)


@BOTH
def test_the_documents_do_not_name_whoever_reported(town: Town, kind: Kind) -> None:
    case = decided(town, kind)
    texts = [str(row.content) for row in Document.objects.filter(reference=case.reference)]
    assert [text for text in texts if "Amira" in text] == []


# --- Receiving


@BOTH
def test_registering_meets_the_clock_of_reception(town: Town, kind: Kind) -> None:
    case = report(town, kind=kind)
    assert clocks(case)["reception"] == (DAY, "runs")
    case = moved(case, "register", taker(town, kind), **registering(town, kind))
    assert clocks(case)["reception"] == (DAY, "met")
    matter = Matter.objects.get(case=case)
    assert (matter.received_how, matter.told_on, matter.protected, matter.chair_informed_on) == (
        "oral",
        DAY,
        "Extra tillsyn.",
        DAY,
    )
    assert matter.lagrum == ("sol" if kind == Kind.LEX else "hsl")


def test_whoever_is_pointed_out_never_sees_the_case_again(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    facts = registering(town, implicated=town.sanna, implicated_second=town.karin)
    case = moved(case, "register", town.sanna, **facts)
    assert {part.person for part in case.parts.filter(role=PartRole.IMPLICATED)} == {town.sanna, town.karin}
    assert [case in Case.objects.visible_to(who, DAY) for who in (town.sanna, town.karin, town.david)] == [
        False,
        False,
        True,
    ]
    assert case.parts.get(role=PartRole.STAND_IN).person == town.david


def test_nobody_is_pointed_out_when_nobody_would_be_left(town: Town) -> None:
    case = report(town, kind=Kind.LEX, implicated=(town.david, town.cilla))
    facts = registering(town, implicated=town.sanna, chair_informed_on=None, director_informed_on=None)
    said = refused(case, "register", town.sanna, **facts)
    assert [each.split(". ")[0] for each in said] == [
        "Det finns ingen SAS, förvaltningschef eller nämndens ordförande som kan ta emot ärendet"
    ]


def test_the_leaders_are_informed_but_never_one_who_is_pointed_out(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    assert refused(case, "register", town.sanna, **registering(town, director_informed_on=None)) == [
        "Skriv vilken dag David Nyman (förvaltningschef) fick veta."
    ]
    assert refused(case, "register", town.sanna, **registering(town, implicated=town.david)) == [
        "David Nyman är utpekad och ska inte informeras. Ta bort dagen."
    ]
    facts = registering(town, implicated=town.david, director_informed_on=None)
    assert moved(case, "register", town.sanna, **facts).state == State.ASSESSING


def test_the_municipality_may_leave_out_informing_the_leaders(town: Town) -> None:
    set_local(town, "inform_chair_and_director", "nej")
    facts = registering(town, chair_informed_on=None, director_informed_on=None)
    assert moved(report(town, kind=Kind.LEX), "register", town.sanna, **facts).state == State.ASSESSING


def test_a_vardskada_goes_to_the_patients_unit(town: Town) -> None:
    case = moved(report(town, kind=Kind.VSK), "register", town.maja, **registering(town, Kind.VSK, unit=town.ekbacken))
    assert (case.unit, case.under_hsl) == (town.ekbacken, True)


@BOTH
def test_one_more_may_be_pointed_out_later_and_another_investigates_then(town: Town, kind: Kind) -> None:
    who = taker(town, kind)
    case = moved(working(town, kind), "point_out", who, person=town.jonas, why="Han var där.")
    assert (case.handler, case in Case.objects.visible_to(town.jonas, DAY)) == (None, False)
    facts: dict[str, Any] = {"what": "investigator", "person": town.olle, "conflict": "no", "why": "Jonas var där."}
    assert moved(case, "reappoint", who, **facts).handler == town.olle


# --- Beginning


@BOTH
def test_beginning_gives_the_case_to_the_investigator_and_the_decider(town: Town, kind: Kind) -> None:
    case = working(town, kind)
    parts = {(part.person, part.role) for part in case.parts.filter(valid_to=None)}
    assert parts == {(town.jonas, PartRole.INVESTIGATOR), (town.david, PartRole.DECIDER)}
    assert (case.handler, clocks(case)["proposal"]) == (town.jonas, (DAY + timedelta(days=30), "runs"))


@BOTH
def test_nobody_with_jav_investigates(town: Town, kind: Kind) -> None:
    case = assessing(town, kind, implicated=town.karin)
    start: dict[str, Any] = {"investigator": town.jonas, "conflict": "no"}
    who = taker(town, kind)
    assert refused(case, "begin", who, **{**start, "conflict": "yes"}) == [
        "Den som har jäv kan varken utreda eller besluta. Välj någon annan."
    ]
    for chosen in ({"investigator": town.karin}, {"decider": town.karin}):
        assert refused(case, "begin", who, **{**start, **chosen}) == [
            "Karin Ek är utpekad i ärendet. Välj någon annan."
        ]
    assert refused(case, "begin", who, investigator=town.jonas) == ["Fyll i ”Har hon eller han jäv?”."]


def test_in_a_lex_sarah_case_whoever_decides_does_not_investigate(town: Town) -> None:
    facts: dict[str, Any] = {"investigator": town.jonas, "conflict": "no", "decider": town.jonas}
    said = "Jonas Berg utreder eller har utrett ärendet och får inte besluta i det. Välj någon annan."
    assert refused(assessing(town), "begin", town.sanna, **facts) == [said]
    assert refused(assessing(town, Kind.VSK), "begin", town.maja, **facts) == [said]
    set_local(town, "four_eyes_care_injury", "nej")
    assert refused(assessing(town), "begin", town.sanna, **facts) == [said]
    assert moved(assessing(town, Kind.VSK), "begin", town.maja, **facts).state == State.ANALYSING


def test_a_vardskada_may_be_decided_by_its_investigator_where_that_is_the_routine(town: Town) -> None:
    set_local(town, "four_eyes_care_injury", "nej")
    case = proposed(town, Kind.VSK, decider=town.jonas)
    case = moved(case, "decide", town.jonas, grade=Grade.HARM, **PROPOSED)
    decision = decision_of(case)
    assert decision
    assert (decision.by, decision.four_eyes_off) == (town.jonas, True)


@BOTH
def test_what_is_clearly_nothing_is_settled_with_an_answer(town: Town, kind: Kind) -> None:
    case = assessing(town, kind)
    assert refused(case, "settle", taker(town, kind), why="Ingen for illa.") == [
        "Skriv ett svar till rapportören, eller varför det inte går."
    ]
    case = moved(case, "settle", taker(town, kind), why="Ingen for illa.", answer="Tack, det var en övning.")
    assert (case.state, [row.text for row in case.answers.all()]) == (State.CLOSED, ["Tack, det var en övning."])


# --- Proposing and deciding


@BOTH
def test_nothing_is_proposed_while_the_documentation_lacks_anything(town: Town, kind: Kind) -> None:
    case = working(town, kind)
    said = refused(case, "propose", town.jonas, grade=MILD[kind], **PROPOSED)
    assert [sentence.endswith("återstår i dokumentationen. Skriv vad som hände.") for sentence in said] == [True]


@BOTH
def test_a_proposal_meets_its_clock_and_may_be_sent_back(town: Town, kind: Kind) -> None:
    case = proposed(town, kind)
    assert clocks(case)["proposal"][1] == "met"
    case = moved(case, "send_back", town.david, missing="Vad sa dottern?")
    assert (case.state, clocks(case)["proposal"]) == (working(town, kind).state, (DAY + timedelta(days=30), "runs"))


@BOTH
def test_nobody_decides_what_she_has_investigated_not_even_before(town: Town, kind: Kind) -> None:
    case, who = whole(town, kind), taker(town, kind)
    facts: dict[str, Any] = {"what": "investigator", "person": town.olle, "conflict": "no", "why": "Jonas är sjuk."}
    case = moved(case, "reappoint", who, **facts)
    assert case.handler == town.olle
    said = "Jonas Berg utreder eller har utrett ärendet och får inte besluta i det. Välj någon annan."
    assert refused(case, "reappoint", who, **{**facts, "what": "decider", "person": town.jonas}) == [said]
    said = "David Nyman ska besluta i ärendet och kan inte också utreda det. Byt beslutsfattare först."
    assert refused(case, "reappoint", who, **{**facts, "person": town.david}) == [said]


@BOTH
def test_a_decider_who_came_to_investigate_may_not_decide(town: Town, kind: Kind) -> None:
    case = proposed(town, kind)
    act_as("system:tests")
    Case.objects.filter(pk=case.pk).update(handler=town.david)
    said = ["Den som har utrett ärendet får inte besluta i det. Låt någon annan besluta."]
    assert refused(case, "decide", town.david, grade=MILD[kind], **PROPOSED) == said


@BOTH
@pytest.mark.parametrize("name", ["taker", "rut"])
def test_the_namnds_decision_is_recorded_by_one_who_has_not_decided_it(town: Town, kind: Kind, name: str) -> None:
    case = proposed(town, kind, decider=None)
    who = taker(town, kind) if name == "taker" else town.rut
    case = moved(case, "record_decision", who, **recording(kind, grade=GRAVE[kind]))
    found = Ruling.objects.exclude(stage="proposal").get(case=case)
    assert (found.by, found.organ, found.section_number, found.recorded_by, found.delegated) == (
        None,
        "Socialnämnden",
        "§ 45",
        who,
        False,
    )
    assert found.minutes
    assert (found.minutes.name, ivo(case).state) == ("protokoll.pdf", State.PREPARING)


@BOTH
def test_the_namnd_does_not_decide_what_a_person_is_to_decide(town: Town, kind: Kind) -> None:
    case, who = proposed(town, kind), taker(town, kind)
    said = ["En person ska besluta i ärendet. Ska nämnden besluta i stället byts beslutsfattaren först."]
    assert refused(case, "record_decision", town.rut, **recording(kind)) == said
    case = moved(case, "reappoint", who, what="namnd", why="Ärendet är principiellt.")
    assert moved(case, "record_decision", town.rut, **recording(kind)).state == State.DECIDED


@BOTH
def test_a_corrected_decision_stands_beside_the_old(town: Town, kind: Kind) -> None:
    case = moved(closed(town, kind), "correct", town.david, grade=GRAVE[kind], **PROPOSED)
    rows = Ruling.objects.filter(case=case).exclude(stage="proposal").order_by("pk")
    assert list(rows.values_list("stage", "replaced")) == [("decision", True), ("correction", False)]
    assert (case.state, ivo(case).state, Document.objects.filter(reference=case.reference, sort="ruling").count()) == (
        State.DECIDED,
        State.PREPARING,
        2,
    )


def test_what_was_settled_has_no_decision_to_correct(town: Town) -> None:
    case = moved(assessing(town), "settle", town.sanna, why="Inget.", answer="Tack.")
    act_as("system:tests")
    case.parts.create(person=town.david, role=PartRole.DECIDER, valid_from=DAY)
    assert refused(case, "correct", town.david, grade=Grade.NONE, why="x") == ["Det finns inget beslut att rätta."]


# --- Passing on and ending


@BOTH
def test_what_is_not_so_grave_goes_back_to_the_unit(town: Town, kind: Kind) -> None:
    case = moved(decided(town, kind), "return_to_unit", taker(town, kind), why="Enheten kan ta det själv.")
    child = case.offspring.get()
    assert (case.state, child.kind, child in Case.objects.visible_to(town.karin, DAY)) == (
        State.CLOSED,
        Kind.AVV,
        True,
    )


@BOTH
def test_what_is_serious_does_not_go_back(town: Town, kind: Kind) -> None:
    case = decided(town, kind, GRAVE[kind])
    ivo_is(case, State.CANCELLED)
    assert refused(case, "return_to_unit", taker(town, kind), why="Enheten.") == [
        "Beslutet är att det är allvarligt. Då lämnas ärendet inte tillbaka till enheten."
    ]


@pytest.mark.parametrize(
    ("kind", "other"), [(Kind.LEX, Kind.AVV), (Kind.LEX, Kind.VSK), (Kind.VSK, Kind.AVV), (Kind.VSK, Kind.LEX)]
)
def test_a_case_of_the_wrong_kind_becomes_one_of_the_right(town: Town, kind: Kind, other: Kind) -> None:
    case = moved(assessing(town, kind), "wrong_kind", taker(town, kind), kind=other, why="Det är annat.")
    assert (case.state, case.offspring.get().kind) == (State.CLOSED, other)


@BOTH
def test_an_answer_and_a_lesson_are_asked_at_the_end(town: Town, kind: Kind) -> None:
    case = following_up(town, kind)
    assert refused(case, "close", taker(town, kind), lesson="Kvittera.") == [
        "Skriv ett svar till rapportören, eller varför det inte går."
    ]
    assert refused(case, "close", taker(town, kind), answer="Tack.") == ["Fyll i ”Vad har ni lärt er?”."]


@BOTH
def test_follow_up_waits_for_measures_against_every_cause(town: Town, kind: Kind) -> None:
    assert refused(decided(town, kind), "follow_up", taker(town, kind), follow_up_on=DAY) == [
        "1 orsak saknar åtgärd. Lägg till en åtgärd eller skriv varför ingen behövs."
    ]


@BOTH
def test_what_did_not_help_leads_back_to_measures(town: Town, kind: Kind) -> None:
    case = moved(following_up(town, kind), "act_again", taker(town, kind), what_did_not_help="Rutinen.")
    assert (case.state, clocks(case)["follow_up"][1]) == (State.DECIDED, "met")


@BOTH
def test_a_closed_case_is_taken_up_again_by_an_investigator(town: Town, kind: Kind) -> None:
    facts: dict[str, Any] = {"investigator": town.jonas, "conflict": "no", "decider": town.david, "why": "Nytt."}
    case = moved(closed(town, kind), "reopen", taker(town, kind), **facts)
    assert (case.state, clocks(case)["proposal"][1]) == (working(town, kind).state, "runs")


# --- Beside


@BOTH
def test_a_statement_is_asked_for_and_a_number_set_and_a_passage_hidden(town: Town, kind: Kind) -> None:
    case, who = working(town, kind), taker(town, kind)
    asked: dict[str, Any] = {"asked_of": town.karin, "question": "Hur var bemanningen?", "due_on": DAY}
    case = moved(case, "ask_statement", town.jonas, **asked)
    case = moved(case, "set_number", town.rut, diary_number="SN 2026/7")
    case = moved(case, "mask", who, place="case.what_happened", passage="klockan åtta", ground="Fel person.")
    assert (case.statements.get().asked_of, case.diary_number, case.what_happened) == (
        town.karin,
        "SN 2026/7",
        "Morgonbesöket [dolt] blev inte av.",
    )


def test_the_chief_of_the_unit_makes_no_move(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        moved(report(town, kind=Kind.LEX), "register", town.karin, **registering(town))
