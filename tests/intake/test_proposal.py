from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from avvikelse.intake.proposal import LABELS, ROWS, About, Affected, Answers, Routine, propose

ROW = {row.name: row for row in ROWS}

ORDER = [
    "misconduct",
    "other_principal",
    "health_care_harm",
    "against_routine",
    "struck_anyway",
    "could_be_better",
    "worked_well",
    "nuisance",
    "idea",
    "unclear",
]

LEX_NEEDS_A_NAME = (
    "Det du berättar kan vara ett missförhållande. En rapport enligt lex Sarah behöver ett namn, och du är "
    "anonym. Därför blir det en avvikelse. Chefen som tar emot den, och {}, läser den och kan lämna den "
    "vidare till lex Sarah."
)

HAPPENED = Answers(about=About.HAPPENED)
CAN_HAPPEN = Answers(about=About.CAN_HAPPEN)
STRUCK = Answers(about=About.HAPPENED, affected=Affected.ONE, routine=Routine.FOLLOWED)


def every_answer() -> Iterator[Answers]:
    yes_no_unknown = (True, False, None)
    yes_no = (True, False)
    for about, affected, serious, abuse, misconduct, other, harm, routine, nuisance in product(
        About, (*Affected, None), yes_no_unknown, yes_no, yes_no, yes_no, yes_no_unknown, Routine, yes_no
    ):
        yield Answers(about, affected, serious, abuse, misconduct, other, harm, routine, nuisance)


def row_for(answers: Answers) -> str:
    return next(row.name for row in ROWS if row.fits(answers))


def test_the_rows_stand_from_the_most_serious_to_the_least_certain() -> None:
    assert [row.name for row in ROWS] == ORDER


@pytest.mark.parametrize(
    ("answers", "row", "kind", "sort", "lagrum"),
    [
        (replace(HAPPENED, abuse=True), "misconduct", "LEX", "", None),
        (replace(HAPPENED, serious=True, affected=Affected.ONE), "misconduct", "LEX", "", None),
        (replace(CAN_HAPPEN, serious=True), "misconduct", "LEX", "", None),
        (Answers(misconduct=True), "misconduct", "LEX", "", None),
        (replace(HAPPENED, other_principal=True), "other_principal", "SAM", "", None),
        (replace(HAPPENED, health_care_harm=True), "health_care_harm", "AVV", "", "HSL"),
        (replace(HAPPENED, routine=Routine.NOT_FOLLOWED), "against_routine", "AVV", "", None),
        (replace(CAN_HAPPEN, routine=Routine.NOT_FOLLOWED), "against_routine", "AVV", "", None),
        (Answers(routine=Routine.NOT_FOLLOWED), "against_routine", "AVV", "", None),
        (STRUCK, "struck_anyway", "AVV", "", None),
        (replace(STRUCK, affected=Affected.GROUP), "struck_anyway", "AVV", "", None),
        (replace(STRUCK, affected=Affected.NONE), "could_be_better", "FOR", "proposal", None),
        (replace(STRUCK, nuisance_only=True), "could_be_better", "FOR", "proposal", None),
        (replace(STRUCK, about=About.CAN_HAPPEN), "could_be_better", "FOR", "proposal", None),
        (replace(HAPPENED, routine=Routine.FOLLOWED), "could_be_better", "FOR", "proposal", None),
        (replace(CAN_HAPPEN, routine=Routine.FOLLOWED), "could_be_better", "FOR", "proposal", None),
        (Answers(about=About.IDEA, routine=Routine.FOLLOWED), "could_be_better", "FOR", "proposal", None),
        (Answers(about=About.WORKED_WELL), "worked_well", "FOR", "good_example", None),
        (
            Answers(about=About.WORKED_WELL, routine=Routine.FOLLOWED),
            "worked_well",
            "FOR",
            "good_example",
            None,
        ),
        (
            replace(HAPPENED, routine=Routine.MISSING, nuisance_only=True),
            "nuisance",
            "FOR",
            "proposal",
            None,
        ),
        (Answers(about=About.IDEA), "idea", "FOR", "proposal", None),
        (Answers(about=About.IDEA, routine=Routine.NOT_FOLLOWED), "idea", "FOR", "proposal", None),
        (HAPPENED, "unclear", "AVV", "", None),
        (CAN_HAPPEN, "unclear", "AVV", "", None),
        (Answers(), "unclear", "AVV", "", None),
        (replace(HAPPENED, routine=Routine.MISSING), "unclear", "AVV", "", None),
        (replace(HAPPENED, nuisance_only=True), "unclear", "AVV", "", None),
        (replace(HAPPENED, serious=False, health_care_harm=False), "unclear", "AVV", "", None),
    ],
)
def test_the_first_row_that_fits_decides(answers: Answers, row: str, kind: str, sort: str, lagrum: str | None) -> None:
    assert row_for(answers) == row
    proposal = propose(answers, anonymous=False)
    assert proposal == ROW[row].proposes
    assert (proposal.kind, proposal.sort, proposal.lagrum) == (kind, sort, lagrum)


