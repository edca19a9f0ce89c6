"""What only a lex Sarah case asks."""

from __future__ import annotations

from django import forms

from avvikelse.cases.kinds import Kind
from avvikelse.inquiries import process_forms
from avvikelse.inquiries.choices import Misconduct, Statute


class RegisterForm(process_forms.RegisterForm):
    lagrum = forms.ChoiceField(
        label="Vilken lag ges stödet enligt?",
        choices=[(each.value, each.label) for each in (Statute.SOL, Statute.LSS)],
        widget=forms.RadioSelect(attrs=process_forms.INLINE),
        error_messages={"required": "Välj SoL eller LSS."},
    )
    kind_of = forms.ChoiceField(
        label="Vilken typ av missförhållande gäller det?",
        choices=Misconduct,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj den typ som ligger närmast."},
    )


class WrongKindForm(process_forms.WrongKindForm):
    kinds = (Kind.AVV, Kind.VSK)
