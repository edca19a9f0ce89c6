"""How a lex Sarah case and a vårdskada are lived alike: received, investigated, decided, followed up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from avvikelse.cases.kinds import Kind
from avvikelse.demo.letters import letter
from avvikelse.demo.stories.grave import choose
from avvikelse.inquiries.choices import GRADES
from avvikelse.inquiries.process_rules import is_sent, to_ivo
from avvikelse.measures.models import Cause, Measure, Strength
from avvikelse.measures.operations import Plan, add_measure, finish_measure

from . import documenting, ivo
from .diary import number_in_diary, registrar
from .fates import Stop
from .inquiry import Inquiry, in_hand
from .timeline import Begun, Steps, pause, pause_until

NUMBERED = 0.97
"""Share of cases that the registrator has given a number in the diary."""
NAMND = "Socialnämnden"


# --- Receiving


def receive(inquiry: Inquiry) -> Steps:
    life = inquiry.life
    yield from pause(life, 0, 1)
    life.move("register", inquiry.taker, **reception(inquiry))
    if life.chance(NUMBERED):
        number_in_diary(life)


def reception(inquiry: Inquiry) -> dict[str, Any]:
    life, case = inquiry.life, inquiry.life.case
    return {
        "received_how": "oral" if life.chance(0.1) else "written",
        "told_on": case.received_on,
        "protected": inquiry.say("protected"),
        "protected_at": case.received_at,
        "implicated_outside": inquiry.fate.outside,
        "chair_informed_on": life.day,
        "director_informed_on": life.day,
        **inquiry.received_with(inquiry),
    }


def begin(inquiry: Inquiry) -> Steps:
    """Begin the investigation, or end it where there is none to make."""
    life, fate, taker = inquiry.life, inquiry.fate, inquiry.taker
    yield from pause(life, 1, 4)
    if fate.settled or fate.returned:
        pass_on(inquiry)
        return
    choose_people(inquiry)
    if fate.early:
        life.move("notify_now", taker, why=choose(life.rng, "notify", inquiry.word))
        yield from notify(inquiry)
    facts = {"team": documenting.team(inquiry)} if inquiry.kind == Kind.VSK else {}
    life.move("begin", taker, investigator=inquiry.investigator, conflict="no", decider=inquiry.decider, **facts)


def pass_on(inquiry: Inquiry) -> None:
    life, taker = inquiry.life, inquiry.taker
    inquiry.over = True
    if inquiry.fate.returned:
        life.move("return_to_unit", taker, why=choose(life.rng, "returned", "lex"))
        return
    why, answer = choose(life.rng, "settle", inquiry.word)
    life.move("settle", taker, why=why, answer=answer)


def choose_people(inquiry: Inquiry) -> None:
    """Who investigates and who decides: two people, none of them the reporter or *utpekad*."""
    life = inquiry.life
    without = {part.person_id for part in life.case.parts.filter(role="implicated", valid_to=None)}
    without |= life.passed_by | {life.case.reporter_id or 0}
    able = [person for person in inquiry.investigators if person.pk not in without]
    inquiry.investigator = life.rng.choice(able)
    if not inquiry.fate.by_namnd:
        without.add(inquiry.investigator.pk)
        inquiry.decider = life.rng.choice([person for person in inquiry.deciders if person.pk not in without])


def notify(inquiry: Inquiry) -> Steps:
    """Let what has been opened to IVO live beside, once."""
    case = next(iter(to_ivo(inquiry.life.case)), None)
    if case and not inquiry.at_ivo:
        inquiry.at_ivo = True
        fate = inquiry.fate.ivo
        notice = ivo.Notice(in_hand(case, inquiry.life, fate.pace), fate, inquiry.taker)
        yield Begun(inquiry.life.at, ivo.notified(notice))


# --- Working


def work(inquiry: Inquiry) -> Steps:
    """Write the first of it, ask others, point out whoever turns out to be implicated."""
    life, fate = inquiry.life, inquiry.fate
    yield from pause(life, 2, 6)
    documenting.write_first(inquiry)
    documenting.take_notes(inquiry, 2)
    if fate.masked:
        documenting.mask(inquiry)
    if fate.statement:
        documenting.ask_statement(inquiry)
    if fate.reappointed and fate.stop != "working":
        reappoint(inquiry)
    if inquiry.kind == Kind.VSK:
        documenting.analyse_first(inquiry)
    if fate.statement == "answered":
        yield from pause(life, 1, 6)
        documenting.answer_statement(inquiry)


def reappoint(inquiry: Inquiry) -> None:
    life, before = inquiry.life, inquiry.investigator
    barred = {before, inquiry.decider}
    able = [person for person in inquiry.investigators if person not in barred and person.pk not in life.passed_by]
    inquiry.investigator = able[0]
    why = choose(life.rng, "reappoint", inquiry.word)
    life.move("reappoint", inquiry.taker, what="investigator", person=able[0], conflict="no", why=why)


def propose(inquiry: Inquiry) -> Steps:
    life, fate = inquiry.life, inquiry.fate
    yield from pause(life, 3, 12)
    documenting.write_rest(inquiry)
    documenting.take_notes(inquiry, 2)
    if fate.analysed:
        documenting.analyse(inquiry)
    yield from pause(life, 0, 4)
    life.move("propose", inquiry.investigator, grade=fate.grade, why=inquiry.why())
    if fate.sent_back and inquiry.decider:
        yield from pause(life, 1, 4)
        life.move("send_back", inquiry.decider, missing=choose(life.rng, "send_back", inquiry.word))
        yield from pause(life, 2, 6)
        documenting.take_notes(inquiry, 1)
        life.move("propose", inquiry.investigator, grade=fate.grade, why=inquiry.why())


# --- Deciding


def decide(inquiry: Inquiry) -> Steps:
    life, fate = inquiry.life, inquiry.fate
    yield from pause(life, *((8, 20) if fate.by_namnd else (1, 6)))
    if inquiry.decider:
        life.move("decide", inquiry.decider, **decision(inquiry, fate.grade))
    else:
        record(inquiry)
    yield from notify(inquiry)
    if fate.corrected and inquiry.decider:
        yield from pause(life, 6, 12)
        life.move("correct", inquiry.decider, **decision(inquiry, fate.corrected))
        yield from notify(inquiry)


def decision(inquiry: Inquiry, grade: str) -> dict[str, Any]:
    return {"grade": grade, "why": inquiry.graded(grade), "deidentified": inquiry.say("deidentified")}


def record(inquiry: Inquiry) -> None:
    """The nämnd has decided; the registrator lays in the minutes."""
    life, section = inquiry.life, f"§ {inquiry.life.rng.randint(20, 140)}"
    decided_on = life.day - timedelta(days=life.rng.randint(0, 1))
    label = next(grade.label for grade in GRADES[inquiry.kind] if grade == inquiry.fate.grade)
    minutes = letter(
        "protokollsutdrag", f"Protokollsutdrag {section}", NAMND, f"Beslut: {label}.", "Beslutet är justerat."
    )
    life.move(
        "record_decision",
        registrar(life),
        grade=inquiry.fate.grade,
        organ=NAMND,
        decided_on=decided_on,
        section_number=section,
        minutes=minutes,
    )


# --- Acting and following up


def act(inquiry: Inquiry) -> Steps:
    """Decide a measure against every cause."""
    yield from pause(inquiry.life, 0, 4)
    for number, cause in enumerate(Cause.objects.filter(case=inquiry.life.case).order_by("pk")):
        plan(inquiry, cause, number)


def plan(inquiry: Inquiry, cause: Cause, number: int) -> Measure:
    life, measures = inquiry.life, inquiry.story.measures
    measure = next((each for each in measures if each.cause == number), measures[0])
    intended = Plan(
        text=measure.text,
        strength=Strength(measure.strength),
        owner=life.chief,
        due_on=life.day + timedelta(days=life.rng.choice((21, 30, 45))),
        sign=measure.seen,
    )
    found = add_measure(cause.pk, intended, actor=inquiry.taker, version=life.version, at=life.at)
    life.version += 1
    return found


def follow_up(inquiry: Inquiry) -> Steps:
    life = inquiry.life
    for row in Measure.objects.filter(cause__case=life.case).order_by("pk"):
        yield from pause(life, 3, 12)
        finish_measure(row.pk, actor=row.owner, at=life.at, done_on=life.day, note="Det är gjort och alla vet om det.")
        life.version += 1
    yield from pause(life, 1, 5)
    due = life.day + timedelta(days=life.rng.choice((30, 45, 60)))
    life.move("follow_up", inquiry.taker, follow_up_on=due)


def close(inquiry: Inquiry) -> Steps:
    life, story = inquiry.life, inquiry.story
    due = life.case.clocks.get(rule="follow_up", met_at=None, ended_at=None).due_on
    yield from pause_until(life, due + timedelta(days=life.rng.randint(-3, 4)))
    if to_ivo(life.case) and not is_sent(life.case):
        return
    facts: dict[str, Any] = {"answer": story.answer, "lesson": inquiry.say("lesson")}
    for row in Measure.objects.filter(cause__case=life.case).order_by("pk"):
        known = next(measure for measure in story.measures if measure.text == row.text)
        effect = "partly" if known.effect == "no" else known.effect
        facts |= {f"effect_{row.pk}": effect, f"effect_note_{row.pk}": known.known}
    life.move("close", inquiry.taker, **facts)


def nothing(_inquiry: Inquiry) -> Steps:
    yield from ()


STAGES: tuple[tuple[Stop, Callable[[Inquiry], Steps], Callable[[Inquiry], Steps]], ...] = (
    ("received", nothing, receive),
    ("assessing", nothing, begin),
    ("working", work, propose),
    ("proposed", nothing, decide),
    ("decided", act, follow_up),
    ("following_up", nothing, close),
)
"""Every state with what is done in it, and what leads out of it."""


def lived(inquiry: Inquiry) -> Steps:
    """Carry it on until it is closed, lies where it is to lie, or its next act lies ahead."""
    for state, there, onwards in STAGES:
        yield from there(inquiry)
        if inquiry.fate.stop == state:
            return
        yield from onwards(inquiry)
        if inquiry.over:
            return
