"""Random walks through every kind's moves by the people of the town: what must hold holds after every step."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any, ClassVar

import hypothesis
import hypothesis.strategies as st
from django.db import transaction
from django.test import Client
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.kinds import Kind, PartRole, Sort, State
from avvikelse.cases.models import Case, Clock, Part
from avvikelse.cases.next_step import who_is_next
from avvikelse.cases.operations import MoveRefused
from avvikelse.cases.page import with_everything
from avvikelse.cases.rules import Who, capacities
from avvikelse.cases.sight import HANDLING_PARTS
from avvikelse.cases.viewer import Viewer
from avvikelse.inquiries.choices import SERIOUS, Stage
from avvikelse.inquiries.lookup import decision_of
from avvikelse.inquiries.models import Ruling
from avvikelse.inquiries.process_rules import decider_of, investigators, is_sent
from avvikelse.lex_sarah.models import Informed
from avvikelse.measures.models import Measure
from avvikelse.organisation.access import access_of
from avvikelse.organisation.preferences import LocalValues
from tests.desk import Desk
from tests.inquiries.walking import offered, prepared, tried
from tests.people import AT, DAY, Town, report

MOST_CASES = 12
STEPS = 40
SHARE = 12
"""One walk where other tests take so many examples."""
IMPLICATED = (0, 0, 0, 1, 2)
"""How many a report may be about."""
MANY_WALKS = 100
"""From so many on every move below comes by; by day it is left to chance which do."""
FEWEST_MOVES = 12
"""So many different moves are made in any day's walks; fewer mean that the walks stand still."""
CAME_BY = {
    (Kind.AVV, "conclude"),
    (Kind.AVV, "hand_over_lex"),
    (Kind.LEX, "close"),
    (Kind.VSK, "propose"),
    (Kind.IVO, "send"),
}
"""So far the walks come, at the least: a walk that stands still finds nothing."""
INVESTIGATED = (Kind.LEX, Kind.VSK)
OPENED: tuple[dict[str, Any], ...] = (
    {"kind": Kind.AVV},
    {"kind": Kind.AVV, "facts": {"under_hsl": True}},
    {"kind": Kind.LEX},
    {"kind": Kind.VSK},
    {"kind": Kind.LEX, "reporter": None, "facts": {"sort": Sort.INFORMED}},
    {"kind": Kind.FOR, "facts": {"sort": Sort.PROPOSAL}},
    {"kind": Kind.IVO, "reporter": None, "facts": {"sort": Sort.NOTICE_MUNICIPALITY}},
    {"kind": Kind.IVO, "reporter": None, "facts": {"sort": Sort.SUPERVISION}},
)
"""What may come in."""


class Walk(RuleBasedStateMachine):
    """A walk in the town; what it did is undone at its end."""

    town: ClassVar[Town]
    made: ClassVar[set[tuple[str, str]]]

    def __init__(self) -> None:
        super().__init__()
        self.undone = transaction.atomic()
        self.undone.__enter__()
        self.people = sorted(self.town.people.values(), key=lambda person: person.pk)
        self.viewers = [Viewer(each, AT, DAY, access_of(each, DAY), LocalValues(DAY)) for each in self.people]
        self.desk = Desk(self.town)
        self.seen: dict[int, int] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.undone.__exit__(None, None, None)

    @initialize(dice=st.randoms(use_true_random=False))
    def begins(self, dice: Random) -> None:
        self.comes_in(dice)
        if not Case.objects.exists():
            report(self.town)

    @rule(dice=st.randoms(use_true_random=False))
    def something_comes_in_or_goes_on(self, dice: Random) -> None:
        if Case.objects.count() < MOST_CASES and dice.random() < 0.2:
            self.comes_in(dice)
        else:
            self.goes(dice, onwards=1)

    def comes_in(self, dice: Random) -> None:
        """Told by anybody, mostly about nobody."""
        changes = dice.choice(OPENED)
        implicated = tuple(dice.sample(self.people, dice.choice(IMPLICATED)))
        told = {"reporter": dice.choice(self.people), "implicated": implicated, **changes}
        try:
            with transaction.atomic():
                case = report(self.town, **told)
        except MoveRefused:
            return
        if case.sort == Sort.INFORMED:
            Informed.objects.create(case=case, provider="Vård AB", grade="risk")

    @rule(dice=st.randoms(use_true_random=False))
    def somebody_goes_on(self, dice: Random) -> None:
        """The one it waits for does what it waits for, mostly."""
        self.goes(dice, onwards=0.8)

    @rule(dice=st.randoms(use_true_random=False))
    def somebody_does_something(self, dice: Random) -> None:
        self.goes(dice, onwards=0)

    def goes(self, dice: Random, *, onwards: float) -> None:
        case = dice.choice(self.cases())
        workflow = workflow_of(case.kind)
        found = offered(case, self.viewers, workflow.moves_from(State(case.state)))
        place = workflow.place(case.state)
        if dice.random() < onwards:
            found = [row for row in found if row[0].name in {place.main_move, place.or_else}] or found
        if not found:
            return
        move, viewer = dice.choice(found)
        prepared(case, move, viewer, dice)
        if tried(self.read(case), move, replace(viewer), dice):
            self.made.add((case.kind, move.name))

    def cases(self) -> list[Case]:
        return list(with_everything(Case.objects.order_by("pk")))

    def read(self, case: Case) -> Case:
        return with_everything(Case.objects.all()).get(pk=case.pk)

    @invariant()
    def what_must_hold_holds(self) -> None:
        """Looks at what the step changed, at what came out of that and at what it came out of."""
        cases = self.cases()
        changed = {case.pk for case in cases if self.seen.get(case.pk) != case.version}
        self.seen = {case.pk: case.version for case in cases}
        near = changed | {case.origin_id for case in cases if case.pk in changed}
        for case in cases:
            if case.pk in near or case.origin_id in changed:
                open_to_somebody(case, self.viewers)
                final_means_final(case)
                serious_is_sent(case)
                four_eyes(case)
                implicated_are_shut_out(case, self.viewers, self.desk)


