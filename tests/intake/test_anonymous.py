"""Nothing on the server ties an anonymous report to the one who wrote it."""

import json
import logging
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.models import Attachment, Case, CaseEvent
from avvikelse.intake.codes import hash_of, read_code
from avvikelse.intake.models import Draft, DraftFile
from tests.intake.reports import address, only_case, send_all, send_checked, typed
from tests.people import Town

pytestmark = pytest.mark.django_db


def every_row() -> dict[str, str]:
    """All rows of every table as text, by table.

    Accounts and roles are known without any report; what handlers have hidden the program itself may not read.
    """
    found = {}
    known = {"organisation_person", "organisation_assignment", "django_session", "account_emailaddress"}
    known |= {"inquiries_concealment"}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - known:
            cursor.execute(f"SELECT coalesce(jsonb_agg(t), '[]')::text FROM \"{table}\" t")  # noqa: S608
            found[table] = cursor.fetchone()[0]
    return found


def test_an_anonymous_report_has_no_reporter_and_its_draft_is_gone(amira: Client, town: Town) -> None:
    send_all(amira, typed(town, name="anonymous"))
    case = only_case()
    assert (case.reporter, case.entered_by, case.reporter_typed, case.is_anonymous) == (None, None, "", True)
    assert Draft.objects.count() == 0
    assert [(event.actor, event.actor_name) for event in CaseEvent.objects.all()] == [(None, "Anonym")]
    assert list(Case.objects.reported_by(town.amira)) == []


def test_no_row_of_any_table_names_the_writer_or_the_draft(amira: Client, town: Town) -> None:
    key = uuid4()
    before = every_row()
    amira.post(address("vad-hande/", key), {"what_happened": "Jag började här."})
    upload = {"attached": plain_file()}
    amira.post(address("filer/", key), upload)
    send_checked(amira, typed(town, name="anonymous"), key)
    amira.get(address("kvitto/", key))
    after = every_row()
    person = town.amira
    names = (str(key), person.email, person.name, person.actor_key)
    for table, rows in after.items():
        earlier = json.loads(before[table])
        told = json.dumps([row for row in json.loads(rows) if row not in earlier])
        assert [name for name in names if name in told] == [], table
    assert AuditEntry.objects.filter(actor=person.actor_key).count() == 0
    assert Attachment.objects.get().added_by is None
    assert DraftFile.objects.count() == 0


def plain_file() -> SimpleUploadedFile:
    return SimpleUploadedFile("amiras anteckning.txt", b"Anteckning", "text/plain")


def test_the_session_knows_nothing_of_the_report(amira: Client, town: Town) -> None:
    def sessions() -> list[dict[str, object]]:
        return [session.get_decoded() for session in Session.objects.all()]

    before = sessions()
    key = uuid4()
    send_checked(amira, typed(town, name="anonymous"), key)
    amira.get(address("kvitto/", key))
    assert sessions() == before


def test_the_code_is_shown_on_the_receipt_and_only_its_hash_is_stored(amira: Client, town: Town) -> None:
    key = uuid4()
    send_all(amira, typed(town, name="anonymous"), key)
    code = read_code(amira.get(address("kvitto/", key)).context["receipt"].code)
    case = only_case()
    assert case.receipt_hash == hash_of(code)
    assert [table for table, rows in every_row().items() if code in rows] == []


def test_without_the_browsers_cookie_even_the_writer_finds_no_way_to_the_report(amira: Client, town: Town) -> None:
    key = uuid4()
    send_all(amira, typed(town, name="anonymous"), key)
    del amira.cookies["rapport"]
    assert amira.get(address("kvitto/", key)).headers["Location"] == address("kontrollera/", key)
    assert amira.get(address("kvitto.pdf", key)).status_code == 404


def test_neither_key_nor_code_comes_in_a_log(amira: Client, town: Town, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    key = uuid4()
    send_all(amira, typed(town, name="anonymous"), key)
    code = amira.get(address("kvitto/", key)).context["receipt"].code
    logged = caplog.text
    assert (code in logged, read_code(code) in logged, "Morgonbesöket" in logged) == (False, False, False)


def test_an_anonymous_report_about_the_chief_passes_her_by_too(amira: Client, town: Town) -> None:
    send_checked(amira, typed(town, name="anonymous", about_chief="yes"))
    case = only_case()
    assert Case.objects.visible_to(town.karin, case.received_on).count() == 0
