"""What the documentation still lacks, point by point: what a proposal is refused by."""

from __future__ import annotations

from typing import Any

import pytest

from avvikelse.cases.kinds import Kind, Sort
from avvikelse.inquiries.tasks import remaining, task_list, tasks_of
from tests.inquiries.sealed import documented, fresh, investigated, with_cause, with_texts
from tests.people import Town, report

REASON = "Du svarade nej på om {}. Skriv varför."


def test_a_new_investigation_lacks_every_point(town: Town) -> None:
    found = [(row.task.slug, len(row.lacks)) for row in task_list(investigated(town))]
    assert found == [
        ("handelsen", 1),
        ("foljder", 1),
        ("nar", 2),
        ("orsaker", 1),
        ("forut", 1),
        ("igen", 2),
        ("rattat", 2),
        ("forebygga", 2),
        ("ovrigt", 1),
        ("enskild", 2),
        ("personakt", 2),
    ]


def test_a_whole_documentation_lacks_nothing(town: Town) -> None:
    assert remaining(with_cause(town, documented(town))) == []


def test_without_a_cause_it_is_not_whole(town: Town) -> None:
    assert remaining(documented(town)) == ["Skriv minst en orsak."]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"event": ""}, ["Skriv vad som hände."]),
        ({"noticed": ""}, ["Skriv när och hur det uppmärksammades."]),
        ({"before": ""}, ["Svara på om något liknande har hänt förut."]),
        ({"before": "yes"}, ["Skriv varför det hände igen."]),
        ({"before": "yes", "before_note": "Ingen gjorde något."}, []),
        ({"again": ""}, ["Svara på om det kan hända igen."]),
        ({"remedied_when": ""}, ["Skriv när det gjordes."]),
        ({"police": ""}, ["Svara på om det är anmält till polisen."]),
        ({"police": "no"}, [REASON.format("det är anmält till polisen")]),
        ({"police": "no", "police_why": "Inget brott."}, []),
        ({"individual_informed": "no"}, [REASON.format("den enskilda har fått veta")]),
        ({"personal_file": "no", "personal_file_why": ""}, [REASON.format("det är antecknat i personakten")]),
        ({"representative_informed": "na"}, []),
    ],
)
def test_what_lacks_is_said_and_every_no_has_a_reason(town: Town, texts: dict[str, Any], said: list[str]) -> None:
    assert remaining(with_cause(town, documented(town, **texts))) == said


def test_the_reporters_words_on_consequences_cannot_silently_disappear(town: Town) -> None:
    case = with_cause(town, documented(town, consequences=""))
    assert remaining(case) == ["Skriv vilka följder det fick, eller varför du inte tar med det rapportören skrev."]
    assert remaining(with_texts(case, consequences_left_out="Det gällde en annan dag.")) == []


def test_where_the_reporter_wrote_nothing_there_is_nothing_to_leave_out(town: Town) -> None:
    case = investigated(town, told={"consequences": "", "child": "no"})
    case = with_texts(case, consequences_left_out="Det gällde en annan dag.")
    assert task_list(case)[1].lacks == ["Skriv vilka följder det fick eller kunde ha fått."]


@pytest.mark.parametrize(("child", "asked"), [("yes", True), ("no", False), ("unknown", False)])
def test_a_case_about_a_child_asks_for_the_childs_perspective(town: Town, child: str, *, asked: bool) -> None:
    case = investigated(town, told={"child": child})
    assert ("Skriv vad det betyder för barnet." in remaining(case)) == asked


# --- Vårdskada


def test_a_vardskada_asks_of_the_patient_and_not_of_the_personal_file(town: Town) -> None:
    lex, vsk = (
        {task.slug for task in tasks_of(investigated(town, kind, facts={"under_hsl": True}))}
        for kind in (Kind.LEX, Kind.VSK)
    )
    assert (lex - vsk, vsk - lex) == ({"orsaker", "enskild", "personakt"}, {"analys", "patient", "journal"})


COURSE = [
    "Händelseanalysen saknar steg i förloppet.",
    "Händelseanalysen saknar bidragande faktorer.",
    "Händelseanalysen saknar skydd som höll eller brast.",
]


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({}, []),
        ({"patient_told": ""}, ["Svara på om patienten har fått veta vad som har hänt."]),
        ({"patient_told": "nobody"}, ["Skriv varför ingen har fått veta."]),
        ({"patient_told": "nobody", "patient_why": "Hon har dött och har inga närstående."}, []),
        ({"patient_told": "relative"}, ["Skriv varför en närstående fick veta i stället för patienten."]),
        ({"patient_told_on": None}, ["Skriv vilken dag det var och vem som informerade."]),
        ({"told_ivo": False}, ["1 av de 6 punkter patienten ska få veta är inte ikryssade."]),
        ({"journal_noted": ""}, ["Svara på om informationen är antecknad i journalen."]),
        ({"journal_noted": "no"}, ["Skriv varför det inte är antecknat i journalen."]),
        ({"journal_reference": ""}, ["Skriv var i journalen det står."]),
    ],
)
def test_a_vardskada_says_what_the_patient_was_told(town: Town, texts: dict[str, Any], said: list[str]) -> None:
    case = with_cause(town, documented(town, Kind.VSK, **texts))
    assert remaining(case) == [*COURSE, *said]


def test_what_a_private_provider_investigates_itself_asks_nothing_of_us(town: Town) -> None:
    case = report(town, kind=Kind.LEX, facts={"sort": Sort.INFORMED})
    assert (tasks_of(fresh(case)), remaining(fresh(case))) == ([], [])
