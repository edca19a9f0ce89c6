"""What is written while a grave case is investigated: its points, notes, statements, causes and händelseanalys."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from avvikelse.cases.kinds import Kind
from avvikelse.cases.wording import full_day
from avvikelse.demo.stories.grave import Course, choose, course, pool, said
from avvikelse.demo.stories.voice import capital
from avvikelse.inquiries.analysis_operations import add_barrier, add_block, add_factor, save_frame
from avvikelse.inquiries.choices import Nature
from avvikelse.inquiries.models import Block, Note, Statement
from avvikelse.inquiries.operations import add_note, save_task
from avvikelse.inquiries.operations import answer_statement as give
from avvikelse.inquiries.tasks import SIX_POINTS, tasks_of
from avvikelse.measures.models import Area
from avvikelse.measures.operations import add_cause
from avvikelse.ui import words

from .inquiry import Inquiry

FIRST_POINTS = ("handelsen", "foljder", "nar")
"""What is written in the first days; the rest when more is known."""
FIRST_STEPS = 2
ANSWER = re.compile(r"^(Ja|Nej)[.,] ")


# --- The points


def write_first(inquiry: Inquiry) -> None:
    write(inquiry, [task.slug for task in tasks_of(inquiry.life.case) if task.slug in FIRST_POINTS])


def write_rest(inquiry: Inquiry) -> None:
    """All that is left, and the causes."""
    write(inquiry, [task.slug for task in tasks_of(inquiry.life.case) if task.slug not in FIRST_POINTS])
    for cause in inquiry.story.causes:
        inquiry.life.does(add_cause, inquiry.investigator, area=Area(cause.area), text=cause.text)


def write(inquiry: Inquiry, slugs: list[str]) -> None:
    texts = everything(inquiry)
    for task in tasks_of(inquiry.life.case):
        if task.asks and task.slug in slugs:
            save_task(
                inquiry.life.case.pk,
                task,
                actor=inquiry.investigator,
                version=inquiry.life.version,
                at=inquiry.life.at,
                texts=texts,
            )
            inquiry.life.version += 1


def everything(inquiry: Inquiry) -> dict[str, Any]:
    story, found = inquiry.story, inquiry.story.findings
    due = inquiry.life.day + timedelta(days=45)
    own = of_patient(inquiry) if inquiry.kind == Kind.VSK else of_individual(inquiry)
    return {
        "event": found.what_happened,
        "consequences": found.consequences,
        "occurred": when(inquiry),
        "noticed": inquiry.say("noticed"),
        "child_perspective": found.child_perspective,
        "before": found.before,
        "before_note": besides_the_answer(found.before_note),
        "again": found.again,
        "again_note": besides_the_answer(found.again_note),
        "remedied": inquiry.say("remedied"),
        "remedied_when": inquiry.life.rng.choice(said()["remedied"]["when"]),
        "prevention": " ".join(dict.fromkeys(measure.text for measure in story.measures)),
        "prevention_when": f"Senast {words.day(due)}.",
        "other": choose(inquiry.life.rng, "other", inquiry.word),
        **own,
    }


def besides_the_answer(note: str) -> str:
    """The note without the yes or no that stands before it."""
    return capital(ANSWER.sub("", note))


def when(inquiry: Inquiry) -> str:
    case, clock = inquiry.life.case, inquiry.story.clock
    if case.occurred_on is None:
        return "Det har inte hänt än, men kan hända när som helst så länge inget ändras."
    return f"Den {full_day(case.occurred_on)} klockan {clock:%H.%M}."


def of_individual(inquiry: Inquiry) -> dict[str, Any]:
    life, reported = inquiry.life, inquiry.abuse and inquiry.fate.reaches_ivo
    informed, represented, filed = life.chance(0.85), life.chance(0.7), life.chance(0.8)
    return {
        "individual_informed": "yes" if informed else "no",
        "individual_why": choose(life.rng, "told", "individual" if informed else "individual_not"),
        "representative_informed": "yes" if represented else "no",
        "representative_why": choose(life.rng, "told", "representative" if represented else "representative_not"),
        "personal_file": "yes" if filed else "no",
        "personal_file_why": "" if filed else choose(life.rng, "told", "personal_file_not"),
        "police": "yes" if reported else "no" if inquiry.abuse else "na",
        "police_why": choose(life.rng, "told", "police_yes" if reported else "police_not") if inquiry.abuse else "",
    }


def of_patient(inquiry: Inquiry) -> dict[str, Any]:
    life = inquiry.life
    told = life.rng.choices(("patient", "relative", "nobody"), (8, 3, 1))[0]
    facts: dict[str, Any] = {"patient_told": told, "journal_noted": "yes", "patient_why": ""}
    facts["journal_reference"] = choose(life.rng, "told", "journal")
    if told == "nobody":
        why = choose(life.rng, "told", "nobody")
        return {**facts, "patient_why": why, "journal_noted": "no", "journal_why": why}
    if told == "relative":
        facts["patient_why"] = choose(life.rng, "told", "relative_instead")
    facts |= {"patient_told_on": life.case.received_on, "patient_told_by": inquiry.taker.name_and_title}
    return facts | dict.fromkeys(SIX_POINTS, True)


# --- Notes, statements and what is hidden


def take_notes(inquiry: Inquiry, count: int) -> None:
    """The next notes of those that fit the case, in the order they are written there."""
    written = inquiry.life.case.notes.count()
    for source, nature, text in pool("notes", inquiry.topic)[written : written + count]:
        take_note(inquiry, source, Nature(nature), text)


def take_note(inquiry: Inquiry, source: str, nature: Nature, text: str) -> Note:
    life = inquiry.life
    facts: dict[str, Any] = {"noted_on": life.day, "source": source, "nature": nature, "text": text}
    note = add_note(life.case.pk, actor=inquiry.investigator, at=life.at, **facts)
    life.version += 1
    return note


def mask(inquiry: Inquiry) -> None:
    """Write down what should not have been, and hide it."""
    passage = said()["masked"]["passage"]
    text = f"Två grannar har frågats om kvällen. {passage} Den andra hörde steg klockan tre."
    note = take_note(inquiry, "Samtal med grannar", Nature.FACT, text)
    ground = choose(inquiry.life.rng, "masked", "any")
    inquiry.life.move("mask", inquiry.taker, place=f"note.{note.pk}.text", passage=passage, ground=ground)


def ask_statement(inquiry: Inquiry) -> None:
    """Ask the unit's chief, who does not see the case."""
    life = inquiry.life
    question, _ = choose(life.rng, "statement", inquiry.word)
    due = life.day + timedelta(days=10)
    life.move("ask_statement", inquiry.investigator, asked_of=life.chief, question=question, due_on=due)


