"""The parts of the case page of what is between the municipality and IVO."""

from __future__ import annotations

from django.urls import reverse

from avvikelse.cases.clocks import NOTIFY
from avvikelse.cases.engine import Act, Section, Situation
from avvikelse.cases.kinds import Sort, State
from avvikelse.cases.models import Case
from avvikelse.cases.page import running
from avvikelse.cases.rules import Who
from avvikelse.organisation.preferences import LocalValues

from .lawful import cited, ground, notified_by, sentence
from .lookup import decisions_of, ivo_matter_of, notice_of, open_requests, requests_of, sendings_of
from .models import Decision, Request
from .operations import WRITERS
from .rules import notice_incomplete


def notification(case: Case, capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    """The notification until it is sent, and how it was sent; nothing where IVO began."""
    if case.sort == Sort.SUPERVISION:
        return {}
    preparing = case.state == State.PREPARING
    may_write = preparing and bool(capacity & WRITERS)
    lacks = notice_incomplete(Situation(case, local.day, local)) if preparing else None
    return {
        "sort": case.get_sort_display(),
        "law": sentence("Anmälan ska göras", notified_by(case)),
        "notice": notice_of(case),
        "preparing": preparing,
        "lacks": lacks,
        "due": running(case.origin.clocks.all(), NOTIFY.name) if preparing and case.origin else None,
        "today": local.day,
        "may_write": may_write,
        "act": Act("Skriv anmälan", reverse("ivo_notice", args=[case.reference])) if may_write and lacks else None,
    }


def with_ivo(case: Case, capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    """What IVO has asked, decided and demanded."""
    if case.state in {State.PREPARING, State.CANCELLED}:
        return {}
    requests, decisions = requests_of(case), decisions_of(case)
    waits = bool(capacity & WRITERS) and case.state != State.CLOSED and bool(open_requests(case))
    address = reverse("case_move", args=[case.reference, "answer"])
    return {
        "matter": ivo_matter_of(case),
        "supervision": case.sort == Sort.SUPERVISION,
        "requests": [(row, request_law(case, row)) for row in requests],
        "decisions": [(row, decision_law(case, row)) for row in decisions],
        "today": local.day,
        "act": Act("Svara på begäran", address) if waits else None,
    }


def request_law(case: Case, row: Request) -> str:
    if row.ordered:
        return ground("Föreläggande", cited("order_documents", case, row.asked_on))
    return ground("Begäran", cited("hand_out", case, row.asked_on))


def decision_law(case: Case, row: Decision) -> str:
    """What the demands rest on; nothing where there are none."""
    return ground("Föreläggande", cited("order_remedy", case, row.decided_on)) if row.demands.all() else ""


def sent(case: Case, _capacity: frozenset[Who], local: LocalValues) -> dict[str, object]:
    """Everything that was sent, frozen."""
    found = sendings_of(case)
    return {"sendings": found, "today": local.day} if found else {}


SECTIONS = (
    Section("anmalan", "Anmälan", "ivo/_notification.html", notification),
    Section("hos-ivo", "Hos IVO", "ivo/_with_ivo.html", with_ivo),
    Section("skickat", "Skickat till IVO", "ivo/_sent.html", sent),
)
