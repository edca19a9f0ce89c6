from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from avvikelse.organisation.forms import PersonField, UnitField, day_field, field_of
from avvikelse.organisation.models import Person, Unit
from avvikelse.ui.forms import SwedishForm


class CloseForm(SwedishForm, forms.Form):
    successor = UnitField(
        label="Vilken enhet tar över?", error_messages={"required": "Välj vilken enhet som tar över."}
    )

    def __init__(self, *args: Any, units: Iterable[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "successor", UnitField).offer(units)


class LeaveForm(SwedishForm, forms.Form):
    """Asks who takes over only when there is something to take over."""

    to = PersonField(
        label="Vem tar över?",
        help_text="Skriv namn eller e-postadress.",
        error_messages={"required": "Skriv vem som tar över."},
    )

    def __init__(self, *args: Any, suggested: Iterable[Person], has_work: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field_of(self, "to", PersonField).suggest(suggested)
        if not has_work:
            del self.fields["to"]


class EndRoleForm(LeaveForm):
    last_day = day_field("Sista dagen i rollen", missing="Välj sista dagen.")
    field_order = ("last_day", "to")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "to" in self.fields:
            self.fields["to"].required = False
            self.fields[
                "to"
            ].help_text = "Skriv namn eller e-postadress. Arbetet lämnas över nu. Lämnar du tomt behåller personen det."
