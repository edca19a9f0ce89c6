"""How an avvikelse lives: judged, asked about, investigated or acted on at once, followed up, answered."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from avvikelse.cases.rules import Outsider
from avvikelse.demo.stories import Ground, Story, dismissal, message, reason
from avvikelse.demo.stories import Measure as Planned
from avvikelse.deviations.investigation import save_investigation
from avvikelse.measures.models import Area, Decision, Measure, Strength
from avvikelse.measures.operations import Plan, add_cause, add_measure, decide_measure, finish_measure
from avvikelse.organisation.models import Person

from .life import Life, NotYet

SEVERE, HIGH = 3, 8
AT_ONCE, DISMISSED, ASKED, MOVED, REASSESSED, APPOINTED, UNLOCKED, AGAIN = 0.8, 0.05, 0.1, 0.02, 0.03, 0.02, 0.04, 0.05
FORGOTTEN = {"slow": 0.1, "worsening": 0.03, "ordinary": 0.004, "exemplary": 0.0}
"""Share of reports that nobody gets round to, by the unit's habit."""
FORGET = "forgotten"


def goes_elsewhere(life: Life, story: Story) -> bool:
    """Whether the case goes to another kind, and if so when: the life's clock is then set to that."""
    if life.chance(FORGOTTEN[life.place.habit]):
        life.fate = FORGET
        return False
    try:
        life.wait(0, 5)
    except NotYet:
        life.fate = FORGET
        return False
    if story.suspicion and (story.severity >= SEVERE or life.chance(0.4)):
        life.fate, life.why = "hand_over_lex", story.suspicion
    elif story.lagrum == "HSL" and story.severity >= SEVERE and life.chance(0.4):
        life.fate, life.why = "hand_over_vsk", harm_suspected(life)
    elif story.counterpart and life.chance(0.6):
        life.fate, life.why = "make_samverkan", reason(life.rng, "samverkan")
    return bool(life.fate)


def harm_suspected(life: Life) -> str:
    return reason(life.rng, "hand_over_hsl")


def hand_over(life: Life) -> None:
    """Give the case to another kind; that is the end of this one's life."""
    done = life.case.report.done_at_once or "Inget mer har gjorts än."
    life.move(life.fate, life.chief, why=life.why, done_at_once=done)


def live(life: Life, story: Story, earlier: str) -> None:
    """Carry the case on until it is finished or its next act lies ahead. `earlier` is another report's number."""
    if life.fate:
        return
    if life.chance(ASKED):
        ask(life, story)
    if life.chance(DISMISSED):
        dismiss(life, earlier)
        return
    if story.risk < HIGH and story.severity < SEVERE and life.chance(AT_ONCE):
        act_at_once(life, story)
    else:
        investigate(life, story)
    finish(life, story)


def ask(life: Life, story: Story) -> None:
    """The chief asks, and mostly gets an answer."""
    exchange = story.dialogue[0] if story.dialogue else message(life.rng)
    life.move("request_more", life.chief, question=exchange.question)
    life.wait(1, 6)
    if isinstance(life.reporter, Outsider) or life.chance(0.15):
        life.move("go_on", life.chief, why=reason(life.rng, "go_on"))
    else:
        life.move("answer", life.reporter, addition=exchange.answer)
    life.wait(0, 2)


def dismiss(life: Life, earlier: str) -> None:
    grounds: tuple[Ground, ...] = ("duplicate", "not_deviation", "other")
    ground = life.rng.choice(grounds if earlier else grounds[1:])
    note, told = dismissal(life.rng, ground)
    original = earlier if ground == "duplicate" else ""
    life.move("dismiss", life.chief, reason=ground, original=original, note=note, answer=told)


def judgement(life: Life, story: Story) -> dict[str, Any]:
    prefix = "hsl" if story.lagrum == "HSL" else "sol"
    found: dict[str, Any] = {
        f"{prefix}_severity": story.severity,
        f"{prefix}_likelihood": story.likelihood,
        "category": life.ekhamn.categories[story.lagrum, *story.category],
        "suspected": "no",
        "suspected_why": story.suspicion or "Ingen har farit illa av att något gjordes eller inte gjordes.",
    }
    if prefix == "hsl":
        found["hsl_professional"] = f"{life.rng.choice(life.ekhamn.staff('halso-och-sjukvard')).name}, sjuksköterska"
    return found


def act_at_once(life: Life, story: Story) -> None:
    cause = story.causes[0]
    life.move("act_at_once", life.chief, **judgement(life, story), cause_area=cause.area, cause=cause.text)


