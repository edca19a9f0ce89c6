"""The registrator's page: number, kind and date of what is to be registered, and never what it says."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.engine import Goes, Move, Step, Told, Workflow, workflow_of
from avvikelse.cases.forms import MoveForm
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.cases.rules import Who
from avvikelse.organisation.roles import Role
from tests.desk import TAGS, Desk, main_of, words_of
from tests.people import AT, DAY, Town, deputy, moved, report

SECRET = "Morgonbesöket klockan åtta blev inte av."
LEX, VSK, IVO = "LEX-2026-0001", "VSK-2026-0001", "IVO-2026-0001"


def registered(town: Town) -> dict[str, Case]:
    return {
        kind: report(town, kind=kind, at=AT - timedelta(days=age)) for age, kind in enumerate(("LEX", "VSK", "IVO"))
    }


def rows(desk: Desk, name: str = "rut") -> list[str]:
    """What each row of the page says."""
    found = main_of(desk(name).get("/diarium/")).split('<tr role="row"><th role="rowheader"')[1:]
    cut = [row.partition(">")[2].partition("</tr>")[0] for row in found]
    return [" ".join(TAGS.sub(" ", row).split()) for row in cut]


def test_what_is_to_be_registered_stands_with_what_lacks_a_number_first(town: Town, desk: Desk) -> None:
    cases = registered(town)
    report(town)
    moved(cases["LEX"], "set_number", town.sanna, diary_number="SN 2026/1")
    Case.objects.filter(pk=cases["IVO"].pk).update(state=State.CANCELLED)
    assert rows(desk) == [
        f"{VSK} Vårdskada i går saknas Ange diarienummer {VSK}",
        f"{LEX} Lex Sarah i dag SN 2026/1 Ange diarienummer {LEX}",
        f"{IVO} IVO-ärende 14 nov saknas –",
    ]


def test_nothing_of_what_a_case_says_is_shown(town: Town, desk: Desk) -> None:
    cases = registered(town)
    pages = ["/diarium/", *(f"/diarium/{case.reference}/set_number/" for case in cases.values())]
    said = [desk("rut").get(page).content.decode() for page in pages]
    hidden = [SECRET, cases["LEX"].title, "Amira", "Solgläntan", "orolig"]
    assert [word for word in hidden for page in said if word in page] == []
    assert [desk("rut").get(f"/arenden/{case.reference}/").status_code for case in cases.values()] == [404] * 3
    assert not Case.objects.visible_to(town.rut, DAY).exists()


def test_the_registrator_sets_the_number_and_it_stands_on_the_case(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    assert "Diarienummer inget än" in words_of(desk("sanna").get(f"/arenden/{LEX}/"))
    address = f"/diarium/{LEX}/set_number/"
    answer = desk("rut").post(address, {"version": case.version, "diary_number": " SN  2026/123 "}, follow=True)
    assert "Klart. Du angav diarienumret SN 2026/123." in answer.content.decode()
    page = words_of(desk("sanna").get(f"/arenden/{LEX}/"))
    assert ("Diarienummer SN 2026/123" in page, "Rut Alm angav diarienumret SN 2026/123." in page) == (True, True)
    moved(case, "set_number", town.sanna, diary_number="SN 2026/124")
    assert "ändrade diarienumret från SN 2026/123 till SN 2026/124" in words_of(desk("sanna").get(f"/arenden/{LEX}/"))


def test_a_number_must_be_written(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    answer = desk("rut").post(f"/diarium/{LEX}/set_number/", {"version": case.version, "diary_number": ""})
    assert "Skriv diarienumret." in words_of(answer)


def test_whoever_is_pointed_out_or_leans_on_one_has_the_case_in_no_diary(town: Town, desk: Desk) -> None:
    deputy(town.rut, town.olle, Role.REGISTRAR, town.administration)
    case = report(town, kind=Kind.LEX, implicated=(town.rut,))
    assert (rows(desk), rows(desk, "olle")) == ([], [])
    assert "Inget att diarieföra än" in words_of(desk("rut").get("/diarium/"))
    assert desk("rut").get(f"/diarium/{case.reference}/set_number/").status_code == 404


def test_every_look_is_logged(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    desk("rut").get("/diarium/")
    desk("rut").get(f"/diarium/{LEX}/set_number/")
    looks = AuditEntry.objects.filter(actor=town.rut.actor_key).order_by("pk")
    assert [(look.action, look.reference, look.context.get("as")) for look in looks] == [
        ("list", "", None),
        ("read", case.reference, "registrar"),
    ]


def test_who_was_later_reads_that_something_happened_and_not_what(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    moved(case, "set_number", town.sanna, diary_number="SN 2026/1")
    answer = desk("rut").post(f"/diarium/{LEX}/set_number/", {"version": 1, "diary_number": "SN 2026/2"})
    assert (answer.status_code, "Någon arbetade med ärendet" in words_of(answer)) == (409, True)
    assert "Sanna" not in main_of(answer)


class MinutesForm(MoveForm):
    minutes = forms.FileField(label="Protokollsutdrag")


def keep(step: Step) -> Told:
    return Told(f"lade in {step.facts['minutes'].name}")


RECORD = Move(
    name="record_decision",
    label="Registrera nämndens beslut",
    sources=(State.PROPOSED,),
    target=State.DECIDED,
    who=frozenset({Who.REGISTRAR}),
    past="lade in beslutet",
    asks=MinutesForm,
    does=keep,
)
SAS_ALONE = replace(RECORD, name="decide", who=frozenset({Who.SAS}))


@pytest.fixture
def recording(monkeypatch: pytest.MonkeyPatch) -> None:
    """A lex Sarah whose table lets the registrator record a decision with a file, and SAS alone decide."""
    table = workflow_of(Kind.LEX)
    number = table.move("set_number")
    assert number
    changed = replace(table, moves=(number, RECORD, SAS_ALONE))

    def table_of(kind: str) -> Workflow:
        return changed if kind == Kind.LEX else workflow_of(kind)

    monkeypatch.setattr("avvikelse.cases.diary.workflow_of", table_of)
    monkeypatch.setattr("avvikelse.cases.operations.workflow_of", table_of)


@pytest.mark.usefixtures("recording")
def test_any_move_that_the_table_gives_the_registrator_is_made_from_here_with_its_files(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    assert rows(desk)[0] == f"{LEX} Lex Sarah i dag saknas Ange diarienummer {LEX} Registrera nämndens beslut {LEX}"
    minutes = SimpleUploadedFile("protokoll.pdf", b"%PDF-")
    answer = desk("rut").post(
        f"/diarium/{LEX}/record_decision/", {"version": case.version, "minutes": minutes}, follow=True
    )
    assert "Klart. Du lade in protokoll.pdf." in answer.content.decode()
    assert Case.objects.get(pk=case.pk).state == State.DECIDED


@pytest.mark.usefixtures("recording")
def test_no_other_move_is_made_from_here(town: Town, desk: Desk) -> None:
    case = registered(town)["LEX"]
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    found = [desk("rut").get(f"/diarium/{LEX}/{move}/").status_code for move in ("decide", "nonsense")]
    assert found == [404, 404]


@pytest.mark.usefixtures("recording")
def test_a_move_that_is_not_possible_yet_says_so(town: Town, desk: Desk) -> None:
    registered(town)
    assert "Ärendet har redan gått vidare." in words_of(desk("rut").get(f"/diarium/{LEX}/record_decision/"))


def test_only_a_registrator_has_the_page_in_the_menu(town: Town, desk: Desk) -> None:
    found = {name for name in town.people if 'href="/diarium/"' in desk(name).get("/").content.decode()}
    assert found == {"rut"}


def test_setting_the_number_moves_nothing() -> None:
    found = {kind: workflow_of(kind).move("set_number") for kind in ("LEX", "VSK", "IVO")}
    assert [move.target for move in found.values() if move] == [Goes.SAME] * 3
