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


class BarrierLine(TypedDict):
    """What stood there to stop the course, and whether it held."""

    held: bool
    text: str


class StepLine(TypedDict):
    """A step of the course, from 1, with what contributed to it and the barriers there. `when` is "" if not known."""

    number: int
    when: str
    what: str
    factors: list[CauseLine]
    barriers: list[BarrierLine]


class AnalysisContent(TypedDict):
    """A händelseanalys. `whole` is what contributed to the whole course. Template `pdf/analysis.html`."""

    municipality: str
    namnd: str
    unit: str
    case_title: str
    confidentiality: str
    facts: list[Fact]
    people: list[PersonLine]
    assignment: str
    method: str
    team: str
    steps: list[StepLine]
    whole: list[CauseLine]
    causes: list[CauseLine]
    signature: Signature


class DelegatedLine(TypedDict):
    """A decision made on delegation. Nobody is named: `role` is as what it was made."""

    reference: str
    decided: str
    what: str
    grade: str
    role: str


class DelegatedContent(TypedDict):
    """Decisions made on delegation in a period, for the nämnd to be told of. Template `pdf/delegated.html`."""

    municipality: str
    namnd: str
    period: str
    law: str
    decisions: list[DelegatedLine]
    signature: Signature


class NoteLine(TypedDict):
    """A note, or a yttrande: the day, from where or about what, "Fakta" or "Bedömning" or "", the words, by whom."""

    when: str
    source: str
    nature: str
    text: str
    by: str


class InquiryContent(TypedDict):
    """An investigation of a lex Sarah case or a vårdskada, with its proposal. Template `pdf/inquiry.html`.

    `points` are the headings of the documentation; `law` says what it rests on, "" where that is only routine.
    """

    municipality: str
    namnd: str
    unit: str
    heading: str
    case_title: str
    law: str
    confidentiality: str
    facts: list[Fact]
    people: list[PersonLine]
    reporter_account: str
    points: list[Fact]
    causes: list[CauseLine]
    measures: list[MeasureLine]
    notes: list[NoteLine]
    statements: list[NoteLine]
    grade: str
    why: str
    signature: Signature


class RulingContent(TypedDict):
    """A decision in such a case. `to_ivo` says that it is to be notified, "" where not. Template `pdf/ruling.html`.

    `replaced` are the decisions it stands instead of: "Beslut, 16 november 2026: Missförhållande".
    """

    municipality: str
    namnd: str
    unit: str
    heading: str
    case_title: str
    law: str
    confidentiality: str
    facts: list[Fact]
    people: list[PersonLine]
    grade: str
    why: str
    to_ivo: str
    replaced: list[str]
    measures: list[MeasureLine]
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


class FileLine(TypedDict):
    """A file that goes along: its name, its size in words and its SHA-256 ("" in a draft)."""

    name: str
    size: str
    sha256: str


class SaidPart(TypedDict):
    """A heading and what stands under it."""

    label: str
    text: str


class SaidGroup(TypedDict):
    """Parts that belong together, under a heading. `short` when they are lines rather than texts."""

    heading: str
    short: bool
    parts: list[SaidPart]


class NoticeContent(TypedDict):
    """A notification to IVO, in the order IVO asks. Template `pdf/ivo_notice.html`; `draft` before it is sent."""

    municipality: str
    namnd: str
    unit: str
    heading: str
    legal_ground: str
    confidentiality: str
    draft: bool
    groups: list[SaidGroup]
    files: list[FileLine]
    enclosed: str
    sent: str
    signature: Signature


class ReplyContent(TypedDict):
    """An answer to what IVO asked, or a report back on what IVO demanded. Template `pdf/ivo_reply.html`."""

    municipality: str
    namnd: str
    unit: str
    heading: str
    legal_ground: str
    confidentiality: str
    facts: list[Fact]
    asked: SaidPart
    said: SaidPart
    files: list[FileLine]
    sent: str
    signature: Signature
