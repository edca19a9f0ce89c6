"""What each move of an avvikelse asks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from avvikelse.cases.forms import (
    AnsweringForm,
    MoveForm,
    PersonField,
    UnitField,
    WhyForm,
    investigator_field,
    words,
)
from avvikelse.cases.kinds import Known
from avvikelse.cases.models import Assessment, Case
from avvikelse.measures.models import Area, Decision, Effect, Measure
from avvikelse.organisation.directory import open_units
from avvikelse.organisation.models import Category, Lagrum, Person, Unit

SEVERITY = (
    ("", "Gäller inte"),
    (1, "1 – Mindre: obehag eller obetydlig skada"),
    (2, "2 – Måttlig: övergående skada eller ökat vårdbehov"),
    (3, "3 – Betydande: bestående måttlig funktionsnedsättning"),
    (4, "4 – Katastrofal: dödsfall, livshotande eller bestående stor skada"),
)
LIKELIHOOD = (
    ("", "Gäller inte"),
    (1, "1 – Mycket liten: en gång om året"),
    (2, "2 – Liten: varje månad"),
    (3, "3 – Stor: varje vecka"),
    (4, "4 – Mycket stor: dagligen"),
)
YES_NO = (("yes", "Ja"), ("no", "Nej"))


def scale(label: str, choices: tuple[tuple[Any, str], ...]) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=choices, coerce=int, empty_value=None, required=False)


if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[Category]
else:
    CategoryChoice = forms.ModelChoiceField


class CategoryField(CategoryChoice):
    def label_from_instance(self, obj: Category) -> str:
        return f"{obj.get_lagrum_display()} – {obj}"


class RiskForm(MoveForm):
    """Severity and likelihood per lagrum that applies; the higher risk counts."""

    sol_severity = scale("SoL/LSS: hur allvarligt?", SEVERITY)
    sol_likelihood = scale("SoL/LSS: hur ofta kan det hända?", LIKELIHOOD)
    hsl_severity = scale("HSL: hur allvarligt?", SEVERITY)
    hsl_likelihood = scale("HSL: hur ofta kan det hända?", LIKELIHOOD)
    hsl_professional = forms.CharField(
        label="HSL: legitimerad som har bedömt",
        required=False,
        max_length=120,
        help_text="Namn och yrke. Behövs bara för HSL.",
    )

    def suggested(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for row in newest_assessments(self.case):
            prefix = "sol" if row.lagrum == Lagrum.SOL_LSS else "hsl"
            found |= {f"{prefix}_severity": row.severity, f"{prefix}_likelihood": row.likelihood}
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for prefix, name in (("sol", "SoL/LSS"), ("hsl", "HSL")):
            if bool(data.get(f"{prefix}_severity")) != bool(data.get(f"{prefix}_likelihood")):
                self.add_error(
                    f"{prefix}_likelihood",
                    f"Ange både hur allvarligt och hur ofta för {name}, eller ingetdera.",
                )
        if not data.get("sol_severity") and not data.get("hsl_severity"):
            self.add_error("sol_severity", "Bedöm risken för minst ett lagrum.")
        if data.get("hsl_severity") and self.local.flag("hsl_professional") and not data.get("hsl_professional"):
            self.add_error("hsl_professional", "Skriv vilken legitimerad som har bedömt enligt HSL.")
        return data


def newest_assessments(case: Case) -> list[Assessment]:
    """The assessment that holds per lagrum."""
    return list(case.assessments.order_by("lagrum", "-assessed_at", "-pk").distinct("lagrum"))


class JudgeForm(RiskForm):
    category = CategoryField(label="Vad handlar det om?", queryset=Category.objects.none())
    suspected = forms.ChoiceField(
        label="Misstänker du ett missförhållande?",
        choices=YES_NO,
        widget=forms.RadioSelect,
        help_text="Någon har farit illa, eller kunnat fara illa, för att något gjordes eller inte gjordes.",
    )
    suspected_why = words("Varför, eller varför inte?", rows=3, missing="Skriv kort hur du tänker om missförhållande.")

    def ask(self) -> None:
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.queryset = Category.objects.on(self.day).order_by("lagrum", "group", "name")
        self.order_fields(["version", "category"])


class AssessForm(JudgeForm):
    investigator = PersonField(label="Utredare", queryset=Person.objects.none())

    def ask(self) -> None:
        super().ask()
        self.fields["investigator"] = investigator_field(self, "Utredare")


class AtOnceForm(JudgeForm):
    cause_area = forms.ChoiceField(label="Vilken sorts orsak?", choices=Area)
    cause = words("Orsaken i en mening", rows=2, missing="Skriv orsaken i en mening.")


class ReassessForm(RiskForm, WhyForm):
    pass


class AppointForm(WhyForm):
    investigator = PersonField(label="Utredare", queryset=Person.objects.none())

    def ask(self) -> None:
        self.fields["investigator"] = investigator_field(self, "Ny utredare")
        self.order_fields(["version", "investigator"])


class MoveUnitForm(WhyForm):
    unit = UnitField(label="Rätt enhet", queryset=Unit.objects.none())

    def ask(self) -> None:
        self.fields["unit"] = UnitField(
            label="Rätt enhet",
            queryset=open_units(self.day).exclude(pk=self.case.unit_id),
            error_messages={"required": "Välj rätt enhet."},
        )
        self.order_fields(["version", "unit"])


class RequestMoreForm(MoveForm):
    question = words("Vad behöver du veta mer?", missing="Skriv din fråga till rapportören.")


class AnswerForm(MoveForm):
    addition = words("Ditt svar", missing="Skriv ditt svar.")


class DismissForm(AnsweringForm):
    REASONS = (
        ("duplicate", "Dubblett: det finns redan en rapport"),
        ("not_deviation", "Inte en avvikelse"),
        ("withdrawn", "Rapportören vill ta tillbaka den"),
        ("other", "Annat"),
    )
    reason = forms.ChoiceField(label="Varför skrivs den av?", choices=REASONS, widget=forms.RadioSelect)
    original = forms.CharField(
        label="Den andra rapportens nummer", required=False, max_length=20, help_text="Vid dubblett."
    )
    note = words("Mer om varför", required=False, rows=2)

    def clean_original(self) -> str:
        return str(self.cleaned_data.get("original", "")).strip().upper()

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if data.get("reason") == "duplicate" and not self.seen(str(data.get("original", ""))):
            self.add_error("original", "Skriv numret på en annan rapport som du kan se, till exempel AVV-2026-0042.")
        if data.get("reason") == "other" and not data.get("note"):
            self.add_error("note", "Skriv varför.")
        return data

    def seen(self, reference: str) -> bool:
        others = Case.objects.visible_to(self.actor, self.day).exclude(pk=self.case.pk)
        return others.filter(reference=reference).exists()


class FollowUpForm(MoveForm):
    follow_up_on = forms.DateField(
        label="När ska det följas upp?",
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": "Välj en dag."},
    )

    def clean_follow_up_on(self) -> Any:
        chosen = self.cleaned_data["follow_up_on"]
        if chosen < self.day:
            raise forms.ValidationError("Välj en dag som inte har varit.")
        return chosen


class ActAgainForm(MoveForm):
    what_did_not_help = words("Vad hjälpte inte?")


class HandOverForm(WhyForm):
    done_at_once = words(
        "Vad har gjorts genast?",
        rows=3,
        missing="Skriv vad som har gjorts genast, eller att inget har gjorts.",
    )


class CloseForm(AnsweringForm):
    """The answer, and for every measure whether it helped and how we know, or why it was never done."""

    nothing_helped = words("Inget hjälpte. Varför avslutas ärendet ändå?", required=False, rows=2)

    def measures(self) -> list[Measure]:
        rows = Measure.objects.filter(cause__case=self.case, cause__taken_back_at=None, dropped_reason="")
        return list(rows.exclude(decision=Decision.DECLINED).order_by("pk"))

    def ask(self) -> None:
        for measure in self.measures():
            if measure.done_on is None:
                label = f"Åtgärden ”{measure.text}” är inte gjord. Varför lämnas den?"
                self.fields[f"dropped_{measure.pk}"] = words(label, required=False, rows=2)
                continue
            self.fields[f"effect_{measure.pk}"] = forms.ChoiceField(
                label=f"Hjälpte åtgärden ”{measure.text}”?",
                choices=Effect,
                widget=forms.RadioSelect,
                error_messages={"required": "Svara om åtgärden hjälpte."},
            )
            self.fields[f"effect_note_{measure.pk}"] = words("Hur vet ni det?", rows=2, missing="Skriv hur ni vet det.")
        self.order_fields(["version", *[name for name in self.fields if "effect" in name or "dropped" in name]])


class InvestigationForm(MoveForm):
    """The investigation as it grows: nothing is required until it is concluded."""

    what_happened = words("Vad hände?", required=False, rows=6)
    consequences = words("Vilka följder fick det, eller kunde det få?", required=False)
    consequences_left_out = words(
        "Tar du inte med det rapportören skrev om följder? Skriv varför", required=False, rows=2
    )
    child_perspective = words("Barnperspektiv: vad betyder det för barnet, och vad säger barnet?", required=False)
    before = forms.ChoiceField(label="Har det hänt förut?", choices=Known, widget=forms.RadioSelect, required=False)
    before_note = words("Vad vet du om det?", required=False, rows=2)
    again = forms.ChoiceField(label="Kan det hända igen?", choices=Known, widget=forms.RadioSelect, required=False)
    again_note = words("Hur tänker du?", required=False, rows=2)
    analysis = words(
        "Händelseanalys",
        required=False,
        rows=6,
        help_text="Förloppet steg för steg, vad som bidrog och vilka skydd som höll eller brast.",
    )

    def ask(self) -> None:
        if self.case.report.child == Known.NO:
            del self.fields["child_perspective"]
        if not self.case.report.consequences:
            del self.fields["consequences_left_out"]
