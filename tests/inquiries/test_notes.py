"""Notes: the day, the source, fact or assessment, and who wrote with which title."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from avvikelse.cases.kinds import State
from avvikelse.cases.models import Case
from avvikelse.inquiries.choices import Nature
from avvikelse.inquiries.models import Note
from avvikelse.inquiries.operations import add_note
from avvikelse.organisation.models import Person
from tests.desk import Desk, words_of
from tests.inquiries.sealed import fresh, investigated
from tests.people import AT, DAY, Town

WHOLE = {"noted_on": "2026-11-15", "source": "Samtal med dottern", "nature": "fact", "text": "Hon kom klockan elva."}


def path(case: Case) -> str:
    return f"/arenden/{case.reference}/anteckning/"


def test_a_note_is_signed_with_the_authors_name_and_title_of_the_day(town: Town, desk: Desk) -> None:
    case = investigated(town)
    done = desk("jonas").post(path(case), WHOLE)
    assert done.headers["Location"] == f"/arenden/{case.reference}/#anteckningar"
    Person.objects.filter(pk=town.jonas.pk).update(title="enhetschef")
    note = Note.objects.get()
    assert (str(note.noted_on), note.source, note.nature, note.text, note.by) == (
        "2026-11-15",
        "Samtal med dottern",
        "fact",
        "Hon kom klockan elva.",
        "Jonas Berg, gruppledare",
    )


def test_the_history_tells_that_a_note_was_written_and_not_its_words(town: Town, desk: Desk) -> None:
    case = investigated(town)
    desk("jonas").post(path(case), WHOLE)
    assert case.events.get(what="note").facts == {"sentence": "skrev en anteckning", "rows": []}
    assert fresh(case).version == case.version + 1


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"noted_on": ""}, "Välj en dag."),
        ({"noted_on": "2026-11-17"}, "Dagen har inte varit än."),
        ({"source": ""}, "Skriv varifrån du vet det."),
        ({"nature": ""}, "Välj om det är fakta eller en bedömning."),
        ({"text": ""}, "Skriv anteckningen."),
    ],
)
def test_what_a_note_lacks_is_said(town: Town, desk: Desk, changes: dict[str, Any], said: str) -> None:
    assert said in words_of(desk("jonas").post(path(investigated(town)), {**WHOLE, **changes}))
    assert not Note.objects.exists()


def test_a_closed_case_takes_no_more_notes_and_the_words_stay_in_the_form(town: Town, desk: Desk) -> None:
    case = investigated(town, state=State.CLOSED)
    answer = desk("jonas").post(path(case), WHOLE)
    assert "Ärendet är avslutat. Då går det inte att skriva fler anteckningar." in words_of(answer)
    assert "Hon kom klockan elva.</textarea>" in answer.content.decode()


def test_notes_may_be_written_before_the_investigation_begins(town: Town) -> None:
    case = investigated(town, state=State.ASSESSING)
    add_note(
        case.pk, actor=town.sanna, at=AT, noted_on=DAY, source="Larmloggen", nature=Nature.FACT, text="Larm 08.12."
    )
    assert Note.objects.get().author == town.sanna


@pytest.mark.parametrize("who", ["karin", "amira", "maja", "david"])
def test_nobody_else_writes_a_note(town: Town, who: str) -> None:
    case = investigated(town)
    with pytest.raises(PermissionDenied):
        add_note(case.pk, actor=town.people[who], at=AT, noted_on=DAY, source="x", nature=Nature.FACT, text="x")
