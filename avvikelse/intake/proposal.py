"""What kind of case the program proposes for a report.

The first row that fits decides; the reporter may choose otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

Kind = Literal["AVV", "FOR", "LEX", "SAM"]
Sort = Literal["", "proposal", "good_example"]
Lagrum = Literal["HSL"]


class About(StrEnum):
    HAPPENED = "happened"
    CAN_HAPPEN = "can_happen"
    IDEA = "idea"
    WORKED_WELL = "worked_well"
    UNKNOWN = "unknown"


class Affected(StrEnum):
    ONE = "one"
    GROUP = "group"
    NONE = "none"


class Routine(StrEnum):
    FOLLOWED = "followed"
    NOT_FOLLOWED = "not_followed"
    MISSING = "missing"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Answers:
    """What the reporter answered. None is *vet inte* and not answered alike.

    `serious`: serious consequences for an individual. `abuse`: övergrepp. `misconduct`: the reporter called
    it a missförhållande. `other_principal`: another huvudman did not do its part. `health_care_harm`: a
    health care act or omission that did harm. `routine` covers what was decided as well as what is written.
    """

    about: About = About.UNKNOWN
    affected: Affected | None = None
    serious: bool | None = None
    abuse: bool = False
    misconduct: bool = False
    other_principal: bool = False
    health_care_harm: bool | None = None
    routine: Routine = Routine.UNKNOWN
    nuisance_only: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """`reason` and `alternative` are for the reporter to read; `alternative` is empty when there is none."""

    kind: Kind
    reason: str
    sort: Sort = ""
    lagrum: Lagrum | None = None
    alternative: str = ""

    @property
    def label(self) -> str:
        """The kind in plain words."""
        return LABELS[self.kind]


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    fits: Callable[[Answers], bool]
    proposes: Proposal


LABELS: dict[Kind, str] = {
    "AVV": "Avvikelse: något blev fel eller kan bli fel",
    "FOR": "Förbättringsförslag: något kan göras bättre, eller fungerade bra",
    "LEX": "Lex Sarah: ett missförhållande, eller risk för det",
    "SAM": "Samverkansavvikelse: någon utanför kommunen gjorde inte sin del",
}

_OTHER_THAN_EVENT = frozenset({About.IDEA, About.WORKED_WELL})


def _is_misconduct(answers: Answers) -> bool:
    return answers.abuse or answers.misconduct or answers.serious is True


def _fell_between_principals(answers: Answers) -> bool:
    return answers.other_principal


def _harmed_in_health_care(answers: Answers) -> bool:
    return answers.health_care_harm is True


def _went_against_what_was_decided(answers: Answers) -> bool:
    return answers.routine is Routine.NOT_FOLLOWED and answers.about not in _OTHER_THAN_EVENT


def _struck_someone_anyway(answers: Answers) -> bool:
    return (
        answers.routine is Routine.FOLLOWED
        and answers.about is About.HAPPENED
        and answers.affected in {Affected.ONE, Affected.GROUP}
        and not answers.nuisance_only
    )


def _could_be_better(answers: Answers) -> bool:
    return answers.routine is Routine.FOLLOWED and answers.about is not About.WORKED_WELL


def _worked_well(answers: Answers) -> bool:
    return answers.about is About.WORKED_WELL


def _was_only_a_nuisance(answers: Answers) -> bool:
    return answers.routine is Routine.MISSING and answers.nuisance_only


def _is_an_idea(answers: Answers) -> bool:
    return answers.about is About.IDEA


def _always(_answers: Answers) -> bool:
    return True


_CHOOSE_DEVIATION = "Blev någon skadad, eller utan hjälp som var beslutad? Välj avvikelse i stället."

ROWS = (
    Row(
        "misconduct",
        _is_misconduct,
        Proposal(
            "LEX",
            "Det du berättar kan vara ett missförhållande. En oberoende utredare tar reda på vad som hänt. "
            "Din chef beslutar inte om resultatet.",
        ),
    ),
    Row(
        "other_principal",
        _fell_between_principals,
        Proposal(
            "SAM",
            "Någon utanför kommunen gjorde inte sin del. Då behöver vi lösa det tillsammans med dem.",
        ),
    ),
    Row(
        "health_care_harm",
        _harmed_in_health_care,
        Proposal(
            "AVV",
            "Någon fick skada i hälso- och sjukvården, av något som gjordes eller inte blev gjort. "
            "MAS läser också rapporten.",
            lagrum="HSL",
        ),
    ),
    Row(
        "against_routine",
        _went_against_what_was_decided,
        Proposal(
            "AVV",
            "Något blev inte som rutinen eller beslutet säger, eller kan bli fel. "
            "Vi tar reda på varför och vad som kan göras.",
        ),
    ),
    Row(
        "struck_anyway",
        _struck_someone_anyway,
        Proposal(
            "AVV",
            "Rutinen följdes, men någon drabbades ändå. Vi tar reda på varför och vad som kan göras.",
            alternative="Vill du mest förbättra arbetssättet? Välj förbättringsförslag i stället.",
        ),
    ),
    Row(
        "could_be_better",
        _could_be_better,
        Proposal(
            "FOR",
            "Det finns ett arbetssätt och det följdes, men det kan bli bättre.",
            sort="proposal",
            alternative=_CHOOSE_DEVIATION,
        ),
    ),
    Row(
        "worked_well",
        _worked_well,
        Proposal("FOR", "Det fungerade bra, och andra kan lära av det.", sort="good_example"),
    ),
    Row(
        "nuisance",
        _was_only_a_nuisance,
        Proposal(
            "FOR",
            "Det saknas en rutin, och det var besvärligt men ingen for illa. Föreslå hur det kan bli bättre.",
            sort="proposal",
            alternative="Du kan också ta det direkt med din chef.",
        ),
    ),
    Row(
        "idea",
        _is_an_idea,
        Proposal(
            "FOR",
            "Du har en idé om hur något kan bli bättre.",
            sort="proposal",
            alternative=_CHOOSE_DEVIATION,
        ),
    ),
    Row(
        "unclear",
        _always,
        Proposal(
            "AVV",
            "Vi tar emot det som en avvikelse. Den som läser rapporten bedömer vad det är och kan flytta den rätt.",
        ),
    ),
)
"""The municipality's order of proposal, most serious first. `struck_anyway` keeps a fall or a missed visit an
avvikelse although every routine was followed; `idea` and `unclear` take what no other row says."""

_MISCONDUCT_WITHOUT_NAME = (
    "Det du berättar kan vara ett missförhållande. En rapport enligt lex Sarah behöver ett namn, och du är "
    "anonym. Därför blir det en avvikelse. Chefen som tar emot den, och {adviser}, läser den och kan lämna "
    "den vidare till lex Sarah."
)


def propose(answers: Answers, *, anonymous: bool) -> Proposal:
    """The proposal of the first row in `ROWS` that fits.

    Lex Sarah needs a named reporter, so an anonymous one is proposed an avvikelse and told what follows.
    """
    proposal = next(row.proposes for row in ROWS if row.fits(answers))
    if proposal.kind == "LEX" and anonymous:
        return _misconduct_without_name(answers)
    return proposal


def _misconduct_without_name(answers: Answers) -> Proposal:
    in_health_care = _harmed_in_health_care(answers)
    return Proposal(
        "AVV",
        _MISCONDUCT_WITHOUT_NAME.format(adviser="MAS" if in_health_care else "SAS"),
        lagrum="HSL" if in_health_care else None,
        alternative="Skriv ditt namn om du vill att en oberoende utredare tar den från början.",
    )
