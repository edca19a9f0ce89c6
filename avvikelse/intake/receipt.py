"""The receipt: the number, who reads the report and who does not, what happens next and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.kinds import Kind, PartRole, Sort
from avvikelse.cases.models import Case
from avvikelse.cases.page import running
from avvikelse.documents.content import ReceiptContent, Step
from avvikelse.organisation.access import Holder
from avvikelse.ui.words import moment, weekday

from .codes import hash_of, spelled
from .desk import Desk
from .lines import told_in
from .routing import Route, described, route

SHOWN_FOR = timedelta(minutes=30)
"""How long the receipt, and the code on it, can be seen by the browser alone: computers are shared."""
OTHERS = "Dina kollegor, nämnden och den som sköter systemet"
APPOINTED = "Den som får i uppdrag att utreda"


@dataclass(frozen=True, slots=True)
class Receipt:
    """`code` is empty when the report is followed by logging in, or is no longer shown."""

    case: Case
    kind: str
    readers: list[str]
    not_readers: list[str]
    names: str
    steps: list[Step]
    code: str
    follow: str


def kind_word(case: Case) -> str:
    return "Gott exempel" if case.sort == Sort.GOOD_EXAMPLE else Kind(case.kind).label


def route_of(case: Case, desk: Desk) -> Route:
    """Who reads the sent case, by the same rules as before sending."""
    implicated = [part.person_id for part in case.parts.all() if part.role == PartRole.IMPLICATED]
    flag = desk.local.flag("first_social_worker_assesses")
    return route(desk.holders_over(case.unit), case, implicated, first_social_worker=flag)


def still_shown(case: Case, at: datetime) -> bool:
    return at - case.received_at < SHOWN_FOR


def receipt_of(case: Case, desk: Desk) -> Receipt:
    way = route_of(case, desk)
    code = desk.code if case.receipt_hash == hash_of(desk.code) and still_shown(case, desk.at) else ""
    return Receipt(
        case=case,
        kind=kind_word(case),
        readers=readers_words(way),
        not_readers=kept_out_words(way.kept_out),
        names=desk.local.text("name_promise") if case.reporter_hidden else "",
        steps=steps(case, way, desk.day),
        code=spelled(code),
        follow=follow_words(case, code),
    )


def readers_words(way: Route) -> list[str]:
    return [described(holder) for holder in way.readers] + [APPOINTED]


def kept_out_words(kept_out: tuple[Holder, ...]) -> list[str]:
    return [described(holder) for holder in kept_out] + [OTHERS]


def steps(case: Case, way: Route, today: date) -> list[Step]:
    """What happens next and by when, then what the reporter gets."""
    place = workflow_of(case.kind).place(case.state)
    who = described(way.takers[0]) if way.takers else "Den ansvariga chefen"
    clock = running(case.clocks.all(), place.clock.name) if place.clock else None
    when = f"Senast {weekday(clock.due_on, today)}" if clock else "Nu"
    found = [Step(when=when, what=f"{place.next_step.format(who=f'{who},')}.")] if place.next_step else []
    return [
        *found,
        Step(when="Under tiden", what="Du kan få en fråga om vi behöver veta mer. Du kan också skriva till oss."),
        Step(when="När det är klart", what="Du får ett svar i vanliga ord om vad vi såg och vad vi gör."),
    ]


def follow_words(case: Case, code: str) -> str:
    if code:
        return "Skriv koden på sidan Följ din rapport, så ser du vad som händer och kan svara."
    if case.reporter_id is None:
        return "Du följer rapporten med din kod. Den visades när du skickade och kan inte visas igen."
    if case.entered_by_id:
        return f"{case.reporter} följer rapporten under Mina rapporter." if case.reporter else ""
    return "Du följer rapporten under Mina rapporter."


def paper_of(receipt: Receipt, code_address: str) -> ReceiptContent:
    """The receipt as it is printed. `code_address` is where the code is entered: paper has no links."""
    case = receipt.case
    follow = (
        f"Skriv koden på {code_address} så ser du vad som händer och kan svara." if receipt.code else receipt.follow
    )
    return ReceiptContent(
        municipality=settings.MUNICIPALITY,
        unit=case.unit.name,
        reference=case.reference,
        kind=receipt.kind,
        sent=moment(case.received_at),
        answers=told_in(case),
        files=[each.name for each in case.attachments.filter(from_reporter=True).order_by("pk")],
        readers=receipt.readers,
        not_readers=receipt.not_readers,
        names=receipt.names,
        steps=receipt.steps,
        code=receipt.code,
        follow=follow,
    )
