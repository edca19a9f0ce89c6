"""The practice municipality's gravest cases: in every state, and everything that happens seldom."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localdate
from pytest_django import DjangoDbBlocker

from avvikelse.cases.kinds import STATES, Kind, PartRole, Sort, State
from avvikelse.cases.models import Attachment, Case, CaseEvent, Part
from avvikelse.demo.load import Size, load
from avvikelse.inquiries.choices import Grade, Stage
from avvikelse.inquiries.models import Analysis, Barrier, Block, Concealment, Factor, Note, Ruling, Statement
from avvikelse.ivo.models import Decision, Demand, Extension, Reader, Request, Sending
from avvikelse.lex_sarah.models import DutyReading, Informed, ProviderLink, ReportedRuling
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import CHIEF_ROLES

NOW = datetime(2026, 11, 16, 14, 0, tzinfo=ZoneInfo("Europe/Stockholm"))
SMALL = Size(cases=90, ideas=12, processes=1)
GRAVE = (Kind.LEX, Kind.VSK, Kind.IVO)


@pytest.fixture(scope="module", autouse=True)
def ekhamn(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:  # noqa: ARG001 (the order)
    """The municipality, loaded once for all that is read of it here."""
    with django_db_blocker.unblock(), transaction.atomic():
        load(NOW, SMALL, lambda _share: None)
        yield
        transaction.set_rollback(True)


def named(title: str, kind: Kind) -> Case:
    return Case.objects.get(title=title, kind=kind)


def states(kind: Kind) -> Counter[str]:
    return Counter(Case.objects.filter(kind=kind).values_list("state", flat=True))


# Every state, and few that wait to be received.


@pytest.mark.parametrize("kind", GRAVE)
def test_there_is_a_case_in_every_state(kind: Kind) -> None:
    assert set(states(kind)) == set(STATES[kind])


def test_three_wait_to_be_received_and_all_came_lately() -> None:
    waiting = Case.objects.filter(kind__in=GRAVE, state=State.RECEIVED)
    assert sorted(case.kind for case in waiting) == ["LEX", "LEX", "VSK"]
    assert max((localdate(NOW) - case.received_on).days for case in waiting) <= 5


def test_somebody_is_late_and_somebody_is_not() -> None:
    grave = Case.objects.filter(kind__in=GRAVE)
    late = grave.late(localdate(NOW)).count()
    assert 0 < late < grave.exclude(state__in=[State.CLOSED, State.CANCELLED]).count()


def test_what_is_handed_over_is_seen_by_no_chief() -> None:
    chiefs = Person.objects.filter(assignments__role__in=[role for role in CHIEF_ROLES if role != "director"])
    with_part = Part.objects.filter(person__in=chiefs, case__kind__in=GRAVE, role=PartRole.INVESTIGATOR)
    assert set(with_part.filter(person__home_unit=F("case__unit"))) == set()
    karin = Person.objects.get(name="Karin Ek")
    assert list(Case.objects.visible_to(karin, localdate(NOW)).filter(kind__in=GRAVE)) == []


# A lex Sarah case and a vårdskada.


def test_where_sas_is_utpekad_the_director_stands_in() -> None:
    case = named("Orosanmälan om SAS handläggning", Kind.LEX)
    parts = {(part.person.name, part.role) for part in case.parts.filter(valid_to=None)}
    assert {("Elisabet Sandgren", "implicated"), ("Leena Kivimäki", "stand_in")} <= parts
    sas = Person.objects.get(name="Elisabet Sandgren")
    assert not Case.objects.visible_to(sas, localdate(NOW)).filter(pk=case.pk).exists()
    assert case.state == State.DECIDED


def test_one_went_back_to_its_unit() -> None:
    returned = named("Kvittens saknades efter hembesöket", Kind.LEX)
    assert returned.state == State.CLOSED
    assert returned.offspring.get().kind == Kind.AVV
    assert CaseEvent.objects.filter(what="return_to_unit").count() == 1
    assert returned.offspring.get().state != State.RECEIVED


def test_one_decision_is_corrected_and_then_goes_to_ivo() -> None:
    case = named("Hot i köket på servicebostaden", Kind.LEX)
    decisions = case.rulings.exclude(stage=Stage.PROPOSAL).order_by("pk")
    assert [(row.stage, row.grade, row.replaced) for row in decisions] == [
        (Stage.DECISION, Grade.MISCONDUCT, True),
        (Stage.CORRECTION, Grade.SERIOUS_RISK, False),
    ]
    assert case.offspring.get().sort == Sort.NOTICE_LEX_SARAH


def test_the_registrator_has_recorded_what_the_namnd_decided() -> None:
    recorded = Ruling.objects.exclude(organ="").select_related("recorded_by", "minutes")
    assert {row.recorded_by.name for row in recorded} == {"Yvonne Brodin"}
    assert {(row.by, row.delegated, row.minutes is not None) for row in recorded} == {(None, False, True)}


def test_nobody_decides_what_she_has_investigated() -> None:
    decided = Ruling.objects.exclude(stage=Stage.PROPOSAL)
    assert decided.filter(delegated=True).exists()
    assert not decided.filter(by=F("investigator")).exists()


def test_one_passage_is_hidden_and_stands_nowhere() -> None:
    concealed = Concealment.objects.get()
    note = Note.objects.get(hidden=True)
    assert concealed.place == f"note.{note.pk}.text"
    assert "[dolt]" in note.text
    assert "vårdas" not in note.text


def test_statements_are_answered_and_wait() -> None:
    waiting = Statement.objects.filter(answered_at=None)
    assert {row.case.state for row in waiting} == {State.INVESTIGATING, State.ANALYSING}
    assert Statement.objects.exclude(answered_at=None).count() >= 2


def test_a_decided_vardskada_has_a_whole_handelseanalys() -> None:
    decided = Case.objects.filter(kind=Kind.VSK, rulings__isnull=False).distinct()
    assert decided.exists()
    for case in decided:
        assert Block.objects.filter(analysis=case.pk).count() >= 3
        assert Factor.objects.filter(analysis=case.pk).exists()
        assert set(Barrier.objects.filter(block__analysis=case.pk).values_list("held", flat=True)) == {True, False}


def test_a_lex_sarah_case_may_have_one_too() -> None:
    assert Analysis.objects.filter(case__kind=Kind.LEX).exists()


def test_notes_are_fact_and_assessment_each_with_a_source_and_an_author() -> None:
    assert set(Note.objects.values_list("nature", flat=True)) == {"fact", "assessment"}
    assert not Note.objects.filter(source="").exists()
    assert not Note.objects.filter(author_title="").exists()


def test_every_closed_investigation_has_a_lesson_and_an_answer() -> None:
    closed = Case.objects.filter(kind__in=[Kind.LEX, Kind.VSK], state=State.CLOSED, rulings__isnull=False).distinct()
    assert closed.exists()
    for case in closed:
        assert case.matter.lesson
        assert case.answers.exists()


# From enskilda verksamheter.


def test_two_underrattelser_one_followed_up_and_one_closed() -> None:
    rows = Informed.objects.select_related("case").order_by("case__received_at")
    assert [row.case.state for row in rows] == [State.CLOSED, State.FOLLOWING_UP]
    assert [row.link is None for row in rows] == [True, False]
    assert ProviderLink.objects.count() == 1


# With IVO.


def test_a_forelaggande_has_three_demands_with_vite_and_one_is_left() -> None:
    decision = Decision.objects.get(outcome="order")
    demands = list(decision.demands.order_by("pk"))
    assert [bool(row.fine) for row in demands] == [True, True, False]
    assert [row.is_open for row in demands] == [False, False, True]
    assert Extension.objects.filter(demand=demands[2]).exists()
    assert decision.case.origin
    assert decision.case.origin.title == "Natten på avdelningen var obemannad"


def test_a_tillsyn_comes_out_of_no_case_and_ivo_waits_for_an_answer() -> None:
    case = Case.objects.get(kind=Kind.IVO, sort=Sort.SUPERVISION)
    assert (case.origin, case.state) == (None, State.WITH_IVO)
    waiting = Request.objects.get(case=case, answered_on=None)
    assert (waiting.ordered, bool(waiting.fine)) == (True, True)


def test_the_municipality_has_notified_another() -> None:
    assert Case.objects.get(kind=Kind.IVO, sort=Sort.NOTICE_MUNICIPALITY).state == State.CLOSED


def test_one_was_notified_before_it_was_investigated_and_one_notification_was_cancelled() -> None:
    early = CaseEvent.objects.filter(what="notify_now")
    assert {event.case.title for event in early} >= {"Slag vid hjälp i duschen"}
    assert states(Kind.IVO)[State.CANCELLED] == 1


def test_a_decision_is_closed_only_when_all_have_read_it() -> None:
    closed = Reader.objects.filter(decision__case__state=State.CLOSED)
    assert not closed.filter(read_at=None).exists()
    assert Reader.objects.filter(read_at=None).exists()


def test_what_was_sent_is_kept_with_its_files() -> None:
    assert Sending.objects.filter(files__isnull=False).exists()
    assert set(Attachment.objects.filter(case__kind=Kind.IVO).values_list("content_type", flat=True)) == {
        "application/pdf"
    }
    assert not Demand.objects.exclude(remedied_on=None).filter(sending=None).exists()


def test_what_is_serious_was_notified_before_it_was_closed() -> None:
    serious = [Grade.SERIOUS, Grade.SERIOUS_RISK, Grade.SERIOUS_HARM]
    closed = Case.objects.filter(state=State.CLOSED, rulings__grade__in=serious, rulings__replaced=False)
    closed = closed.exclude(rulings__stage=Stage.PROPOSAL, rulings__grade__in=serious)
    for case in closed.distinct():
        assert case.offspring.filter(kind=Kind.IVO, sendings__isnull=False).exists()


# Round the year.


def test_most_of_the_staff_know_of_their_duty_and_some_do_not() -> None:
    staff = Person.objects.exclude(home_unit__level="namnd").count()
    readers = DutyReading.objects.values("person").distinct().count()
    assert staff * 0.6 < readers < staff


def test_delegated_decisions_are_told_to_the_namnd_but_not_the_latest() -> None:
    delegated = Ruling.objects.filter(delegated=True, case__kind=Kind.LEX).exclude(stage=Stage.PROPOSAL)
    reported = ReportedRuling.objects.count()
    assert 0 < reported < delegated.count()


def test_the_diary_lacks_few_numbers() -> None:
    registered = Case.objects.filter(kind__in=GRAVE)
    assert 0 < registered.filter(diary_number="").count() < registered.count() / 2
    numbers = list(registered.exclude(diary_number="").values_list("diary_number", flat=True))
    assert len(numbers) == len(set(numbers))
