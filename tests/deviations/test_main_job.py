"""From "vad har hänt?" to the answer, through the operations."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from avvikelse.cases.kinds import Known
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.deviations.investigation import save_investigation
from avvikelse.documents.models import Document
from avvikelse.measures.models import Area, Decision, Measure, Strength
from avvikelse.measures.operations import Plan, add_cause, add_measure, decide_measure, finish_measure
from tests.people import ASSESSED, AT, DAY, Town, assessed, build_town, moved, report

pytestmark = pytest.mark.django_db

TEXTS: dict[str, Any] = {
    "what_happened": "Schemat ändrades sent och ändringen syntes inte i mobilen.",
    "consequences": "Oro och hunger.",
    "before": Known.YES,
    "again": Known.YES,
}


@pytest.fixture
def town() -> Town:
    return build_town()


def fresh(case: Case) -> Case:
    case.refresh_from_db()
    return case


def investigated(town: Town, case: Case) -> Case:
    save_investigation(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, texts=TEXTS)
    area, text = Area.PROCESSES, "Sena ändringar kvitteras inte."
    add_cause(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, area=area, text=text)
    return moved(case, "conclude", town.jonas)


def proposed_measure(town: Town, case: Case) -> Measure:
    cause = case.causes.get()
    plan = Plan(
        text="Systemet spärrar ändring utan kvittens.",
        strength=Strength.STRONG,
        owner=town.jonas,
        due_on=date(2026, 12, 1),
        sign="Inga uteblivna morgonbesök på åtta veckor.",
    )
    return add_measure(cause.pk, plan, actor=town.jonas, version=fresh(case).version, at=AT)


def decided(town: Town, case: Case, measure: Measure, decision: Decision, comment: str = "") -> None:
    version = fresh(case).version
    decide_measure(measure.pk, actor=town.karin, version=version, at=AT, decision=decision, comment=comment)


def test_a_report_becomes_an_answer(town: Town) -> None:
    case = assessed(town, report(town))
    case = investigated(town, case)
    measure = proposed_measure(town, case)
    decided(town, case, measure, Decision.APPROVED)
    finish_measure(measure.pk, actor=town.jonas, at=AT, done_on=DAY, note="Spärren är på.")
    case = moved(case, "follow_up", town.karin, follow_up_on=date(2027, 1, 15))
    answer = "Ändringar spärras nu tills de är kvitterade."
    helped: dict[str, Any] = {f"effect_{measure.pk}": "yes", f"effect_note_{measure.pk}": "Inga uteblivna besök."}
    case = moved(case, "close", town.karin, answer=answer, **helped)
    assert case.state == "closed"
    assert [row.text for row in case.answers.all()] == [answer]
    met = {clock.rule for clock in case.clocks.all() if clock.met_at and not clock.ended_at}
    assert met == {"assessment", "start", "investigation", "measure", "follow_up"}
    assert case.clocks.count() == len(met)
    assert [event.what for event in case.events.order_by("pk")] == [
        "received",
        "assess",
        "investigation",
        "cause",
        "conclude",
        "measure",
        "measure_decided",
        "measure_done",
        "follow_up",
        "close",
    ]


def test_concluding_again_makes_document_two_and_keeps_the_first(town: Town) -> None:
    case = investigated(town, assessed(town, report(town)))
    case = moved(case, "unlock", town.karin, why="En orsak till.")
    version = fresh(case).version
    save_investigation(case.pk, actor=town.jonas, version=version, at=AT, texts={**TEXTS, "consequences": "Mer oro."})
    moved(case, "conclude", town.jonas)
    papers = Document.objects.filter(reference=case.reference).order_by("number")
    assert [(paper.number, paper.content["consequences"]) for paper in papers] == [
        (1, "Oro och hunger."),
        (2, "Mer oro."),
    ]


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    (
        "assess",
        {"suspected": "yes"},
        "Du misstänker ett missförhållande. Lämna över ärendet till lex Sarah i stället för att bedöma det.",
    ),
    (
        "act_at_once",
        {"sol_severity": 2, "sol_likelihood": 4, "cause_area": "people", "cause": "Glömska."},
        "Risken är 8 och allvarligheten 2. Då behöver det utredas: välj Bedöm i stället.",
    ),
    (
        "act_at_once",
        {"sol_severity": 3, "sol_likelihood": 1, "cause_area": "people", "cause": "Glömska."},
        "Risken är 3 och allvarligheten 3. Då behöver det utredas: välj Bedöm i stället.",
    ),
    (
        "assess_alike",
        {"sol_severity": 2, "sol_likelihood": 2, "cause_area": "people", "cause": "Glömska."},
        "Risken är för hög för att bedöma flera tillsammans. Bedöm rapporterna en och en.",
    ),
]


@pytest.mark.parametrize(("name", "changes", "sentence"), REFUSALS)
def test_grave_reports_are_not_judged_lightly(town: Town, name: str, changes: dict[str, Any], sentence: str) -> None:
    facts = {**ASSESSED, "category": town.category, "investigator": town.jonas, **changes}
    with pytest.raises(MoveRefused) as refused:
        moved(report(town), name, town.karin, **facts)
    assert refused.value.sentences == [sentence]


def test_a_report_about_a_child_is_judged_for_itself(town: Town) -> None:
    case = report(town, told={"child": "yes"})
    facts = {**ASSESSED, "sol_likelihood": 1, "category": town.category, "cause_area": "people", "cause": "Glömska."}
    with pytest.raises(MoveRefused) as refused:
        moved(case, "assess_alike", town.karin, **facts)
    assert refused.value.sentences == [f"{case.reference} gäller ett barn och bedöms för sig."]


LACKS = "Utredningen saknar {}."


@pytest.mark.parametrize(
    ("left_out", "child", "sentences"),
    [
        ("what_happened", "no", [LACKS.format("vad som hände")]),
        (
            "consequences",
            "no",
            [LACKS.format("vilka följder det fick, eller varför rapportörens ord om följder lämnas utanför")],
        ),
        ("child_perspective", "yes", [LACKS.format("barnperspektivet")]),
        ("before", "no", [LACKS.format("om det har hänt förut")]),
        ("again", "no", [LACKS.format("om det kan hända igen")]),
    ],
)
def test_an_investigation_is_concluded_only_when_whole(
    town: Town, left_out: str, child: str, sentences: list[str]
) -> None:
    case = assessed(town, report(town, told={"consequences": "Hon blev rädd.", "child": child}))
    texts = {"child_perspective": "Barnet berättar att det blev rädd.", **TEXTS}
    del texts[left_out]
    save_investigation(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, texts=texts)
    add_cause(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, area=Area.PEOPLE, text="Ny personal.")
    with pytest.raises(MoveRefused) as refused:
        moved(case, "conclude", town.jonas)
    assert refused.value.sentences == sentences


def test_the_reporters_words_on_consequences_may_be_left_out_with_a_reason(town: Town) -> None:
    case = assessed(town, report(town))
    texts = {**TEXTS, "consequences": "", "consequences_left_out": "Det visade sig gälla en annan dag."}
    save_investigation(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, texts=texts)
    add_cause(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, area=Area.PEOPLE, text="Ny personal.")
    assert moved(case, "conclude", town.jonas).state == "acting"


def test_follow_up_waits_for_every_cause_and_every_decision(town: Town) -> None:
    case = investigated(town, assessed(town, report(town)))
    with pytest.raises(MoveRefused) as refused:
        moved(case, "follow_up", town.karin, follow_up_on=DAY)
    assert refused.value.sentences == ["1 orsak saknar åtgärd. Lägg till en åtgärd eller skriv varför ingen behövs."]
    proposed_measure(town, case)
    with pytest.raises(MoveRefused) as refused:
        moved(case, "follow_up", town.karin, follow_up_on=DAY)
    assert refused.value.sentences == ["En föreslagen åtgärd väntar på beslut."]


def followed_up(town: Town, *, done: bool) -> tuple[Case, Measure]:
    case = investigated(town, assessed(town, report(town)))
    measure = proposed_measure(town, case)
    decided(town, case, measure, Decision.APPROVED)
    if done:
        finish_measure(measure.pk, actor=town.jonas, at=AT, done_on=DAY, note="Klart.")
    return moved(case, "follow_up", town.karin, follow_up_on=DAY), measure


def test_closing_asks_for_an_answer_and_an_end_of_every_measure(town: Town) -> None:
    case, measure = followed_up(town, done=False)
    with pytest.raises(MoveRefused) as refused:
        moved(case, "close", town.karin)
    assert refused.value.sentences == [
        f"Åtgärden ”{measure.text}” är inte gjord. Gör klart den eller skriv varför den lämnas.",
        "Skriv ett svar till rapportören, eller varför det inte går.",
    ]
    dropped: dict[str, Any] = {f"dropped_{measure.pk}": "Systemet byts ut i vår."}
    case = moved(case, "close", town.karin, why_not="Rapportören har slutat.", **dropped)
    assert (case.state, case.answers.get().why_not) == ("closed", "Rapportören har slutat.")


def test_closing_when_nothing_helped_takes_a_reason(town: Town) -> None:
    case, measure = followed_up(town, done=True)
    facts: dict[str, Any] = {
        f"effect_{measure.pk}": "no",
        f"effect_note_{measure.pk}": "Lika många.",
        "answer": "Vi fortsätter.",
    }
    with pytest.raises(MoveRefused) as refused:
        moved(case, "close", town.karin, **facts)
    assert refused.value.sentences == [
        "Ingen åtgärd hjälpte. Välj Nya åtgärder, eller skriv varför ärendet avslutas ändå."
    ]
    assert moved(case, "close", town.karin, **facts, nothing_helped="Vi prövar om i vår.").state == "closed"


def test_a_question_to_the_reporter_pauses_the_clock(town: Town) -> None:
    case = report(town)
    due = case.clocks.get().due_on
    case = moved(case, "request_more", town.karin, question="Vilken dag var det?")
    assert (case.state, case.clocks.get().is_late(due + timedelta(days=30))) == ("returned", False)
    case = moved(case, "answer", town.amira, at=AT + timedelta(days=3), addition="I måndags.")
    assert (case.state, case.clocks.get().due_on) == ("received", due + timedelta(days=3))
    assert [(row.from_reporter, row.text) for row in case.messages.order_by("pk")] == [
        (False, "Vilken dag var det?"),
        (True, "I måndags."),
    ]


def test_a_measure_decided_while_the_reporter_is_asked_waits_like_the_other_dates(town: Town) -> None:
    case = assessed(town, report(town))
    add_cause(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, area=Area.PEOPLE, text="Ny personal.")
    measure = proposed_measure(town, case)
    case = moved(case, "request_more", town.karin, question="Vilken dag var det?")
    later, version = AT + timedelta(days=2), fresh(case).version
    decide_measure(measure.pk, actor=town.karin, version=version, at=later, decision=Decision.APPROVED, comment="")
    clock = case.clocks.get(rule="measure")
    assert (clock.due_on, clock.paused_on) == (measure.due_on, DAY + timedelta(days=2))
    assert not clock.is_late(measure.due_on + timedelta(days=30))
    assert set(Case.objects.late(measure.due_on + timedelta(days=30))) == set()
    moved(case, "answer", town.amira, at=AT + timedelta(days=5), addition="I måndags.")
    clock.refresh_from_db()
    assert (clock.due_on, clock.paused_on) == (measure.due_on + timedelta(days=3), None)


def test_handing_over_to_lex_sarah_takes_the_chiefs_sight_and_ends_the_clocks(town: Town) -> None:
    case = report(town)
    case = moved(case, "hand_over_lex", town.karin, why="Någon for illa.", done_at_once="Tillsyn sattes in.")
    lex = case.offspring.get()
    assert (case.state, case.sealed, lex.kind, lex.state, lex.reporter) == (
        "handed_over",
        True,
        "LEX",
        "received",
        town.amira,
    )
    assert [bool(clock.ended_at) for clock in case.clocks.all()] == [False]
    seen = {name: set(Case.objects.visible_to(town.people[name], DAY)) for name in ("karin", "vera", "sanna", "maja")}
    assert seen == {"karin": set(), "vera": set(), "sanna": {case, lex}, "maja": set()}
    assert set(Case.objects.handed_over_from(town.karin, DAY)) == {case}


def test_a_case_is_handed_over_once_per_kind(town: Town) -> None:
    case = moved(report(town), "hand_over_lex", town.karin, why="Någon for illa.", done_at_once="Tillsyn.")
    with pytest.raises(MoveRefused) as refused:
        moved(case, "hand_over_lex", town.sanna, why="Igen.", done_at_once="Inget.")
    assert refused.value.sentences == ["Ärendet har redan lämnats vidare som lex Sarah."]


def test_whoever_hands_over_an_anonymous_report_stands_as_its_reporter(town: Town) -> None:
    case = report(town, reporter=None)
    case = moved(case, "hand_over_lex", town.karin, why="Någon for illa.", done_at_once="Tillsyn.")
    assert case.offspring.get().reporter == town.karin
