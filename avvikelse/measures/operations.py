"""Adding causes and measures, deciding on them, doing them and judging what they did."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.timezone import localdate

from avvikelse.audit.operations import act_as
from avvikelse.cases.clocks import MEASURE, meet_clocks, start_anew
from avvikelse.cases.engine import Told, workflow_of
from avvikelse.cases.kinds import State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, locked, record_event
from avvikelse.cases.rules import Who, capacities, implicated_people
from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.ui import words

from .models import Area, Cause, Decision, Effect, Measure, Strength

WORKERS = frozenset({Who.CHEF, Who.INVESTIGATOR, Who.SAS, Who.MAS})
"""Who may write causes and propose measures."""
DECIDERS = frozenset({Who.CHEF, Who.SAS, Who.MAS})
OPEN_FOR_CAUSES = frozenset({State.INVESTIGATING, State.ANALYSING, State.ACTING, State.DECIDED, State.ADOPTED})


def case_for(case_id: int, version: int, actor: Person, at: datetime, allowed: frozenset[Who]) -> Case:
    """The locked case, if the actor may work on it now."""
    act_as(actor.actor_key)
    case = locked(case_id, version)
    if not allowed & capacities(case, actor, localdate(at)):
        raise PermissionDenied
    return case


def touch(case: Case) -> None:
    case.version += 1
    case.save(update_fields=["version"])


@transaction.atomic
def add_cause(case_id: int, *, actor: Person, version: int, at: datetime, area: Area, text: str) -> Cause:
    case = case_for(case_id, version, actor, at, WORKERS)
    refuse_unless_open(case)
    cause = Cause.objects.create(case=case, area=area, text=text, added_by=actor, added_at=at)
    touch(case)
    record_event(case, "cause", actor=actor, at=at, told=Told("skrev en orsak", ((Area(area).label, text),)))
    return cause


def refuse_unless_open(case: Case) -> None:
    if case.state not in OPEN_FOR_CAUSES:
        raise MoveRefused(["Orsaker och åtgärder kan läggas till medan ärendet utreds eller åtgärdas."])


@transaction.atomic
def take_back_cause(cause_id: int, *, actor: Person, version: int, at: datetime) -> None:
    """Cross out a cause that has no measure that counts."""
    cause = Cause.objects.select_related("case").get(pk=cause_id)
    case = case_for(cause.case_id, version, actor, at, WORKERS)
    refuse_unless_open(case)
    if any(measure.decision != Decision.DECLINED for measure in cause.measures.all()):
        raise MoveRefused(["Orsaken har åtgärder. Avslå dem först."])
    cause.taken_back_at = at
    cause.save(update_fields=["taken_back_at"])
    touch(case)
    record_event(
        case,
        "cause_taken_back",
        actor=actor,
        at=at,
        told=Told("strök en orsak", ((Area(cause.area).label, cause.text),)),
    )


@transaction.atomic
def explain_no_measure(cause_id: int, *, actor: Person, version: int, at: datetime, reason: str) -> None:
    """Say why a cause is left without a measure."""
    cause = Cause.objects.get(pk=cause_id)
    case = case_for(cause.case_id, version, actor, at, WORKERS)
    refuse_unless_open(case)
    cause.no_measure_reason = reason
    cause.save(update_fields=["no_measure_reason"])
    touch(case)
    record_event(
        case,
        "no_measure",
        actor=actor,
        at=at,
        told=Told("lämnade en orsak utan åtgärd", (("Varför", reason),)),
    )


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What shall be done, how surely it works, by whom, by when, and how one will see that it helped."""

    text: str
    strength: Strength
    owner: Person
    due_on: date
    sign: str


@transaction.atomic
def add_measure(cause_id: int, plan: Plan, *, actor: Person, version: int, at: datetime) -> Measure:
    """Propose a measure against a cause. A chief's own proposal is approved at once."""
    cause = Cause.objects.get(pk=cause_id)
    case = case_for(cause.case_id, version, actor, at, WORKERS)
    refuse_unless_open(case)
    if cause.taken_back_at:
        raise MoveRefused(["Orsaken är struken. Välj en annan orsak."])
    if plan.owner.pk in implicated_people(case):
        raise MoveRefused([f"Ärendet gäller {plan.owner.name}. Välj någon annan som ansvarar."])
    measure = Measure.objects.create(cause=cause, added_by=actor, added_at=at, **vars(plan))
    touch(case)
    rows = (("Åtgärd", plan.text), ("Ansvarig", f"{plan.owner.name}, klart {words.day(plan.due_on)}"))
    decides = bool(DECIDERS & capacities(case, actor, localdate(at)))
    told = Told("beslutade en åtgärd" if decides else "föreslog en åtgärd", rows)
    record_event(case, "measure", actor=actor, at=at, told=told)
    if decides:
        decide(measure, case, Decision.APPROVED, "", actor=actor, at=at)
    return measure


