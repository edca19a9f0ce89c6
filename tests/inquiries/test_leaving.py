"""Somebody who leaves: what she did in a lex Sarah case or a vårdskada goes on with another, unopened."""

from __future__ import annotations

from typing import Any

import pytest

from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.workplace.succession import operations
from tests.inquiries.sealed import fresh
from tests.inquiries.stages import MILD, PROPOSED, proposed, registering, taker, working
from tests.people import AT, DAY, Town, moved, report

BOTH = pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])


def parts(case: Case) -> set[tuple[str, str]]:
    """Who has which part in the case now."""
    return {(part.person.name, part.role) for part in case.parts.filter(valid_to=None).select_related("person")}


@BOTH
def test_the_investigators_case_goes_to_the_one_who_takes_over(town: Town, kind: Kind) -> None:
    case = working(town, kind)
    operations.leave(town.jonas, town.olle, actor=town.sixten, at=AT)
    case = fresh(case)
    assert (case.handler, parts(case)) == (
        town.olle,
        {("Olle Sand", PartRole.INVESTIGATOR), ("David Nyman", PartRole.DECIDER)},
    )
    assert [case in Case.objects.visible_to(who, DAY) for who in (town.olle, town.sixten)] == [True, False]


@BOTH
def test_the_deciders_part_goes_to_the_one_who_takes_over(town: Town, kind: Kind) -> None:
    case = proposed(town, kind, decider=town.vera)
    operations.leave(town.vera, town.david, actor=town.sixten, at=AT)
    case = moved(fresh(case), "decide", town.david, grade=MILD[kind], **PROPOSED)
    assert (case.state, parts(case)) == (
        "decided",
        {("Jonas Berg", PartRole.INVESTIGATOR), ("David Nyman", PartRole.DECIDER)},
    )


@BOTH
def test_an_investigator_who_takes_over_from_the_decider_still_may_not_decide(town: Town, kind: Kind) -> None:
    case = proposed(town, kind, decider=town.vera)
    operations.leave(town.vera, town.jonas, actor=town.sixten, at=AT)
    with pytest.raises(MoveRefused) as refused:
        moved(fresh(case), "decide", town.jonas, grade=MILD[kind], **PROPOSED)
    assert refused.value.sentences == ["Den som har utrett ärendet får inte besluta i det. Låt någon annan besluta."]
    facts: dict[str, Any] = {"what": "decider", "person": town.david, "conflict": "no", "why": "Vera har slutat."}
    case = moved(fresh(case), "reappoint", taker(town, kind), **facts)
    assert moved(case, "decide", town.david, grade=MILD[kind], **PROPOSED).state == "decided"


@BOTH
def test_another_stands_in_when_the_stand_in_leaves(town: Town, kind: Kind) -> None:
    case = report(town, kind=kind, implicated=(taker(town, kind),))
    assert parts(case) >= {("David Nyman", PartRole.STAND_IN)}
    operations.leave(town.david, None, actor=town.sixten, at=AT)
    assert ("Cilla Torp", PartRole.STAND_IN) in parts(case)
    facts = registering(town, kind, director_informed_on=None)
    assert moved(fresh(case), "register", town.cilla, **facts).state == "assessing"
