"""Every look at a case is written down once, in the request that shows it; what cannot be written is not shown."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import DatabaseError
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.documents.operations import store
from tests.desk import Desk, main_of, words_of
from tests.people import AT, Town
from tests.stages import acting, with_measure

READING = ("read", "download", "reveal", "measure")


def looks(case: Case) -> list[tuple[str, str, dict[str, Any]]]:
    """(actor, action, context) of every look at the case, oldest first."""
    rows = AuditEntry.objects.filter(reference=case.reference, action__in=READING).order_by("pk")
    return list(rows.values_list("actor", "action", "context"))


@pytest.fixture
def case(town: Town, settings: Any, tmp_path: Any) -> Case:
    """A case with a file, a printed document, a noted name and a measure."""
    settings.MEDIA_ROOT = tmp_path
    made = acting(town)
    with_measure(town, made.causes.get(), owner="olle")
    add_affected(made, name="Nils Ek", identity_number="", actor=town.karin, at=AT)
    act_as("system:tests")
    made.attachments.create(
        file=ContentFile(b"x", "bild.png"),
        name="bild.png",
        content_type="image/png",
        size=1,
        sha256="x",
        from_reporter=True,
        added_at=AT,
    ).file.close()
    return made


def shown_pages(case: Case) -> list[tuple[str, str, str, str, dict[str, Any]]]:
    """(who, method, path, action, context) of every page that shows something of the case."""
    base = f"/arenden/{case.reference}/"
    file = case.attachments.get().pk
    affected = case.affected_people.get().pk
    cause, measure = case.causes.get().pk, case.causes.get().measures.get().pk
    document = Document.objects.get(reference=case.reference).pk
    mine = {"as": "reporter"}
    return [
        ("karin", "get", base, "read", {}),
        ("karin", "get", f"{base}follow_up/", "read", {}),
        ("karin", "post", f"{base}follow_up/", "read", {}),
        ("karin", "get", f"{base}berorda/", "read", {}),
        ("karin", "post", f"{base}berorda/", "read", {}),
        ("karin", "post", f"{base}berorda/{affected}/visa/", "reveal", {}),
        ("karin", "get", f"{base}lasare/", "read", {}),
        ("karin", "get", f"{base}fil/{file}/", "download", {"file": file}),
        ("karin", "get", f"{base}handling/investigation/1/", "read", {"document": document}),
        ("jonas", "get", f"/utredning/{case.reference}/", "read", {}),
        ("jonas", "get", f"/orsak/{case.reference}/ny/", "read", {}),
        ("jonas", "get", f"/orsak/{cause}/stryk/", "read", {}),
        ("jonas", "get", f"/orsak/{cause}/utan-atgard/", "read", {}),
        ("jonas", "get", f"/orsak/{cause}/atgard/", "read", {}),
        ("karin", "get", f"/atgard/{measure}/beslut/", "read", {}),
        ("olle", "get", f"/atgard/{measure}/klar/", "measure", {"measure": measure}),
        ("amira", "get", f"/mina-rapporter/{case.reference}/", "read", mine),
        ("amira", "get", f"{base}make_improvement/", "read", mine),
        ("amira", "get", f"{base}fil/{file}/", "download", {"file": file, **mine}),
    ]


def sent(client: Client, method: str, path: str) -> Any:
    """The answer, a file in it read and closed."""
    answer = getattr(client, method)(path)
    if answer.streaming:
        assert b"".join(answer.streaming_content) != b""
        for close in answer._resource_closers:
            close()
    return answer


def test_every_look_is_written_once_with_who_and_what(town: Town, desk: Desk, case: Case) -> None:
    for name, method, path, action, context in shown_pages(case):
        before = len(looks(case))
        assert sent(desk(name), method, path).status_code in {200, 202}, path
        assert looks(case)[before:] == [(f"person:{town.people[name].pk}", action, context)], path


def test_a_printed_document_is_a_download(town: Town, desk: Desk, case: Case) -> None:
    document = with_print(case)
    answer = sent(desk("karin"), "get", PAPER)
    kind, where = answer.headers["Content-Type"], answer.headers["Content-Disposition"]
    assert (answer.status_code, kind, where) == (
        200,
        "application/pdf",
        'inline; filename="AVV-2026-0001-utredning-1.pdf"',
    )
    assert looks(case) == [(f"person:{town.karin.pk}", "download", {"document": document.pk})]


PAPER = "/arenden/AVV-2026-0001/handling/investigation/1/"


def with_print(case: Case) -> Document:
    """The case's document, as the worker leaves it."""
    document = Document.objects.get(reference=case.reference)
    Document.objects.filter(pk=document.pk).update(
        file=store(b"%PDF-"), rendered_at=AT, sha256=hashlib.sha256(b"%PDF-").hexdigest()
    )
    document.refresh_from_db()
    return document


