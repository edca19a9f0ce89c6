"""A report is sent once: double-click, back, retry and twenty at the same time give one case and one receipt."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from avvikelse.cases.models import Case, CaseEvent, Clock, NumberSeries, Report
from avvikelse.intake.desk import COOKIE
from avvikelse.intake.models import Draft
from avvikelse.organisation.roles import Level
from tests.intake.reports import TOLD, address, only_case, send_all, send_checked, shown, typed
from tests.people import Town, build_town, unit

PARALLEL = 20


@pytest.mark.django_db
def test_sent_twice_from_the_one_page_form_is_one_report_with_one_receipt(amira: Client, town: Town) -> None:
    key = uuid4()
    first, second = send_all(amira, typed(town), key), send_all(amira, typed(town), key)
    assert (first.headers["Location"], second.headers["Location"]) == (address("kvitto/", key),) * 2
    assert Case.objects.count() == 1


@pytest.mark.django_db
def test_sent_twice_from_the_check_page_is_one_report_with_one_receipt(amira: Client, town: Town) -> None:
    key = uuid4()
    send_checked(amira, typed(town), key)
    again = amira.post(address("kontrollera/", key), {"seen": "whatever"})
    assert again.headers["Location"] == address("kvitto/", key)
    assert Case.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("page", ["vad-hande/", "allt/", "kontrollera/"])
@pytest.mark.parametrize("name", ["shown", "anonymous"])
def test_the_back_arrow_after_sending_leads_to_the_receipt(amira: Client, town: Town, page: str, name: str) -> None:
    key = uuid4()
    send_checked(amira, typed(town, name=name), key)
    assert amira.get(address(page, key)).headers["Location"] == address("kvitto/", key)


@pytest.mark.django_db
def test_another_text_with_the_same_key_is_told_kindly_and_becomes_a_draft_of_its_own(
    amira: Client, town: Town
) -> None:
    key = uuid4()
    send_all(amira, typed(town), key)
    answer = amira.post(address("allt/", key), {**typed(town, what_happened="Något helt annat hände."), "page": "allt"})
    assert answer.status_code == 409
    assert answer.content.decode().count("<h1>Rapporten är redan skickad</h1>") == 1
    draft = Draft.objects.get(case=None)
    assert (draft.author, draft.answers["what_happened"]) == (town.amira, "Något helt annat hände.")
    assert only_case().what_happened == TOLD


@pytest.mark.django_db
def test_saving_that_comes_after_the_sending_brings_no_draft_back(amira: Client, town: Town) -> None:
    key = uuid4()
    send_all(amira, typed(town), key)
    assert amira.post(address("spara/", key), {**typed(town), "page": "allt"}).status_code == 204
    assert Draft.objects.filter(case=None).count() == 0
    assert Draft.objects.get().answers == {}


@pytest.mark.django_db
def test_how_long_it_took_is_counted_from_when_the_page_was_opened(amira: Client, town: Town) -> None:
    opened = int(amira.get(address("allt/")).context["opened"])
    send_all(amira, typed(town), opened=str(opened - 95))
    assert only_case().report.seconds_to_send == 95


@pytest.mark.django_db
@pytest.mark.parametrize("opened", ["", "-5", "99999999999999", "ett", "1"])
def test_an_impossible_opening_does_no_harm(amira: Client, town: Town, opened: str) -> None:
    send_all(amira, typed(town), opened=opened)
    assert only_case().report.seconds_to_send in {0, 12 * 3600}


@pytest.mark.django_db
def test_a_sent_report_starts_its_clock_and_its_story(amira: Client, town: Town) -> None:
    send_all(amira, typed(town))
    assert list(Clock.objects.values_list("rule", "due_on")) == [("assessment", Clock.objects.get().due_on)]
    assert list(CaseEvent.objects.values_list("what", "actor", "to_state")) == [("received", town.amira.pk, "received")]


@pytest.fixture
def rows(transactional_db: None) -> Town:  # noqa: ARG001 (threads see only what is committed)
    with transaction.atomic():
        return build_town()


def in_parallel(send: Callable[[], Any]) -> list[Any]:
    def once(_number: int) -> Any:
        try:
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PARALLEL) as threads:
        return list(threads.map(once, range(PARALLEL)))


def logged_in(town: Town) -> Client:
    client = Client()
    client.force_login(town.amira)
    return client


@pytest.mark.parametrize("name", ["shown", "hidden", "anonymous"])
def test_twenty_identical_sendings_at_once_are_one_report(rows: Town, name: str) -> None:
    client, key = logged_in(rows), uuid4()
    answers = typed(rows, name=name)
    page = client.get(address("allt/", key)).content.decode()
    body = {**answers, "page": "allt", "route": shown(page, "route")}

    def send() -> Any:
        other = Client()
        other.cookies.update(client.cookies)
        return other.post(address("allt/", key), body)

    places = {answer.headers["Location"] for answer in in_parallel(send)}
    assert places == {address("kvitto/", key)}
    assert (Case.objects.count(), Report.objects.count(), NumberSeries.objects.get().last) == (1, 1, 1)
    assert Draft.objects.count() == (0 if name == "anonymous" else 1)
    receipts = {client.get(address("kvitto/", key)).context["receipt"].code for _ in range(2)}
    assert len(receipts) == 1
    assert (receipts == {""}) == (name != "anonymous")


def test_twenty_different_reports_at_once_get_twenty_numbers_without_a_gap(rows: Town) -> None:
    client = logged_in(rows)
    page = client.get(address("allt/")).content.decode()
    body = {**typed(rows), "page": "allt", "route": shown(page, "route")}

    def send() -> Any:
        other = Client()
        other.cookies.update(client.cookies)
        return other.post(address("allt/"), body)

    assert {answer.status_code for answer in in_parallel(send)} == {302}
    numbers = sorted(int(case.reference.split("-")[-1]) for case in Case.objects.all())
    assert numbers == list(range(1, PARALLEL + 1))


def questions(asked: CaptureQueriesContext) -> list[str]:
    return [row["sql"] for row in asked if "SAVEPOINT" not in row["sql"]]


@pytest.mark.django_db
@pytest.mark.parametrize("units", [1, 3])
def test_a_page_asks_the_database_little_however_many_units_there_are(amira: Client, town: Town, units: int) -> None:
    for number in range(units):
        unit(f"Ny {number}", Level.UNIT, town.elder_care)
    key = uuid4()
    for page in ("vad-hande/", "enhet/", "har-det-hant/", "nar/", "chef/", "namn/", "kontrollera/", "allt/"):
        amira.get(address(page, key))
        with CaptureQueriesContext(connection) as asked:
            amira.get(address(page, key))
        assert len(questions(asked)) <= 10, page


@pytest.mark.django_db
@pytest.mark.parametrize("units", [1, 3])
def test_one_sending_asks_as_much_however_many_units_there_are(amira: Client, town: Town, units: int) -> None:
    for number in range(units):
        unit(f"Ny {number}", Level.UNIT, town.elder_care)
    answers, key = typed(town), uuid4()
    page = amira.get(address("allt/", key)).content.decode()
    body = {**answers, "page": "allt", "route": shown(page, "route")}
    with CaptureQueriesContext(connection) as asked:
        assert amira.post(address("allt/", key), body).status_code == 302
    assert len(questions(asked)) <= 22


@pytest.mark.django_db
def test_the_browser_alone_keeps_the_code(amira: Client) -> None:
    answer = amira.get(address("vad-hande/"))
    cookie = answer.cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", "")
    assert cookie["path"] == answer.request["PATH_INFO"].removesuffix("vad-hande/")
