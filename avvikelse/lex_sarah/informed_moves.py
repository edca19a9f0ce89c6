"""The moves of an underrättelse: received → following_up → closed (workflows §6). The nämnd sets no grade."""

from __future__ import annotations

from avvikelse.cases.attaching import attach
from avvikelse.cases.clocks import FOLLOW_UP, RECEPTION
from avvikelse.cases.deeds import person_of, say_why
from avvikelse.cases.engine import Goes, Move, Situation, Step, Told
from avvikelse.cases.kinds import Kind, Known, Sort
from avvikelse.cases.kinds import State as S
from avvikelse.cases.rules import Who
from avvikelse.inquiries.choices import GRADES, Grade
from avvikelse.inquiries.operations import keep_lesson
from avvikelse.ui import words

from .informed_forms import CompleteForm, EndForm, FollowForm, TakeUpForm
from .models import Informed

SAS = frozenset({Who.SAS})
SORTS = (Sort.INFORMED,)


def begin_following(step: Step) -> Told:
    Informed.objects.filter(case=step.case).update(plan=step.facts["plan"])
    return Told(rows=(("Följs upp", step.facts["plan"]), ("Senast", words.day(step.facts["follow_up_on"]))))


def complete(step: Step) -> Told:
    """Keep what the provider has told since."""
    facts = step.facts
    kept = {name: facts.get(name) or "" for name in ("grade", "ivo_number")}
    Informed.objects.filter(case=step.case).update(**kept, ivo=facts["ivo"])
    rows = [("Verksamhetens bedömning", Grade(kept["grade"]).label)] if kept["grade"] else []
    rows.append(("Anmält till IVO", f"{Known(facts['ivo']).label} {kept['ivo_number']}".strip()))
    if facts.get("document"):
        rows.append(("Ny handling", attach(step.case, facts["document"], by=person_of(step), at=step.at).name))
    return Told(rows=tuple(rows))


def end_following(step: Step) -> Told:
    Informed.objects.filter(case=step.case).update(outcome=step.facts["outcome"])
    keep_lesson(step, step.facts["lesson"])
    return Told(rows=(("Det visade uppföljningen", step.facts["outcome"]), ("Lärdom", step.facts["lesson"])))


def take_up(step: Step) -> Told:
    return Told(rows=(*say_why(step).rows, ("Senast", words.day(step.facts["follow_up_on"]))))


def ungraded(situation: Situation) -> str | None:
    """The provider has investigated to its end: then it has a grade."""
    grades = [grade.value for grade in GRADES[Kind.LEX]]
    if Informed.objects.filter(case=situation.case, grade__in=grades).exists():
        return None
    return "Verksamheten har inte sagt hur den bedömde det. Välj Komplettera när du vet."


MOVES = (
    Move(
        name="begin_following",
        label="Börja följa upp",
        sources=(S.RECEIVED,),
        target=S.FOLLOWING_UP,
        who=SAS,
        past="tog emot underrättelsen och följer upp den",
        asks=FollowForm,
        does=begin_following,
        meets=(RECEPTION,),
        starts=(FOLLOW_UP,),
        law="provider_informs",
        sorts=SORTS,
    ),
    Move(
        name="complete",
        label="Komplettera",
        sources=(S.RECEIVED, S.FOLLOWING_UP),
        target=Goes.SAME,
        who=SAS,
        past="kompletterade underrättelsen",
        asks=CompleteForm,
        does=complete,
        hint="När verksamheten har berättat mer, eller skickat en handling.",
        sorts=SORTS,
    ),
    Move(
        name="end_following",
        label="Avsluta uppföljningen",
        sources=(S.FOLLOWING_UP,),
        target=S.CLOSED,
        who=SAS,
        past="avslutade uppföljningen",
        asks=EndForm,
        does=end_following,
        unless=(ungraded,),
        meets=(FOLLOW_UP,),
        sorts=SORTS,
    ),
    Move(
        name="take_up",
        label="Återuppta uppföljningen",
        sources=(S.CLOSED,),
        target=S.FOLLOWING_UP,
        who=SAS,
        past="återupptog uppföljningen",
        asks=TakeUpForm,
        does=take_up,
        starts=(FOLLOW_UP,),
        sorts=SORTS,
    ),
)
