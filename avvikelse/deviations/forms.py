"""What each move of an avvikelse asks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.safestring import SafeString

from avvikelse.cases.forms import (
    AnsweringForm,
    Group,
    MoveForm,
    PersonField,
    UnitField,
    WhyForm,
    investigator_field,
    words,
)
from avvikelse.cases.models import Assessment, Case
from avvikelse.measures.models import Area
from avvikelse.organisation.directory import by_name, open_units
from avvikelse.organisation.models import Category, Lagrum, Person, Unit
from avvikelse.ui.forms import choice

SEVERITY = (
    (1, "1 – Mindre: obehag eller obetydlig skada"),
    (2, "2 – Måttlig: övergående skada eller ökat vårdbehov"),
    (3, "3 – Betydande: bestående måttlig funktionsnedsättning"),
    (4, "4 – Katastrofal: dödsfall, livshotande eller bestående stor skada"),
)
LIKELIHOOD = (
    (1, "1 – Mycket liten: en gång om året"),
    (2, "2 – Liten: varje månad"),
    (3, "3 – Stor: varje vecka"),
    (4, "4 – Mycket stor: dagligen"),
)
YES_NO = (("yes", "Ja"), ("no", "Nej"))


def scale(label: str, steps: tuple[tuple[int, str], ...]) -> forms.TypedChoiceField:
    """Four steps, each with what it means on a line of its own, and 0 for leaving the question."""
    rows = [(value, step(*text.split(": "))) for value, text in steps]
    return forms.TypedChoiceField(
        label=label,
        choices=[*rows, (0, "Gäller inte")],
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )


def step(name: str, meaning: str) -> SafeString:
    return choice(name, f"{meaning[0].upper()}{meaning[1:]}")


if TYPE_CHECKING:
    CategoryChoice = forms.ModelChoiceField[Category]
    CategoryIterator = forms.models.ModelChoiceIterator[Category]
else:
    CategoryChoice = forms.ModelChoiceField
    CategoryIterator = forms.models.ModelChoiceIterator


class ByGroup(CategoryIterator):
    """Categories under their lagrum and group."""

    def __iter__(self) -> Iterator[Any]:
        yield ("", self.field.empty_label)
        for group, rows in groupby(self.queryset, key=lambda row: f"{row.get_lagrum_display()} · {row.group}"):
            yield group, [self.choice(row) for row in rows]


class CategoryField(CategoryChoice):
    iterator = ByGroup

    def label_from_instance(self, obj: Category) -> str:
        return obj.name


HOW_GRAVE = "Hur allvarligt är det, eller kunde det ha blivit, enligt {}?"
HOW_OFTEN = "Hur ofta kan det hända, enligt {}?"
SOL = Group(
    ("sol_severity", "sol_likelihood"),
    "Enligt SoL/LSS",
    "Risken är hur allvarligt gånger hur ofta, från 1 till 16. Välj det som ligger närmast. Det går att ändra senare.",
)
HSL = Group(
    ("hsl_severity", "hsl_likelihood", "hsl_professional"),
    "Enligt HSL, om hälso- och sjukvård är inblandad",
    "Till exempel vid läkemedel. Den högre av de två riskerna gäller för ärendet.",
    folded=True,
)


class RiskForm(MoveForm):
    """Severity and likelihood per lagrum that applies; the higher risk counts."""

    mark_optional = False
    sol_severity = scale(HOW_GRAVE.format("SoL/LSS"), SEVERITY)
    sol_likelihood = scale(HOW_OFTEN.format("SoL/LSS"), LIKELIHOOD)
    hsl_severity = scale(HOW_GRAVE.format("HSL"), SEVERITY)
    hsl_likelihood = scale(HOW_OFTEN.format("HSL"), LIKELIHOOD)
    hsl_professional = forms.CharField(
        label="Vilken legitimerad har bedömt enligt HSL?",
        required=False,
        max_length=120,
        help_text="Namn och yrke.",
    )
    groups: tuple[Group, ...] = (SOL, HSL)

    def suggested(self) -> dict[str, object]:
        found: dict[str, object] = {}
        for row in newest_assessments(self.case):
            prefix = "sol" if row.lagrum == Lagrum.SOL_LSS else "hsl"
            found |= {f"{prefix}_severity": row.severity, f"{prefix}_likelihood": row.likelihood}
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for prefix, name in (("sol", "SoL/LSS"), ("hsl", "HSL")):
            pair = (f"{prefix}_severity", f"{prefix}_likelihood")
            if sum(bool(data.get(field)) for field in pair) == 1 and not self.errors.keys() & set(pair):
                self.add_error(pair[1], f"Ange både hur allvarligt och hur ofta för {name}, eller ingetdera.")
        if not data.get("sol_severity") and not data.get("hsl_severity") and "sol_severity" not in self.errors:
            self.add_error("sol_severity", "Bedöm risken för minst ett lagrum.")
        if data.get("hsl_severity") and self.local.flag("hsl_professional") and not data.get("hsl_professional"):
            self.add_error("hsl_professional", "Skriv vilken legitimerad som har bedömt enligt HSL.")
        return data


def newest_assessments(case: Case) -> list[Assessment]:
    """The assessment that holds per lagrum."""
    return list(case.assessments.order_by("lagrum", "-assessed_at", "-pk").distinct("lagrum"))


class JudgeForm(RiskForm):
    reads_story = True
    groups = (
        Group(("chosen",)),
        Group(("category",)),
        SOL,
        HSL,
        Group(
            ("suspected", "suspected_why"),
            "Missförhållande",
            "Svarar du ja bedöms ärendet inte här. Då lämnar du över det till lex Sarah.",
        ),
        Group(("cause_area", "cause"), "Orsaken"),
        Group(("investigator",), "Utredningen"),
    )

    category = CategoryField(
        label="Vad handlar det om?",
        queryset=Category.objects.none(),
        empty_label="Välj kategori",
        error_messages={"required": "Välj vad det handlar om."},
    )
    suspected = forms.ChoiceField(
        label="Misstänker du ett missförhållande?",
        choices=YES_NO,
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        help_text="Någon har farit illa, eller kunnat fara illa, för att något gjordes eller inte gjordes.",
        error_messages={"required": "Svara om du misstänker ett missförhållande."},
    )
    suspected_why = words("Varför, eller varför inte?", rows=3, missing="Skriv kort hur du tänker om missförhållande.")

    def ask(self) -> None:
        field = self.fields["category"]
        assert isinstance(field, CategoryField)
        field.queryset = Category.objects.on(self.day).order_by("-lagrum", by_name("group"), by_name())


class AssessForm(JudgeForm):
    investigator = PersonField(label="Utredare", queryset=Person.objects.none())

    def ask(self) -> None:
        super().ask()
        self.fields["investigator"] = investigator_field(self, "Vem ska utreda?")


class AtOnceForm(JudgeForm):
    cause_area = forms.ChoiceField(
        label="Vilken sorts orsak?",
        choices=Area,
        widget=forms.RadioSelect,
        error_messages={"required": "Välj vilken sorts orsak det är."},
    )
    cause = words("Orsaken i en mening", rows=2, missing="Skriv orsaken i en mening.")


class ReassessForm(RiskForm, WhyForm):
    reads_story = True
    groups = (SOL, HSL, Group(("why",), "Skälet"))


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
    summary_template = "deviations/_question.html"
    addition = words("Ditt svar", missing="Skriv ditt svar.")

    def summary(self) -> dict[str, object]:
        return {"question": self.case.messages.filter(from_reporter=False).order_by("-pk").first()}


class DismissForm(AnsweringForm):
    reads_story = True
    groups = (
        Group(("reason", "original", "note")),
        Group(("answer", "why_not"), "Svaret"),
    )
    REASONS = (
        ("duplicate", "Dubblett: det finns redan en rapport"),
        ("not_deviation", "Inte en avvikelse"),
        ("withdrawn", "Rapportören vill ta tillbaka den"),
        ("other", "Annat"),
    )
    reason = forms.ChoiceField(label="Varför avskriver du den?", choices=REASONS, widget=forms.RadioSelect)
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


class HandOverForm(WhyForm):
    done_at_once = words(
        "Vad har gjorts genast?",
        rows=3,
        missing="Skriv vad som har gjorts genast, eller att inget har gjorts.",
    )
