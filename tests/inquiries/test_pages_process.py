"""The pages of the moves: every form can be drawn, says what it asks, and gives back what was wrong with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.documents.operations import render_document
from tests.desk import SAVEPOINT, Desk, words_of
from tests.inquiries.stages import (
    TAKER,
    assessing,
    closed,
    decided,
    following_up,
    minutes,
    proposed,
    recording,
    registering,
    whole,
    working,
)
from tests.people import AT, Town, moved, report


def received(town: Town, kind: Kind) -> Case:
    return report(town, kind=kind)


STAGES: tuple[Callable[[Town, Kind], Case], ...] = (
    received,
    assessing,
    working,
    whole,
    proposed,
    decided,
    following_up,
    closed,
)
BOTH = pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])
QUESTIONS = {Kind.LEX: 20, Kind.VSK: 23}
"""A vårdskada has its händelseanalys: the steps, what contributed and the barriers."""


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@BOTH
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_every_move_that_is_offered_can_be_read(desk: Desk, stage: Callable[..., Case], kind: Kind) -> None:
    case = stage(desk.town, kind)
    for name in (TAKER[kind], "jonas", "david"):
        page = desk(name).get(reverse("case_page", args=[case.reference]))
        offered = [*page.context["others"], page.context["main"]] if page.status_code == 200 else []
        moves = [choice.move.name for choice in offered if choice]
        codes = [desk(name).get(reverse("case_move", args=[case.reference, move])).status_code for move in moves]
        assert codes == [200] * len(moves)


@BOTH
def test_a_case_is_received_on_its_page(desk: Desk, kind: Kind) -> None:
    case = report(desk.town, kind=kind)
    address = reverse("case_move", args=[case.reference, "register"])
    page = desk(TAKER[kind]).get(address)
    law = "27 kap. 5 § socialtjänstlagen (2025:400): genast" if kind == Kind.LEX else "3 kap. 3 § patientsäkerhetslagen"
    assert f"Enligt {law}" in words_of(page)
    facts = registering(desk.town, kind, implicated=desk.town.karin.pk)
    sent = {**facts, "unit": desk.town.solglantan.pk, "version": case.version, "protected_at": "2026-11-16T08:30"}
    wrong = desk(TAKER[kind]).post(address, {**sent, "protected": ""})
    assert wrong.context["form"].errors == {
        "protected": ["Skriv vad som har gjorts genast, eller varför inget behövde göras."]
    }
    desk(TAKER[kind]).post(address, sent)
    case.refresh_from_db()
    assert (case.state, case.matter.protected_at, case.parts.get().person) == (
        "assessing",
        AT.replace(hour=8, minute=30),
        desk.town.karin,
    )
    shown = words_of(desk(TAKER[kind]).get(reverse("case_page", args=[case.reference])))
    assert "Kom in Muntligt, 16 november 2026" in shown


def test_nobody_who_is_pointed_out_can_be_chosen(desk: Desk) -> None:
    case = assessing(desk.town, implicated=desk.town.karin)
    form = desk("sanna").get(reverse("case_move", args=[case.reference, "begin"])).context["form"]
    people = set(form.fields["investigator"].queryset)
    assert (desk.town.karin in people, desk.town.jonas in people, desk.town.david in people) == (False, True, True)


def test_the_registrator_records_a_decision_without_seeing_the_case(desk: Desk) -> None:
    case = proposed(desk.town, decider=None)
    address = reverse("diary_move", args=[case.reference, "record_decision"])
    page = desk("rut").get(address).content.decode()
    assert [word for word in (case.title, "Hon for illa", "Jonas") if word in page] == []
    facts = {**recording(), "minutes": minutes(), "version": case.version}
    assert desk("rut").post(address, facts).headers["Location"] == reverse("diary")
    case.refresh_from_db()
    assert case.state == "decided"


def test_minutes_that_are_no_document_are_refused(desk: Desk) -> None:
    case = proposed(desk.town, decider=None)
    file = SimpleUploadedFile("protokoll.pdf", b"MZ\x90\x00")
    page = desk("sanna").post(
        reverse("case_move", args=[case.reference, "record_decision"]),
        {**recording(), "minutes": file, "version": case.version},
    )
    assert list(page.context["form"].errors) == ["minutes"]


@BOTH
def test_sas_or_mas_is_offered_the_namnds_decision_and_a_decider_her_own(desk: Desk, kind: Kind) -> None:
    by_person, by_namnd = proposed(desk.town, kind), proposed(desk.town, kind, decider=None)
    mains = [
        desk(name).get(reverse("case_page", args=[case.reference])).context["main"]
        for name, case in (("david", by_person), (TAKER[kind], by_person), (TAKER[kind], by_namnd))
    ]
    assert [main.move.name if main else "" for main in mains] == ["decide", "", "record_decision"]


@BOTH
def test_the_documents_can_be_printed(desk: Desk, kind: Kind) -> None:
    case = decided(desk.town, kind, None)
    found = list(Document.objects.filter(reference=case.reference, sort__in=["investigation", "ruling"]))
    assert [render_document(row.pk, at=AT) for row in found] == [True, True]
    for row in found:
        row.refresh_from_db()
        assert row.failure == ""


@BOTH
def test_a_case_without_an_investigator_waits_for_sas_or_mas(desk: Desk, kind: Kind) -> None:
    town, name = desk.town, TAKER[kind]
    case = working(town, kind)
    assert case.reference not in words_of(desk(name).get(reverse("todo")))
    case = moved(case, "point_out", town.people[name], person=town.jonas, why="Han var där.")
    assert case.reference in words_of(desk(name).get(reverse("todo")))
    assert desk(name).get(reverse("case_page", args=[case.reference])).context["next"].mine


@BOTH
@pytest.mark.parametrize("stage", STAGES, ids=lambda stage: stage.__name__)
def test_the_page_of_a_case_keeps_within_a_number_of_questions(
    desk: Desk, stage: Callable[..., Case], kind: Kind, django_assert_max_num_queries: Any
) -> None:
    case, person = stage(desk.town, kind), desk(TAKER[kind])
    person.get("/")
    with django_assert_max_num_queries(QUESTIONS[kind] + SAVEPOINT):
        person.get(reverse("case_page", args=[case.reference]))
