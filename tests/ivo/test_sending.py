"""Anmäl: what was sent stays as it was sent, whatever happens afterwards; and which dates it meets and starts."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, transaction

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.documents.models import Document
from avvikelse.documents.operations import render_document
from avvikelse.ivo.models import Notification, Sending, SentFile
from tests.ivo.matters import (
    SENT,
    fresh,
    preparing,
    sent,
    suspected,
    text_file,
    with_file,
    with_ivo,
    without_origin,
    written,
)
from tests.people import AT, DAY, Town, moved

pytestmark = pytest.mark.django_db


def clocks(case: Case) -> dict[str, str]:
    """Each clock of the case: met, ended or the day it runs out."""
    return {
        row.rule: "met" if row.met_at else "ended" if row.ended_at else str(row.due_on) for row in case.clocks.all()
    }


def frozen(sending: Sending) -> list[tuple[str, str, str]]:
    """(name, SHA-256 of the row, SHA-256 of what the file holds) of each file that went along."""
    rows = []
    for each in sending.files.order_by("pk"):
        with each.file.open("rb") as stored:
            rows.append((each.name, each.sha256, hashlib.sha256(stored.read()).hexdigest()))
    return rows


def test_sending_meets_what_ran_on_the_origin_and_starts_the_two_months(town: Town) -> None:
    case = with_ivo(town)
    assert case.origin is not None
    assert (case.state, clocks(case), clocks(case.origin)["notify"]) == ("with_ivo", {"to_ivo": "2027-01-18"}, "met")


def test_sending_a_lex_maria_meets_both_clocks_of_the_vardskada(town: Town) -> None:
    origin = with_ivo(town, Kind.VSK).origin
    assert origin is not None
    assert {name: clocks(origin)[name] for name in ("notify", "lex_maria")} == {"notify": "met", "lex_maria": "met"}


def test_an_investigation_that_goes_along_starts_no_clock(town: Town) -> None:
    case = with_ivo(town, enclosed="yes", uploads=[text_file("utredning.txt")])
    assert (clocks(case), Sending.objects.get().enclosed) == ({}, True)


def test_the_investigation_sent_later_meets_the_two_months(town: Town) -> None:
    case = with_ivo(town)
    case = moved(case, "add_investigation", town.sanna, **sent(town, uploads=[text_file("utredning.txt")]))
    assert (case.state, clocks(case)) == ("with_ivo", {"to_ivo": "met"})
    assert [row.what for row in case.sendings.order_by("pk")] == ["notice", "investigation"]


def test_the_municipalitys_own_notification_starts_no_clock(town: Town) -> None:
    case = written(town, without_origin(town), grave="happened", occurred="I september.")
    case = moved(case, "send", town.sanna, **sent(town))
    assert (case.state, clocks(case), Sending.objects.get().enclosed) == ("with_ivo", {}, False)


def test_nothing_that_is_changed_afterwards_touches_what_was_sent(town: Town, media: Path) -> None:
    case = preparing(town)
    assert case.origin is not None
    of_origin, own = with_file(case.origin, town), with_file(case, town, "foto.txt", "Ett foto.")
    case = written(town, case, description="Så här var det.")
    chosen = [f"f{of_origin.pk}", f"f{own.pk}"]
    case = moved(case, "send", town.sanna, **{**SENT, "sent_by": town.sanna, "enclosures": chosen})
    sending = Sending.objects.get()
    before, content = frozen(sending), Document.objects.get(sort="notice").content
    assert before == [
        (name, hashlib.sha256(words).hexdigest(), hashlib.sha256(words).hexdigest())
        for name, words in (("larmlogg.txt", b"08.00 inget larm"), ("foto.txt", b"Ett foto."))
    ]
    act_as("system:tests")
    Case.objects.filter(pk__in=[case.pk, case.origin_id]).update(what_happened="Något annat.", title="Annat")
    Notification.objects.filter(case=case).update(description="Omskrivet.")
    for attachment in (of_origin, own):
        (media / str(attachment.file.name)).write_bytes(b"omskrivet")
        (media / str(attachment.file.name)).unlink()
        attachment.delete()
    assert (frozen(sending), Document.objects.get(sort="notice").content) == (before, content)
    assert [line["sha256"] for line in content["files"]] == [row[1] for row in before]
    assert "Så här var det." in str(content)


def test_the_printed_notification_is_what_its_hash_says(town: Town) -> None:
    with_ivo(town)
    document = Document.objects.get(sort="notice")
    assert render_document(document.pk, at=AT) is True
    document.refresh_from_db()
    with document.file.open("rb") as stored:
        assert hashlib.sha256(stored.read()).hexdigest() == document.sha256


@pytest.mark.parametrize(
    "change",
    [
        lambda: Sending.objects.update(sent_on=DAY - timedelta(days=9)),
        lambda: Sending.objects.all().delete(),
        lambda: SentFile.objects.update(sha256="x"),
        lambda: SentFile.objects.all().delete(),
        lambda: Document.objects.filter(sort="notice").update(title="Annat"),
    ],
    ids=["the day", "the sending", "a hash", "a file", "the document"],
)
def test_the_database_refuses_to_change_what_was_sent(town: Town, change: Any) -> None:
    with_ivo(town, uploads=[text_file("bilaga.txt")])
    with pytest.raises(DatabaseError), transaction.atomic():
        change()


def test_a_file_that_is_no_longer_what_was_put_there_is_not_sent(town: Town, media: Path) -> None:
    case = preparing(town)
    file = with_file(case, town)
    (media / str(file.file.name)).write_bytes(b"utbytt")
    with pytest.raises(MoveRefused) as refused:
        moved(case, "send", town.sanna, **{**SENT, "sent_by": town.sanna, "enclosures": [f"f{file.pk}"]})
    assert refused.value.sentences == [
        "Filen ”larmlogg.txt” är inte längre den som lades in. Säg till systemförvaltaren."
    ]
    assert not Sending.objects.exists()


REFUSED = [
    ({"enclosed": ""}, "Svara på om utredningen skickas med."),
    ({"enclosed": "yes"}, "Utredningen ska skickas med. Välj den bland bilagorna eller lägg till den."),
    ({"how": ""}, "Fyll i ”Hur skickades det?”."),
]


@pytest.mark.parametrize(("facts", "sentence"), REFUSED)
def test_what_is_not_said_is_asked_for(town: Town, facts: dict[str, Any], sentence: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        with_ivo(town, **facts)
    assert refused.value.sentences == [sentence]


def test_a_notification_that_lacks_something_is_not_sent(town: Town) -> None:
    case = written(town, preparing(town), description=" ", grave="")
    with pytest.raises(MoveRefused) as refused:
        moved(case, "send", town.sanna, **{**SENT, "sent_by": town.sanna})
    assert refused.value.sentences == ["Anmälan är inte klar. Välj vad anmälan gäller. Beskriv vad som hände."]


def test_the_investigation_is_not_sent_before_the_notification_nor_without_a_file(town: Town) -> None:
    case = preparing(town)
    for at_case, facts, sentence in (
        (case, {"uploads": [text_file()]}, "Anmälan är inte skickad än. Skicka utredningen tillsammans med den, eller"),
        (with_ivo(town), {}, "Välj minst en fil, eller lägg till en."),
    ):
        with pytest.raises(MoveRefused) as refused:
            moved(at_case, "add_investigation", town.sanna, **sent(town, **facts))
        assert refused.value.sentences[0].startswith(sentence)


def test_before_it_is_sent_it_can_be_cancelled_with_a_reason_and_the_origin_still_waits(town: Town) -> None:
    case = moved(suspected(town), "cancel", town.sanna, why="Det visade sig vara fel.")
    assert case.origin is not None
    assert (case.state, clocks(case.origin)["notify"]) == ("cancelled", "2026-11-17")


def test_what_is_decided_to_be_serious_is_not_cancelled(town: Town) -> None:
    case = preparing(town)
    with pytest.raises(MoveRefused) as refused:
        moved(case, "cancel", town.sanna, why="Vi ångrade oss.")
    assert refused.value.sentences == [
        "I LEX-2026-0001 är det beslutat att det är allvarligt. Då ska det anmälas till IVO."
    ]


# --- Two months, by the law and not by the program


STOCKHOLM = ZoneInfo("Europe/Stockholm")
LAST_DAYS = [
    ("a day in the middle of a week", date(2026, 3, 10), date(2026, 5, 11)),  # 10 May 2026 is a Sunday
    ("an ordinary weekday", date(2026, 3, 11), date(2026, 5, 11)),
    ("a Saturday", date(2026, 9, 28), date(2026, 11, 30)),  # 28 November 2026 is a Saturday
    ("a Sunday", date(2026, 9, 29), date(2026, 11, 30)),
    ("the sixth of June, a Saturday", date(2026, 4, 6), date(2026, 6, 8)),
    ("the sixth of June, a Friday", date(2025, 4, 6), date(2025, 6, 9)),
    ("midsommarafton", date(2026, 4, 19), date(2026, 6, 22)),  # Friday 19 June 2026, then the weekend
    ("julafton", date(2026, 10, 24), date(2026, 12, 28)),  # Thursday, then juldagen, annandagen and Sunday
    ("nyårsafton", date(2026, 10, 31), date(2027, 1, 4)),  # Thursday, nyårsdagen on Friday, then the weekend
    ("trettondedag jul", date(2025, 11, 6), date(2026, 1, 7)),
    ("Kristi himmelsfärdsdag", date(2026, 3, 14), date(2026, 5, 15)),  # the klämdag after it is a weekday
    ("långfredagen", date(2026, 2, 3), date(2026, 4, 7)),  # 3 April 2026, to the Tuesday after Easter
    ("31 December and two months", date(2026, 12, 31), date(2027, 3, 1)),  # 28 February 2027 is a Sunday
    ("31 December before a leap year", date(2027, 12, 31), date(2028, 2, 29)),
    ("leap day", date(2028, 2, 29), date(2028, 5, 2)),  # 29 April 2028 is a Saturday, 1 May a Monday
    ("30 December before a common year", date(2025, 12, 30), date(2026, 3, 2)),  # 28 February 2026 is a Saturday
]
"""Lag (1930:173): the same-numbered day, or the last of the month (1 §); from a Saturday, Sunday, other holiday,
midsommarafton, julafton or nyårsafton to the next weekday (2 §). Reckoned by hand from the almanac."""


@pytest.mark.parametrize(("day", "last"), [row[1:] for row in LAST_DAYS], ids=[row[0] for row in LAST_DAYS])
def test_two_months_end_where_the_law_says(town: Town, day: date, last: date) -> None:
    case = preparing(town)
    at = datetime.combine(day, time(9), STOCKHOLM)
    case = moved(case, "send", town.sanna, at=at, **{**SENT, "sent_by": town.sanna, "sent_on": day})
    assert clocks(fresh(case))["to_ivo"] == str(last)


def test_the_two_months_count_from_the_notification_and_not_from_when_it_was_written_down(town: Town) -> None:
    assert clocks(with_ivo(town, sent_on=date(2026, 11, 2)))["to_ivo"] == "2027-01-04"
