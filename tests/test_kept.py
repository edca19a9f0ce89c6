"""What is sent after a log-out or with an old token comes back to whoever sent it, and to nobody else."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from html import unescape
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client

from avvikelse.cases.models import Case
from avvikelse.intake.codes import hash_of, new_code
from avvikelse.intake.models import Draft
from avvikelse.ui.kept import LONGEST
from tests.desk import main_of, words_of
from tests.people import AT, Town, build_town, report

pytestmark = pytest.mark.django_db

FIELD = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
FORM = re.compile(r'<form method="post" action="([^"]+)">')
WORDS = 'Hon sa: "vänta" <b>& gå</b>.\nSedan gick hon.'
TYPED = {"version": "1", "reason": "not_deviation", "note": "", "answer": WORDS}
OURS = {"Origin": "http://testserver", "Sec-Fetch-Site": "same-origin"}


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001 (the rows need a database)
    return build_town()


@pytest.fixture
def browser() -> Client:
    return Client(enforce_csrf_checks=True, headers=OURS)


def logged_in(browser: Client, town: Town, name: str) -> None:
    """Through the log-in page, as everybody: it gives a new token."""
    form = form_of(browser.get("/konto/login/"))
    password = "sommar-regn-42"
    answer = browser.post("/konto/login/", {**form, "login": town.people[name].email, "password": password})
    assert answer.status_code == 302


def form_of(answer: Any) -> dict[str, str]:
    """The hidden fields of the page's own part, as the browser reads them."""
    return {name: unescape(value) for name, value in FIELD.findall(main_of(answer))}


def dismiss(case: Case) -> str:
    return f"/arenden/{case.reference}/dismiss/"


def answers(case: Case) -> list[str]:
    return [row.text.replace("\r\n", "\n") for row in case.answers.all()]


def test_a_move_sent_after_the_log_out_is_made_after_the_next_log_in(town: Town, browser: Client) -> None:
    case = report(town)
    logged_in(browser, town, "karin")
    page = form_of(browser.get(dismiss(case)))
    Session.objects.all().delete()

    out = browser.post(dismiss(case), {**page, **TYPED})
    assert (out.status_code, answers(case)) == (403, [])
    assert "Du har blivit utloggad. Därför är det du skickade inte sparat än" in words_of(out)
    assert 'Hon sa: "vänta" <b>& gå</b>. Sedan gick hon.' in words_of(out).replace("<br>", " ")
    logged_in(browser, town, "karin")

    again = browser.post(FORM.findall(main_of(out))[0], form_of(out))
    assert (again.status_code, answers(case)) == (403, [])
    assert "Läs igenom det och skicka igen. Du är inloggad som Karin Ek." in words_of(again)
    done = browser.post(FORM.findall(main_of(again))[0], form_of(again))
    assert (done.status_code, done.headers["Location"]) == (302, f"/arenden/{case.reference}/")
    assert answers(case) == [WORDS]


def test_a_form_whose_token_is_old_is_sent_by_one_more_press(town: Town, browser: Client) -> None:
    case = report(town)
    logged_in(browser, town, "karin")
    page = form_of(browser.get(dismiss(case)))
    browser.post("/konto/logout/", {"csrfmiddlewaretoken": page["csrfmiddlewaretoken"]})
    logged_in(browser, town, "karin")
    old = browser.post(dismiss(case), {**page, **TYPED})
    assert (old.status_code, {**form_of(old), "csrfmiddlewaretoken": ""}) == (403, {**TYPED, "csrfmiddlewaretoken": ""})
    assert browser.post(dismiss(case), form_of(old)).status_code == 302
    assert answers(case) == [WORDS]


@pytest.mark.parametrize(
    ("page", "part", "typed"),
    [
        ("", "meddelande/", {"text": "Kan du ringa mig?"}),
        ("berorda/", "berorda/", {"name": "Astrid Bergström", "identity_number": "18900101-9802"}),
    ],
)
def test_a_message_and_a_noted_name_come_back_too(
    town: Town, browser: Client, page: str, part: str, typed: dict[str, str]
) -> None:
    base = f"/arenden/{report(town).reference}/"
    logged_in(browser, town, "karin")
    token = form_of(browser.get(base + page))["csrfmiddlewaretoken"]
    Session.objects.all().delete()
    out = browser.post(base + part, {**typed, "csrfmiddlewaretoken": token})
    logged_in(browser, town, "karin")
    again = browser.post(base + part, form_of(out))
    assert {name: value for name, value in form_of(again).items() if name in typed} == typed
    assert browser.post(base + part, form_of(again)).status_code == 302


def test_a_message_under_a_code_waits_until_the_code_is_written_again(town: Town, browser: Client) -> None:
    code = new_code()
    case = report(town, reporter=None, facts={"receipt_hash": hash_of(code)})
    token = form_of(browser.get("/kod/"))["csrfmiddlewaretoken"]
    closed = browser.post("/kod/meddelande/", {"text": "En sak till.", "csrfmiddlewaretoken": token})
    assert "Rapporten hade stängts." in words_of(closed)
    assert browser.post("/kod/", {"code": code, "csrfmiddlewaretoken": token}).status_code == 302
    assert browser.post("/kod/meddelande/", form_of(closed)).status_code == 302
    assert [row.text for row in case.messages.all()] == ["En sak till."]


