"""The staff's information about the duty to report: read by everybody, once a year, and followed up by unit."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.lex_sarah.duty import Share, cited, how_soon
from avvikelse.lex_sarah.models import DutyReading, DutyText
from avvikelse.organisation.models import Person, PreferenceValue
from avvikelse.organisation.preferences import BY_KEY
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import AT, DAY, Town

PAGE, UNITS = "/lex-sarah/skyldigheten/", "/lex-sarah/skyldigheten/enheter/"
DUE = "Det är dags att läsa om din skyldighet att rapportera."
BUTTON = "Jag har läst och förstått"
KEY = re.compile(r'name="wording" value="(\w+)"')
ROW = re.compile(r'<th role="rowheader" scope="row">([^<]+)</th>.*?>(\d+)</td>.*?>(\d+)</td>')


def read(desk: Desk, name: str) -> Any:
    found = KEY.search(main_of(desk(name).get(PAGE)))
    assert found, name
    return desk(name).post(PAGE, {"wording": found[1]}, follow=True)


def decide(town: Town, key: str, value: str, since: date = DAY) -> None:
    act_as("system:tests")
    PreferenceValue.objects.create(key=key, value=value, valid_from=since, changed_by=town.sixten, changed_at=AT)


def test_the_text_stands_with_the_law_of_today(desk: Desk) -> None:
    text = words_of(desk("amira").get(PAGE))
    first = str(BY_KEY["duty_text"].default).split("\n")[0]
    assert [
        sentence in text
        for sentence in (
            first,
            "Att du ska rapportera genast följer av 27 kap. 2 § socialtjänstlagen (2025:400)",
            "följer av 27 kap. 3 § socialtjänstlagen (2025:400) och 24 c § lagen (1993:387) om stöd",
        )
    ] == [True, True, True]


def test_before_the_new_law_the_old_one_is_cited_or_none_where_it_has_not_been_read() -> None:
    day = date(2025, 6, 30)
    assert cited("report", day).startswith("14 kap. 3 § socialtjänstlagen (2001:453) och 24 b §")
    assert cited("inform_staff", day).startswith("kommunens rutin och 24 c §")
    assert "genast" in how_soon(day)


def test_whoever_has_read_is_thanked_and_asked_again_after_a_year(town: Town, desk: Desk) -> None:
    assert (DUE in words_of(desk("amira").get("/")), BUTTON in words_of(desk("amira").get(PAGE))) == (True, True)
    assert "Tack. Det är noterat att du har läst och förstått." in words_of(read(desk, "amira"))
    assert (DUE in words_of(desk("amira").get("/")), BUTTON in words_of(desk("amira").get(PAGE))) == (False, False)
    assert "Du får läsa det igen 16 november 2027." in words_of(desk("amira").get(PAGE))
    with time_machine.travel(AT + timedelta(days=365), tick=False):
        desk("amira").force_login(town.amira)
        assert (DUE in words_of(desk("amira").get("/")), BUTTON in words_of(desk("amira").get(PAGE))) == (True, True)


def test_how_often_is_the_municipality_s_to_say(town: Town, desk: Desk) -> None:
    read(desk, "amira")
    DutyText.objects.get()
    decide(town, "duty_days", "30")
    assert "Du får läsa det igen 16 december." in words_of(desk("amira").get(PAGE))


def test_pressing_twice_is_reading_once(desk: Desk) -> None:
    key = KEY.search(main_of(desk("amira").get(PAGE)))
    assert key
    for _ in range(2):
        desk("amira").post(PAGE, {"wording": key[1]})
    assert DutyReading.objects.count() == 1


def test_a_text_that_was_changed_meanwhile_has_to_be_read_first(town: Town, desk: Desk) -> None:
    key = KEY.search(main_of(desk("amira").get(PAGE)))
    assert key
    decide(town, "duty_text", "Säg till genast.")
    answer = desk("amira").post(PAGE, {"wording": key[1]}, follow=True)
    assert "Texten har ändrats medan du läste. Läs den en gång till." in words_of(answer)
    assert (DutyReading.objects.exists(), "Säg till genast." in words_of(answer)) == (False, True)


def test_each_wording_is_kept_once_with_the_day_it_was_decided_from(town: Town, desk: Desk) -> None:
    read(desk, "amira")
    read(desk, "jonas")
    decide(town, "duty_text", "Säg till genast.")
    read(desk, "karin")
    kept = DutyText.objects.order_by("pk").values_list("valid_from", "readings__person__name")
    assert sorted(kept, key=str) == sorted([(None, "Amira Haddad"), (None, "Jonas Berg"), (DAY, "Karin Ek")], key=str)


def test_whoever_is_elected_is_not_reminded(desk: Desk) -> None:
    reminded = {name: DUE in words_of(desk(name).get("/")) for name in ("bertil", "cilla", "david", "sixten")}
    assert reminded == {"bertil": False, "cilla": False, "david": True, "sixten": True}


def shares(desk: Desk, name: str) -> list[tuple[str, ...]]:
    return ROW.findall(main_of(desk(name).get(UNITS)))


def test_chiefs_see_their_units_and_sas_all_without_names(desk: Desk) -> None:
    for name in ("amira", "olle"):
        read(desk, name)
    assert shares(desk, "karin") == [("Solgläntan", "1", "4")]
    assert shares(desk, "vera") == [("Ekbacken", "1", "1"), ("Solgläntan", "1", "4"), ("Äldreomsorg", "0", "1")]
    everywhere = [("Ekbacken", "1", "1"), ("Socialförvaltningen", "0", "6"), ("Solgläntan", "1", "4")]
    assert shares(desk, "sanna") == shares(desk, "david") == [*everywhere, ("Äldreomsorg", "0", "1")]
    page = words_of(desk("karin").get(UNITS))
    assert ("1 av 4 har läst och förstått. Det är 25 procent." in page, "Amira" in page) == (True, False)


def test_whoever_has_left_is_not_counted(town: Town, desk: Desk) -> None:
    act_as("system:tests")
    Person.objects.filter(pk__in=[town.jonas.pk, town.frida.pk, town.karin.pk]).update(is_active=False)
    read(desk, "amira")
    assert shares(desk, "vera")[1] == ("Solgläntan", "1", "1")


@pytest.mark.parametrize(("informed", "people", "percent"), [(0, 3, 0), (2, 3, 66), (199, 200, 99), (3, 3, 100)])
def test_a_hundred_per_cent_is_everybody(informed: int, people: int, percent: int) -> None:
    assert Share("Enhet", informed, people).percent == percent


@pytest.mark.parametrize("name", ["amira", "frida", "maja", "rut", "bertil", "sixten"])
def test_nobody_else_knows_of_the_shares(desk: Desk, name: str) -> None:
    assert desk(name).get(UNITS).status_code == 404
    assert UNITS not in main_of(desk(name).get(PAGE))


def test_the_shares_are_as_many_questions_for_one_unit_and_for_four(desk: Desk, django_assert_num_queries: Any) -> None:
    for person in (desk("karin"), desk("sanna")):
        with django_assert_num_queries(5 + SAVEPOINT):
            person.get(UNITS)


def test_a_receipt_is_never_rewritten_and_stands_in_the_log(town: Town, desk: Desk) -> None:
    read(desk, "amira")
    entry = AuditEntry.objects.get(object_table="lex_sarah_dutyreading")
    assert (entry.action, entry.actor) == ("insert", town.amira.actor_key)
    act_as("system:tests")
    for table in ("lex_sarah_dutyreading", "lex_sarah_dutytext"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a table's name)