def test_every_row_is_reached_by_some_answers() -> None:
    assert {row_for(answers) for answers in every_answer()} == set(ROW)


@pytest.mark.parametrize(
    ("first", "second", "answers"),
    [
        ("misconduct", "other_principal", Answers(abuse=True, other_principal=True)),
        ("misconduct", "health_care_harm", Answers(serious=True, health_care_harm=True)),
        ("misconduct", "against_routine", Answers(misconduct=True, routine=Routine.NOT_FOLLOWED)),
        ("misconduct", "could_be_better", Answers(serious=True, routine=Routine.FOLLOWED)),
        ("misconduct", "worked_well", Answers(about=About.WORKED_WELL, abuse=True)),
        ("misconduct", "nuisance", Answers(abuse=True, routine=Routine.MISSING, nuisance_only=True)),
        ("misconduct", "idea", Answers(about=About.IDEA, misconduct=True)),
        ("other_principal", "health_care_harm", Answers(other_principal=True, health_care_harm=True)),
        ("other_principal", "against_routine", Answers(other_principal=True, routine=Routine.NOT_FOLLOWED)),
        ("health_care_harm", "against_routine", Answers(health_care_harm=True, routine=Routine.NOT_FOLLOWED)),
        ("health_care_harm", "could_be_better", Answers(health_care_harm=True, routine=Routine.FOLLOWED)),
        ("misconduct", "struck_anyway", replace(STRUCK, serious=True)),
        ("health_care_harm", "struck_anyway", replace(STRUCK, health_care_harm=True)),
        ("struck_anyway", "could_be_better", STRUCK),
        ("could_be_better", "idea", Answers(about=About.IDEA, routine=Routine.FOLLOWED)),
        ("nuisance", "idea", Answers(about=About.IDEA, routine=Routine.MISSING, nuisance_only=True)),
        (
            "worked_well",
            "nuisance",
            Answers(about=About.WORKED_WELL, routine=Routine.MISSING, nuisance_only=True),
        ),
    ],
)
def test_where_two_rows_fit_the_upper_one_decides(first: str, second: str, answers: Answers) -> None:
    assert ROW[first].fits(answers)
    assert ROW[second].fits(answers)
    assert ROW[first].proposes != ROW[second].proposes
    assert propose(answers, anonymous=False) == ROW[first].proposes


def test_an_anonymous_reporter_is_never_proposed_lex_sarah() -> None:
    for answers in every_answer():
        named = propose(answers, anonymous=False)
        proposal = propose(answers, anonymous=True)
        if named.kind == "LEX":
            assert proposal.kind == "AVV"
        else:
            assert proposal == named


@pytest.mark.parametrize(
    ("answers", "lagrum", "adviser"),
    [(Answers(abuse=True), None, "SAS"), (Answers(serious=True, health_care_harm=True), "HSL", "MAS")],
)
def test_an_anonymous_misconduct_says_who_reads_it_and_why_no_lex_sarah(
    answers: Answers, lagrum: str | None, adviser: str
) -> None:
    proposal = propose(answers, anonymous=True)
    assert (proposal.kind, proposal.sort, proposal.lagrum) == ("AVV", "", lagrum)
    assert proposal.reason == LEX_NEEDS_A_NAME.format(adviser)
    assert proposal.alternative == "Skriv ditt namn om du vill att en oberoende utredare tar den från början."


def test_a_nuisance_without_routine_may_also_be_taken_with_the_chief() -> None:
    assert ROW["nuisance"].proposes.alternative == "Du kan också ta det direkt med din chef."


def test_each_row_gives_its_own_reason_in_whole_sentences() -> None:
    reasons = [row.proposes.reason for row in ROWS]
    assert len(set(reasons)) == len(ROWS)
    assert [reason for reason in reasons if not (reason[0].isupper() and reason.endswith("."))] == []


def test_each_kind_has_a_label_in_plain_words() -> None:
    assert {row.proposes.kind: row.proposes.label for row in ROWS} == LABELS
