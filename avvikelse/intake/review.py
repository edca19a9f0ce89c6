"""A whole report before it is sent: what kind it becomes and why, who reads it, and what it should not say."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from django.db import models

from avvikelse.cases.kinds import Kind, Sort
from avvikelse.cases.models import Case
from avvikelse.organisation.access import Holder, holders
from avvikelse.organisation.models import Person, Unit
from avvikelse.organisation.roles import Role

from .answers import Sign, WholeReport
from .desk import Desk
from .identifiers import Finding, find_identifiers
from .proposal import LABELS, Proposal, propose
from .queries import staff_names
from .routing import Route, chiefs_of, in_a_row, route


class Choice(models.TextChoices):
    """What the reporter may choose. VSK is not among them: MAS receives an avvikelse under HSL."""

    AVV = "AVV", LABELS["AVV"]
    FOR = "FOR", "Förbättringsförslag: något kan göras bättre"
    GOOD = "GOOD", "Gott exempel: det gick bra, och andra kan lära av det"
    LEX = "LEX", LABELS["LEX"]
    SAM = "SAM", LABELS["SAM"]


NEEDS_NAME = {
    Choice.LEX: "En rapport enligt lex Sarah behöver ett namn, och du är anonym. Därför blir det en avvikelse.",
    Choice.SAM: (
        "En samverkansavvikelse behöver ett namn, och du är anonym. Därför blir det en avvikelse. "
        "Chefen kan ta upp den med den andra verksamheten."
    ),
}
LEX_NEEDS_ACCOUNT = (
    "Det du berättar kan vara ett missförhållande. En rapport enligt lex Sarah lämnas av någon som har loggat in. "
    "Därför blir det en avvikelse. Chefen som tar emot den, och {adviser}, läser den och kan lämna den vidare till "
    "lex Sarah."
)
LOG_IN_INSTEAD = "Har du ett konto? Logga in och rapportera där, om du vill att SAS tar den från början."

SEARCHED = (
    ("what_happened", "vad-hande"),
    ("consequences", "foljder"),
    ("done_at_once", "genast"),
    ("routine_note", "rutin"),
    ("suggestion", "forslag"),
    ("other_principal", "annan"),
)
"""Free texts, and the questions they are written at."""
AROUND = 30


@dataclass(frozen=True, slots=True)
class Found:
    """Something in a text that points out a person, with the words around it."""

    question: str
    finding: Finding
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Review:
    report: WholeReport
    reporter: Person | None
    proposal: Proposal
    proposed: Choice
    choice: Choice
    choices: tuple[Choice, ...]
    note: str
    route: Route
    implicated: tuple[Person, ...]
    found: tuple[Found, ...]
    refusal: str

    @property
    def kind(self) -> Kind:
        return Kind.FOR if self.choice == Choice.GOOD else Kind(self.choice.value)

    @property
    def sort(self) -> Sort:
        return {Choice.FOR: Sort.PROPOSAL, Choice.GOOD: Sort.GOOD_EXAMPLE}.get(self.choice, Sort.ORDINARY)

    @property
    def under_hsl(self) -> bool:
        return is_health_care(self.choice, self.report)

    @property
    def token(self) -> str:
        return token_of(self.choice, self.route, self.implicated, self.found)


def token_of(choice: Choice, way: Route, implicated: tuple[Person, ...] = (), found: tuple[Found, ...] = ()) -> str:
    """Changes when what is shown before sending does: the kind, who reads it and what was pointed out."""
    readers = sorted(holder.person.pk for holder in way.readers)
    parts = (choice.value, readers, sorted(person.pk for person in implicated), found)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def review_of(desk: Desk, report: WholeReport) -> Review:
    """Everything the reporter is to see before sending. Two questions to the database."""
    me = report.colleague or desk.writer
    proposal = proposal_for(report, account=desk.writer is not None)
    proposed = choice_of(proposal)
    choices = open_choices(desk, report)
    wanted = Choice(str(desk.draft.answers.get("kind") or proposed))
    choice = wanted if wanted in choices else proposed if proposed in choices else Choice.AVV
    line = desk.holders_over(report.unit)
    implicated = chiefs_of(line, me.pk if me else None) if report.about_chief else ()
    way = route_for(desk, line, choice, report, implicated)
    return Review(
        report,
        None if report.anonymous else me,
        proposal,
        proposed,
        choice,
        choices,
        "" if choice == wanted else NEEDS_NAME.get(wanted, ""),
        way,
        implicated,
        found_in(report, staff_names(report.unit)),
        refusal_of(desk, report, choice, way),
    )


def proposal_for(report: WholeReport, *, account: bool) -> Proposal:
    """The program's proposal. Lex Sarah needs a named reporter, and a typed name is not one."""
    answers = report.for_proposal()
    proposal = propose(answers, anonymous=report.anonymous or not account)
    if not account and propose(answers, anonymous=False).kind == "LEX":
        reason = LEX_NEEDS_ACCOUNT.format(adviser="MAS" if answers.health_care_harm else "SAS")
        return replace(proposal, reason=reason, alternative=LOG_IN_INSTEAD)
    return proposal


