"""Proposals and decisions: who may decide, what stands beside what, and what was decided in such cases before."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.inquiries.asking import GradingForm
from avvikelse.inquiries.choices import GRADES, SERIOUS, Grade, Misconduct, Stage
from avvikelse.inquiries.lookup import decision_of, proposal_of
from avvikelse.inquiries.models import Ruling
from avvikelse.inquiries.operations import Ruled, rule
from avvikelse.inquiries.precedents import Precedent, precedents
from avvikelse.organisation.preferences import LocalValues
from tests.inquiries.sealed import fresh, investigated, step, with_texts
from tests.people import DAY, Town

OF_KIND = {Kind.LEX: Grade.MISCONDUCT, Kind.VSK: Grade.HARM}


def ruled(town: Town, case: Case, by: str | None, stage: Stage = Stage.DECISION, **changes: Any) -> Ruling:
    facts: dict[str, Any] = {
        "stage": stage,
        "grade": OF_KIND[Kind(case.kind)],
        "why": "Hon for illa.",
        "by": town.people[by] if by else None,
        "decided_on": DAY,
    }
    return rule(step(case, town.people[by or "sanna"]), Ruled(**{**facts, **changes}))


def test_five_grades_and_three_and_those_that_go_to_ivo() -> None:
    assert {kind: [grade in SERIOUS for grade in grades] for kind, grades in GRADES.items()} == {
        Kind.LEX: [False, False, False, True, True],
        Kind.VSK: [False, False, True],
    }


def test_the_proposal_stands_beside_the_decision(town: Town) -> None:
    case = investigated(town)
    proposed = ruled(town, case, "jonas", Stage.PROPOSAL, grade=Grade.RISK)
    decided = ruled(town, case, "david")
    case = fresh(case)
    assert (proposal_of(case), decision_of(case)) == (proposed, decided)


def test_a_corrected_decision_replaces_the_one_before_which_stays(town: Town) -> None:
    case = investigated(town)
    first = ruled(town, case, "david")
    corrected = ruled(town, case, "david", Stage.CORRECTION, grade=Grade.SERIOUS)
    assert decision_of(fresh(case)) == corrected
    assert list(Ruling.objects.order_by("pk").values_list("pk", "replaced")) == [
        (first.pk, True),
        (corrected.pk, False),
    ]


def test_in_a_lex_sarah_case_the_investigator_never_decides(town: Town) -> None:
    case = investigated(town)
    with pytest.raises(MoveRefused) as refused:
        ruled(town, case, "jonas")
    assert refused.value.sentences == ["Den som har utrett ärendet får inte besluta i det. Låt någon annan besluta."]
    assert not Ruling.objects.exists()


def test_the_investigator_may_propose_and_write_down_what_the_namnd_decided(town: Town) -> None:
    case = investigated(town)
    ruled(town, case, "jonas", Stage.PROPOSAL)
    found = rule(
        step(case, town.jonas),
        Ruled(
            stage=Stage.DECISION,
            grade=Grade.SERIOUS,
            why="Enligt förslaget.",
            organ="Socialnämnden",
            section_number="§ 45",
            decided_on=DAY,
        ),
    )
    assert (found.by, found.organ, found.recorded_by, found.by_whom) == (
        None,
        "Socialnämnden",
        town.jonas,
        "Socialnämnden",
    )


@pytest.mark.parametrize(
    ("grade", "off", "taken"),
    [
        (Grade.MISCONDUCT, False, False),
        (Grade.MISCONDUCT, True, False),
        (Grade.HARM, False, False),
        (Grade.HARM, True, True),
    ],
)
def test_the_database_too_keeps_the_investigator_from_deciding(
    town: Town, grade: Grade, *, off: bool, taken: bool
) -> None:
    case = investigated(town)
    act_as("system:tests")
    facts: dict[str, Any] = {"why": "x", "decided_on": DAY, "at": case.received_at, "recorded_by": town.sanna}
    people = {"by": town.jonas, "investigator": town.jonas}
    try:
        with transaction.atomic():
            Ruling.objects.create(case=case, stage="decision", grade=grade, four_eyes_off=off, **people, **facts)
    except IntegrityError:
        assert not taken
    else:
        assert taken


def test_a_ruling_is_never_rewritten(town: Town) -> None:
    found = ruled(town, investigated(town), "david")
    act_as("system:tests")
    for change in ({"grade": Grade.NONE}, {"why": "Annat."}, {"by": town.sanna}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Ruling.objects.filter(pk=found.pk).update(**change)
    Ruling.objects.filter(pk=found.pk).update(deidentified="En kvinna fick ingen mat.")


# --- What was decided before


def decided_before(town: Town, kind_of: Misconduct, grade: Grade, deidentified: str, **changes: Any) -> Ruling:
    case = with_texts(investigated(town), kind_of=kind_of)
    return ruled(town, case, "david", grade=grade, deidentified=deidentified, **changes)


def test_precedents_are_deidentified_decisions_of_the_same_type_newest_first(town: Town) -> None:
    care, money = Misconduct.PERFORMANCE, Misconduct.ECONOMIC
    decided_before(town, care, Grade.RISK, "Ett besök blev sent.", decided_on=DAY.replace(year=2025))
    decided_before(town, care, Grade.SERIOUS, "Ett besök blev inte av.")
    decided_before(town, care, Grade.MISCONDUCT, "")
    decided_before(town, money, Grade.MISCONDUCT, "Pengar försvann.")
    decided_before(town, care, Grade.NONE, "Ett förslag.", stage=Stage.PROPOSAL)
    mine = with_texts(investigated(town), kind_of=care)
    ruled(town, mine, "david", deidentified="Det egna.")
    assert precedents(fresh(mine)) == [
        Precedent("Allvarligt missförhållande", 2026, "Ett besök blev inte av."),
        Precedent("Påtaglig risk för missförhållande", 2025, "Ett besök blev sent."),
    ]


def test_a_corrected_decision_is_no_precedent(town: Town) -> None:
    care = Misconduct.PERFORMANCE
    first = decided_before(town, care, Grade.RISK, "Fel.")
    ruled(town, first.case, "david", Stage.CORRECTION, grade=Grade.MISCONDUCT, deidentified="Rätt.")
    mine = with_texts(investigated(town), kind_of=care)
    assert [row.text for row in precedents(fresh(mine))] == ["Rätt."]


@pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])
def test_the_form_asks_the_grades_of_the_kind_beside_the_proposal(town: Town, kind: Kind) -> None:
    case = investigated(town, kind, facts={"under_hsl": True})
    proposal = ruled(town, case, "jonas", Stage.PROPOSAL)
    form = GradingForm(case=fresh(case), actor=town.david, day=DAY, local=LocalValues(DAY))
    assert form["grade"].field.widget.choices == [(each.value, each.label) for each in GRADES[kind]]
    assert form.summary() == {"proposal": proposal, "precedents": []}