def investigate(life: Life, story: Story) -> None:
    chief = life.chief
    investigator = life.investigator
    life.move("assess", chief, **judgement(life, story), investigator=investigator)
    if life.chance(REASSESSED):
        changed = {**judgement(life, story), "why": reason(life.rng, "reassess")}
        life.move("reassess", chief, **changed)
    if life.chance(APPOINTED):
        investigator = chief
        life.move("appoint", chief, investigator=investigator, why=reason(life.rng, "appoint"))
    life.wait(1, 8)
    write(life, story, investigator)
    life.wait(2, 14)
    causes(life, story, investigator)
    life.move("conclude", investigator)
    if life.chance(UNLOCKED):
        life.wait(1, 4)
        life.move("unlock", chief, why=reason(life.rng, "unlock"))
        life.wait(1, 5)
        life.move("conclude", investigator)


def write(life: Life, story: Story, investigator: Person) -> None:
    found = story.findings
    texts = {
        "what_happened": found.what_happened,
        "consequences": found.consequences,
        "child_perspective": found.child_perspective,
        "before": found.before,
        "before_note": found.before_note,
        "again": found.again,
        "again_note": found.again_note,
    }
    save_investigation(life.case.pk, actor=investigator, version=life.version, at=life.at, texts=texts)
    life.version += 1


def causes(life: Life, story: Story, investigator: Person) -> None:
    for cause in story.causes:
        add_cause(
            life.case.pk, actor=investigator, version=life.version, at=life.at, area=Area(cause.area), text=cause.text
        )
        life.version += 1


def finish(life: Life, story: Story) -> None:
    """Decide measures, do them, see whether they helped, and answer."""
    life.wait(0, 4)
    planned = plan(life, story)
    helped = {row.pk: measure for row, measure in planned}
    for row, _ in planned:
        life.wait(2, 15)
        finish_measure(row.pk, actor=row.owner, at=life.at, done_on=life.day, note="Det är gjort och alla vet om det.")
        life.version += 1
    life.wait(0, 3)
    due = life.day + timedelta(days=life.rng.choice((21, 30, 45, 60)))
    life.move("follow_up", life.chief, follow_up_on=due)
    life.until(due + timedelta(days=life.rng.randint(0, 6)))
    if life.chance(AGAIN):
        go_round_again(life)
    close(life, story, helped)


def plan(life: Life, story: Story) -> list[tuple[Measure, Planned]]:
    """A measure against every cause there is, proposed by whoever investigated and approved by the chief."""
    found = []
    rows = list(life.case.causes.order_by("pk"))
    proposer = life.chief
    for measure in story.measures:
        if measure.cause >= len(rows):
            continue
        found.append((propose(life, rows[measure.cause].pk, measure, proposer), measure))
    covered = {measure.cause for _, measure in found}
    for number, row in enumerate(rows):
        if number not in covered:
            found.append((propose(life, row.pk, story.measures[0], proposer), story.measures[0]))
    return found


def propose(
    life: Life, cause: int, measure: Planned, proposer: Person, *, owner: Person | None = None, days: int = 0
) -> Measure:
    """Propose the measure, to be done in so many days by its owner; left out, the dice decide."""
    due = life.day + timedelta(days=days or life.rng.choice((14, 21, 30, 60)))
    intended = Plan(
        text=measure.text,
        strength=Strength(measure.strength),
        owner=owner or life.investigator,
        due_on=due,
        sign=measure.seen,
    )
    row = add_measure(cause, intended, actor=proposer, version=life.version, at=life.at)
    life.version += 1
    if life.chance(0.03):
        why = reason(life.rng, "measure_partly")
        decide_measure(
            row.pk, actor=life.chief, version=life.version, at=life.at, decision=Decision.PARTLY, comment=why
        )
        life.version += 1
    return row


def go_round_again(life: Life) -> None:
    life.move("act_again", life.chief, what_did_not_help=reason(life.rng, "act_again"))
    life.wait(3, 10)
    due = life.day + timedelta(days=30)
    life.move("follow_up", life.chief, follow_up_on=due)
    life.until(due)


def close(life: Life, story: Story, helped: dict[int, Planned]) -> None:
    facts: dict[str, Any] = {"answer": story.answer}
    for number, measure in helped.items():
        facts |= {f"effect_{number}": measure.effect, f"effect_note_{number}": measure.known}
    if all(measure.effect == "no" for measure in helped.values()):
        facts["nothing_helped"] = "Vi har en ny plan som börjar i vår och följer upp den för sig."
    if life.chance(0.02):
        facts |= {"answer": "", "why_not": reason(life.rng, "no_answer")}
    life.move("close", life.chief, **facts)