def choice_of(proposal: Proposal) -> Choice:
    return Choice.GOOD if proposal.sort == "good_example" else Choice(proposal.kind)


def open_choices(desk: Desk, report: WholeReport) -> tuple[Choice, ...]:
    """What this reporter may choose between: anonymous only AVV and FÖR, without an account not LEX."""
    closed = set(NEEDS_NAME) if report.anonymous else set() if desk.writer else {Choice.LEX}
    return tuple(choice for choice in Choice if choice not in closed)


def is_health_care(choice: Choice, report: WholeReport) -> bool:
    return choice == Choice.AVV and Sign.CARE_HARM in report.signs


def sort_of_case(choice: Choice, *, health_care: bool = False) -> Case:
    """A case with what decides who sees it, never saved."""
    kind = Kind.FOR if choice == Choice.GOOD else Kind(choice.value)
    return Case(kind=kind, under_hsl=health_care, under_sol_lss=not health_care)


def route_for(
    desk: Desk, line: list[Holder], choice: Choice, report: WholeReport, implicated: tuple[Person, ...]
) -> Route:
    return route(
        line,
        sort_of_case(choice, health_care=is_health_care(choice, report)),
        (person.pk for person in implicated),
        first_social_worker=desk.local.flag("first_social_worker_assesses"),
    )


def likely_route(desk: Desk, unit: Unit, *, about_chief: bool = False) -> tuple[Route, tuple[Person, ...]]:
    """Who reads an ordinary avvikelse of the unit, and whom it passes by when it is about the chief."""
    line = desk.holders_over(unit)
    chiefs = chiefs_of(line, desk.writer.pk if desk.writer else None)
    passed = chiefs if about_chief else ()
    flag = desk.local.flag("first_social_worker_assesses")
    way = route(line, sort_of_case(Choice.AVV), (person.pk for person in passed), first_social_worker=flag)
    return way, chiefs


def found_in(report: WholeReport, staff: list[str]) -> tuple[Found, ...]:
    return tuple(
        Found(
            question,
            finding,
            words_before(text[: finding.start]),
            words_after(text[finding.end :]),
        )
        for name, question in SEARCHED
        if (text := getattr(report, name))
        for finding in find_identifiers(text, staff)
    )


def words_before(text: str) -> str:
    """The last whole words of a text."""
    return text if len(text) <= AROUND else f"…{text[-AROUND:].partition(' ')[2]}"


def words_after(text: str) -> str:
    """The first whole words of a text."""
    return text if len(text) <= AROUND else f"{text[:AROUND].rpartition(' ')[0]}…"


def refusal_of(desk: Desk, report: WholeReport, choice: Choice, way: Route) -> str:
    """Why the report cannot be sent: nobody is left who can take it. Says whom to call instead."""
    if way.takers:
        return ""
    if way.readers:
        who = in_a_row([holder.person.name for holder in way.readers], between="eller")
        what = "ta emot rapporten och göra något åt den"
        return f"Just nu finns det ingen som kan {what}. Ring {who} genom kommunens växel. Utkastet finns kvar."
    board = in_a_row([holder.person.name for holder in holders(report.unit, [Role.BOARD], desk.day)], between="eller")
    who = f"{board} i nämnden" if board else "nämndens ordförande"
    what = "läsa en sådan rapport" if choice == Choice.LEX else "läsa rapporten"
    return f"Just nu finns det ingen som kan {what}. Ring {who} genom kommunens växel. Utkastet finns kvar."
