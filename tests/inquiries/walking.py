"""What somebody would write in the form of a move, and would do before she makes it, as the dice fall."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from random import Random
from typing import Any

from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import Move
from avvikelse.cases.forms import MoveForm
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.cases.moving import attempt, move_form
from avvikelse.cases.operations import MoveRefused
from avvikelse.cases.rules import implicated_people
from avvikelse.cases.viewer import Viewer
from avvikelse.deviations.investigation import save_investigation
from avvikelse.inquiries.choices import Nature
from avvikelse.inquiries.models import Analysis
from avvikelse.inquiries.operations import add_note, keep
from avvikelse.ivo.choices import Grave
from avvikelse.ivo.models import Reader
from avvikelse.ivo.operations import read_decision, save_notification, texts_of
from avvikelse.measures.lookup import standing_causes
from avvikelse.measures.models import Area, Cause, Decision, Measure, Strength
from avvikelse.measures.operations import (
    DECIDERS,
    WORKERS,
    Plan,
    add_measure,
    decide_measure,
    explain_no_measure,
    finish_measure,
)
from avvikelse.measures.sections import lacks_measure
from avvikelse.organisation.models import Person
from tests.inquiries.sealed import TEXTS
from tests.people import AT, DAY
from tests.stages import TEXTS as INVESTIGATED

WORDS = "Ett ord."
LATER = (DAY + timedelta(days=14)).isoformat()
LEFT_EMPTY = frozenset({"why_not", "original", "ivo_number", "diary_number", "implicated_outside"})
"""Texts that contradict another answer, or are seldom there."""
USUALLY: dict[str, tuple[str, ...]] = {
    "conflict": ("no", "no", "no", "yes"),
    "suspected": ("no", "no", "no", "yes"),
    "sol_likelihood": ("1", "2"),
    "hsl_severity": ("2",),
    "hsl_likelihood": ("2",),
    "sol_severity": ("1", "2", "3"),
    "reason": ("not_deviation", "withdrawn", "other"),
    "follow_up_on": (LATER,),
    "due_on": tuple((DAY + timedelta(days=days)).isoformat() for days in (7, 14, 30, 60)),
    "chair_informed_on": (DAY.isoformat(), DAY.isoformat(), ""),
    "director_informed_on": (DAY.isoformat(), DAY.isoformat(), ""),
}
"""What is chosen among where anything at all would too often be refused."""


# --- Filling in a form


def filled(form: MoveForm, dice: Random) -> tuple[QueryDict, MultiValueDict[str, Any]]:
    """Answers to all that the form asks, as a browser would send them."""
    data, files = QueryDict(mutable=True), MultiValueDict[str, Any]()
    data["version"] = str(form.case.version)
    for name, field in form.fields.items():
        if isinstance(field, forms.FileField):
            files[name] = SimpleUploadedFile("brev.txt", WORDS.encode(), "text/plain")
        elif name != "version":
            data.setlist(name, answers(name, field, dice))
    if data.get("outcome") == "order":
        data["demand_1_text"], data["demand_1_due"] = WORDS, LATER
    return data, files


def answers(name: str, field: forms.Field, dice: Random) -> list[str]:
    if name in USUALLY:
        return [dice.choice(USUALLY[name])]
    if name in LEFT_EMPTY or name.startswith("demand_"):
        return []
    if isinstance(field, forms.ModelChoiceField):
        found = [str(row.pk) for row in field.queryset or ()] if often(field, dice) else []
        return [dice.choice(found)] if found else []
    if isinstance(field, forms.MultipleChoiceField):
        return []
    if isinstance(field, forms.ChoiceField):
        offered_there: Any = field.choices
        chosen = [str(value) for value, _ in offered_there if value not in {"", 0}]
        return [dice.choice(chosen)] if chosen else []
    return plain(field, dice)


def often(field: forms.Field, dice: Random) -> bool:
    """Whether to name somebody: whom one may leave out one mostly leaves out."""
    return field.required or dice.random() < 0.3


def plain(field: forms.Field, dice: Random) -> list[str]:
    if isinstance(field, forms.BooleanField):
        return ["on"] if dice.random() < 0.5 else []
    if isinstance(field, forms.DateTimeField | forms.TimeField | forms.IntegerField):
        return []
    return [DAY.isoformat()] if isinstance(field, forms.DateField) else [WORDS]


def tried(case: Case, move: Move, viewer: Viewer, dice: Random) -> bool:
    """Whether the move was made through its own form, in at most three attempts."""
    for _ in range(3):
        data, files = filled(move_form(case, move, viewer, None), dice)
        form = move_form(case, move, viewer, data, files)
        if form.is_valid() and attempt(case, move, form, viewer):
            return True
    return False


# --- What is done before a move


def version(case: Case) -> int:
    return int(Case.objects.values_list("version", flat=True).get(pk=case.pk))


def investigated(case: Case, viewer: Viewer, _dice: Random) -> None:
    """An avvikelse is investigated to its end."""
    save_investigation(case.pk, actor=viewer.person, version=version(case), at=AT, texts=INVESTIGATED)
    if not case.causes.exists():
        add_cause(case, viewer.person)


def add_cause(case: Case, by: Person) -> None:
    Cause.objects.create(case=case, area=Area.PROCESSES, text=WORDS, added_by=by, added_at=AT)


def documented(case: Case, viewer: Viewer, _dice: Random) -> None:
    """All that the documentation asks is answered, and a note is written."""
    act_as(viewer.person.actor_key)
    keep(case, TEXTS[Kind(case.kind)])
    add_note(case.pk, actor=viewer.person, at=AT, noted_on=DAY, source=WORDS, nature=Nature.FACT, text=WORDS)
    if not case.causes.exists():
        add_cause(case, viewer.person)
    if case.kind == Kind.VSK and not Analysis.objects.filter(case=case).exists():
        course = Analysis.objects.create(case=case)
        block = course.blocks.create(place=1, what=WORDS)
        course.factors.create(block=block, area=Area.PEOPLE, text=WORDS)
        block.barriers.create(text=WORDS, held=False)


def planned(case: Case, viewer: Viewer, dice: Random) -> None:
    """Every cause has a measure that is decided, or a reason why not; whoever owns it may be anybody at all."""
    if not WORKERS & viewer.capacities(case):
        return
    for cause in standing_causes(case):
        if lacks_measure(cause):
            plan_against(cause, case, viewer, dice)
    if DECIDERS & viewer.capacities(case):
        for measure in Measure.objects.open().filter(cause__case=case, decision=Decision.PROPOSED):
            said: dict[str, Any] = {"decision": Decision.APPROVED, "comment": ""}
            decide_measure(measure.pk, actor=viewer.person, version=version(case), at=AT, **said)


def plan_against(cause: Cause, case: Case, viewer: Viewer, dice: Random) -> None:
    by: dict[str, Any] = {"actor": viewer.person, "version": version(case), "at": AT}
    if dice.random() < 0.2:
        explain_no_measure(cause.pk, reason=WORDS, **by)
        return
    owner = dice.choice(list(Person.objects.exclude(pk__in=implicated_people(case)).order_by("pk")))
    due = DAY + timedelta(days=14)
    add_measure(cause.pk, Plan(text=WORDS, strength=Strength.STRONG, owner=owner, due_on=due, sign=WORDS), **by)


def finished(case: Case, _viewer: Viewer, dice: Random) -> None:
    """Some who own a measure have done it, and those who are to read IVO's decision have read it."""
    for measure in Measure.objects.open().filter(cause__case=case).exclude(decision=Decision.PROPOSED):
        if dice.random() < 0.7:
            finish_measure(measure.pk, actor=measure.owner, at=AT, done_on=DAY, note=WORDS)
    barred = implicated_people(case)
    for reader in Reader.objects.filter(decision__case=case, read_at=None).exclude(person__in=barred):
        read_decision(reader.decision_id, actor=reader.person, at=AT)


