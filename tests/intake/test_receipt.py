"""The receipt: number, who reads it and who does not, what happens next and when; to keep, and after logging out."""

from datetime import timedelta
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import pytest
import time_machine
from django.test import Client
from pypdf import PdfReader

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.engine import workflow_of
from avvikelse.cases.models import Case
from avvikelse.documents import render
from avvikelse.documents.render import RenderError
from tests.intake.reports import address, only_case, send_all, send_checked, typed
from tests.people import AT, Town

pytestmark = pytest.mark.django_db


def sent(client: Client, answers: dict[str, Any], **more: Any) -> UUID:
    key = uuid4()
    send_checked(client, answers, key, **more)
    return key


def test_the_receipt_says_the_number_what_happens_next_and_when_and_who_reads(amira: Client, town: Town) -> None:
    page = amira.get(address("kvitto/", sent(amira, typed(town))))
    receipt = page.context["receipt"]
    assert receipt.case.reference == "AVV-2026-0001"
    assert receipt.steps[0]["when"] == "Senast måndag 23 november"
    assert receipt.readers[0] == "Karin Ek, enhetschef"
    assert receipt.not_readers == ["Dina kollegor, nämnden och den som sköter systemet"]
    assert receipt.code == ""
    assert page.content.decode().count('href="/mina-rapporter/AVV-2026-0001/"') == 1


@pytest.mark.parametrize(
    ("changes", "kind", "who"),
    [
        ({}, "AVV", "Karin Ek, enhetschef"),
        ({"signs": ["abuse"]}, "LEX", "Sanna Lind, SAS"),
        ({"about": "idea"}, "FOR", "Karin Ek, enhetschef"),
        ({"other": "failed"}, "SAM", "Karin Ek, enhetschef"),
    ],
)
def test_every_kind_says_its_own_next_step_and_whose_it_is(
    amira: Client, town: Town, changes: dict[str, Any], kind: str, who: str
) -> None:
    page = amira.get(address("kvitto/", sent(amira, typed(town, **changes))))
    sentence = workflow_of(kind).place("received").next_step.format(who=f"{who},")
    assert page.context["receipt"].steps[0]["what"] == f"{sentence}."


def test_a_look_at_the_receipt_is_logged(amira: Client, town: Town) -> None:
    amira.get(address("kvitto/", sent(amira, typed(town))))
    looks = AuditEntry.objects.filter(action="receipt").values_list("actor", "reference")
    assert list(looks) == [(town.amira.actor_key, "AVV-2026-0001")]


def test_the_receipt_can_be_kept_as_a_pdf_with_all_that_was_told(amira: Client, town: Town) -> None:
    key = sent(amira, typed(town, suggestion="Ring kvällen innan.", name="hidden"))
    answer = amira.get(address("kvitto.pdf", key))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="kvitto-AVV-2026-0001.pdf"'
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages).split())
    for part in (
        "AVV-2026-0001",
        "Morgonbesöket klockan åtta blev inte av.",
        "Ring kvällen innan.",
        "Senast måndag 23 november",
        "Karin Ek, enhetschef",
        "Din chef ser inte ditt namn här.",
    ):
        assert text.count(part) >= 1, part


def test_a_pdf_that_cannot_be_made_is_a_sentence(amira: Client, town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> bytes:
        raise RenderError(render.TOO_SLOW)

    key = sent(amira, typed(town))
    monkeypatch.setattr(render.press, "print", fail)
    answer = amira.get(address("kvitto.pdf", key))
    assert (answer.status_code, answer.content.decode()) == (503, render.TOO_SLOW)


@pytest.mark.parametrize("name", ["shown", "anonymous"])
def test_sending_and_logging_out_leaves_the_receipt_for_a_while(amira: Client, town: Town, name: str) -> None:
    key = sent(amira, typed(town, name=name), leave="1")
    assert amira.get("/mina-utkast/").status_code == 302
    page = amira.get(address("kvitto/", key))
    assert page.context["case"] == only_case()
    assert (page.context["receipt"].code == "") == (name == "shown")
    assert amira.get(address("kvitto.pdf", key)).status_code == 200
    with time_machine.travel(AT + timedelta(minutes=31), tick=False):
        assert amira.get(address("kvitto/", key)).status_code == 302


@pytest.mark.parametrize("name", ["shown", "anonymous"])
def test_sending_and_logging_out_pressed_twice_leads_to_the_receipt(amira: Client, town: Town, name: str) -> None:
    key = sent(amira, typed(town, name=name), leave="1")
    for page in ("kontrollera/", "allt/"):
        again = amira.post(address(page, key), {**typed(town, name=name), "page": "allt", "leave": "1"})
        assert again.headers["Location"] == address("kvitto/", key)
    assert Case.objects.count() == 1
    with time_machine.travel(AT + timedelta(minutes=31), tick=False):
        answer = amira.post(address("kontrollera/", key), {"leave": "1"})
        assert answer.headers["Location"].startswith("/konto/login/")


def test_a_closed_receipt_is_closed_also_for_the_next_at_the_computer(amira: Client, town: Town) -> None:
    key = sent(amira, typed(town), leave="1")
    assert amira.post(address("kvitto/", key)).headers["Location"] == "/konto/login/"
    assert amira.get(address("kvitto/", key)).headers["Location"].startswith("/konto/login/?next=")


def test_the_receipt_of_a_named_report_stays_for_its_reporter(amira: Client, town: Town) -> None:
    key = sent(amira, typed(town))
    amira.post(address("kvitto/", key))
    with time_machine.travel(AT + timedelta(hours=2), tick=False):
        assert amira.get(address("kvitto/", key)).context["case"] == only_case()


def test_one_page_and_logged_out_in_one_sending(amira: Client, town: Town) -> None:
    send_all(amira, typed(town), leave="1")
    assert Case.objects.count() == 1
    assert amira.get("/mina-utkast/").status_code == 302


def test_nobody_else_meets_the_receipt(amira: Client, town: Town) -> None:
    key = sent(amira, typed(town))
    other = Client()
    other.force_login(town.karin)
    assert other.get(address("kvitto/", key)).status_code == 404
    assert Client().get(address("kvitto/", key)).status_code == 302


def test_the_paper_of_an_anonymous_report_says_the_code_and_where_to_write_it(amira: Client, town: Town) -> None:
    key = sent(amira, typed(town, name="anonymous"))
    code = amira.get(address("kvitto/", key)).context["receipt"].code
    text = "".join(
        page.extract_text() for page in PdfReader(BytesIO(amira.get(address("kvitto.pdf", key)).content)).pages
    )
    assert (text.count(code), text.count("http://testserver/kod/")) == (1, 1)
