"""What is told in a sealed case is met nowhere by anybody it is not for: three strings that exist nowhere else."""

from __future__ import annotations

import json
import logging
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
import time_machine
from django.core import mail
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.attaching import attach
from avvikelse.cases.engine import workflow_of
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Attachment, Case
from avvikelse.documents.models import Document
from avvikelse.inquiries.choices import Grade, Nature
from avvikelse.inquiries.models import Analysis, Barrier, Block, Factor, Statement
from avvikelse.inquiries.operations import add_note, keep
from avvikelse.ivo.models import Decision, Sending, SentFile
from avvikelse.lex_sarah.reporting import write_reporting
from avvikelse.measures.models import Cause, Measure
from avvikelse.ui.period import Period
from tests.addresses import NOBODY, TABLE, Place, place_in, sitting
from tests.desk import Desk, words_of
from tests.inquiries.sealed import TEXTS
from tests.inquiries.stages import ivo, registering
from tests.ivo.matters import text_file
from tests.people import AT, DAY, Town, assessed, build_town, moved, person, report
from tests.stages import fresh, with_cause, with_measure

NAME, TEXT, FILE = "Zqnamnet", "Zqordet", "zqfilen"
CANARIES = frozenset({NAME, TEXT, FILE})
LET_IN = frozenset({"zina", "sanna", "jonas", "david"})
"""Who reported, SAS, who investigates and who decides."""
PERSONS = {"people", "person_page", "person_edit", "person_leave", "role_add", "deputy_add", "absence_add", "my_deputy"}
"""Where one reads the names of those who work in the municipality."""
Found = set[tuple[str, str]]
"""(address, canary)."""


@dataclass
class Sealed:
    """The avvikelse, the lex Sarah case it became and the case with IVO that it led to, beside an ordinary case."""

    place: Place
    cases: list[Case]
    reporting: int


def told(town: Town) -> Case:
    """Zina tells Karin, who assesses it and then hands it over."""
    town.people["zina"] = person(f"Zina {NAME}", town.reception)
    words = {"consequences": TEXT, "done_at_once": TEXT, "child": "no"}
    case = report(town, reporter=town.zina, actor=town.zina, title=f"Hos {TEXT}", what_happened=TEXT, told=words)
    act_as("system:tests")
    row = attach(case, text_file(f"{FILE}.txt", TEXT), by=town.zina, at=AT)
    Attachment.objects.filter(pk=row.pk).update(from_reporter=True)
    add_affected(case, name=TEXT, identity_number="", actor=town.karin, at=AT)
    return assessed(town, case)


def investigated(town: Town, case: Case) -> Case:
    """Olle is utpekad, Jonas investigates and Amira is asked for a yttrande."""
    case = moved(case, "register", town.sanna, **registering(town, implicated=town.olle, protected=TEXT))
    case = moved(case, "begin", town.sanna, investigator=town.jonas, conflict="no", decider=town.david)
    keep(case, {**TEXTS[Kind.LEX], "event": TEXT})
    noted: dict[str, Any] = {"noted_on": DAY, "source": TEXT, "nature": Nature.FACT, "text": TEXT}
    add_note(case.pk, actor=town.jonas, at=AT, **noted)
    course = Analysis.objects.create(case=case, assignment=TEXT)
    block = course.blocks.create(place=1, what=TEXT)
    course.factors.create(block=block, area="people", text=TEXT)
    block.barriers.create(text=TEXT, held=False)
    with_measure(town, with_cause(town, fresh(case)), by="sanna", owner="frida")
    asked: dict[str, Any] = {"asked_of": town.amira, "question": "Hur gör ni?", "due_on": DAY}
    return moved(case, "ask_statement", town.sanna, **asked)


def notified(town: Town, case: Case) -> Case:
    """David decides that it is serious, Sanna tells IVO, and Karin is to read what IVO decides."""
    found: dict[str, Any] = {"grade": Grade.SERIOUS, "why": TEXT}
    case = moved(case, "propose", town.jonas, **found)
    case = moved(case, "decide", town.david, **found, deidentified="Ett besök blev inte av.")
    sent: dict[str, Any] = {"sent_on": DAY, "how": "e_service", "sent_by": town.sanna, "enclosed": "no"}
    child = moved(ivo(case), "send", town.sanna, uploads=(text_file(f"{FILE}2.txt", TEXT),), **sent)
    ended: dict[str, Any] = {"decided_on": DAY, "outcome": "ended", "readers": (town.karin,), "letter": text_file()}
    return moved(child, "add_decision", town.sanna, **ended)


@pytest.fixture
def desk(db: None) -> Iterator[Desk]:  # noqa: ARG001 (the rows need a database)
    with time_machine.travel(AT, tick=False):
        yield Desk(build_town())


@pytest.fixture
def sealed(desk: Desk, settings: Any, tmp_path: Path) -> Sealed:
    settings.MEDIA_ROOT = tmp_path
    town = desk.town
    place = place_in(town)
    first = told(town)
    facts: dict[str, Any] = {"why": TEXT, "done_at_once": TEXT}
    lex = moved(first, "hand_over_lex", town.karin, **facts).offspring.get()
    child = notified(town, investigated(town, lex))
    reporting = write_reporting(sitting(town.sanna), Period(DAY, DAY)).pk
    return Sealed(place, [fresh(first), fresh(lex), fresh(child)], reporting)


# --- Every address of the sealed cases, and every other there is


