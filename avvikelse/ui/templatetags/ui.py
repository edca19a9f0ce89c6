"""Filters and components for templates: `{% load ui %}`. The words themselves are in avvikelse.ui.words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django import forms, template
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.html import linebreaks as escaped_paragraphs
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import now

from avvikelse.ui import words
from avvikelse.ui.forms import GENERIC
from avvikelse.ui.session import seconds_left

register = template.Library()


class Option(Protocol):
    """A choice in a list."""

    value: str
    label: str
    chosen: bool


TONES = frozenset({"", "late", "soon", "done", "action"})
BESIDE_THE_WAY = 2
"""A case beside the ordinary way shows where it began and where it is, which is no count of steps."""


# --- Words --------------------------------------------------------------------------------------------------------


@register.filter
def day(value: date | None, today: date | None = None) -> str:
    return words.day(value, today) if value else ""


@register.filter
def day_short(value: date | None, today: date | None = None) -> str:
    return words.day_short(value, today) if value else ""


@register.filter
def weekday(value: date | None, today: date | None = None) -> str:
    return words.weekday(value, today) if value else ""


@register.filter
def moment(value: datetime | None, today: date | None = None) -> str:
    return words.moment(value, today) if value else ""


@register.filter
def clock(value: datetime | None) -> str:
    return words.clock(value) if value else ""


@register.filter
def workdays(left: int | None) -> str:
    return "" if left is None else words.workdays(left)


@register.filter
def urgency(left: int | None) -> str:
    return "calm" if left is None else words.urgency(left)


@register.filter
def amount(value: int, forms_of_word: str) -> str:
    """Return "3 rapporter" from `3|amount:"rapport,rapporter"`; a third word replaces "inga"."""
    return words.amount(value, *forms_of_word.split(","))


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Return what a person typed as <p>s with its line breaks; every sign of HTML in it is escaped."""
    return mark_safe(escaped_paragraphs(text, autoescape=True) if text else "")  # noqa: S308 (escaped here)


@register.simple_tag
def due(due_on: date | None, left: int, today: date) -> SafeString:
    """Return the due day in words with its tone; empty without a day."""
    if due_on is None:
        return SafeString("")
    tone = "late" if due_on < today else words.urgency(left)
    return format_html('<span class="when {}">{}</span>', tone, words.due_words(due_on, left, today))


@register.simple_tag
def options(choices: Iterable[Option]) -> SafeString:
    """Return the <option>s of a list. Drawn at once: a list of all units and categories is most of a page's nodes."""
    rows = ((o.value, SafeString(" selected" if o.chosen else ""), o.label) for o in choices)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


# --- Components ---------------------------------------------------------------------------------------------------


def _tone(tone: str) -> str:
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"Tonen {tone!r} finns inte: välj bland {sorted(TONES)}.")
    return f" {tone}" if tone else ""


@register.simple_block_tag
def note(content: str, tone: str = "", heading: str = "") -> SafeString:
    """Return a box with something to mind. `content` is the template's own HTML."""
    head = format_html('<p class="title">{}</p>', heading) if heading else ""
    return format_html('<div class="note{}">{}{}</div>', _tone(tone), head, content)


@register.simple_block_tag
def next_step(content: str, heading: str = "Nästa steg") -> SafeString:
    """Return the box that says what happens next, who does it and by when."""
    return format_html(
        '<section class="next" aria-labelledby="next-step"><h2 id="next-step">{}</h2>{}</section>',
        heading,
        content,
    )


@register.simple_block_tag
def fold(content: str, heading: str, *, open: bool = False) -> SafeString:  # noqa: A002 (HTML's own word)
    """Return a part that opens when asked for."""
    state = SafeString(" open") if open else ""
    return format_html('<details class="fold"{}><summary>{}</summary>{}</details>', state, heading, content)


@register.simple_block_tag
def empty(content: str, heading: str) -> SafeString:
    """Return what a list says when nothing is in it."""
    return format_html('<div class="empty"><p class="title">{}</p>{}</div>', heading, content)