def written(case: Case, viewer: Viewer, _dice: Random) -> None:
    """Something stands in every part of the notification."""
    texts = {name: text or WORDS for name, text in texts_of(case, DAY).items()}
    save_notification(
        case.pk, actor=viewer.person, version=version(case), at=AT, texts={**texts, "grave": Grave.HAPPENED}
    )


Prepared = Callable[[Case, Viewer, Random], None]
BEFORE: dict[str, Prepared] = {
    "conclude": investigated,
    "propose": documented,
    "send": written,
    "follow_up": planned,
    "close": finished,
}


def prepared(case: Case, move: Move, viewer: Viewer, dice: Random) -> None:
    """Mostly somebody has done what the move needs; what is too late to do is left."""
    if move.name in BEFORE and dice.random() < 0.9:
        try:
            BEFORE[move.name](case, viewer, dice)
        except MoveRefused:
            return


def offered(case: Case, viewers: list[Viewer], moves: Iterator[Move]) -> list[tuple[Move, Viewer]]:
    """Every move from here and everybody who may make it."""
    rows = [move for move in moves if move.fits(case) and not move.quiet]
    met = [(viewer, viewer.capacities(case)) for viewer in viewers]
    return [(move, viewer) for move in rows for viewer, capacity in met if move.who & capacity]
