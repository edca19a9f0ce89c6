"""What only a vårdskada asks."""

from __future__ import annotations

from django.forms import CharField

from avvikelse.cases.forms import UnitField, words
from avvikelse.cases.kinds import Kind
from avvikelse.inquiries import process_forms
from avvikelse.organisation.directory import open_units
from avvikelse.organisation.models import Unit


def team_field() -> CharField:
    return words("Vilka är med i teamet?", required=False, rows=2, help_text="Namn och yrke.")


class RegisterForm(process_forms.RegisterForm):
    unit = UnitField(label="Patientens enhet", queryset=Unit.objects.none())

    def suggested(self) -> dict[str, object]:
        return {**super().suggested(), "unit": self.case.unit_id}

    def ask(self) -> None:
        super().ask()
        self.fields["unit"] = UnitField(
            label="Patientens enhet",
            queryset=open_units(self.day),
            error_messages={"required": "Välj patientens enhet."},
        )


class BeginForm(process_forms.BeginForm):
    investigates = "Analysledare"
    team = team_field()


class ReopenForm(process_forms.ReopenForm):
    investigates = "Analysledare"
    team = team_field()


class WrongKindForm(process_forms.WrongKindForm):
    kinds = (Kind.AVV, Kind.LEX)