def test_a_whole_report_comes_back_though_it_was_never_saved(town: Town, browser: Client) -> None:
    logged_in(browser, town, "amira")
    path = f"/rapportera/{uuid4()}/allt/"
    token = form_of(browser.get(path))["csrfmiddlewaretoken"]
    Session.objects.all().delete()
    out = browser.post(path, {"what_happened": WORDS, "signs": ["abuse", "care_harm"], "csrfmiddlewaretoken": token})
    assert FIELD.findall(main_of(out))[2:] == [("signs", "abuse"), ("signs", "care_harm")]
    logged_in(browser, town, "amira")
    again = browser.post(path, form_of(out))
    assert browser.post(path, {**form_of(again), "later": "1"}).status_code in {200, 302}
    assert Draft.objects.get().answers["what_happened"] == WORDS


def test_the_next_to_log_in_on_the_computer_finds_nothing_of_it(
    town: Town, browser: Client, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    case = report(town)
    browser.get("/konto/login/")
    out = browser.post(dismiss(case), {**TYPED, "csrfmiddlewaretoken": browser.cookies["csrftoken"].value})
    assert "no-store" in out.headers["Cache-Control"]
    logged_in(browser, town, "jonas")
    shown = [browser.get(path).content.decode() for path in ("/", "/mina-rapporter/", "/mina-utkast/")]
    assert [page for page in shown if "Sedan gick hon" in page] == []
    assert [row for row in Session.objects.all() if "answer" in str(row.get_decoded())] == []
    assert ("Sedan gick hon" in caplog.text, "Sedan" in str(browser.cookies)) == (False, False)


FROM_OUTSIDE = [
    {"Origin": "https://elak.example"},
    {"Origin": "null"},
    {"Origin": "https://testserver"},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Origin": "http://testserver", "Sec-Fetch-Site": "cross-site"},
    {"Referer": "https://elak.example/arenden/"},
]


@pytest.mark.parametrize("headers", FROM_OUTSIDE, ids=str)
@pytest.mark.parametrize("who", ["", "karin"])
def test_what_another_site_sends_is_neither_done_nor_offered(town: Town, who: str, headers: dict[str, str]) -> None:
    case = report(town)
    browser = Client(enforce_csrf_checks=True)
    if who:
        logged_in(browser, town, who)
    answer = browser.post(dismiss(case), TYPED, headers=headers)
    assert (answer.status_code, answers(case)) == (403, [])
    assert ("Sidan hade blivit för gammal" in words_of(answer), "Hon sa" in words_of(answer)) == (True, False)


def test_a_token_of_ones_own_is_still_needed_for_the_press(town: Town, browser: Client) -> None:
    case = report(town)
    logged_in(browser, town, "karin")
    offered = form_of(browser.post(dismiss(case), TYPED))
    del offered["csrfmiddlewaretoken"]
    assert (browser.post(dismiss(case), offered).status_code, answers(case)) == (403, [])


@pytest.mark.parametrize(
    ("path", "typed"),
    [
        ("/konto/login/", {"login": "karin.ek@ekhamn.example", "password": "sommar-regn-42"}),
        ("/konto/password/change/", {"oldpassword": "sommar-regn-42"}),
        ("/demo/", {"email": "karin.ek@ekhamn.example"}),
        ("/kod/", {"code": "ABCD EFGH JKMN"}),
        ("/arenden/AVV-2026-0001/dismiss/", {"answer": "Tack.", "new_password": "sommar-regn-42"}),
        ("/arenden/AVV-2026-0001/dismiss/", {"answer": "x" * (LONGEST + 1)}),
    ],
    ids=["log-in", "password", "demo", "code", "field", "too long"],
)
def test_keys_and_what_is_too_much_are_never_handed_back(browser: Client, path: str, typed: dict[str, str]) -> None:
    answer = browser.post(path, typed)
    assert (answer.status_code, "Sidan hade blivit för gammal" in words_of(answer)) == (403, True)
    assert [value[:100] for value in typed.values() if value in answer.content.decode()] == []


def test_nothing_typed_leads_to_the_log_in_as_always(browser: Client) -> None:
    browser.get("/konto/login/")
    token = browser.cookies["csrftoken"].value
    answer = browser.post("/arenden/AVV-2026-0001/dismiss/", {"csrfmiddlewaretoken": token})
    assert answer.headers["Location"] == "/konto/login/?next=/arenden/AVV-2026-0001/dismiss/"


def test_one_logged_out_learns_nothing_of_the_case_and_asks_the_database_nothing(town: Town, browser: Client) -> None:
    case = report(town)
    browser.get("/konto/login/")
    token = browser.cookies["csrftoken"].value
    typed = {"answer": "Tack.", "csrfmiddlewaretoken": token}
    with connection.execute_wrapper(lambda *_: pytest.fail("a question to the database")):
        there = browser.post(dismiss(case), typed)
        elsewhere = browser.post("/arenden/AVV-2026-9999/dismiss/", typed)
    assert words_of(there) == words_of(elsewhere)
