"""What each move of a förbättringsförslag asks."""

from __future__ import annotations

from avvikelse.cases.forms import MoveForm, PersonField, investigator_field, words
from avvikelse.organisation.models import Person


class ConsiderForm(MoveForm):
    investigator = PersonField(label="Utredare", queryset=Person.objects.none())
    thought = words("Vad är din första tanke?", required=False, rows=2)

    def ask(self) -> None:
        self.fields["investigator"] = investigator_field(self, "Vem ser över förslaget?")
        self.order_fields(["version", "investigator"])


class AdoptForm(MoveForm):
    plan = words("Vad ska ni göra, vem gör det och när?", missing="Skriv vad ni ska göra.")


class ImplementForm(MoveForm):
    result = words("Vad har ni gjort?", missing="Skriv vad ni har gjort.")


class ShareForm(MoveForm):
    shared_with = words("Hur och med vilka delar ni exemplet?", rows=3, missing="Skriv hur exemplet delas.")
