"""What the moves of a lex Sarah case and a vårdskada do besides moving, and what the history says of it."""

from __future__ import annotations

from avvikelse.cases.attaching import attach
from avvikelse.cases.clocks import LEX_MARIA, NOTIFY, start_clock
from avvikelse.cases.deeds import answer_rows, person_of, say_why, tell_reporter
from avvikelse.cases.engine import Step, Told, workflow_of
from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.cases.models import Case
from avvikelse.cases.next_step import who_is_next
from avvikelse.cases.operations import end_part, implicate, open_offspring, set_part
from avvikelse.cases.page import running
from avvikelse.measures import following
from avvikelse.measures.operations import pass_on_measures
from avvikelse.organisation.models import Person
from avvikelse.ui import words

from .analysis_operations import take_analysis
from .choices import SERIOUS, Grade, Stage, Statute
from .choices import Told as ToldHow
from .operations import Ruled, keep, keep_lesson, keep_received, rule
from .paper import take_inquiry, take_ruling
from .process_forms import IMPLICATED, ReappointForm
from .process_rules import is_sent, to_ivo

# --- Receiving


def register(step: Step) -> Told:
    """Keep how the case came in and what was done at once, and shut out everybody who is pointed out."""
    case, facts = step.case, step.facts
    lagrum = facts.get("lagrum") or (Statute.HSL if case.kind == Kind.VSK else Statute.SOL)
    keep_received(step)
    keep(case, {"lagrum": lagrum})
    case.under_hsl, case.under_sol_lss = case.under_hsl or lagrum == Statute.HSL, lagrum != Statute.HSL
    case.unit = facts.get("unit") or case.unit
    named = [facts[name] for name in IMPLICATED if facts.get(name)]
    for person in named:
        implicate(case, person, step=step)
    rows = [("Kom in", f"{ToldHow(facts['received_how']).label}, {words.day(facts['told_on'])}")]
    rows += [("Lagrum", Statute(lagrum).label), ("Gjordes genast", facts["protected"])]
    if named:
        rows.append(("Utpekade", ", ".join(person.name for person in named)))
    return Told(rows=tuple(rows))


def point_out(step: Step) -> Told:
    """Shut somebody out; the measures she had left to do go to another."""
    person = step.facts["person"]
    implicate(step.case, person, step=step)
    successor = who_takes_over(step, person)
    taken = pass_on_measures(step.case, person, to=successor)
    rows = [("Varför", step.facts["why"])]
    if taken:
        rows.append((f"{successor.name} ansvarar nu för", "\n".join(measure.text for measure in taken)))
    return Told(f"angav att {person.name} är utpekad", tuple(rows))


def who_takes_over(step: Step, person: Person) -> Person:
    """Whoever points somebody out, or whom the case waits for then, where she points out herself."""
    actor = person_of(step)
    if actor.pk != person.pk:
        return actor
    found = who_is_next(step.case, workflow_of(step.case.kind).place(step.case.state), step.day)
    assert found is not None, "no case of a sealed kind is left without a taker"
    return found


def begin(step: Step) -> Told:
    """Give the case to whoever investigates it and, unless the nämnd decides, to whoever decides."""
    investigator, decider = step.facts["investigator"], step.facts.get("decider")
    appoint(step)
    keep_received(step)
    decides = f"{decider.name} beslutar" if decider else "Nämnden beslutar"
    rows = (("Jäv", f"{investigator.name} har tillfrågats och har inte jäv"),)
    return Told(f"började utredningen. {investigator.name} utreder. {decides}", rows)


def appoint(step: Step) -> None:
    investigator, decider = step.facts["investigator"], step.facts.get("decider")
    step.case.handler = investigator
    set_part(step.case, investigator, PartRole.INVESTIGATOR, step=step)
    if decider:
        set_part(step.case, decider, PartRole.DECIDER, step=step)
    else:
        no_decider(step)


def no_decider(step: Step) -> None:
    for part in step.case.parts.filter(role=PartRole.DECIDER, valid_to=None):
        end_part(part, step=step)


def settle(step: Step) -> Told:
    tell_reporter(step)
    return Told(rows=(("Varför", step.facts["why"]), *answer_rows(step)))


# --- At any time


