"""What IVO asks, decides and demands, how it is answered, and when the case can be closed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from avvikelse.cases.engine import workflow_of
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.cases.page import choices
from avvikelse.cases.rules import Who
from avvikelse.documents.models import Document
from avvikelse.ivo.models import Demand, Extension, IvoMatter, Reader, Request
from avvikelse.ivo.operations import read_decision
from avvikelse.organisation.preferences import LocalValues
from tests.ivo.matters import DUE, asked, decided, fresh, ordered, preparing, sent, suspected, text_file, with_ivo
from tests.people import AT, DAY, Town, moved

pytestmark = pytest.mark.django_db

END: dict[str, Any] = {"lesson": "Larm ska provas varje vecka.", "measures": "Nya larm är köpta."}


def waits(case: Case) -> dict[str, list[str]]:
    """The days that still run, by clock."""
    rows: dict[str, list[str]] = {}
    for row in case.clocks.filter(met_at=None, ended_at=None).order_by("due_on"):
        rows.setdefault(row.rule, []).append(str(row.due_on))
    return rows


def test_two_requests_wait_each_for_its_own_day_and_are_answered_one_at_a_time(town: Town) -> None:
    case = asked(town, asked(town, with_ivo(town)), "Skicka rutinen.", DUE + timedelta(days=7))
    assert waits(case)["request"] == ["2026-12-07", "2026-12-14"]
    second = Request.objects.get(what="Skicka rutinen.")
    case = moved(case, "answer", town.sanna, **sent(town, request=str(second.pk), answer="Här är rutinen."))
    second.refresh_from_db()
    assert (waits(case)["request"], second.answer, second.answered_on) == (["2026-12-07"], "Här är rutinen.", DAY)
    assert case.sendings.get(what="reply").document == Document.objects.get(sort="reply")


def test_an_answer_is_given_once(town: Town) -> None:
    case = asked(town, asked(town, with_ivo(town)))
    first = Request.objects.order_by("pk")[0]
    facts = sent(town, request=str(first.pk), answer="Här.")
    case = moved(case, "answer", town.sanna, **facts)
    with pytest.raises(MoveRefused) as refused:
        moved(case, "answer", town.sanna, **facts)
    assert refused.value.sentences == ["Begäran är redan besvarad."]


def test_anstand_moves_the_day_and_keeps_the_one_before(town: Town) -> None:
    case = asked(town, with_ivo(town))
    row, later = Request.objects.get(), DUE + timedelta(days=14)
    case = moved(case, "extend", town.sanna, about=f"request-{row.pk}", due_on=later, letter=text_file("anstand.txt"))
    row.refresh_from_db()
    extension = Extension.objects.get()
    assert (row.due_on, extension.before, extension.due_on, extension.letter.name) == (
        later,
        DUE,
        later,
        "anstand.txt",
    )
    assert waits(case)["request"] == [str(later)]


def test_anstand_to_an_earlier_day_is_refused(town: Town) -> None:
    case = asked(town, with_ivo(town))
    with pytest.raises(MoveRefused) as refused:
        moved(case, "extend", town.sanna, about=f"request-{Request.objects.get().pk}", due_on=DUE, letter=text_file())
    assert refused.value.sentences == ["Den nya dagen ska vara senare än den som gäller nu."]


def test_a_forelaggande_has_a_day_for_each_demand_and_each_is_reported_back_for_itself(town: Town) -> None:
    case = ordered(town)
    assert (case.state, waits(case)["demand"]) == ("decided", ["2026-12-16", "2027-01-15", "2027-02-14"])
    second = Demand.objects.get(text="Skriv en rutin.")
    later = second.due_on + timedelta(days=10)
    case = moved(case, "extend", town.sanna, about=f"demand-{second.pk}", due_on=later, letter=text_file())
    facts = sent(town, demand=str(second.pk), what_was_done="Rutinen gäller.", uploads=[text_file("rutin.txt")])
    case = moved(case, "remedy", town.sanna, **facts)
    second.refresh_from_db()
    assert (second.what_was_done, second.remedied_on) == ("Rutinen gäller.", DAY)
    assert waits(case)["demand"] == ["2026-12-16", "2027-02-14"]
    assert second.sending is not None
    assert [file.name for file in second.sending.files.all()] == ["rutin.txt"]
    assert Document.objects.get(sort="remedy").content["asked"]["text"] == "Skriv en rutin."


@pytest.mark.parametrize(
    ("outcome", "demands", "sentence"),
    [
        ("order", [], "Ett föreläggande har minst ett krav. Skriv varje krav för sig."),
        (
            "criticism",
            [{"text": "Bemanna.", "due_on": DUE, "fine": None}],
            "Krav hör till ett föreläggande. Välj Föreläggande, eller ta bort kraven.",
        ),
    ],
)
def test_demands_belong_to_a_forelaggande(town: Town, outcome: str, demands: list[Any], sentence: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        decided(town, with_ivo(town), outcome, demands=demands)
    assert refused.value.sentences == [sentence]


def test_the_latest_decision_is_the_outcome(town: Town) -> None:
    case = decided(town, decided(town, with_ivo(town), "supervision"), "criticism")
    assert (IvoMatter.objects.get(case=case).outcome, case.ivo_decisions.count()) == ("criticism", 2)


def test_the_case_is_not_closed_before_all_is_answered_sent_and_read(town: Town) -> None:
    case = asked(town, ordered(town))
    with pytest.raises(MoveRefused) as refused:
        moved(case, "close", town.sanna, **END)
    assert refused.value.sentences == [
        "IVO väntar på oss: 1 begäran och 3 krav är inte besvarade.",
        "Utredningen är inte skickad till IVO.",
        "Alla har inte läst IVO:s beslut. Kvar: Karin Ek.",
    ]


def finished(town: Town) -> Case:
    case = decided(town, with_ivo(town, enclosed="yes", uploads=[text_file("utredning.txt")]))
    read_decision(case.ivo_decisions.get().pk, actor=town.karin, at=AT)
    return moved(case, "close", town.sanna, **END)


def test_when_all_is_done_it_is_closed_with_what_was_learnt_and_can_be_opened_again(town: Town) -> None:
    case = finished(town)
    matter = IvoMatter.objects.get(case=case)
    assert (case.state, matter.lesson, matter.measures) == ("closed", END["lesson"], END["measures"])
    assert moved(case, "reopen", town.sanna, why="IVO hörde av sig.").state == "decided"


def test_nobody_waits_for_a_reader_who_has_left_or_may_not_see_the_case(town: Town) -> None:
    case = decided(town, with_ivo(town, enclosed="yes", uploads=[text_file()]), readers=(town.karin, town.olle))
    town.karin.is_active = False
    town.karin.save(update_fields=["is_active"])
    case.parts.create(person=town.olle, role="implicated", valid_from=DAY)
    assert moved(case, "close", town.sanna, **END).state == "closed"


def test_only_a_named_reader_says_that_she_has_read_and_only_the_first_time_counts(town: Town) -> None:
    case = decided(town, with_ivo(town))
    number = case.ivo_decisions.get().pk
    with pytest.raises(PermissionDenied):
        read_decision(number, actor=town.olle, at=AT)
    read_decision(number, actor=town.karin, at=AT)
    read_decision(number, actor=town.karin, at=AT + timedelta(days=1))
    assert Reader.objects.get().read_at == AT
    assert case.events.filter(what="ivo_read").count() == 1


def test_both_numbers_are_kept(town: Town) -> None:
    case = moved(with_ivo(town), "set_number", town.sanna, diary_number="SN 2026/9", ivo_number="3.1.1-77/2026")
    assert (case.diary_number, IvoMatter.objects.get().ivo_number) == ("SN 2026/9", "3.1.1-77/2026")
    case = moved(case, "set_number", town.rut, diary_number="SN 2026/10", ivo_number="")
    assert (case.diary_number, IvoMatter.objects.get().ivo_number) == ("SN 2026/10", "3.1.1-77/2026")


def test_the_decider_of_the_origin_may_do_what_sas_may(town: Town) -> None:
    case = suspected(town)
    case.parts.create(person=town.vera, role="decider", valid_from=DAY)
    assert moved(case, "cancel", town.vera, why="Fel.").state == "cancelled"


def main_move(case: Case) -> tuple[str, tuple[str, ...]]:
    found = choices(fresh(case), workflow_of("IVO"), frozenset({Who.SAS}), DAY, LocalValues(DAY))[0]
    return found.move.name, found.refusals


def test_the_main_move_is_what_ivo_waits_for(town: Town) -> None:
    case = preparing(town)
    found = [main_move(case)]
    case = moved(case, "send", town.sanna, **sent(town, enclosed="no"))
    found.append(main_move(case))
    case = asked(town, case)
    found.append(main_move(case))
    request = Request.objects.get()
    case = moved(case, "answer", town.sanna, **sent(town, request=str(request.pk), answer="Ja."))
    case = moved(case, "add_investigation", town.sanna, **sent(town, uploads=[text_file()]))
    case = decided(town, case, "order", demands=[{"text": "Bemanna.", "due_on": DUE, "fine": None}])
    found.append(main_move(case))
    case = moved(case, "remedy", town.sanna, **sent(town, demand=str(Demand.objects.get().pk), what_was_done="Ja."))
    read_decision(case.ivo_decisions.get().pk, actor=town.karin, at=AT)
    found.append(main_move(case))
    assert found == [("send", ()), ("add_decision", ()), ("answer", ()), ("remedy", ()), ("close", ())]