@register.simple_tag
def word(tone: str, text: str) -> SafeString:
    """Return a badge: the word carries the meaning, the colour only helps."""
    return format_html('<span class="word{}">{}</span>', _tone(tone), text)


@register.simple_tag
def way(labels: Sequence[str], current: int | str, *, done: bool = False) -> SafeString:
    """Return the states as a line. `current` is an index or one of the labels; with `done` the end is reached."""
    here = current if isinstance(current, int) else list(labels).index(current)
    steps = format_html_join("", "<li{}><i></i>{}<span>{}</span></li>", _steps(labels, here, done=done))
    return format_html('<ol class="way" aria-label="Så långt har ärendet kommit">{}</ol>', steps)


def _steps(labels: Sequence[str], here: int, *, done: bool) -> Iterator[tuple[str, str, str]]:
    past = (SafeString(' class="past"'), SafeString('<span class="hidden">Klart: </span>'))
    for index, label in enumerate(labels):
        if index == here:
            mark = ' class="past" aria-current="step"' if done else ' aria-current="step"'
            yield (
                SafeString(mark),
                SafeString('<span class="hidden">Här är vi nu: </span>'),
                _counted(label, here, labels),
            )
        elif index < here:
            yield *past, label
        else:
            yield "", "", label


def _counted(label: str, here: int, labels: Sequence[str]) -> str:
    """Return the label with its number for a narrow screen, which shows no other. Beside the way there is none."""
    if len(labels) <= BESIDE_THE_WAY:
        return label
    return format_html('{}<small aria-hidden="true">, steg {} av {}</small>', label, here + 1, len(labels))


@register.simple_tag
def plain(form: forms.BaseForm) -> str:
    """Take away what hinders in a form we did not write.

    Placeholders vanish when needed most, autofocus jumps past what is said first, and a hint with a link stands in
    the way of the Tab key between two fields.
    """
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
        field.widget.attrs.pop("autofocus", None)
        if "<a " in str(field.help_text):
            field.help_text = ""
    return ""


@register.inclusion_tag("components/paging.html", takes_context=True)
def paging(context: Context, page: Any) -> Mapping[str, Any]:
    return {"page": page, "request": context["request"]}


# --- Errors -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Fault:
    """One line of the error summary; `anchor` is the id of the field to go to, empty for the form as a whole."""

    anchor: str
    text: str


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm | None) -> Mapping[str, Any]:
    """Return the faults of a form in the order of its fields; nothing is drawn when there is none."""
    return {"faults": list(faults_of(form)) if form is not None and form.is_bound else []}


def faults_of(form: forms.BaseForm) -> Iterator[Fault]:
    """Yield every fault; a text that does not say which field it means gets the field's label put before it."""
    for text in form.non_field_errors():
        yield Fault("", str(text))
    for field in form:
        anchor = field.id_for_label or f"{field.auto_id}_0"
        for error in field.errors.as_data():
            yield Fault("" if field.is_hidden else anchor, _fault_text(error, str(field.label)))


def _fault_text(error: ValidationError, label: str) -> str:
    text = str(error.messages[0])
    if error.message not in GENERIC:
        return text
    return f"{label.rstrip('?:')}: {text[0].lower()}{text[1:]}"


# --- The frame around every page ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Frame:
    """What base.html says on every page. `seconds_left` is None for people who are not logged in."""

    municipality: str
    demo: bool
    contact: str
    seconds_left: int | None


@register.simple_tag(takes_context=True)
def frame(context: Context) -> Frame:
    """Return what the frame needs; works without a request too, since an error page may have none."""
    return Frame(
        municipality=context.get("municipality") or settings.MUNICIPALITY,
        demo=bool(context.get("demo", settings.DEMO)),
        contact=getattr(settings, "CONTACT_EMAIL", settings.DEFAULT_FROM_EMAIL),
        seconds_left=_seconds_left(context.get("request")),
    )


def _seconds_left(request: HttpRequest | None) -> int | None:
    if request is None or not getattr(request, "user", None) or not request.user.is_authenticated:
        return None
    left = seconds_left(request.session, settings.SESSION_COOKIE_AGE, now().timestamp())
    return request.session.get_expiry_age() if left is None else left