def reappoint(step: Step) -> Told:
    what, person, why = step.facts["what"], step.facts.get("person"), ("Varför", step.facts["why"])
    if what == ReappointForm.NAMND:
        no_decider(step)
        return Told("lämnade över till nämnden att besluta", (why,))
    assert person is not None, "refused without"
    if what == ReappointForm.DECIDER:
        set_part(step.case, person, PartRole.DECIDER, step=step)
        return Told(f"utsåg {person.name} att besluta", (why,))
    earlier, step.case.handler = step.case.handler, person
    set_part(step.case, person, PartRole.INVESTIGATOR, step=step)
    instead = f" i stället för {earlier.name}" if earlier else ""
    return Told(f"utsåg {person.name} att utreda{instead}", (why,))


# --- Proposing and deciding


def propose(step: Step) -> Told:
    """Write the proposal and lock the investigation, and the händelseanalys if there is one, as numbered documents."""
    actor, grade = person_of(step), Grade(step.facts["grade"])
    proposed = rule(
        step, Ruled(stage=Stage.PROPOSAL, grade=grade, why=step.facts["why"], by=actor, decided_on=step.day)
    )
    document = take_inquiry(step.case, proposed, actor=actor, at=step.at)
    take_analysis(step.case, actor=actor, at=step.at)
    rows = (("Förslag", grade.label), ("Varför", step.facts["why"]))
    return Told(f"föreslog ett beslut. Utredningen låstes som handling nr {document.number}", rows)


def send_back(step: Step) -> Told:
    return Told(rows=(("Vad som saknas", step.facts["missing"]),))


def decide(step: Step) -> Told:
    return decided_alone(step, Stage.DECISION, "beslutade")


def correct(step: Step) -> Told:
    return decided_alone(step, Stage.CORRECTION, "rättade beslutet")


def decided_alone(step: Step, stage: Stage, sentence: str) -> Told:
    """A decision on delegation: whoever decides is the person who makes the move."""
    facts, actor = step.facts, person_of(step)
    return ruled(
        step,
        Ruled(
            stage=stage,
            grade=Grade(facts["grade"]),
            why=facts["why"],
            by=actor,
            decided_on=step.day,
            delegated=True,
            deidentified=facts.get("deidentified") or "",
        ),
        sentence,
    )


def record_decision(step: Step) -> Told:
    """What the nämnd, or an organ of it, decided. Whoever records it has not decided it."""
    facts, actor = step.facts, person_of(step)
    minutes = attach(step.case, facts["minutes"], by=actor, at=step.at)
    found = Ruled(
        stage=Stage.DECISION,
        grade=Grade(facts["grade"]),
        why=f"Enligt protokollet, {facts['section_number']}.",
        decided_on=facts["decided_on"],
        organ=facts["organ"],
        section_number=facts["section_number"],
        minutes=minutes,
    )
    return ruled(step, found, f"registrerade beslutet av {facts['organ']}")


def ruled(step: Step, found: Ruled, sentence: str) -> Told:
    ruling = rule(step, found)
    opened = pass_to_ivo(step, found.grade)
    document = take_ruling(step.case, ruling, actor=person_of(step), at=step.at)
    rows = [("Beslut", found.grade.label), ("Varför", found.why)]
    if opened:
        rows.append(("Anmäls till IVO", opened.reference))
    return Told(f"{sentence}. Det låstes som handling nr {document.number}", tuple(rows))


def pass_to_ivo(step: Step, grade: Grade) -> Case | None:
    """See to it that what is serious is notified: the case for it if there is none, and its clock.

    What is not serious needs no notice: clocks that wait for one end. Returns the case that was opened.
    """
    case = step.case
    if grade not in SERIOUS:
        waiting = case.clocks.filter(rule__in=[NOTIFY.name, LEX_MARIA.name], met_at=None, ended_at=None)
        waiting.update(ended_at=step.at)
        return None
    opened = None if to_ivo(case) else open_offspring(case, Kind.IVO, step)
    if not is_sent(case) and not running(case.clocks.all(), NOTIFY.name):
        start_clock(case, NOTIFY, at=step.at, local=step.local)
    return opened


# --- Passing on and ending


def wrong_kind(step: Step) -> Told:
    child = open_offspring(step.case, Kind(step.facts["kind"]), step)
    return Told(f"lade om ärendet till {child.reference}", (("Varför", step.facts["why"]),))


def close(step: Step) -> Told:
    lesson = step.facts["lesson"]
    keep_lesson(step, lesson)
    told = following.close(step)
    return Told(told.sentence, (*told.rows, ("Lärdom", lesson)))


def reopen(step: Step) -> Told:
    appoint(step)
    keep_received(step)
    return Told(f"återupptog ärendet. {step.facts['investigator'].name} utreder", say_why(step).rows)