def gone(path: Path) -> None:
    path.unlink()


def changed(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"%PDF-2")


def emptied(path: Path) -> None:
    path.chmod(0o600)
    path.write_bytes(b"")


@pytest.mark.parametrize("tamper", [gone, changed, emptied])
def test_a_document_that_is_not_what_was_locked_is_not_shown(
    town: Town, desk: Desk, case: Case, tamper: Callable[[Path], None], caplog: pytest.LogCaptureFixture
) -> None:
    document = with_print(case)
    tamper(Path(document.file.path))
    answer = desk("karin").get(PAPER)
    assert (answer.status_code, b"%PDF" in answer.content) == (409, False)
    assert "Filen stämmer inte med det som låstes." in words_of(answer)
    assert "Säg till systemförvaltaren, som behöver hämta tillbaka filen från säkerhetskopian." in words_of(answer)
    assert looks(case) == [(f"person:{town.karin.pk}", "read", {"document": document.pk})]
    said = f"a file of AVV-2026-0001 is gone or is not the one that was stored: {{'document': {document.pk}}}"
    assert [(row.levelname, row.message) for row in caplog.records if row.name == "avvikelse.cases.views"] == [
        ("ERROR", said)
    ]


@pytest.mark.parametrize(
    ("name", "way_back"), [("karin", "/arenden/AVV-2026-0001/"), ("amira", "/mina-rapporter/AVV-2026-0001/")]
)
def test_a_file_that_is_gone_says_who_can_bring_it_back(
    desk: Desk, case: Case, name: str, way_back: str, caplog: pytest.LogCaptureFixture
) -> None:
    file = case.attachments.get()
    Path(file.file.path).unlink()
    answer = desk(name).get(f"/arenden/{case.reference}/fil/{file.pk}/")
    assert (answer.status_code, f'href="{way_back}"' in main_of(answer)) == (404, True)
    assert "Filen finns inte där den ska ligga. Säg till systemförvaltaren" in words_of(answer)
    assert [(action, context["file"]) for _, action, context in looks(case)] == [("read", file.pk)]
    assert [row.levelname for row in caplog.records if row.name == "avvikelse.cases.views"] == ["ERROR"]


def test_the_role_in_which_one_read_is_written(desk: Desk, case: Case) -> None:
    desk("karin").get(f"/arenden/{case.reference}/")
    assert AuditEntry.objects.filter(reference=case.reference, action="read").latest("pk").role == "Enhetschef"


LISTS: list[tuple[str, str, list[str]]] = [
    ("karin", "/", ["AVV-2026-0001", "AVV-2026-0001"]),
    ("karin", "/att-gora/", ["AVV-2026-0001"]),
    ("karin", "/arenden/", ["AVV-2026-0001"]),
    ("karin", "/atgarder/", ["AVV-2026-0001"]),
    ("olle", "/atgarder/", ["AVV-2026-0001"]),
    ("amira", "/mina-rapporter/", ["AVV-2026-0001"]),
    ("amira", "/", ["AVV-2026-0001"]),
    ("olle", "/arenden/", []),
]


@pytest.mark.parametrize(("name", "path", "expected"), LISTS, ids=[f"{row[0]}-{row[1]}" for row in LISTS])
def test_a_list_writes_one_row_with_the_numbers_it_showed(
    town: Town, desk: Desk, case: Case, name: str, path: str, expected: list[str]
) -> None:
    person = desk(name)
    if (name, path) == ("karin", "/"):
        case.causes.get().measures.update(owner=town.karin)
    person.get(path)
    rows = AuditEntry.objects.filter(actor=f"person:{town.people[name].pk}", action="list")
    assert [row.context for row in rows] == [{"shown": expected}]


def refusing(client: Client) -> Client:
    client.raise_request_exception = False
    return client


def test_what_cannot_be_written_is_not_shown(desk: Desk, case: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = shown_pages(case)

    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("the log is full")

    for room in ("cases.viewer", "cases.affected"):
        monkeypatch.setattr(f"avvikelse.{room}.record_read", full)
    secrets = (case.title, case.what_happened, "Nils", "Ändringar kvitteras inte.")
    for name, method, path, *_ in pages:
        answer = sent(refusing(desk(name)), method, path)
        text = answer.content.decode()
        assert (answer.status_code, [secret for secret in secrets if secret in text]) == (500, []), path
