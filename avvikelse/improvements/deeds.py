"""What each move of a förbättringsförslag does besides moving, and what the history says of it."""

from __future__ import annotations

from avvikelse.cases.engine import Situation, Step, Told
from avvikelse.cases.kinds import PartRole, Sort
from avvikelse.cases.operations import give_answer, set_part


def consider(step: Step) -> Told:
    person = step.facts["investigator"]
    step.case.handler = person
    set_part(step.case, person, PartRole.INVESTIGATOR, step=step)
    thought = step.facts.get("thought") or ""
    return Told(f"tog upp förslaget. {person.name} ser över det", (("Första tanken", thought),) if thought else ())


def adopt(step: Step) -> Told:
    return Told(rows=(("Plan", step.facts["plan"]),))


def implement(step: Step) -> Told:
    return Told(rows=(("Det här är gjort", step.facts["result"]),))


def share(step: Step) -> Told:
    return Told(rows=(("Så delas det", step.facts["shared_with"]),))


def close(step: Step) -> Told:
    answer, why_not = step.facts.get("answer") or "", step.facts.get("why_not") or ""
    give_answer(step.case, text=answer, why_not=why_not, actor=step.actor, at=step.at)
    return Told(rows=(("Svar till den som föreslog", answer) if answer else ("Svar kunde inte lämnas", why_not),))


def not_a_proposal(situation: Situation) -> str | None:
    return "Det är ett gott exempel: dela det i stället." if situation.case.sort == Sort.GOOD_EXAMPLE else None


def not_a_good_example(situation: Situation) -> str | None:
    return None if situation.case.sort == Sort.GOOD_EXAMPLE else "Det är ett förslag: ta upp det i stället."


def no_answer(situation: Situation) -> str | None:
    if situation.sent and not (situation.facts.get("answer") or situation.facts.get("why_not")):
        return "Skriv ett svar till den som föreslog, eller varför det inte går."
    return None
