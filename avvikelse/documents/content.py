"""What a document says, frozen when it is taken: plain text, numbers, yes and no, lists and mappings of these.

Everything is as it is to be read, dates and names too, so that the document says the same whenever it is printed.
A text that does not apply is the empty string; its heading is then left out or says that nothing was written.
"""

from typing import TypedDict


class Fact(TypedDict):
    """A line of the facts at the top: "Inkom" · "16 november 2026"."""

    label: str
    value: str


class PersonLine(TypedDict):
    """Somebody by role. `name` is "" when it is not to be shown, and `title` then says why: "namnet visas inte"."""

    role: str
    name: str
    title: str


class CauseLine(TypedDict):
    """A cause. `area` is one of the five national areas, in words."""

    area: str
    text: str


class MeasureLine(TypedDict):
    """A measure and the cause it hits. `effect` is how one will see that it helped, `state` e.g. "Godkänd"."""

    cause: str
    measure: str
    strength: str
    responsible: str
    when: str
    effect: str
    state: str


class AssessmentLine(TypedDict):
    """The judgement under one lagrum: "SoL/LSS", "3 – Betydande", "2 – Liten", 6, "Karin Ek, enhetschef"."""

    lagrum: str
    severity: str
    likelihood: str
    risk: int
    judged_by: str


class Signature(TypedDict):
    """Who concluded, as what and when."""

    name: str
    title: str
    role: str
    unit: str
    when: str


class InvestigationContent(TypedDict):
    """A concluded investigation of an avvikelse (workflows §4 conclude). Template `pdf/investigation.html`.

    `signs` is what the reporter answered of how grave it was and why, a sentence each.
    """

    municipality: str
    namnd: str
    unit: str
    case_title: str
    category: str
    confidentiality: str
    facts: list[Fact]
    people: list[PersonLine]
    reporter_account: str
    signs: list[str]
    done_at_once: str
    investigator_account: str
    reporter_consequences: str
    consequences: str
    consequences_left_out: str
    concerns_child: bool
    child_perspective: str
    causes: list[CauseLine]
    happened_before: str
    can_happen_again: str
    analysis: str
    measures: list[MeasureLine]
    assessments: list[AssessmentLine]
    signature: Signature


class Answered(TypedDict):
    question: str
    answer: str


class Step(TypedDict):
    """What happens next: "Senast 23 november 2026" · "Karin Ek, enhetschef, bedömer din rapport."."""

    when: str
    what: str


class ReceiptContent(TypedDict):
    """The reporter's receipt, made while she waits and kept nowhere. Template `pdf/receipt.html`.

    `code` is the anonymous reporter's key to the case, "" for others; `names` is the promise about her name.
    """

    municipality: str
    unit: str
    reference: str
    kind: str
    sent: str
    answers: list[Answered]
    files: list[str]
    readers: list[str]
    not_readers: list[str]
    names: str
    steps: list[Step]
    code: str
    follow: str
