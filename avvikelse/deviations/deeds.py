"""What each move of an avvikelse does besides moving, and what the history says of it."""

from __future__ import annotations

from avvikelse.cases.deeds import answer_rows, person_of, say_why, tell_reporter
from avvikelse.cases.engine import Step, Told
from avvikelse.cases.kinds import PartRole
from avvikelse.cases.models import Assessment, Message
from avvikelse.cases.operations import set_part
from avvikelse.cases.rules import Who, capacities
from avvikelse.measures.models import Area, Cause
from avvikelse.organisation.models import Lagrum, Person

from .forms import DismissForm, newest_assessments


def judge_risk(step: Step) -> str:
    """Write a row per lagrum that was judged, set the case's risk by all that hold, and say it in words."""
    said = []
    for prefix, lagrum in (("sol", Lagrum.SOL_LSS), ("hsl", Lagrum.HSL)):
        severity, likelihood = step.facts.get(f"{prefix}_severity"), step.facts.get(f"{prefix}_likelihood")
        if severity and likelihood:
            Assessment.objects.create(
                case=step.case,
                lagrum=lagrum,
                severity=severity,
                likelihood=likelihood,
                professional=(step.facts.get("hsl_professional") or "") if lagrum == Lagrum.HSL else "",
                assessed_by=person_of(step),
                assessed_at=step.at,
            )
            said.append(f"{lagrum.label} allvarlighet {severity}, sannolikhet {likelihood}")
    standing = newest_assessments(step.case)
    step.case.under_sol_lss = any(row.lagrum == Lagrum.SOL_LSS for row in standing)
    step.case.under_hsl = any(row.lagrum == Lagrum.HSL for row in standing)
    step.case.risk = max(row.risk for row in standing)
    return f"{' och '.join(said)}, risk {step.case.risk}"


def judge(step: Step) -> tuple[str, tuple[tuple[str, str], ...]]:
    risk = judge_risk(step)
    step.case.category = step.facts["category"]
    suspected = "Ja. " if step.facts["suspected"] == "yes" else "Nej. "
    rows = (
        ("Handlar om", str(step.case.category)),
        ("Misstänkt missförhållande", suspected + step.facts["suspected_why"]),
    )
    return risk, rows


def assess(step: Step) -> Told:
    risk, rows = judge(step)
    investigator = step.facts["investigator"]
    step.case.handler = investigator
    set_part(step.case, investigator, PartRole.INVESTIGATOR, step=step)
    return Told(f"bedömde rapporten: {risk}. {investigator.name} utreder", rows)


def act_at_once(step: Step) -> Told:
    risk, rows = judge(step)
    step.case.handler = person_of(step)
    Cause.objects.create(
        case=step.case,
        area=step.facts["cause_area"],
        text=step.facts["cause"],
        added_by=person_of(step),
        added_at=step.at,
    )
    cause = (Area(step.facts["cause_area"]).label, step.facts["cause"])
    return Told(f"bedömde rapporten och åtgärdar den direkt: {risk}", (*rows, cause))


def reassess(step: Step) -> Told:
    earlier = step.case.risk
    risk = judge_risk(step)
    before = f". Tidigare risk {earlier}" if earlier else ""
    return Told(f"ändrade bedömningen: {risk}{before}", (("Varför", step.facts["why"]),))


def appoint(step: Step) -> Told:
    earlier, investigator = step.case.handler, step.facts["investigator"]
    step.case.handler = investigator
    set_part(step.case, investigator, PartRole.INVESTIGATOR, step=step)
    instead = f" i stället för {earlier.name}" if earlier else ""
    return Told(f"utsåg {investigator.name} till utredare{instead}", (("Varför", step.facts["why"]),))


def move_unit(step: Step) -> Told:
    earlier, step.case.unit = step.case.unit, step.facts["unit"]
    return Told(f"flyttade ärendet från {earlier.name} till {step.case.unit.name}", (("Varför", step.facts["why"]),))


def request_more(step: Step) -> Told:
    write(step, step.facts["question"])
    return Told(rows=(("Fråga", step.facts["question"]),))


def answer(step: Step) -> Told:
    write(step, step.facts["addition"])
    return Told(rows=(("Svar", step.facts["addition"]),))


def write(step: Step, text: str) -> None:
    person = step.actor if isinstance(step.actor, Person) else None
    from_reporter = Who.REPORTER in capacities(step.case, step.actor, step.day)
    Message.objects.create(case=step.case, author=person, from_reporter=from_reporter, text=text, at=step.at)


def withdraw(step: Step) -> Told:
    write(step, f"Jag vill ta tillbaka rapporten. {step.facts['why']}")
    return say_why(step)


def dismiss(step: Step) -> Told:
    tell_reporter(step)
    reason = dict(DismissForm.REASONS)[step.facts["reason"]]
    more = " ".join(part for part in (step.facts.get("original"), step.facts.get("note")) if part)
    return Told(rows=(("Varför", f"{reason}. {more}".strip()), *answer_rows(step)))


def hand_over(step: Step) -> Told:
    step.case.handler = None
    return Told(rows=(("Varför", step.facts["why"]), ("Gjordes genast", step.facts["done_at_once"])))
