"""Measures at the end of a case of any kind: when they are followed up, whether they helped, and what that refuses."""

from __future__ import annotations

from datetime import date, timedelta

from django import forms

from avvikelse.cases.deeds import answer_rows, no_answer, tell_reporter
from avvikelse.cases.engine import Situation, Step, Told
from avvikelse.cases.forms import AnsweringForm, MoveForm, words
from avvikelse.cases.models import Case
from avvikelse.ui.words import amount, day

from .lookup import standing_causes
from .models import Decision, Effect, Measure
from .operations import judge_effect
from .sections import lacks_measure


def measures_to_judge(case: Case) -> list[Measure]:
    """What was decided against a cause that stands, and was not left."""
    rows = Measure.objects.filter(cause__case=case, cause__taken_back_at=None, dropped_reason="")
    return list(rows.exclude(decision=Decision.DECLINED).order_by("pk"))


# --- What the moves ask


class FollowUpForm(MoveForm):
    follow_up_on = forms.DateField(
        label="När ska det följas upp?",
        help_text="Till exempel om åtta veckor, så att det går att se om åtgärderna hjälper.",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date", "class": "short"}),
        error_messages={"required": "Välj en dag."},
    )

    def clean_follow_up_on(self) -> date:
        chosen: date = self.cleaned_data["follow_up_on"]
        if chosen < self.day:
            raise forms.ValidationError("Välj en dag som inte har varit.")
        if chosen > self.day + timedelta(days=3660):
            raise forms.ValidationError("Välj en dag inom tio år.")
        return chosen


class ActAgainForm(MoveForm):
    what_did_not_help = words("Vad hjälpte inte?")


class CloseForm(AnsweringForm):
    """The answer, and for every measure whether it helped and how we know, or why it was never done."""

    nothing_helped = words("Hjälpte inget? Skriv varför ärendet avslutas ändå", required=False, rows=2)

    def ask(self) -> None:
        for measure in measures_to_judge(self.case):
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
            self.fields[f"effect_note_{measure.pk}"] = words(
                "Hur vet ni det?", rows=2, missing=f"Skriv hur ni vet om ”{measure.text}” hjälpte."
            )
        self.order_fields(["version", *[name for name in self.fields if "effect" in name or "dropped" in name]])


# --- What refuses them


def cause_without_measure(situation: Situation) -> str | None:
    """Every cause has a measure that was not declined, or a reason why not."""
    count = sum(lacks_measure(cause) for cause in standing_causes(situation.case))
    if count:
        bare_causes = amount(count, "orsak", "orsaker")
        return f"{bare_causes} saknar åtgärd. Lägg till en åtgärd eller skriv varför ingen behövs."
    return None


def undecided_measure(situation: Situation) -> str | None:
    measures = (measure for cause in standing_causes(situation.case) for measure in cause.measures.all())
    if any(measure.waits_for_decision for measure in measures):
        return "En föreslagen åtgärd väntar på beslut."
    return None


def open_measure_without_reason(situation: Situation) -> str | None:
    if not situation.sent:
        return None
    still_open = Measure.objects.open().filter(cause__case=situation.case)
    left = [row for row in still_open if not situation.facts.get(f"dropped_{row.pk}")]
    if left:
        return f"Åtgärden ”{left[0].text}” är inte gjord. Gör klart den eller skriv varför den lämnas."
    return None


def effect_unjudged(situation: Situation) -> str | None:
    if not situation.sent:
        return None
    done = Measure.objects.filter(cause__case=situation.case, cause__taken_back_at=None, done_on__isnull=False)
    for row in done.exclude(decision=Decision.DECLINED):
        if not situation.facts.get(f"effect_{row.pk}") or not situation.facts.get(f"effect_note_{row.pk}"):
            return f"Svara på om åtgärden ”{row.text}” hjälpte och hur ni vet det."
    return None


def nothing_helped(situation: Situation) -> str | None:
    effects = [
        value
        for name, value in situation.facts.items()
        if name.startswith("effect_") and not name.startswith("effect_note")
    ]
    if effects and all(value == Effect.NO for value in effects) and not situation.facts.get("nothing_helped"):
        return "Ingen åtgärd hjälpte. Välj Nya åtgärder, eller skriv varför ärendet avslutas ändå."
    return None


UNPLANNED = (cause_without_measure, undecided_measure)
UNFINISHED = (open_measure_without_reason, effect_unjudged, nothing_helped, no_answer)


# --- What they do


def follow_up(step: Step) -> Told:
    return Told(f"började följa upp. Det ska kontrolleras {day(step.facts['follow_up_on'])}")


def act_again(step: Step) -> Told:
    return Told(rows=(("Vad som inte hjälpte", step.facts["what_did_not_help"]),))


def close(step: Step) -> Told:
    """Judge every measure and answer whoever reported."""
    rows = [judge_measure(step, measure) for measure in measures_to_judge(step.case)]
    if step.facts.get("nothing_helped"):
        rows.append(("Inget hjälpte", step.facts["nothing_helped"]))
    tell_reporter(step)
    return Told(rows=(*rows, *answer_rows(step)))


def judge_measure(step: Step, measure: Measure) -> tuple[str, str]:
    dropped = step.facts.get(f"dropped_{measure.pk}") or ""
    if dropped:
        judge_effect(measure, effect=Effect.NO, note="", dropped_reason=dropped)
        return measure.text, f"Lämnades: {dropped}"
    effect, note = Effect(step.facts[f"effect_{measure.pk}"]), step.facts[f"effect_note_{measure.pk}"]
    judge_effect(measure, effect=effect, note=note)
    return measure.text, f"Hjälpte: {effect.label.lower()}. {note}"
