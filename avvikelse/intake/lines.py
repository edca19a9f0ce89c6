"""What has been answered, question by question, in words: on the check page and on the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Choices
from django.forms import BoundField

from avvikelse.cases.kinds import Affected, Known, PartOfDay, Sort, Tense
from avvikelse.cases.models import Case, Report
from avvikelse.cases.wording import when_it_happened
from avvikelse.documents.content import Answered
from avvikelse.ui.words import weekday

from .answers import ROUTINES, TENSES, About, Gravity, Name, Other, Routine, Sign
from .desk import Desk
from .fields import day_of
from .forms import WholeForm
from .questions import Question, asked

WORDS: dict[str, type[Choices]] = {
    "about": About,
    "affected": Affected,
    "gravity": Gravity,
    "signs": Sign,
    "child": Known,
    "routine": Routine,
    "often": Known,
    "other": Other,
    "name": Name,
}
YES_NO = {"yes": "Ja", "no": "Nej"}


@dataclass(frozen=True, slots=True)
class Line:
    """`said` is empty when the question was skipped; `wrong` says why it cannot be sent as it is."""

    question: Question
    said: str
    wrong: str
    url: str


def lines_of(desk: Desk, whole: WholeForm, files: Iterable[str]) -> list[Line]:
    return [line_of(desk, question, whole, files) for question in asked(desk)]


def line_of(desk: Desk, question: Question, whole: WholeForm, files: Iterable[str]) -> Line:
    fields = [whole[name] for name in question.fields if name in whole.fields]
    wrong = " ".join(str(error) for field in fields for error in field.errors)
    return Line(question, said_at(desk, question, whole, files), wrong, desk.change_url(question.slug))


def said_at(desk: Desk, question: Question, whole: WholeForm, files: Iterable[str]) -> str:
    if question.slug == "nar":
        return when_said(desk, whole)
    if question.slug == "filer":
        return "\n".join(files)
    fields = [whole[name] for name in question.fields if name in whole.fields]
    return "\n\n".join(said for field in fields if (said := said_in(desk, field)))


def said_in(desk: Desk, field: BoundField) -> str:
    """What was answered in the field, as it reads."""
    value = field.value()
    if field.name in WORDS:
        known = dict(WORDS[field.name].choices)
        values = value if isinstance(value, list) else [value]
        return "\n".join(str(known[one]) for one in values if one in known)
    if field.name == "unit":
        unit = desk.unit_of(str(value))
        return unit.name if unit else ""
    if field.name == "about_chief":
        return YES_NO.get(str(value), "")
    return str(value or "").strip()


def when_said(desk: Desk, whole: WholeForm) -> str:
    value = str(whole["day"].value() or "")
    if not value:
        return ""
    if whole["day"].errors or whole["other_day"].errors or whole["time"].errors:
        known = day_of(value)
        return weekday(known, desk.day).capitalize() if known else ""
    data = whole.cleaned_data
    about = str(whole["about"].value() or "")
    shown = Case(
        tense=TENSES.get(About(about), Tense.UNKNOWN) if about in About.values else Tense.UNKNOWN,
        occurred_on=data.get("occurred_on"),
        occurred_at=data.get("occurred_at"),
        occurred_part=data.get("occurred_part", PartOfDay.UNKNOWN),
    )
    return when_it_happened(shown)


def told_in(case: Case) -> list[Answered]:
    """What the reporter told, from the case itself. What was skipped is left out."""
    report = case.report
    pairs = (
        ("Vad hände?", case.what_happened),
        ("När hände det?", "" if case.sort in {Sort.PROPOSAL, Sort.GOOD_EXAMPLE} else when_it_happened(case)),
        ("Vem berördes?", case.get_affected_display()),
        ("Vilka följder fick det, eller kunde det få?", report.consequences),
        ("Blev följderna allvarliga för någon, eller kunde de ha blivit det?", known(report.serious)),
        ("Stämmer något av det här?", "\n".join(signs_of(report))),
        ("Gäller det ett barn?", known(report.child)),
        ("Vad gjordes genast?", report.done_at_once),
        ("Fanns det en rutin eller ett beslut, och följdes det?", in_lines(routine_of(report), report.routine_note)),
        ("Har du ett förslag på vad som kan göras?", report.suggestion),
        ("Händer det ofta?", known(report.often)),
        ("Var någon utanför kommunen inblandad?", in_lines(report.other_principal, report.other_principal_note)),
    )
    return [Answered(question=question, answer=answer) for question, answer in pairs if answer]


def known(value: str) -> str:
    return {Known.YES.value: "Ja.", Known.NO.value: "Nej."}.get(value, "")


def signs_of(report: Report) -> list[str]:
    ticked = {Sign.ABUSE: report.abuse, Sign.MISCONDUCT: report.misconduct, Sign.CARE_HARM: report.care_harm}
    return [sign.label for sign in Sign if ticked[sign]]


def routine_of(report: Report) -> str:
    """The answer that was chosen, or what is known of it; nothing for one who did not know."""
    chosen = {kept: routine for routine, kept in ROUTINES.items() if routine != Routine.UNKNOWN}
    found = chosen.get((Known(report.routine), Known(report.routine_followed)))
    return found.label if found else known(report.routine)


def in_lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)
