"""A move from its page: its form, and what to say when it could not be made."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, TypeAlias

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from avvikelse.law.citations import cite

from .engine import Move, Situation, workflow_of
from .forms import JustMove, MoveForm, VersionedForm
from .models import Case, CaseEvent
from .operations import MoveRefused, StaleCase, make_move
from .rules import Who, may_see_reporter
from .story import story
from .viewer import Viewer

Files: TypeAlias = "MultiValueDict[str, UploadedFile[Any]]"
GONE_ON = "Ärendet har redan gått vidare."
ARISE_NOW = frozenset({"notify_ivo", "delegate"})
"""Duties that come with a decision; the others came with the report (workflows §11)."""


def move_form(
    case: Case,
    move: Move,
    viewer: Viewer,
    data: QueryDict | None,
    files: MultiValueDict[str, UploadedFile[Any]] | None = None,
) -> MoveForm:
    form_class = move.asks or JustMove
    return form_class(data, files, case=case, actor=viewer.person, day=viewer.day, local=viewer.local)


def rests_on(case: Case, move: Move, viewer: Viewer) -> str:
    """What the move rests on, by the law of the day the duty arose; empty where it rests on nothing."""
    if not move.law:
        return ""
    arose = viewer.day if move.law in ARISE_NOW else case.received_on
    cited = cite(move.law, workflow_of(case.kind).lagrum(case), arose)
    word = f": {cited.shown_word}" if cited.shown_word else ""
    return f"Enligt {cited.shown}{word}."


def refusals_now(case: Case, move: Move, viewer: Viewer) -> list[str]:
    """Why the move cannot be made, whatever is typed; empty when it can."""
    if case.state not in move.sources:
        return [GONE_ON]
    return move.refusals(Situation(case, viewer.day, viewer.local))


def attempt(case: Case, move: Move, form: MoveForm, viewer: Viewer) -> CaseEvent | None:
    """Make the move.

    If it is refused, or somebody was there first, nothing is written, the form says why and keeps what was typed.
    """
    facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    version = form.cleaned_data["version"]
    try:
        with transaction.atomic():
            return make_move(case.pk, move.name, actor=viewer.person, version=version, at=viewer.at, facts=facts)
    except MoveRefused as refused:
        for sentence in refused.sentences:
            form.add_error(None, sentence)
    except StaleCase as stale:
        gone_on = stale.case.state not in move.sources
        tell_stale(form, stale, viewer, again=not gone_on)
        if gone_on:
            form.add_error(None, f"{GONE_ON} Det du skrev står kvar här så att du kan ta med det.")
    return None


def tell_stale(form: VersionedForm, stale: StaleCase, viewer: Viewer, *, again: bool = True) -> None:
    """Say what others did and wrote meanwhile, and let the same words be sent again, where that is of use."""
    capacity = viewer.capacities(stale.case)
    events = stale.events[::-1]
    lines = story(stale.case, events, name_shown=may_see_reporter(stale.case, capacity))
    if capacity <= {Who.REPORTER, Who.REGISTRAR}:
        # Neither ever reads the investigation, not even as what came between; what she wrote herself she does. Who
        # works in it only the reporter reads.
        unnamed = Who.REGISTRAR in capacity
        lines = [
            line
            if event.actor_id == viewer.person.pk
            else replace(line, who="Någon" if unnamed else line.who, sentence="arbetade med ärendet", rows=[])
            for event, line in zip(events, lines, strict=True)
        ]
    form.meanwhile = lines
    kept = " Det du skrev finns kvar: skicka igen." if again else ""
    form.add_error(None, f"Ärendet ändrades medan du skrev. Läs vad som har hänt.{kept}")
    form.replace(version=str(stale.case.version))
