"""What is sent to IVO as documents: everything as it is to be read, frozen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.conf import settings

from avvikelse.cases.models import Case
from avvikelse.cases.wording import full_day
from avvikelse.documents.content import (
    Fact,
    FileLine,
    NoticeContent,
    ReplyContent,
    SaidGroup,
    SaidPart,
    Signature,
)
from avvikelse.inquiries.analysis_paper import namnd_of
from avvikelse.organisation.models import Person

from .choices import GRAVE_LABELS, How
from .lawful import cited, confidentiality, notified_by
from .lookup import ivo_matter_of
from .models import Demand, Request
from .parts import GROUPS
from .rules import WITH_INVESTIGATION

SHORT = 3
"""Parts of at most so many rows stand as lines beside their labels."""


class Frame(TypedDict):
    """What every document to IVO says of whom it is from."""

    municipality: str
    namnd: str
    unit: str
    heading: str
    legal_ground: str
    confidentiality: str


def notice_content(
    case: Case,
    texts: Mapping[str, str],
    files: list[FileLine],
    *,
    sent_on: date | None = None,
    how: str = "",
    by: Person,
    day: date,
    enclosed: bool | None = None,
) -> NoticeContent:
    """The notification; a draft while it has no day of sending."""
    found = notified_by(case)
    return NoticeContent(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        heading=case.get_sort_display(),
        legal_ground=found.text if found.verified else "",
        confidentiality=confidentiality(case),
        draft=sent_on is None,
        groups=groups(case, texts),
        files=files,
        enclosed=enclosed_words(case, enclosed=enclosed),
        sent=f"{full_day(sent_on)}, {in_sentence(how)}" if sent_on else "",
        signature=signature(case, by, sent_on or day, "Skickade anmälan"),
    )


def groups(case: Case, texts: Mapping[str, str]) -> list[SaidGroup]:
    shown = {**texts, "grave": GRAVE_LABELS.get(case.sort, {}).get(texts["grave"], "")}
    return [
        SaidGroup(
            heading=group.heading,
            short=all(part.rows <= SHORT for part in group.parts),
            parts=[SaidPart(label=part.label, text=shown[part.name]) for part in group.parts if shown[part.name]],
        )
        for group in GROUPS
    ]


def enclosed_words(case: Case, *, enclosed: bool | None) -> str:
    if enclosed is None or case.sort not in WITH_INVESTIGATION:
        return ""
    return "Utredningen skickas med." if enclosed else "Utredningen skickas senare."


def in_sentence(how: str) -> str:
    label = str(How(how).label)
    return f"{label[0].lower()}{label[1:]}"


def signature(case: Case, by: Person, day: date, role: str) -> Signature:
    return Signature(name=by.name, title=by.title, role=role, unit=namnd_of(case.unit), when=full_day(day))


def numbers(case: Case) -> list[Fact]:
    """The numbers of the matter, ours and IVO's, those that are known."""
    matter = ivo_matter_of(case)
    rows = (("Vårt diarienummer", case.diary_number), ("IVO:s diarienummer", matter.ivo_number if matter else ""))
    return [Fact(label=label, value=value) for label, value in rows if value]


def fine_words(fine: int | None) -> str:
    return f"{fine:,} kronor".replace(",", "\N{NO-BREAK SPACE}") if fine else ""


def reply_content(
    case: Case, asked: Request, answer: str, files: list[FileLine], *, sent_on: date, how: str, by: Person
) -> ReplyContent:
    """The answer to what IVO asked for."""
    ground = cited("order_documents" if asked.ordered else "hand_out", case, asked.asked_on)
    rows = [
        *numbers(case),
        Fact(label="IVO frågade", value=full_day(asked.asked_on)),
        Fact(label="Svar senast", value=full_day(asked.due_on)),
    ]
    return ReplyContent(
        **frame(case, "Svar till IVO", ground.text if ground.verified else ""),
        facts=rows,
        asked=SaidPart(label="IVO:s begäran", text=asked.what),
        said=SaidPart(label="Svar", text=answer),
        files=files,
        sent=f"{full_day(sent_on)}, {in_sentence(how)}",
        signature=signature(case, by, sent_on, "Skickade svaret"),
    )


def remedy_content(
    case: Case, demand: Demand, done: str, files: list[FileLine], *, sent_on: date, how: str, by: Person
) -> ReplyContent:
    """The report back on one demand."""
    decided = demand.decision.decided_on
    ground = cited("order_remedy", case, decided)
    fine = [Fact(label="Vite", value=fine_words(demand.fine))] if demand.fine else []
    rows = [
        *numbers(case),
        Fact(label="IVO:s beslut", value=full_day(decided)),
        Fact(label="Klart senast", value=full_day(demand.due_on)),
        *fine,
    ]
    return ReplyContent(
        **frame(case, "Återrapportering till IVO", ground.text if ground.verified else ""),
        facts=rows,
        asked=SaidPart(label="IVO:s krav", text=demand.text),
        said=SaidPart(label="Det här har gjorts", text=done),
        files=files,
        sent=f"{full_day(sent_on)}, {in_sentence(how)}",
        signature=signature(case, by, sent_on, "Skickade återrapporteringen"),
    )


def frame(case: Case, heading: str, ground: str) -> Frame:
    return Frame(
        municipality=settings.MUNICIPALITY,
        namnd=namnd_of(case.unit),
        unit=case.unit.name,
        heading=heading,
        legal_ground=ground,
        confidentiality=confidentiality(case),
    )


def named(names: Iterable[str]) -> list[FileLine]:
    """Files of a draft: nothing of them is frozen yet."""
    return [FileLine(name=name, size="", sha256="") for name in names]