def numbers_of(sealed: Sealed) -> dict[str, list[int]]:
    """Which rows an address with nothing but a number, or a number in a case, may be about."""
    rows: dict[str, Any] = {
        "attachment": Attachment.objects.filter(case__in=sealed.cases),
        "affected": sealed.cases[0].affected_people,
        "ivo_sending_pdf": Sending.objects,
        "ivo_sent_file": SentFile.objects,
        "ivo_decision": Decision.objects,
        "cause": Cause.objects.filter(case__in=sealed.cases),
        "no_measure": Cause.objects.filter(case__in=sealed.cases),
        "measure_add": Cause.objects.filter(case__in=sealed.cases),
        "measure": Measure.objects.filter(cause__case__in=sealed.cases),
        "statement": Statement.objects,
        "block": Block.objects,
        "factor": Factor.objects,
        "barrier": Barrier.objects,
    }
    found = {name: list(each.values_list("pk", flat=True)) for name, each in rows.items()}
    return {**found, "delegated_document": [sealed.reporting]}


def numbers(name: str, known: dict[str, list[int]]) -> list[int]:
    """By the longest beginning of the address's name that is known; none where it is about no case."""
    begins = [each for each in known if name.startswith(each)]
    return known[max(begins, key=len)] if begins else []


def paths(sealed: Sealed) -> Iterator[tuple[str, str]]:
    """(name, path) of every address; those about a case for each of the three."""
    known = numbers_of(sealed)
    for name in TABLE:
        (_, takes), *_ = get_resolver().reverse_dict.getlist(name)[0][0]
        if "reference" in takes:
            for case in sealed.cases:
                yield from ((name, reverse(name, args=args)) for args in in_case(name, takes, case, known))
        elif takes == ["number"] and numbers(name, known):
            yield from ((name, reverse(name, args=[number])) for number in numbers(name, known))
        else:
            yield name, reverse(name, args=TABLE[name].arguments(sealed.place))


def in_case(name: str, takes: list[str], case: Case, known: dict[str, list[int]]) -> Iterator[tuple[object, ...]]:
    if name == "document":
        rows = Document.objects.filter(reference=case.reference)
        yield from ((case.reference, row.sort, row.number) for row in rows)
        return
    values: dict[str, Any] = {
        "reference": [case.reference],
        "move": [move.name for move in workflow_of(case.kind).moves_from(State(case.state))],
        "slug": ["handelsen", "enskild"],
        "number": numbers(name, known) if "number" in takes else [],
    }
    yield from product(*(values[each] for each in takes))


# --- What somebody reads there


def read(client: Client, name: str, path: str) -> str:
    """All that comes back, headers and files too; nothing of what the look writes is kept."""
    with transaction.atomic():
        answer: Any = client.post(path) if name == "affected_reveal" else client.get(path)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        for close in answer._resource_closers if answer.streaming else ():
            close()
        transaction.set_rollback(True)
    return f"{unquote(str(answer.headers))} {text_of(answer.headers.get('Content-Type', ''), content)}"


def text_of(content_type: str, content: bytes) -> str:
    if "pdf" in content_type:
        return subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    if "spreadsheet" in content_type:
        with ZipFile(BytesIO(content)) as book:
            return " ".join(book.read(each).decode() for each in book.namelist())
    return content.decode(errors="replace")


def crawled(client: Client, places: list[tuple[str, str]]) -> Found:
    found: Found = set()
    for name, path in places:
        said = read(client, name, path)
        found |= {(name, each) for each in CANARIES if each in said}
    return found


def test_nobody_but_those_it_is_for_meets_a_word_of_it(
    sealed: Sealed, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    """Zina's name stands where all who work in the municipality are listed, and never with what she told."""
    places = list(paths(sealed))
    assert {name for name, _ in places} == set(TABLE)
    with caplog.at_level(logging.INFO):
        outside = {who: crawled(desk(who), places) for who in desk.town.people.keys() - LET_IN}
        outside[NOBODY] = crawled(Client(), places)
    met = {(who, *hit) for who, found in outside.items() for hit in found}
    assert {hit for hit in met if hit[2] != NAME or hit[1] not in PERSONS} == set()
    assert [each for each in CANARIES if each in caplog.text] == []
    assert [each for each in CANARIES if each in str([message.message() for message in mail.outbox])] == []


@pytest.mark.parametrize("who", sorted(LET_IN))
def test_those_it_is_for_do(sealed: Sealed, desk: Desk, who: str) -> None:
    """Else the crawl would find nothing wherever it stood."""
    at = {"my_report"} if who == "zina" else {"case_page", "attachment"}
    places = [(name, path) for name, path in paths(sealed) if name in at]
    assert {canary for _, canary in crawled(desk(who), places)} == CANARIES


def test_a_search_for_it_answers_others_as_a_search_for_nothing(sealed: Sealed, desk: Desk) -> None:
    def answered(who: str, asked: str) -> str:
        return words_of(desk(who).get("/arenden/", {"q": asked})).replace(asked, "")

    for asked in (TEXT, NAME, FILE, *(case.reference for case in sealed.cases)):
        nothing = "x" * len(asked)
        told_apart = {who for who in desk.town.people.keys() - LET_IN if answered(who, asked) != answered(who, nothing)}
        assert told_apart == set(), asked
    assert answered("sanna", TEXT) != answered("sanna", "x" * len(TEXT))


def test_the_list_of_delegated_decisions_holds_nothing_of_it(sealed: Sealed) -> None:
    content = json.dumps(Document.objects.get(sort=Document.Sort.DELEGATED).content, ensure_ascii=False)
    assert [each for each in CANARIES if each in content] == []
    assert sealed.cases[1].reference in content
