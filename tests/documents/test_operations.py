"""Taking a number, freezing the content, printing once and never changing it again."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.celery import app
from avvikelse.documents import render, tasks
from avvikelse.documents.models import Document
from avvikelse.documents.operations import (
    DocumentChanged,
    printed,
    refuse_unplain,
    render_document,
    render_waiting,
    take_document,
)
from avvikelse.organisation.models import Person
from tests.documents.samples import investigation
from tests.people import AT

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media"


@pytest.fixture
def jonas(db: None) -> Person:  # noqa: ARG001 (what makes the database reachable)
    with transaction.atomic():
        act_as("system:tests")
        return Person.objects.create(email="jonas.berg@ekhamn.example", name="Jonas Berg", title="gruppledare")


def take(actor: Person, reference: str = "AVV-2026-0042", **changes: Any) -> Document:
    return take_document(
        **{
            "reference": reference,
            "sort": Document.Sort.INVESTIGATION,
            "title": f"Utredning av avvikelse {reference}",
            "template": "investigation",
            "content": investigation(),
            "actor": actor,
            "at": AT,
            **changes,
        }
    )


def test_numbers_run_from_one_in_each_case(jonas: Person) -> None:
    taken = [take(jonas, reference) for reference in ("AVV-2026-0001", "AVV-2026-0001", "AVV-2026-0002")]
    assert [document.number for document in taken] == [1, 2, 1]


@pytest.mark.django_db(transaction=True)
def test_no_number_is_given_twice_or_skipped_when_many_conclude_at_once(jonas: Person) -> None:
    def take_one(_: int) -> int:
        try:
            return take(jonas).number
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(take_one, range(20))) == list(range(1, 21))


def test_the_content_is_kept_as_it_was_when_the_document_was_taken(jonas: Person) -> None:
    content = investigation()
    document = take(jonas, content=content)
    content["causes"].clear()
    kept = Document.objects.get(pk=document.pk)
    assert (kept.content, kept.taken_by, kept.taken_by_label, kept.taken_at, kept.rendered_at) == (
        investigation(),
        jonas,
        "Jonas Berg, gruppledare",
        AT,
        None,
    )


@pytest.mark.parametrize("value", [None, 1.5, AT, AT.date(), ("tuple",), {1: "x"}, [{"a": [None]}], b"x", {"x"}])
def test_a_content_that_cannot_be_frozen_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        refuse_unplain({"inner": value})


def test_taking_and_printing_are_in_the_audit(jonas: Person) -> None:
    document = take(jonas)
    render_document(document.pk, at=AT)
    entries = AuditEntry.objects.filter(object_table="documents_document", object_id=document.pk).order_by("id")
    assert list(entries.values_list("actor", "action")) == [
        (jonas.actor_key, "insert"),
        ("system:documents", "update"),
    ]


def test_the_printed_file_is_the_one_that_was_hashed(jonas: Person, media: Path) -> None:
    document = take(jonas)
    assert render_document(document.pk, at=AT)
    document.refresh_from_db()
    pdf = Path(document.file.path).read_bytes()
    assert (document.sha256, document.rendered_at, document.failure) == (sha256(pdf).hexdigest(), AT, "")
    assert printed(document) == pdf
    assert [path.name for path in (media / "documents").iterdir()] == [Path(document.file.path).name]


def test_printing_twice_is_printing_once(jonas: Person, media: Path) -> None:
    document = take(jonas)
    assert [render_document(document.pk, at=AT), render_document(document.pk, at=AT)] == [True, False]
    assert len(list((media / "documents").iterdir())) == 1


@pytest.mark.django_db(transaction=True)
def test_printing_at_the_same_time_is_printing_once(jonas: Person, media: Path) -> None:
    document = take(jonas)

    def print_it(_: int) -> bool:
        try:
            return render_document(document.pk, at=AT)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(print_it, range(4))) == [False, False, False, True]
    assert len(list((media / "documents").iterdir())) == 1


def test_what_waits_is_printed_and_one_that_cannot_be_holds_up_no_other(jonas: Person) -> None:
    broken, whole = take(jonas, template="nowhere"), take(jonas)
    assert render_waiting(at=AT) == 1
    broken.refresh_from_db()
    whole.refresh_from_db()
    assert whole.rendered_at == AT
    assert (broken.rendered_at, broken.attempts, broken.failure, broken.retry_at) == (
        None,
        1,
        render.FAILED,
        AT + timedelta(minutes=1),
    )


def test_what_failed_is_tried_again_later_and_later(jonas: Person) -> None:
    document = take(jonas, template="nowhere")
    waits = []
    at = AT
    for _ in range(12):
        render_waiting(at=at)
        document.refresh_from_db()
        assert document.retry_at is not None
        waits.append(document.retry_at - at)
        assert list(Document.objects.waiting(document.retry_at - timedelta(seconds=1))) == []
        at = document.retry_at
    assert waits == [timedelta(minutes=min(2**attempt, 360)) for attempt in range(12)]


def test_a_full_or_broken_disk_leaves_no_half_file_and_is_tried_again(
    jonas: Person, settings: Settings, tmp_path: Path
) -> None:
    document = take(jonas)
    (tmp_path / "occupied").write_text("")
    settings.MEDIA_ROOT = tmp_path / "occupied"
    assert not render_document(document.pk, at=AT)
    document.refresh_from_db()
    assert (document.rendered_at, document.file.name, document.failure) == (None, "", render.FAILED)


def remove(path: Path) -> None:
    path.unlink()


def change(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(path.read_bytes() + b" ")


@pytest.mark.parametrize("harm", [remove, change])
def test_a_file_that_is_not_the_locked_one_is_never_shown(jonas: Person, harm: Callable[[Path], None]) -> None:
    document = take(jonas)
    render_document(document.pk, at=AT)
    document.refresh_from_db()
    harm(Path(document.file.path))
    with pytest.raises(DocumentChanged, match=r"^Filen .*\. Säg till systemförvaltaren\.$"):
        printed(document)


CHANGES: dict[str, dict[str, Any]] = {
    "content": {"content": {}},
    "number": {"number": 9},
    "reference": {"reference": "AVV-2026-0001"},
    "title": {"title": "Något annat"},
    "template": {"template": "receipt"},
    "taken at": {"taken_at": AT + timedelta(days=1)},
    "taken by": {"taken_by": None},
    "taken by, in words": {"taken_by_label": "Någon annan"},
}
PRINTED_CHANGES: dict[str, dict[str, Any]] = {
    **CHANGES,
    "hash": {"sha256": "0" * 64},
    "file": {"file": "documents/annan.pdf"},
    "not printed": {"sha256": "", "file": "", "rendered_at": None},
    "attempts": {"attempts": 7},
    "nothing": {"failure": ""},
}


@pytest.fixture
def as_tests(jonas: Person) -> Person:
    act_as("system:tests")
    return jonas


@pytest.mark.parametrize("changes", CHANGES.values(), ids=CHANGES.keys())
def test_the_database_refuses_to_change_what_was_taken(as_tests: Person, changes: dict[str, Any]) -> None:
    document = take(as_tests)
    with pytest.raises(DatabaseError, match="document 1 of AVV-2026-0042 is locked"):
        Document.objects.filter(pk=document.pk).update(**changes)


@pytest.mark.parametrize("changes", PRINTED_CHANGES.values(), ids=PRINTED_CHANGES.keys())
def test_the_database_refuses_to_change_anything_once_printed(as_tests: Person, changes: dict[str, Any]) -> None:
    document = take(as_tests)
    act_as("system:tests")
    Document.objects.filter(pk=document.pk).update(sha256="a" * 64, file="documents/x.pdf", rendered_at=AT)
    with pytest.raises(DatabaseError, match="document 1 of AVV-2026-0042 is locked"):
        Document.objects.filter(pk=document.pk).update(**changes)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        ("DELETE FROM documents_document", "document 1 of AVV-2026-0042 is locked"),
        ("TRUNCATE documents_document", "permission denied"),
        ("ALTER TABLE documents_document DISABLE TRIGGER document_stays", "must be owner"),
        ("SET session_replication_role = replica", "permission denied"),
        ("DROP FUNCTION document_stays CASCADE", "must be owner"),
    ],
)
def test_the_program_itself_cannot_take_a_document_away(as_tests: Person, statement: str, refusal: str) -> None:
    take(as_tests)
    with pytest.raises(DatabaseError, match=refusal), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.parametrize(
    "half", [{"sha256": "a" * 64}, {"file": "documents/x.pdf"}, {"rendered_at": AT}, {"sha256": "a" * 64, "file": "x"}]
)
def test_a_document_is_printed_wholly_or_not_at_all(as_tests: Person, half: dict[str, Any]) -> None:
    document = take(as_tests)
    with pytest.raises(IntegrityError, match="document_printed_wholly"):
        Document.objects.filter(pk=document.pk).update(**half)


def test_a_broker_that_is_gone_disturbs_nobody(
    jonas: Person, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app.conf, "broker_write_url", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(app.amqp, "_producer_pool", None)
    waits: list[float] = []
    monkeypatch.setattr("kombu.utils.functional.sleep", waits.append)
    with django_capture_on_commit_callbacks(execute=True) as woken:
        document = take(jonas)
    assert (len(woken), waits) == (1, [])
    assert render_waiting(at=AT) == 1
    assert Document.objects.get(pk=document.pk).rendered_at == AT


def test_the_wake_up_and_the_tick_name_tasks_that_exist(settings: Settings) -> None:
    ticks = [
        entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values() if entry["task"].startswith("documents.")
    ]
    assert ticks == [tasks.render_waiting.name]
    assert tasks.render.name == "documents.render"
    assert ticks[0] in app.tasks
