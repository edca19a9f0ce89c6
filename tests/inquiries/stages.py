"""Lex Sarah cases and vårdskador brought to every state by moves, as the people of the town make them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case, Clock
from avvikelse.cases.operations import MoveRefused
from avvikelse.inquiries.choices import Grade
from avvikelse.inquiries.operations import keep
from avvikelse.measures.models import Cause
from avvikelse.measures.operations import explain_no_measure
from avvikelse.organisation.models import PreferenceValue
from tests.inquiries.courses import whole_course
from tests.inquiries.sealed import TEXTS, fresh, with_cause
from tests.people import AT, BEGAN, DAY, Town, moved, report

TAKER = {Kind.LEX: "sanna", Kind.VSK: "maja"}
MILD = {Kind.LEX: Grade.MISCONDUCT, Kind.VSK: Grade.HARM}
GRAVE = {Kind.LEX: Grade.SERIOUS, Kind.VSK: Grade.SERIOUS_HARM}
PDF = b"%PDF-1.4\n%%EOF\n"
PROPOSED: dict[str, Any] = {"why": "Hon for illa."}


def registering(town: Town, kind: Kind = Kind.LEX, **changes: Any) -> dict[str, Any]:
    """What is told when a case is received."""
    facts: dict[str, Any] = {
        "received_how": "oral",
        "told_on": DAY,
        "protected": "Extra tillsyn.",
        "chair_informed_on": DAY,
        "director_informed_on": DAY,
    }
    only = {"lagrum": "sol", "kind_of": "performance"} if kind == Kind.LEX else {"unit": town.solglantan}
    return {**facts, **only, **changes}


def taker(town: Town, kind: Kind) -> Any:
    """SAS or MAS."""
    return town.people[TAKER[kind]]


def assessing(town: Town, kind: Kind = Kind.LEX, **changes: Any) -> Case:
    case = report(town, kind=kind, **changes.pop("of", {}))
    return moved(case, "register", taker(town, kind), **registering(town, kind, **changes))


def working(town: Town, kind: Kind = Kind.LEX, *, at: datetime = AT, **changes: Any) -> Case:
    """Jonas investigates and David decides."""
    facts = {"investigator": town.jonas, "conflict": "no", "decider": town.david, **changes}
    return moved(assessing(town, kind), "begin", taker(town, kind), at=at, **facts)


def whole(town: Town, kind: Kind = Kind.LEX, **changes: Any) -> Case:
    """All that the documentation asks is answered."""
    case = working(town, kind, **changes)
    act_as("system:tests")
    keep(case, TEXTS[kind])
    if kind == Kind.LEX:
        return with_cause(town, case)
    return with_cause(town, whole_course(town, case))


def proposed(town: Town, kind: Kind = Kind.LEX, grade: Grade | None = None, **changes: Any) -> Case:
    return moved(whole(town, kind, **changes), "propose", town.jonas, grade=grade or MILD[kind], **PROPOSED)


def decided(town: Town, kind: Kind = Kind.LEX, grade: Grade | None = None, **changes: Any) -> Case:
    return moved(proposed(town, kind, grade, **changes), "decide", town.david, grade=grade or MILD[kind], **PROPOSED)


def following_up(town: Town, kind: Kind = Kind.LEX, grade: Grade | None = None) -> Case:
    """Nothing more is needed against the cause."""
    case = decided(town, kind, grade)
    for cause in Cause.objects.filter(case=case):
        version = fresh(case).version
        explain_no_measure(cause.pk, actor=taker(town, kind), version=version, at=AT, reason="Rutinen räcker.")
    return moved(case, "follow_up", taker(town, kind), follow_up_on=DAY)


CLOSING: dict[str, Any] = {"answer": "Tack. Nu kvitteras ändringar.", "lesson": "Kvittera ändringar."}


def closed(town: Town, kind: Kind = Kind.LEX) -> Case:
    return moved(following_up(town, kind), "close", taker(town, kind), **CLOSING)


def minutes() -> SimpleUploadedFile:
    return SimpleUploadedFile("protokoll.pdf", PDF)


def recording(kind: Kind = Kind.LEX, **changes: Any) -> dict[str, Any]:
    """What the nämnd decided."""
    facts = {"organ": "Socialnämnden", "decided_on": DAY, "section_number": "§ 45", "minutes": minutes()}
    return {**facts, "grade": MILD[kind], **changes}


def refused(case: Case, name: str, actor: Any, **facts: Any) -> list[str]:
    """Why the move is refused; the case is left as it was."""
    with pytest.raises(MoveRefused) as found:
        moved(case, name, actor, **facts)
    return found.value.sentences


def clocks(case: Case) -> dict[str, tuple[date, str]]:
    """Each clock's date and how it stands, the latest of each rule."""
    rows = Clock.objects.filter(case=case).order_by("pk")
    return {row.rule: (row.due_on, "met" if row.met_at else "ended" if row.ended_at else "runs") for row in rows}


def set_local(town: Town, key: str, value: str) -> None:
    act_as("system:tests")
    PreferenceValue.objects.create(key=key, value=value, valid_from=BEGAN, changed_by=town.sixten, changed_at=AT)


def ivo(case: Case) -> Case:
    return case.offspring.get(kind=Kind.IVO)


def ivo_is(case: Case, state: State) -> None:
    act_as("system:tests")
    case.offspring.filter(kind=Kind.IVO).update(state=state)