# --- What must hold


def open_to_somebody(case: Case, viewers: list[Viewer]) -> None:
    """What is not finished can be brought on by somebody, and the one it is said to wait for is such a one."""
    workflow = workflow_of(case.kind)
    place = workflow.place(case.state)
    if place.final or not workflow.moves:
        return
    onwards = [row for row in offered(case, viewers, workflow.moves_from(State(case.state))) if not only_numbers(row)]
    assert onwards, f"nobody can do anything in {case.reference}, {case.state}"
    waited_for = who_is_next(case, place, DAY)
    assert waited_for, f"{case.reference}, {case.state}, waits for nobody"
    able = {viewer.person.pk for _, viewer in onwards} | {
        viewer.person.pk for viewer in viewers if viewer.capacities(case) & place.waits_for
    }
    assert waited_for.pk in able, f"{waited_for} in {case.reference}, {case.state}"


def only_numbers(row: tuple[Any, Viewer]) -> bool:
    """The registrator's number brings nothing on."""
    return bool(row[0].name == "set_number")


def final_means_final(case: Case) -> None:
    if workflow_of(case.kind).place(case.state).final:
        running = Clock.objects.filter(case=case, met_at=None, ended_at=None)
        assert list(running.values_list("rule", flat=True)) == [], f"{case.reference}, {case.state}"


def serious_is_sent(case: Case) -> None:
    if case.kind in INVESTIGATED and case.state == State.CLOSED:
        decision = decision_of(case)
        assert not (decision and decision.grade in SERIOUS) or is_sent(case), case.reference


def four_eyes(case: Case) -> None:
    """In a lex Sarah case, and here in a vårdskada too, nobody decides who has investigated."""
    if case.kind in INVESTIGATED:
        assert decider_of(case) not in investigators(case), case.reference
        for ruling in Ruling.objects.filter(case=case, by__isnull=False).exclude(stage=Stage.PROPOSAL):
            assert ruling.by_id != ruling.investigator_id, case.reference


def implicated_are_shut_out(case: Case, viewers: list[Viewer], desk: Desk) -> None:
    """Whoever is *utpekad* sees nothing of it, has nothing to do in it, and meets it at most as who reported it."""
    known = {viewer.person.pk: viewer.person for viewer in viewers}
    keys = {person.pk: key for key, person in desk.town.people.items()}
    for part in Part.objects.filter(case=case, role=PartRole.IMPLICATED, valid_to=None):
        person, said = known[part.person_id], f"{known[part.person_id]} in {case.reference}"
        assert not Case.objects.visible_to(person, DAY).filter(pk=case.pk).exists(), said
        assert capacities(case, person, DAY) <= {Who.REPORTER}, said
        assert not Part.objects.filter(case=case, person=person, role__in=HANDLING_PARTS, valid_to=None).exists(), said
        assert case.handler_id != person.pk, said
        assert not Measure.objects.open().filter(cause__case=case, owner=person).exists(), said
        assert status(desk(keys[person.pk]), case) == 404, said


def status(client: Client, case: Case) -> int:
    return int(client.get(f"/arenden/{case.reference}/").status_code)


def test_no_walk_breaks_what_must_hold(desk: Desk, settings: Any, tmp_path: Path) -> None:
    """A few hundred steps by day, thousands at night."""
    settings.MEDIA_ROOT = tmp_path
    by_day_or_night = hypothesis.settings.default
    assert by_day_or_night
    walks = by_day_or_night.max_examples // SHARE
    unhurried = list(hypothesis.HealthCheck)
    made: set[tuple[str, str]] = set()
    run_state_machine_as_test(
        type("WalkInTown", (Walk,), {"town": desk.town, "made": made}),
        settings=hypothesis.settings(
            max_examples=walks,
            stateful_step_count=STEPS,
            suppress_health_check=unhurried,
            phases=(hypothesis.Phase.generate,),
        ),
    )
    assert len(made) >= FEWEST_MOVES
    if walks >= MANY_WALKS:
        assert made >= CAME_BY
