"""From the answers of the form to a title, the proposal's answers and the fields of the case."""

from typing import Any

import pytest

from avvikelse.intake import proposal
from avvikelse.intake.answers import About, Gravity, Other, Routine, Sign, WholeReport, title_of
from avvikelse.organisation.models import Unit

START: dict[str, Any] = {
    "what_happened": "Larmet gick inte fram.",
    "unit": Unit(name="Solgläntan"),
    "about": About.HAPPENED,
    "affected": "one",
}


def whole(**changes: Any) -> WholeReport:
    return WholeReport(**{**START, **changes})


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Larmet gick inte fram.", "Larmet gick inte fram"),
        ("Larmet gick inte fram. Ingen kom.", "Larmet gick inte fram"),
        ("  Larmet\n gick inte fram", "Larmet"),
        ("Varför kom ingen? Vi väntade.", "Varför kom ingen"),
        ("Klockan 8.15 kom ingen. Vi väntade.", "Klockan 8.15 kom ingen"),
        (
            "Morgonbesöket klockan åtta blev inte av eftersom schemat hade ändrats kvällen innan utan ett ord till oss",
            "Morgonbesöket klockan åtta blev inte av eftersom schemat hade ändrats kvällen…",
        ),
        ("x" * 200, "x" * 79 + "…"),
        ("", ""),
    ],
)
def test_the_title_is_the_first_sentence_cut_between_words(text: str, title: str) -> None:
    assert title_of(text) == title
    assert len(title_of(text)) <= 80


@pytest.mark.parametrize(
    ("changes", "answers"),
    [
        ({}, {}),
        ({"gravity": Gravity.SERIOUS}, {"serious": True}),
        ({"gravity": Gravity.SOME}, {"serious": False}),
        ({"gravity": Gravity.NUISANCE}, {"serious": False, "nuisance_only": True}),
        ({"signs": frozenset({Sign.ABUSE})}, {"abuse": True}),
        ({"signs": frozenset({Sign.MISCONDUCT})}, {"misconduct": True}),
        ({"signs": frozenset({Sign.CARE_HARM})}, {"health_care_harm": True}),
        ({"other": Other.FAILED}, {"other_principal": True}),
        ({"other": Other.TOOK_PART}, {}),
        ({"routine": Routine.NOT_FOLLOWED}, {"routine": proposal.Routine.NOT_FOLLOWED}),
        ({"about": About.WORKED_WELL}, {"about": proposal.About.WORKED_WELL}),
        ({"affected": "none"}, {"affected": proposal.Affected.NONE}),
    ],
)
def test_the_proposal_is_made_from_the_answers(changes: dict[str, Any], answers: dict[str, Any]) -> None:
    start = {"about": proposal.About.HAPPENED, "affected": proposal.Affected.ONE}
    assert whole(**changes).for_proposal() == proposal.Answers(**{**start, **answers})


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"consequences": "Hon frös."}, {"consequences": "Hon frös."}),
        (
            {"consequences": "Hon frös.", "gravity": Gravity.SERIOUS, "signs": frozenset({Sign.ABUSE})},
            {"consequences": "Hon frös.", "serious": "yes", "abuse": True},
        ),
        ({"gravity": Gravity.SOME}, {"serious": "no"}),
        ({"gravity": Gravity.NUISANCE}, {"serious": "no"}),
        ({"signs": frozenset({Sign.MISCONDUCT, Sign.CARE_HARM})}, {"misconduct": True, "care_harm": True}),
        ({"routine": Routine.FOLLOWED}, {"routine": "yes", "routine_followed": "yes"}),
        (
            {"routine": Routine.NOT_FOLLOWED, "routine_note": "Den var ny."},
            {"routine": "yes", "routine_followed": "no", "routine_note": "Den var ny."},
        ),
        ({"routine": Routine.MISSING}, {"routine": "no"}),
        (
            {"other": Other.FAILED, "other_principal": "Sjukhuset"},
            {"other_principal": "Sjukhuset", "other_principal_note": "De gjorde inte sin del."},
        ),
        (
            {"other": Other.TOOK_PART},
            {"other_principal_note": "De var inblandade, men det berodde inte på dem."},
        ),
        (
            {"other": Other.NO, "other_principal": "Sjukhuset"},
            {"other_principal": "Sjukhuset", "other_principal_note": "Ingen utanför kommunen var inblandad."},
        ),
        ({"other": Other.UNKNOWN, "other_principal": "Sjukhuset"}, {"other_principal": "Sjukhuset"}),
    ],
)
def test_every_answer_has_its_own_place_and_every_text_stays_as_typed(
    changes: dict[str, Any], told: dict[str, object]
) -> None:
    start = {
        "consequences": "",
        "serious": "unknown",
        "abuse": False,
        "misconduct": False,
        "care_harm": False,
        "child": "unknown",
        "done_at_once": "",
        "routine": "unknown",
        "routine_followed": "unknown",
        "routine_note": "",
        "suggestion": "",
        "often": "unknown",
        "other_principal": "",
        "other_principal_note": "",
    }
    assert whole(**changes).told() == {**start, **told}


@pytest.mark.parametrize(
    ("about", "tense"),
    [
        (About.HAPPENED, "happened"),
        (About.WORKED_WELL, "happened"),
        (About.CAN_HAPPEN, "can_happen"),
        (About.IDEA, "unknown"),
        (About.UNKNOWN, "unknown"),
    ],
)
def test_what_can_happen_is_told_apart_from_what_has(about: About, tense: str) -> None:
    assert whole(about=about).event_facts()["tense"] == tense
