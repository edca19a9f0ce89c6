"""What is refused about measures whoever asks, and two who do the same thing at once."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.measures.models import Cause, Decision, Measure
from avvikelse.measures.operations import decide_measure, finish_measure
from tests.desk import Desk, main_of, words_of
from tests.people import AT, DAY, Town, build_town, moved
from tests.stages import HANDED_OVER, acting, following_up, fresh, investigating, with_cause, with_measure

TEN_YEARS = timedelta(days=3660)


def proposed(town: Town, **changes: Any) -> Measure:
    """What Jonas proposes and nobody has decided."""
    return with_measure(town, Cause.objects.get(case=acting(town, **changes)), by="jonas")


def decide(measure: Measure, actor: Any, decision: Decision = Decision.APPROVED, comment: str = "") -> None:
    version = fresh(measure.cause.case).version
    decide_measure(measure.pk, actor=actor, version=version, at=AT, decision=decision, comment=comment)


# --- Whoever is utpekad


def test_somebody_the_case_is_about_is_offered_no_measure_and_cannot_be_given_one(town: Town, desk: Desk) -> None:
    case = investigating(town, implicated=(town.olle,))
    cause = with_cause(town, case)
    path = f"/orsak/{cause.pk}/atgard/"
    offered = re.findall(r'<option value="(\d+)"', main_of(desk("karin").get(path)))
    assert (str(town.olle.pk) in offered, str(town.jonas.pk) in offered) == (False, True)
    with pytest.raises(MoveRefused, match="Ärendet gäller Olle Sand"):
        with_measure(town, cause, owner="olle")
    assert Measure.objects.count() == 0


def test_an_owner_whom_the_case_comes_to_be_about_meets_the_measure_no_more(town: Town, desk: Desk) -> None:
    measure = with_measure(town, Cause.objects.get(case=acting(town)), owner="olle")
    measure.cause.case.parts.create(person=town.olle, role="implicated", valid_from=DAY)
    assert desk("olle").get(f"/atgard/{measure.pk}/klar/").status_code == 404
    for path in ("/", "/atgarder/"):
        assert measure.text not in words_of(desk("olle").get(path))


# --- Deciding


@pytest.mark.parametrize("name", ["jonas", "amira", "olle", "maja", "bertil"])
def test_only_those_who_answer_for_the_case_decide(town: Town, name: str) -> None:
    measure = proposed(town)
    with pytest.raises(PermissionDenied):
        decide(measure, town.people[name])
    measure.refresh_from_db()
    assert (measure.decision, measure.decided_by) == (Decision.PROPOSED, None)


def test_a_chief_whom_the_case_is_about_decides_nothing_in_it(town: Town) -> None:
    measure = proposed(town)
    measure.cause.case.parts.create(person=town.karin, role="implicated", valid_from=DAY)
    with pytest.raises(PermissionDenied):
        decide(measure, town.karin)


@pytest.mark.parametrize("decision", [Decision.PARTLY, Decision.DECLINED])
def test_a_no_needs_its_reason_whoever_asks(town: Town, decision: Decision) -> None:
    with pytest.raises(MoveRefused, match="Skriv varför åtgärden inte godkänns helt"):
        decide(proposed(town), town.karin, decision)


def finished(town: Town) -> Measure:
    return Measure.objects.get(cause__case=following_up(town))


def declined(town: Town) -> Measure:
    measure = proposed(town)
    decide(measure, town.karin, Decision.DECLINED, "För svagt.")
    return measure


def in_another_case_now(town: Town) -> Measure:
    measure = proposed(town)
    moved(measure.cause.case, "make_samverkan", town.karin, **HANDED_OVER)
    return measure


@pytest.mark.parametrize("make", [finished, declined, in_another_case_now])
def test_what_is_over_is_not_decided_again(town: Town, make: Any) -> None:
    measure = make(town)
    before = fresh(measure.cause.case).version
    with pytest.raises(MoveRefused, match="Åtgärden eller ärendet är redan klart"):
        decide(measure, town.karin)
    assert fresh(measure.cause.case).version == before


def test_the_second_of_two_who_decide_is_told_of_the_first(town: Town) -> None:
    measure = proposed(town)
    seen = fresh(measure.cause.case).version
    decide(measure, town.frida)
    with pytest.raises(StaleCase) as stale:
        decide_measure(
            measure.pk, actor=town.karin, version=seen, at=AT, decision=Decision.DECLINED, comment="För svagt."
        )
    assert [event.facts["sentence"] for event in stale.value.events] == ["godkände en åtgärd"]


# --- Two at once


def at_once(number: int, act: Any) -> list[str]:
    """What came of it, in that many threads, each with a connection of its own."""

    def run(index: int) -> str:
        try:
            act(index)
        except MoveRefused as refused:
            return " ".join(refused.sentences)
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(number) as pool:
        return sorted(pool.map(run, range(number)))


@pytest.mark.django_db(transaction=True)
def test_of_those_who_finish_a_measure_at_once_one_does_and_the_others_are_told() -> None:
    with transaction.atomic():
        town = build_town()
        measure = with_measure(town, Cause.objects.get(case=acting(town)))

    def finish(index: int) -> None:
        finish_measure(measure.pk, actor=town.jonas, at=AT, done_on=DAY, note=f"Klart {index}.")

    assert at_once(5, finish) == ["done", *["Åtgärden är redan klar eller avslagen."] * 4]
    case = Case.objects.get()
    assert case.events.filter(what="measure_done").count() == 1
    assert case.clocks.filter(rule="measure", met_at__isnull=False).count() == 1


# --- Dates


DAYS = [
    (timedelta(), None),
    (TEN_YEARS, None),
    (timedelta(days=-1), "Välj en dag som inte har varit."),
    (TEN_YEARS + timedelta(days=1), "Välj en dag inom tio år."),
    (date(9999, 12, 31) - DAY, "Välj en dag inom tio år."),
]


@pytest.mark.parametrize(("ahead", "sentence"), DAYS)
def test_a_measure_is_due_within_ten_years(town: Town, desk: Desk, ahead: timedelta, sentence: str | None) -> None:
    case = acting(town)
    path = f"/orsak/{Cause.objects.get(case=case).pk}/atgard/"
    typed = {
        "version": case.version,
        "text": "Spärra ändringar.",
        "strength": "strong",
        "owner": town.jonas.pk,
        "due_on": (DAY + ahead).isoformat(),
        "sign": "Inga fler.",
    }
    sent = desk("karin").post(path, typed)
    assert (sent.status_code, Measure.objects.count()) == ((200, 0) if sentence else (302, 1))
    if sentence:
        assert sentence in words_of(sent)
