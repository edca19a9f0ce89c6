"""What the reporter told: on the page of the case, on the reporter's own, on the receipt and in a case out of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.forms import model_to_dict
from django.test import Client

from avvikelse.cases.models import Case
from avvikelse.intake.lines import told_in
from tests.people import Town, moved, report

pytestmark = pytest.mark.django_db

ROW = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)
ALL: dict[str, Any] = {
    "consequences": "Hon frös.",
    "serious": "yes",
    "abuse": True,
    "misconduct": True,
    "care_harm": True,
    "routine": "yes",
    "routine_followed": "no",
    "routine_note": "Den var ny.",
    "other_principal": "Sjukhuset",
    "other_principal_note": "De gjorde inte sin del.",
}
NOTHING: dict[str, Any] = {}
ASKED = ("Följder", "Allvarliga följder", "Fanns en rutin", "Annan huvudman")


@pytest.fixture
def karin(town: Town) -> Client:
    client = Client()
    client.force_login(town.karin)
    return client


def facts(client: Client, address: str) -> dict[str, str]:
    """The rows of the page about what was told, as one reads them."""
    rows = ROW.findall(client.get(address).content.decode())
    said = {name: unescape(re.sub(r"<[^>]+>", " ", value)).strip() for name, value in rows}
    return {name: value for name, value in said.items() if name in ASKED or name.endswith("har kryssat för")}


@pytest.mark.parametrize(
    ("told", "rows"),
    [
        (
            ALL,
            {
                "Följder": "Hon frös.",
                "Allvarliga följder": "Ja",
                "{who} har kryssat för": "Misstänkt missförhållande, övergrepp, skada i vården",
                "Fanns en rutin": "Ja, men den följdes inte. Den var ny.",
                "Annan huvudman": "Sjukhuset De gjorde inte sin del.",
            },
        ),
        (
            {"serious": "no", "abuse": True, "routine": "yes", "routine_followed": "yes"},
            {
                "Allvarliga följder": "Nej",
                "{who} har kryssat för": "Övergrepp",
                "Fanns en rutin": "Ja, och den följdes",
            },
        ),
        (
            {"routine": "no", "other_principal_note": "Ingen utanför kommunen var inblandad."},
            {"Fanns en rutin": "Nej", "Annan huvudman": "Ingen utanför kommunen var inblandad."},
        ),
        ({"serious": "unknown"}, NOTHING),
        (NOTHING, NOTHING),
    ],
)
def test_those_who_handle_and_the_reporter_read_what_was_answered_and_no_more(
    karin: Client, amira: Client, town: Town, told: dict[str, Any], rows: dict[str, str]
) -> None:
    case = report(town, told=told)
    for client, address, who in ((karin, "arenden", "Rapportören"), (amira, "mina-rapporter", "Du")):
        expected = {name.format(who=who): value for name, value in rows.items()}
        assert facts(client, f"/{address}/{case.reference}/") == expected


@pytest.mark.parametrize(
    ("told", "answers"),
    [
        (
            ALL,
            {
                "Vilka följder fick det, eller kunde det få?": "Hon frös.",
                "Blev följderna allvarliga för någon, eller kunde de ha blivit det?": "Ja.",
                "Stämmer något av det här?": (
                    "Någon utsattes för ett övergrepp\nDet är ett missförhållande, tror jag\nNågon fick skada i vården"
                ),
                "Fanns det en rutin eller ett beslut, och följdes det?": "Ja, men den följdes inte\nDen var ny.",
                "Var någon utanför kommunen inblandad?": "Sjukhuset\nDe gjorde inte sin del.",
            },
        ),
        ({"routine": "yes"}, {"Fanns det en rutin eller ett beslut, och följdes det?": "Ja."}),
        ({"routine": "no"}, {"Fanns det en rutin eller ett beslut, och följdes det?": "Nej, det finns ingen"}),
        ({"serious": "unknown"}, NOTHING),
        (NOTHING, NOTHING),
    ],
)
def test_the_receipt_gives_every_answer_back(town: Town, told: dict[str, Any], answers: dict[str, str]) -> None:
    always = {"Vad hände?", "När hände det?", "Vem berördes?"}
    given = {each["question"]: each["answer"] for each in told_in(report(town, told=told))}
    assert {question: answer for question, answer in given.items() if question not in always} == answers


def test_a_case_opened_out_of_another_takes_every_answer_along(town: Town) -> None:
    case = moved(report(town, told=ALL), "hand_over_lex", town.karin, why="Någon for illa.", done_at_once="Tillsyn.")
    told = model_to_dict(Case.objects.get(origin=case).report, exclude=["case"])
    assert told == {
        "child": "unknown",
        "done_at_once": "",
        "suggestion": "",
        "often": "unknown",
        "seconds_to_send": None,
        **ALL,
    }
