"""Underrättelser from enskilda verksamheter: through a link or written down, followed up, and no grade of ours."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, Sort, State
from avvikelse.cases.models import Case, Clock
from avvikelse.cases.operations import MoveRefused
from avvikelse.inquiries.models import Matter
from avvikelse.lex_sarah import informed
from avvikelse.lex_sarah.models import Informed, ProviderLink
from tests.desk import Desk, words_of
from tests.inquiries.stages import PDF
from tests.people import AT, DAY, Town, moved, report

ANSWERS: dict[str, Any] = {
    "contact": "Bo Lind, verksamhetschef",
    "what_happened": "En boende fick fel medicin.",
    "affected": "one",
    "occurred_on": "2026-11-14",
    "done_at_once": "Läkare ringdes.",
    "grade": "",
    "ivo": "no",
    "ivo_number": "",
}
FOLLOWED: dict[str, Any] = {"plan": "Vi läser deras utredning.", "follow_up_on": DAY + timedelta(days=30)}


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def link(town: Town, **changes: Any) -> str:
    """The secret of a link to Vård AB."""
    facts = {"provider": "Vård AB", "contact": "bo@vard.example", "actor": town.sanna, "at": AT, **changes}
    return informed.make_link(town.solglantan, **facts)


def tell(client: Client, secret: str, **changes: Any) -> Any:
    return client.post(reverse("provider_tell", args=[secret]), {**ANSWERS, "key": uuid4(), **changes})


def told(town: Town, **changes: Any) -> Case:
    """An underrättelse that SAS wrote down."""
    facts = {**ANSWERS, "occurred_on": DAY, "key": uuid4(), **changes}
    return informed.take_in(informed.Source("Vård AB", town.solglantan, entered_by=town.sanna), facts, at=AT)


# --- How it comes in


def test_the_provider_tells_through_the_link_without_an_account(desk: Desk, client: Client) -> None:
    town = desk.town
    answer = tell(client, link(town), document=SimpleUploadedFile("utredning.pdf", PDF))
    case = Case.objects.get(kind=Kind.LEX)
    assert words_of(answer).startswith(f"Underrättelsen är framme Den har nummer {case.reference}.")
    assert (case.sort, case.unit, case.reporter, case.reporter_typed, case.state, case.title) == (
        Sort.INFORMED,
        town.solglantan,
        None,
        "Bo Lind, verksamhetschef",
        State.RECEIVED,
        "Underrättelse från Vård AB",
    )
    assert [file.name for file in case.attachments.all()] == ["utredning.pdf"]
    assert Informed.objects.get(case=case).ivo == "no"
    assert [case in Case.objects.visible_to(who, DAY) for who in (town.sanna, town.karin, town.david)] == [
        True,
        False,
        False,
    ]


def test_the_same_page_sent_twice_comes_in_once(desk: Desk, client: Client) -> None:
    secret, key = link(desk.town), uuid4()
    tell(client, secret, key=key)
    tell(client, secret, key=key)
    assert Case.objects.filter(kind=Kind.LEX).count() == 1


def test_what_is_left_out_is_said_and_nothing_is_lost(desk: Desk, client: Client) -> None:
    page = tell(client, link(desk.town), contact="")
    assert page.context["form"].errors["contact"] == ["Skriv ditt namn."]
    assert "En boende fick fel medicin." in page.content.decode()
    assert not Case.objects.exists()


def test_a_file_that_is_no_document_is_refused(desk: Desk, client: Client) -> None:
    page = tell(client, link(desk.town), document=SimpleUploadedFile("x.exe", b"MZ\x90\x00"))
    assert [error.split(":")[0] for error in page.context["form"].errors["document"]] == ["x.exe"]
    assert not Case.objects.exists()


def test_a_link_that_is_wrong_old_or_revoked_gets_one_page(desk: Desk, client: Client) -> None:
    town = desk.town
    old, revoked = link(town), link(town)
    ProviderLink.objects.get(secret_hash=informed.hash_of(revoked))
    informed.revoke_link(ProviderLink.objects.get(secret_hash=informed.hash_of(revoked)), actor=town.sanna, at=AT)
    pages = [client.get(reverse("provider_tell", args=[secret])) for secret in ("hittepa", revoked)]
    with time_machine.travel(AT + timedelta(days=31), tick=False):
        pages.append(client.get(reverse("provider_tell", args=[old])))
    assert [page.status_code for page in pages] == [404, 404, 404]
    assert {words_of(page) for page in pages} == {"Länken används inte längre Be kommunens SAS om en ny länk."}


def test_a_link_may_not_be_used_too_often(desk: Desk, client: Client) -> None:
    secret = link(desk.town)
    last = [tell(client, secret) for _ in range(11)][-1]
    assert Case.objects.filter(kind=Kind.LEX).count() == 10
    assert last.context["form"].non_field_errors() == [
        "Många underrättelser har skickats på kort tid. Vänta en kvart och skicka igen. Det du skrev står kvar."
    ]


def test_the_secret_of_a_link_is_shown_once_and_kept_nowhere(desk: Desk) -> None:
    facts = {"provider": "Vård AB", "contact": "bo@vard.example", "unit": desk.town.solglantan.pk}
    page = desk("sanna").post(reverse("provider_link_new"), facts)
    found = re.search(r"/underrattelse/([\w-]+)/", page.content.decode())
    assert found
    row = ProviderLink.objects.get()
    assert (row.secret_hash, row.expires_on) == (informed.hash_of(found.group(1)), DAY + timedelta(days=30))
    assert found.group(1) not in desk("sanna").get(reverse("provider_links")).content.decode()


def test_a_link_is_only_ever_revoked(desk: Desk) -> None:
    link(desk.town)
    act_as("system:tests")
    with pytest.raises(DatabaseError), transaction.atomic():
        ProviderLink.objects.update(expires_on=DAY + timedelta(days=999))
    row = ProviderLink.objects.get()
    desk("sanna").post(reverse("provider_link_revoke", args=[row.pk]))
    row.refresh_from_db()
    assert not row.is_open(DAY)


def test_only_sas_knows_of_the_pages(desk: Desk) -> None:
    pages = ("provider_links", "informed_new", "provider_link_new")
    answers = {name: [desk(name).get(reverse(page)).status_code for page in pages] for name in desk.town.people}
    assert {name for name, codes in answers.items() if codes == [200, 200, 200]} == {"sanna"}
    assert {name for name, codes in answers.items() if codes == [404, 404, 404]} == set(desk.town.people) - {"sanna"}


def test_sas_writes_down_what_was_told_in_another_way(desk: Desk) -> None:
    facts = {**ANSWERS, "provider": "Vård AB", "unit": desk.town.solglantan.pk, "key": uuid4()}
    desk("sanna").post(reverse("informed_new"), facts)
    case = Case.objects.get(kind=Kind.LEX)
    assert (case.entered_by, case.reporter, Informed.objects.get(case=case).link) == (desk.town.sanna, None, None)


# --- What is done with it


def test_an_underrattelse_is_followed_up_and_closed(town: Town) -> None:
    case = moved(told(town), "begin_following", town.sanna, **FOLLOWED)
    assert (case.state, Informed.objects.get(case=case).plan) == (State.FOLLOWING_UP, "Vi läser deras utredning.")
    clocks = {row.rule: bool(row.met_at) for row in Clock.objects.filter(case=case)}
    assert clocks == {"reception": True, "follow_up": False}
    case = moved(case, "complete", town.sanna, grade="serious", ivo="yes", ivo_number="3.1-7/2026")
    case = moved(case, "end_following", town.sanna, outcome="De har ändrat rutinen.", lesson="Dubbla signaturer.")
    row = Informed.objects.get(case=case)
    assert (case.state, row.grade, row.ivo_number, row.outcome) == (
        State.CLOSED,
        "serious",
        "3.1-7/2026",
        "De har ändrat rutinen.",
    )
    assert Matter.objects.get(case=case).lesson == "Dubbla signaturer."
    assert not case.rulings.exists()
    assert moved(case, "take_up", town.sanna, why="Nytt.", follow_up_on=DAY).state == State.FOLLOWING_UP


def test_it_is_not_ended_before_the_provider_has_said_how_grave_it_was(town: Town) -> None:
    case = moved(told(town), "begin_following", town.sanna, **FOLLOWED)
    with pytest.raises(MoveRefused) as refused:
        moved(case, "end_following", town.sanna, outcome="Bra.", lesson="Inget.")
    assert refused.value.sentences == ["Verksamheten har inte sagt hur den bedömde det. Välj Komplettera när du vet."]


@pytest.mark.parametrize("name", ["register", "reappoint"])
def test_the_municipality_does_not_investigate_it(town: Town, name: str) -> None:
    case = told(town)
    with pytest.raises(MoveRefused) as refused:
        moved(case, name, town.sanna)
    assert "Det går inte i ett ärende av den här sorten." in refused.value.sentences


def test_a_report_of_our_own_is_not_followed_up_as_theirs(town: Town) -> None:
    with pytest.raises(MoveRefused) as refused:
        moved(report(town, kind=Kind.LEX), "begin_following", town.sanna, **FOLLOWED)
    assert refused.value.sentences == ["Det går inte i ett ärende av den här sorten."]


def test_the_page_offers_only_what_can_be_done_with_it(desk: Desk) -> None:
    case = told(desk.town)
    page = desk("sanna").get(reverse("case_page", args=[case.reference]))
    offered = [page.context["main"].move.name, *(choice.move.name for choice in page.context["others"])]
    assert offered == ["begin_following", "ask_statement", "point_out", "set_number", "mask", "complete"]
    assert "Verksamhetens bedömning Inte bedömt än" in words_of(page)
