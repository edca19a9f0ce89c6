"""A NUL, which the database cannot hold, is said about as any other fault: in a form, an address or a search."""

from __future__ import annotations

from typing import Any

import pytest

from avvikelse.cases.models import Case
from avvikelse.measures.models import Cause
from tests.desk import Desk, words_of
from tests.people import Town, report
from tests.stages import acting, fresh, returned, whole, with_measure

NUL = "Två\x00ord"
SAID = "Det finns ett tecken i texten som inte går att spara."

QUESTIONS = [
    ("karin", "/arenden/", ("q", "enhet", "slag", "lage", "kategori", "risk", "fran", "till", "sent", "ordning")),
    ("karin", "/arenden/", ("page", "efter", "fore")),
    ("karin", "/bedom-lika/", ("kategori", "enhet", "rapport", "cases")),
    ("amira", "/mina-rapporter/", ("page",)),
    ("amira", "/rapportera/", ("enhet", "next")),
    ("karin", "/att-gora/", ("page",)),
    ("sixten", "/organisation/personer/", ("q", "unit", "left", "page")),
    ("amira", "/kod/", ("klart",)),
    ("amira", "/konto/login/", ("next",)),
]


@pytest.mark.parametrize(("name", "path", "names"), QUESTIONS)
def test_no_question_in_an_address_stops_a_page(
    town: Town, desk: Desk, name: str, path: str, names: tuple[str, ...]
) -> None:
    report(town)
    found = {parameter: desk(name).get(path, {parameter: NUL}).status_code for parameter in names}
    assert {parameter: status for parameter, status in found.items() if status not in {200, 302, 404}} == {}


def forms_of(town: Town) -> dict[str, tuple[str, str, dict[str, Any]]]:
    """Who sends what where, each with one text in it."""
    first, second, third = report(town), returned(town), whole(town)
    measure = with_measure(town, Cause.objects.get(case=acting(town)))
    base = "/arenden/{}/{}/"
    why = {"version": 1, "note": NUL, "reason": "other", "answer": "Tack."}
    return {
        "a move": ("karin", base.format(first.reference, "dismiss"), why),
        "an answer": (
            "amira",
            base.format(second.reference, "answer"),
            {"version": second.version, "addition": NUL},
        ),
        "a message": ("amira", base.format(first.reference, "meddelande"), {"text": NUL}),
        "a name": ("karin", base.format(first.reference, "berorda"), {"name": NUL}),
        "a cause": (
            "jonas",
            f"/orsak/{third.reference}/ny/",
            {"version": third.version, "area": "people", "text": NUL},
        ),
        "what was done": ("jonas", f"/atgard/{measure.pk}/klar/", {"done_on": "2026-11-16", "note": NUL}),
        "a no": (
            "karin",
            f"/atgard/{measure.pk}/beslut/",
            {"version": fresh(measure.cause.case).version, "decision": "declined", "comment": NUL},
        ),
    }


FORMS = ["a move", "an answer", "a message", "a name", "a cause", "what was done", "a no"]


@pytest.mark.parametrize("what", FORMS)
def test_a_text_that_cannot_be_kept_is_said_in_the_form(town: Town, desk: Desk, what: str) -> None:
    name, path, typed = forms_of(town)[what]
    answer = desk(name).post(path, typed)
    assert (answer.status_code, SAID in words_of(answer)) == (200, True)


def test_a_choice_or_a_number_with_a_nul_is_no_choice(town: Town, desk: Desk) -> None:
    case = report(town)
    typed = {"category": NUL, "sol_severity": NUL, "investigator": NUL, "suspected": NUL, "suspected_why": "Nej."}
    for version in (1, NUL):
        answer = desk("karin").post(f"/arenden/{case.reference}/assess/", {**typed, "version": version})
        assert answer.status_code == 200
    assert Case.objects.get(pk=case.pk).state == "received"


@pytest.mark.parametrize("field", ["name", "query"])
def test_a_filter_with_a_nul_stops_nothing(town: Town, desk: Desk, field: str) -> None:
    typed = {"name": "Mina", "query": "q=fall", field: NUL}
    answer = desk("karin").post("/arenden/filter/spara/", typed, follow=True)
    assert answer.status_code == 200
    assert [row.name for row in town.karin.saved_filters.all()] == ([] if field == "name" else ["Mina"])


def test_a_code_with_a_nul_is_only_wrong(desk: Desk) -> None:
    answer = desk("amira").post("/kod/", {"code": NUL})
    assert (answer.status_code, SAID in words_of(answer)) == (200, True)


def test_a_log_in_with_a_nul_is_only_wrong(desk: Desk) -> None:
    desk("amira").logout()
    answer = desk("amira").post("/konto/login/", {"login": f"amira@{NUL}.se", "password": NUL})
    assert answer.status_code == 200