def answer_statement(inquiry: Inquiry) -> None:
    asked = Statement.objects.get(case=inquiry.life.case, answered_at=None)
    answers = dict(pool("statement", (inquiry.word,)))
    give(asked.pk, actor=asked.asked_of, at=inquiry.life.at, text=answers[asked.question])
    inquiry.life.version += 1


# --- The händelseanalys


def team(inquiry: Inquiry) -> str:
    """Who goes through it together with whoever leads."""
    others = [person for person in (*inquiry.investigators, inquiry.taker) if person != inquiry.investigator]
    return ", ".join(person.name_and_title for person in inquiry.life.rng.sample(others, 2))


def analyse_first(inquiry: Inquiry) -> None:
    """The frame and the first steps."""
    inquiry.course = found = course(inquiry.life.rng, inquiry.topic)
    frame = {"assignment": found.assignment, "method": found.method, "team": team(inquiry)}
    inquiry.life.does(save_frame, inquiry.investigator, **frame)
    add_steps(inquiry, found, 0, FIRST_STEPS)


def analyse(inquiry: Inquiry) -> None:
    """The whole course, with what contributed and which barriers stood there."""
    if inquiry.course is None:
        analyse_first(inquiry)
    life, found = inquiry.life, inquiry.course
    assert found is not None, "it is begun"
    add_steps(inquiry, found, FIRST_STEPS, len(found.steps))
    blocks = {block.place: block for block in Block.objects.filter(analysis=life.case.pk)}
    for place, area, text in found.factors:
        life.does(add_factor, inquiry.investigator, block=blocks.get(place), area=Area(area), text=text)
    for place, held, text in found.barriers:
        life.does(add_barrier, inquiry.investigator, block=blocks[place], text=text, held=held)


def add_steps(inquiry: Inquiry, found: Course, first: int, last: int) -> None:
    for number, (at, what) in enumerate(found.steps[first:last], first):
        inquiry.life.does(add_block, inquiry.investigator, after=number, when=at, what=what)