@transaction.atomic
def decide_measure(
    measure_id: int, *, actor: Person, version: int, at: datetime, decision: Decision, comment: str
) -> None:
    """Approve, decline or approve in part; the last two say why."""
    measure = Measure.objects.select_related("cause").get(pk=measure_id)
    case = case_for(measure.cause.case_id, version, actor, at, DECIDERS)
    if not measure.is_open or workflow_of(case.kind).place(case.state).final:
        raise MoveRefused(["Åtgärden eller ärendet är redan klart. Beslutet går inte att ändra."])
    if decision != Decision.APPROVED and not comment:
        raise MoveRefused(["Skriv varför åtgärden inte godkänns helt."])
    decide(measure, case, decision, comment, actor=actor, at=at)
    touch(case)
    rows = (("Åtgärd", measure.text), *((("Kommentar", comment),) if comment else ()))
    sentences = {
        Decision.APPROVED: "godkände en åtgärd",
        Decision.PARTLY: "godkände en åtgärd delvis",
        Decision.DECLINED: "avslog en åtgärd",
    }
    record_event(case, "measure_decided", actor=actor, at=at, told=Told(sentences[decision], rows))


def decide(measure: Measure, case: Case, decision: Decision, comment: str, *, actor: Person, at: datetime) -> None:
    measure.decision, measure.decision_comment, measure.decided_by = decision, comment, actor
    measure.save(update_fields=["decision", "decision_comment", "decided_by"])
    if decision == Decision.DECLINED:
        meet_clocks(case, (MEASURE,), at=at, about_id=measure.pk)
        return
    facts = {"due_on": measure.due_on}
    start_anew(case, MEASURE, at=at, local=LocalValues(localdate(at)), facts=facts, about_id=measure.pk)


def pass_on_measures(case: Case, person: Person, *, to: Person) -> list[Measure]:
    """Give all that the person has left to do in the case to somebody else. Called inside a move."""
    rows = list(Measure.objects.open().owned_by(person).filter(cause__case=case).order_by("pk"))
    for measure in rows:
        measure.owner = to
        measure.save(update_fields=["owner"])
    return rows


@transaction.atomic
def finish_measure(measure_id: int, *, actor: Person, at: datetime, done_on: date, note: str) -> Measure:
    """The owner, or a chief, says that it is done. The owner needs not see the case."""
    act_as(actor.actor_key)
    # The case first, as everywhere: two who lock in different orders would wait for each other.
    cases = Case.objects.select_for_update(of=("self",)).select_related("unit")
    case = cases.get(pk=Measure.objects.values_list("cause__case_id", flat=True).get(pk=measure_id))
    measure = Measure.objects.select_for_update(of=("self",)).select_related("cause").get(pk=measure_id)
    if measure.owner_id != actor.pk and not WORKERS & capacities(case, actor, localdate(at)):
        raise PermissionDenied
    if not measure.is_open:
        raise MoveRefused(["Åtgärden är redan klar eller avslagen."])
    measure.done_on, measure.done_note = done_on, note
    measure.save(update_fields=["done_on", "done_note"])
    meet_clocks(case, (MEASURE,), at=at, about_id=measure.pk)
    touch(case)
    record_event(
        case,
        "measure_done",
        actor=actor,
        at=at,
        told=Told("gjorde klart en åtgärd", (("Åtgärd", measure.text), ("Så blev det", note))),
    )
    return measure


def judge_effect(measure: Measure, *, effect: Effect, note: str, dropped_reason: str = "") -> None:
    """Whether the measure helped and how we know, or why it was never done. Called inside a move."""
    measure.effect, measure.effect_note, measure.dropped_reason = (
        effect if not dropped_reason else "",
        note,
        dropped_reason,
    )
    if dropped_reason:
        measure.effect_note = ""
    measure.save(update_fields=["effect", "effect_note", "dropped_reason"])
