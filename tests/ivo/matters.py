"""Cases between the municipality and IVO, brought to every state through the operations."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from avvikelse.audit.operations import act_as
from avvikelse.cases.attaching import attach
from avvikelse.cases.clocks import NOTIFY, start_clock
from avvikelse.cases.kinds import Kind, Sort
from avvikelse.cases.models import Attachment, Case
from avvikelse.cases.operations import NewCase, open_case, open_offspring
from avvikelse.inquiries.choices import Grade, Stage
from avvikelse.inquiries.operations import Ruled, rule
from avvikelse.ivo.operations import save_notification, texts_of
from avvikelse.organisation.preferences import LocalValues
from tests.inquiries.sealed import documented, step
from tests.people import AT, DAY, Town, moved

SENT: dict[str, Any] = {"sent_on": DAY, "how": "e_service", "enclosed": "no"}
DUE = DAY + timedelta(days=21)


def text_file(name: str = "brev.txt", words: str = "Från IVO.") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, words.encode(), content_type="text/plain")


def fresh(case: Case) -> Case:
    return Case.objects.select_related("unit", "report", "origin__report").get(pk=case.pk)


def with_file(case: Case, town: Town, name: str = "larmlogg.txt", words: str = "08.00 inget larm") -> Attachment:
    act_as("system:tests")
    return attach(case, text_file(name, words), by=town.jonas, at=AT)


def grave(town: Town, kind: Kind = Kind.LEX) -> Case:
    """A case with a documented investigation that Vera has decided is grave; it is to be notified at once."""
    case = documented(town, kind)
    found = Grade.SERIOUS if kind == Kind.LEX else Grade.SERIOUS_HARM
    made = step(case, town.vera)
    rule(made, Ruled(stage=Stage.DECISION, grade=found, why="Hon hade kunnat dö.", by=town.vera, decided_on=DAY))
    start_clock(case, NOTIFY, at=AT, local=LocalValues(DAY))
    return fresh(case)


def preparing(town: Town, kind: Kind = Kind.LEX) -> Case:
    """The IVO case that comes out of a grave one."""
    origin = grave(town, kind)
    return fresh(open_offspring(origin, Kind.IVO, step(origin, town.sanna if kind == Kind.LEX else town.maja)))


def suspected(town: Town) -> Case:
    """An IVO case that was opened at once, before anything is decided in the one it came out of."""
    origin = documented(town)
    start_clock(origin, NOTIFY, at=AT, local=LocalValues(DAY))
    return fresh(open_offspring(origin, Kind.IVO, step(origin, town.sanna)))


def without_origin(town: Town, sort: Sort = Sort.NOTICE_MUNICIPALITY) -> Case:
    new = NewCase(
        kind=Kind.IVO,
        unit=town.solglantan,
        title="Brister i bemanningen",
        what_happened="Natten är obemannad.",
        affected="group",
        facts={"sort": sort},
    )
    return fresh(open_case(new, actor=town.sanna, at=AT))


def written(town: Town, case: Case, **texts: str) -> Case:
    """Sanna saves the notification with other words in some of its parts."""
    said = {**texts_of(case, DAY), **texts}
    save_notification(case.pk, actor=town.sanna, version=case.version, at=AT, texts=said)
    return fresh(case)


def with_ivo(town: Town, kind: Kind = Kind.LEX, *, at: datetime = AT, **facts: Any) -> Case:
    case = preparing(town, kind)
    actor = town.sanna if kind == Kind.LEX else town.maja
    return fresh(moved(case, "send", actor, at=at, **{**SENT, "sent_by": actor, **facts}))


def asked(town: Town, case: Case, what: str = "Skicka schemat.", due_on: date = DUE, **facts: Any) -> Case:
    given = {"asked_on": DAY, "what": what, "due_on": due_on, "letter": text_file(), **facts}
    return fresh(moved(case, "add_request", town.sanna, **given))


DEMANDS: list[dict[str, Any]] = [
    {"text": "Bemanna natten.", "due_on": DAY + timedelta(days=30), "fine": 500_000},
    {"text": "Skriv en rutin.", "due_on": DAY + timedelta(days=60), "fine": None},
    {"text": "Utbilda alla.", "due_on": DAY + timedelta(days=90), "fine": 100_000},
]


def decided(town: Town, case: Case, outcome: str = "ended", **facts: Any) -> Case:
    given = {
        "decided_on": DAY,
        "outcome": outcome,
        "letter": text_file("beslut.txt"),
        "readers": (town.karin,),
        **facts,
    }
    return fresh(moved(case, "add_decision", town.sanna, **given))


def ordered(town: Town) -> Case:
    """A föreläggande with three demands, two of them with a vite."""
    return decided(town, with_ivo(town), "order", demands=DEMANDS)


def sent(town: Town, **more: Any) -> dict[str, Any]:
    return {"sent_on": DAY, "how": "e_service", "sent_by": town.sanna, **more}
