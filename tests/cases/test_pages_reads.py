"""Every look at a case is written down once, in the request that shows it; what cannot be written is not shown."""

from __future__ import annotations

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
from tests.desk import Desk
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
    document = Document.objects.get(reference=case.reference)
    document.file.save("x.pdf", ContentFile(b"%PDF-"), save=False)
    document.file.close()
    Document.objects.filter(pk=document.pk).update(file=document.file.name, rendered_at=AT, sha256="x")
    answer = sent(desk("karin"), "get", f"/arenden/{case.reference}/handling/investigation/1/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "application/pdf")
    assert looks(case) == [(f"person:{town.karin.pk}", "download", {"document": document.pk})]


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
