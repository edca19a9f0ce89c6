"""What moves of several kinds do alike: whose they are, why they are made, and the answer to whoever reported."""

from __future__ import annotations

from avvikelse.organisation.models import Person

from .engine import Situation, Step, Told
from .operations import give_answer


def person_of(step: Step) -> Person:
    assert isinstance(step.actor, Person), "this move is made by a person with an account"
    return step.actor


def say_why(step: Step) -> Told:
    return Told(rows=(("Varför", step.facts["why"]),))


def tell_reporter(step: Step) -> None:
    give_answer(
        step.case,
        text=step.facts.get("answer") or "",
        why_not=step.facts.get("why_not") or "",
        actor=step.actor,
        at=step.at,
    )


def answer_rows(step: Step) -> tuple[tuple[str, str], ...]:
    if step.facts.get("answer"):
        return (("Svar till rapportören", step.facts["answer"]),)
    return (("Svar kunde inte lämnas", step.facts.get("why_not") or ""),)


def no_answer(situation: Situation) -> str | None:
    if situation.sent and not (situation.facts.get("answer") or situation.facts.get("why_not")):
        return "Skriv ett svar till rapportören, eller varför det inte går."
    return None
