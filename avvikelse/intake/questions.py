"""The questions in the order they are asked (workflows §3). The required ones come first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from . import forms
from .desk import Desk
from .fields import LONGEST

Answers: TypeAlias = Mapping[str, Any]
"""What was typed, by field: text, or a list of texts where several may be chosen."""

LONGEST_KEPT = 5 * LONGEST
"""A draft keeps more than may be sent, so that a text that is too long can be shortened and is not lost."""


def always(_desk: Desk) -> bool:
    return True


def chosen_here(desk: Desk) -> bool:
    """The unit is asked for unless the report came by a unit's link."""
    return desk.unit is None


def has_no_account(desk: Desk) -> bool:
    return desk.writer is None


def has_account(desk: Desk) -> bool:
    return desk.writer is not None


def has_a_time(desk: Desk) -> bool:
    return desk.draft.answers.get("about") not in forms.TIMELESS


@dataclass(frozen=True, slots=True)
class Question:
    slug: str
    form: type[forms.QuestionForm]
    about: str
    required: bool = False
    applies: Callable[[Desk], bool] = always

    @property
    def fields(self) -> list[str]:
        return list(self.form.base_fields)

    @property
    def label(self) -> str:
        return str(self.form.base_fields[self.form.heading_field].label)


QUESTIONS = (
    # slug, form, what it is about, required, applies
    Question("vad-hande", forms.HappenedForm, "vad som hände", required=True),
    Question("enhet", forms.UnitForm, "enheten", required=True, applies=chosen_here),
    Question("har-det-hant", forms.AboutForm, "om det har hänt", required=True),
    Question("nar", forms.WhenForm, "när det hände", required=True, applies=has_a_time),
    Question("vem", forms.AffectedForm, "vem som berördes", required=True),
    Question("namn", forms.NameForm, "ditt namn", required=True, applies=has_no_account),
    Question("foljder", forms.ConsequencesForm, "följderna"),
    Question("allvar", forms.SignsForm, "om något av det stämmer"),
    Question("barn", forms.ChildForm, "om det gäller ett barn"),
    Question("genast", forms.AtOnceForm, "vad som gjordes genast"),
    Question("rutin", forms.RoutineForm, "rutinen"),
    Question("forslag", forms.SuggestionForm, "förslaget"),
    Question("ofta", forms.OftenForm, "om det händer ofta"),
    Question("annan", forms.OtherForm, "andra som var inblandade"),
    Question("chef", forms.ChiefForm, "om det gäller chefen"),
    Question("namn", forms.NameForm, "om namnet ska synas", applies=has_account),
    Question("filer", forms.FilesForm, "filerna"),
)
FIELDS_OF = {question.slug: question.fields for question in QUESTIONS}
SLUG_OF_FIELD = {name: slug for slug, fields in FIELDS_OF.items() for name in fields}
ALL = "allt"
"""The name of the page with every question."""


def asked(desk: Desk) -> list[Question]:
    """The questions that apply at the desk as it is answered so far."""
    return [question for question in QUESTIONS if question.applies(desk)]


def askable(desk: Desk) -> list[Question]:
    """The questions that may come to apply at the desk, whatever is answered."""
    return [question for question in QUESTIONS if question.applies in {always, has_a_time} or question.applies(desk)]


@dataclass(frozen=True, slots=True)
class Step:
    """Where a question stands among those that apply."""

    question: Question
    number: int
    of: int
    before: Question | None
    after: Question | None

    @property
    def early(self) -> bool:
        """Everything that is required has been asked when this is answered."""
        return self.after is None or not self.after.required

    @property
    def words(self) -> str:
        sort = "Fråga" if self.question.required else "Frivillig fråga"
        return f"{sort} {self.number} av {self.of}"


def step_at(desk: Desk, slug: str) -> Step | None:
    """The question's step, or None when it is not asked here."""
    row = asked(desk)
    here = next((number for number, question in enumerate(row) if question.slug == slug), None)
    if here is None:
        return None
    alike = [question for question in row if question.required == row[here].required]
    before, after = row[:here][-1:], row[here + 1 :][:1]
    return Step(
        row[here], alike.index(row[here]) + 1, len(alike), before[0] if before else None, after[0] if after else None
    )


def fields_on(page: str) -> list[str]:
    """The fields of a question's page, or of the page with all."""
    if page == ALL:
        return list(SLUG_OF_FIELD)
    return FIELDS_OF.get(page, [])


def typed(posted: QueryDict, fields: Iterable[str]) -> dict[str, Any]:
    """What was typed in the fields, as it was typed; a field that was not sent is empty."""
    answers: dict[str, Any] = {}
    for name in fields:
        if name in forms.MANY:
            answers[name] = [fit(value) for value in posted.getlist(name)]
        elif name != "attached":
            answers[name] = fit(posted.get(name, ""))
    return answers


def fit(value: str) -> str:
    """One kind of line end, and none of the sign that no database text can hold."""
    return value.replace("\r\n", "\n").replace("\x00", "")[:LONGEST_KEPT]


def as_posted(answers: Answers) -> MultiValueDict[str, str]:
    """Saved answers in the shape a form takes."""
    return MultiValueDict({name: value if isinstance(value, list) else [value] for name, value in answers.items()})
