"""A move from its page: its form, and what to say when it could not be made."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.http import QueryDict

from avvikelse.organisation.models import Person
from avvikelse.organisation.preferences import LocalValues

from .engine import Move, Situation
from .forms import JustMove, MoveForm
from .models import Case, CaseEvent
from .operations import MoveRefused, StaleCase, make_move


def move_form(case: Case, move: Move, person: Person, day: date, data: QueryDict | None) -> tuple[MoveForm, list[str]]:
    """The move's form, and why the move cannot be made now."""
    form_class = move.asks or JustMove
    local = LocalValues(day)
    form = form_class(data, case=case, actor=person, day=day, local=local)
    return form, move.refusals(Situation(case, day, local))


def attempt(
    case: Case, move: Move, form: MoveForm, *, actor: Person, at: datetime
) -> tuple[CaseEvent | None, list[str]]:
    """Make the move.

    If it is refused, or somebody was there first, nothing is written and the form keeps what was typed.
    """
    facts = {name: value for name, value in form.cleaned_data.items() if name != "version"}
    try:
        with transaction.atomic():
            event = make_move(case.pk, move.name, actor=actor, version=form.cleaned_data["version"], at=at, facts=facts)
    except MoveRefused as refused:
        return None, refused.sentences
    except StaleCase as stale:
        tell_stale(form, stale)
        return None, []
    return event, []


def tell_stale(form: MoveForm, stale: StaleCase) -> None:
    """Say what happened meanwhile and let the same words be sent again."""
    form.stale = True
    form.add_error(None, meanwhile(stale))
    form.data = {**form.data, "version": str(stale.case.version)}


def meanwhile(stale: StaleCase) -> str:
    """What others did since the person read, and that what was typed is still there."""
    done = "; ".join(f"{event.actor_name} {event.facts['sentence']}" for event in reversed(stale.events))
    return f"Ärendet ändrades medan du skrev: {done}. Det du skrev finns kvar här. Läs igenom och skicka igen."
