"""What the investigation's document takes with it from the report and the judgement."""

from __future__ import annotations

from typing import Any

import pytest

from avvikelse.cases.models import Report
from avvikelse.deviations.paper import signs
from avvikelse.documents.models import Document
from avvikelse.intake.answers import OTHER_TOLD, Other
from tests.people import Town
from tests.stages import acting

GRAVE = "Följderna blev allvarliga för någon, eller kunde ha blivit det."
ROWS: list[tuple[dict[str, Any], list[str]]] = [
    ({}, []),
    ({"serious": "yes"}, [GRAVE]),
    ({"serious": "no"}, []),
    ({"serious": "unknown"}, []),
    ({"abuse": True}, ["Någon utsattes för ett övergrepp."]),
    ({"misconduct": True}, ["Rapportören tror att det är ett missförhållande."]),
    ({"care_harm": True}, ["Någon fick skada i vården."]),
    ({"routine": "yes"}, ["Det fanns en rutin."]),
    ({"routine": "yes", "routine_followed": "yes"}, ["Det fanns en rutin, och den följdes."]),
    ({"routine": "yes", "routine_followed": "no"}, ["Det fanns en rutin, men den följdes inte."]),
    ({"routine": "no"}, []),
    (
        {"routine": "yes", "routine_note": "Ingen hittar den."},
        ["Det fanns en rutin. Ingen hittar den."],
    ),
    ({"routine_note": "Jag är ny."}, ["Jag är ny."]),
    (
        {"other_principal": "Ekhamns sjukhus", "other_principal_note": OTHER_TOLD[Other.FAILED]},
        ["Någon utanför kommunen var inblandad: Ekhamns sjukhus. De gjorde inte sin del."],
    ),
    ({"other_principal": "Ekhamns sjukhus"}, ["Någon utanför kommunen var inblandad: Ekhamns sjukhus."]),
    (
        {"other_principal_note": OTHER_TOLD[Other.FAILED]},
        ["Någon utanför kommunen var inblandad. De gjorde inte sin del."],
    ),
    ({"other_principal_note": OTHER_TOLD[Other.NO]}, []),
    ({"serious": "yes", "care_harm": True, "child": "yes"}, [GRAVE, "Någon fick skada i vården."]),
]


@pytest.mark.parametrize(("told", "expected"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_a_yes_is_a_sentence_and_a_no_is_left_out(told: dict[str, Any], expected: list[str]) -> None:
    assert signs(Report(**told)) == expected


def test_the_locked_document_holds_the_signs_and_the_judged_risk(town: Town) -> None:
    case = acting(town, told={"serious": "yes", "abuse": True, "consequences": "Hon blev rädd.", "child": "no"})
    content = Document.objects.get(reference=case.reference).content
    assert content["signs"] == [GRAVE, "Någon utsattes för ett övergrepp."]
    assert content["assessments"] == [
        {
            "lagrum": "SoL/LSS",
            "severity": "2 – Måttlig",
            "likelihood": "2 – Liten",
            "risk": 4,
            "judged_by": "Karin Ek, enhetschef",
        }
    ]
