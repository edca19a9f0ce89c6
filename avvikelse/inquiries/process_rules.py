"""What refuses a move of a lex Sarah case or a vårdskada: each gives the sentence the user reads, or None."""

from __future__ import annotations

from collections.abc import Iterator

from avvikelse.cases.engine import Situation, not_as
from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case, Part
from avvikelse.cases.rules import implicated_people
from avvikelse.cases.takers import line_over, nobody_at
from avvikelse.organisation.models import Person
from avvikelse.organisation.roles import Role, in_text
from avvikelse.ui.words import amount

from .choices import SERIOUS
from .lookup import decision_of
from .process_forms import IMPLICATED, NOT_BEGUN, ReappointForm
from .tasks import remaining

INFORMED = (("chair_informed_on", Role.CHAIR), ("director_informed_on", Role.DIRECTOR))
UNSENT = frozenset({State.PREPARING, State.CANCELLED})


def to_ivo(case: Case) -> list[Case]:
    """What is opened between the municipality and IVO out of the case, but for what was cancelled before it began."""
    return [each for each in case.offspring.all() if each.kind == Kind.IVO and each.state != State.CANCELLED]


def is_sent(case: Case) -> bool:
    """Whether IVO has been told of the case."""
    return any(each.state not in UNSENT for each in to_ivo(case))


# --- Who


def pointed_out(situation: Situation) -> frozenset[int]:
    """Everybody who is *utpekad*, also those that the form says are."""
    chosen = (situation.facts.get(name) for name in IMPLICATED)
    return implicated_people(situation.case) | {person.pk for person in chosen if person}


def leaders_informed(situation: Situation) -> str | None:
    """The chair and the director are told, where the municipality has it so, and never one who is *utpekad*."""
    if not situation.sent or not situation.local.flag("inform_chair_and_director"):
        return None
    barred = pointed_out(situation)
    for fact, role in INFORMED:
        holders = [holder for holder in line_over(situation.case, situation.day) if holder.role == role]
        told, able = situation.facts.get(fact), [each for each in holders if each.person.pk not in barred]
        if told and holders and not able:
            return f"{holders[0].person.name} är utpekad och ska inte informeras. Ta bort dagen."
        if able and not told:
            return f"Skriv vilken dag {able[0].person.name} ({in_text(role)}) fick veta."
    return None


def nobody_at_unit(situation: Situation) -> str | None:
    unit = situation.facts.get("unit")
    return nobody_at(situation.case, unit, situation.day) if unit and unit.pk != situation.case.unit_id else None


def chosen(situation: Situation) -> Iterator[Person]:
    """Everybody the form gives something to do in the case."""
    for name in ("investigator", "decider", "person"):
        if person := situation.facts.get(name):
            yield person


def conflicted(situation: Situation) -> str | None:
    """Nobody who is *utpekad*, or who answers that she has *jäv*, investigates or decides."""
    barred = implicated_people(situation.case)
    for person in chosen(situation):
        if person.pk in barred:
            return f"{person.name} är utpekad i ärendet. Välj någon annan."
    if situation.facts.get("conflict") == "yes":
        return "Den som har jäv kan varken utreda eller besluta. Välj någon annan."
    return None


def conflict_unasked(situation: Situation) -> str | None:
    facts = situation.facts
    if situation.sent and facts.get("what") != ReappointForm.NAMND and not facts.get("conflict"):
        return "Fråga om hon eller han har jäv och välj svaret."
    return None


def nobody_appointed(situation: Situation) -> str | None:
    what = situation.facts.get("what")
    if (
        situation.sent
        and what in {ReappointForm.INVESTIGATOR, ReappointForm.DECIDER}
        and not situation.facts.get("person")
    ):
        return "Välj vem det ska vara."
    if what == ReappointForm.INVESTIGATOR and situation.case.state in NOT_BEGUN:
        return "Ingen utreder än. Börja utredningen i stället."
    return None


def needs_four_eyes(situation: Situation) -> bool:
    """Always in a lex Sarah case; in a vårdskada where the municipality has it so (workflows §6, §7)."""
    return situation.case.kind == Kind.LEX or situation.local.flag("four_eyes_care_injury")


def investigators(case: Case) -> frozenset[int]:
    """Everybody who investigates the case or ever has."""
    ever = Part.objects.filter(case=case, role=PartRole.INVESTIGATOR).values_list("person_id", flat=True)
    return frozenset(ever) | ({case.handler_id} if case.handler_id else frozenset())


def decider_of(case: Case) -> int | None:
    parts = case.parts.all()
    return next((part.person_id for part in parts if part.role == PartRole.DECIDER and part.valid_to is None), None)


def same_person(situation: Situation) -> str | None:
    """Whoever is to decide has not investigated, and the other way round."""
    facts, case = situation.facts, situation.case
    if not situation.sent or not needs_four_eyes(situation):
        return None
    decider, investigator = facts.get("decider"), facts.get("investigator")
    person = facts.get("person")
    deciding = person if facts.get("what") == ReappointForm.DECIDER else decider
    taken = {investigator.pk} if investigator else set()
    if deciding and deciding.pk in investigators(case) | taken:
        return f"{deciding.name} utreder eller har utrett ärendet och får inte besluta i det. Välj någon annan."
    if person and facts.get("what") == ReappointForm.INVESTIGATOR and person.pk == decider_of(case):
        return f"{person.name} ska besluta i ärendet och kan inte också utreda det. Byt beslutsfattare först."
    return None


def decider_named(situation: Situation) -> str | None:
    """While a person is to decide, the nämnd does not. The registrator reads this too: it names nobody."""
    if decider_of(situation.case) is None:
        return None
    return "En person ska besluta i ärendet. Ska nämnden besluta i stället byts beslutsfattaren först."


def decider_investigated(situation: Situation) -> str | None:
    if not needs_four_eyes(situation) or decider_of(situation.case) not in investigators(situation.case):
        return None
    return "Den som har utrett ärendet får inte besluta i det. Låt någon annan besluta."


# --- How far


def undocumented(situation: Situation) -> str | None:
    left = remaining(situation.case)
    if not left:
        return None
    return f"{amount(len(left), 'sak', 'saker')} återstår i dokumentationen. {left[0]}"


def notified(situation: Situation) -> str | None:
    """What is told to IVO, or about to be, is always investigated to its end."""
    if to_ivo(situation.case):
        return "Ärendet har en anmälan till IVO. Då ska det utredas klart."
    return None


def serious(situation: Situation) -> str | None:
    decision = decision_of(situation.case)
    if decision and decision.grade in SERIOUS:
        return "Beslutet är att det är allvarligt. Då lämnas ärendet inte tillbaka till enheten."
    return None


def ivo_not_sent(situation: Situation) -> str | None:
    waiting = [each.reference for each in to_ivo(situation.case) if each.state in UNSENT]
    if waiting:
        return f"Anmälan till IVO, {waiting[0]}, är inte skickad. Skicka den, eller avbryt den om den inte behövs."
    decision = decision_of(situation.case)
    if decision and decision.grade in SERIOUS and not is_sent(situation.case):
        return "Beslutet är att det är allvarligt. Då ska det vara anmält till IVO först."
    return None


def not_as_chosen(situation: Situation) -> str | None:
    kind = situation.facts.get("kind")
    return not_as(Kind(kind), situation) if kind else None


def undecided(situation: Situation) -> str | None:
    if decision_of(situation.case) is None:
        return "Det finns inget beslut att rätta."
    return None
