"""Every change leaves a trace in the same transaction, and the program's own role cannot touch the traces."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as, record_read
from avvikelse.cases.models import Case, Report
from avvikelse.organisation.models import Unit
from tests.people import assessed, build_town, report

pytestmark = pytest.mark.django_db


def test_an_insert_an_update_and_a_bulk_update_are_written_with_who_did_it() -> None:
    town = build_town()
    case = assessed(town, report(town))
    act_as("person:7")
    Case.objects.filter(pk=case.pk).update(title="Ny rubrik")
    rows = AuditEntry.objects.filter(object_table="cases_case", object_id=case.pk).order_by("pk")
    assert [(row.action, row.actor) for row in rows] == [
        ("insert", f"person:{town.amira.pk}"),
        ("update", f"person:{town.karin.pk}"),
        ("update", "person:7"),
    ]
    assert (rows[2].before, rows[2].after) == ({"title": "Utebliven insats på morgonen"}, {"title": "Ny rubrik"})


def test_raw_sql_is_written_too() -> None:
    town = build_town()
    act_as("person:7")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE organisation_unit SET name = 'Nya Solgläntan' WHERE id = %s", [town.solglantan.pk])
    entry = AuditEntry.objects.filter(object_table="organisation_unit", action="update").latest("pk")
    assert (entry.actor, entry.after) == ("person:7", {"name": "Nya Solgläntan"})


def test_a_password_is_never_in_the_log() -> None:
    build_town()
    entries = AuditEntry.objects.filter(object_table="organisation_person")
    assert [entry for entry in entries if "password" in (entry.after or {})] == []


def test_a_change_without_an_actor_is_refused() -> None:
    build_town()
    act_as("person:7")
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', '', true)")
    with pytest.raises(DatabaseError, match="needs an actor"), transaction.atomic():
        Unit.objects.update(name="X")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_auditentry SET actor = 'person:1'",
        "DELETE FROM audit_auditentry",
        "TRUNCATE audit_auditentry",
        "INSERT INTO audit_auditentry (actor, action, object_table) VALUES ('person:1', 'read', 'cases_case')",
        "ALTER TABLE cases_case DISABLE TRIGGER audit_change",
        "DROP TRIGGER audit_change ON cases_case",
        "SET session_replication_role = replica",
        "DROP TABLE audit_auditentry",
        "CREATE OR REPLACE FUNCTION audit_row() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
    ],
)
def test_the_programs_role_cannot_touch_the_log(statement: str) -> None:
    with (
        pytest.raises(DatabaseError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE cases_report SET consequences = 'Inga'",
        "DELETE FROM cases_report",
        "UPDATE cases_caseevent SET actor_name = 'Någon annan'",
        "DELETE FROM cases_caseevent",
        "UPDATE cases_assessment SET severity = 1",
        "DELETE FROM cases_message",
    ],
)
def test_what_a_person_wrote_is_not_rewritten(statement: str) -> None:
    town = build_town()
    case = assessed(town, report(town))
    case.messages.create(author=town.karin, from_reporter=False, text="Hej", at=case.received_at)
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert Report.objects.get(case=case).consequences == "Hon var orolig och hungrig."


def test_announcing_an_event_is_the_one_change_it_may_have() -> None:
    town = build_town()
    case = report(town)
    assert case.events.update(announced_at=case.received_at) == 1


def test_a_read_is_written_and_refuses_the_anonymous() -> None:
    record_read("person:7", action="read", table="cases_case", object_id=3, reference="AVV-2026-0001", role="SAS")
    entry = AuditEntry.objects.get(action="read")
    assert (entry.actor, entry.role, entry.reference) == ("person:7", "SAS", "AVV-2026-0001")
    with pytest.raises(ValueError, match="needs an actor"):
        record_read("", action="read", table="cases_case")
