"""State × move × person: exactly what the tables allow, and nothing more."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from avvikelse.cases.engine import Goes, Move, Workflow, possible_targets, workflow_of, workflows
from avvikelse.cases.kinds import STATES, Kind, State
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.cases.operations import MoveRefused, StaleCase, make_move
from avvikelse.cases.rules import Who
from tests.people import AT, Town, build_town, report

pytestmark = pytest.mark.django_db

PLACED = {
    "amira": {Who.REPORTER},
    "karin": {Who.CHEF},
    "frida": {Who.CHEF},
    "vera": {Who.CHEF},
    "david": {Who.CHEF},
    "sanna": {Who.SAS},
    "maja": set[Who](),
    "jonas": {Who.INVESTIGATOR},
    "olle": set[Who](),
    "rut": set[Who](),
    "bertil": set[Who](),
    "cilla": set[Who](),
    "greta": set[Who](),
    "sixten": set[Who](),
}
"""In which capacities each meets a case under SoL/LSS at Solgläntan that Jonas investigates."""
SEALED = {**PLACED, **{chief: set[Who]() for chief in ("karin", "frida", "vera", "david")}, "rut": {Who.REGISTRAR}}
MEETS = {
    Kind.AVV: PLACED,
    Kind.FOR: {**PLACED, "maja": {Who.MAS}},
    Kind.LEX: SEALED,
    Kind.VSK: {**SEALED, "sanna": set[Who](), "maja": {Who.MAS}},
    Kind.IVO: {**SEALED, "amira": set[Who]()},
}
"""The same for each kind; the IVO case is a notice of lex Sarah."""
GOING = [workflow for workflow in workflows() if any(move.target != Goes.SAME for move in workflow.moves)]

ROWS = [
    pytest.param(workflow.kind, state, move.name, id=f"{workflow.kind}-{state}-{move.name}")
    for workflow in workflows()
    for state in STATES[workflow.kind]
    for move in workflow.moves
]


def placed_case(town: Town, kind: Kind, state: State) -> Case:
    """A case in the state, with Jonas as investigator. The state is set by hand: the table is what is tested."""
    case = report(town, kind=kind)
    case.parts.create(person=town.jonas, role="investigator", valid_from=AT.date())
    Case.objects.filter(pk=case.pk).update(state=state, state_before=STATES[kind][0], handler=town.jonas)
    case.refresh_from_db()
    return case


def what_came_of(case: Case, name: str, town: Town, person: str) -> str:
    """Tell "not here", "may not", or "may" (the move was made or asks for more)."""
    try:
        with transaction.atomic():
            make_move(case.pk, name, actor=town.people[person], version=case.version, at=AT, facts={})
    except MoveRefused as refused:
        return "not here" if refused.sentences == ["Ärendet har redan gått vidare."] else "may"
    except PermissionDenied:
        return "may not"
    return "may"


@pytest.mark.parametrize(("kind", "state", "name"), ROWS)
def test_exactly_those_the_table_names_may_make_the_move(kind: Kind, state: State, name: str) -> None:
    town = build_town()
    case = placed_case(town, kind, state)
    move = workflow_of(kind).move(name)
    assert move is not None
    found = {person: refused_or_made(case, name, town, person) for person in PLACED}
    assert found == {person: expected(move, state, kind, person) for person in PLACED}


def refused_or_made(case: Case, name: str, town: Town, person: str) -> str:
    """Each person tries on the case as it was: whatever was done is undone."""
    with transaction.atomic():
        found = what_came_of(case, name, town, person)
        transaction.set_rollback(True)
    return found


def expected(move: Move, state: State, kind: Kind, person: str) -> str:
    if state not in move.sources:
        return "not here"
    placed = MEETS[kind][person]
    return "may" if move.who & placed else "may not"


@pytest.mark.parametrize("workflow", GOING, ids=lambda workflow: workflow.kind)
def test_every_state_can_be_reached(workflow: Workflow) -> None:
    reached, todo = {workflow.places[0].state}, [workflow.places[0].state]
    while todo:
        source = todo.pop()
        targets = {
            target for move in workflow.moves_from(source) for target in possible_targets(workflow, move, source)
        }
        todo += targets - reached
        reached |= targets
    assert reached == set(STATES[workflow.kind])


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.kind)
def test_only_final_states_wait_for_nobody(workflow: Workflow) -> None:
    assert {place.state for place in workflow.places if not place.waits_for} == {
        place.state for place in workflow.places if place.final
    }


@pytest.mark.parametrize("workflow", workflows(), ids=lambda workflow: workflow.kind)
def test_the_main_move_of_a_place_can_be_made_by_whom_it_waits_for(workflow: Workflow) -> None:
    for place in workflow.places:
        if place.main_move:
            move = workflow.move(place.main_move)
            assert move is not None
            assert place.state in move.sources
            assert move.who & place.waits_for


def test_what_a_move_asks_must_be_answered() -> None:
    town = build_town()
    case = report(town)
    with pytest.raises(MoveRefused) as refused:
        make_move(case.pk, "assess", actor=town.karin, version=case.version, at=AT, facts={})
    assert refused.value.sentences == [
        "Fyll i ”Vad handlar det om?”.",
        "Fyll i ”Misstänker du ett missförhållande?”.",
        "Fyll i ”Varför, eller varför inte?”.",
        "Fyll i ”Utredare”.",
    ]


def test_the_second_of_two_is_told_what_the_first_did() -> None:
    town = build_town()
    case = report(town)
    make_move(
        case.pk, "move_unit", actor=town.karin, version=1, at=AT, facts={"unit": town.ekbacken, "why": "Fel enhet."}
    )
    with pytest.raises(StaleCase) as stale:
        make_move(case.pk, "withdraw", actor=town.amira, version=1, at=AT, facts={"why": "Jag ångrade mig."})
    assert [event.facts["sentence"] for event in stale.value.events] == [
        "flyttade ärendet från Solgläntan till Ekbacken"
    ]
    assert CaseEvent.objects.filter(case=case, what="withdraw").count() == 0
