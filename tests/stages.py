"""Cases brought to every state through the operations, as the people of the town would."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.deviations.investigation import save_investigation
from avvikelse.measures.models import Area, Cause, Measure, Strength
from avvikelse.measures.operations import Plan, add_cause, add_measure, finish_measure
from tests.people import ASSESSED, AT, DAY, Town, assessed, moved, report

TEXTS: dict[str, Any] = {
    "what_happened": "Schemat ändrades klockan 20.40.",
    "consequences": "Hon fick vänta på frukosten.",
    "before": "no",
    "again": "yes",
}
HANDED_OVER: dict[str, Any] = {"why": "Någon for illa.", "done_at_once": "Extra tillsyn."}


def fresh(case: Case) -> Case:
    return Case.objects.select_related("unit").get(pk=case.pk)


def investigated(town: Town, case: Case, **texts: Any) -> Case:
    """Jonas has written what he knows."""
    save_investigation(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, texts={**TEXTS, **texts})
    return fresh(case)


def with_cause(town: Town, case: Case, text: str = "Ändringar kvitteras inte.") -> Cause:
    return add_cause(case.pk, actor=town.jonas, version=fresh(case).version, at=AT, area=Area.PROCESSES, text=text)


def with_measure(town: Town, cause: Cause, *, by: str = "karin", owner: str = "jonas", **changes: Any) -> Measure:
    """A measure against the cause, decided at once when a chief adds it."""
    start: dict[str, Any] = {
        "text": "Systemet spärrar ändringar utan kvittens.",
        "strength": Strength.STRONG,
        "owner": town.people[owner],
        "due_on": DAY + timedelta(days=14),
        "sign": "Inga uteblivna besök på åtta veckor.",
    }
    plan = Plan(**{**start, **changes})
    return add_measure(cause.pk, plan, actor=town.people[by], version=fresh(cause.case).version, at=AT)


def received(town: Town, **changes: Any) -> Case:
    return report(town, **changes)


def returned(town: Town, **changes: Any) -> Case:
    return moved(report(town, **changes), "request_more", town.karin, question="Vilken dag var det?")


def investigating(town: Town, **changes: Any) -> Case:
    return assessed(town, report(town, **changes))


def whole(town: Town, **changes: Any) -> Case:
    """Investigated, with a cause: ready to be concluded."""
    case = investigated(town, investigating(town, **changes))
    with_cause(town, case)
    return fresh(case)


def acting(town: Town, **changes: Any) -> Case:
    return moved(whole(town, **changes), "conclude", town.jonas)


def following_up(town: Town, **changes: Any) -> Case:
    case = acting(town, **changes)
    measure = with_measure(town, Cause.objects.get(case=case))
    finish_measure(measure.pk, actor=town.jonas, at=AT, done_on=DAY, note="Spärren är på.")
    return moved(case, "follow_up", town.karin, follow_up_on=DAY + timedelta(days=21))


def closed(town: Town, **changes: Any) -> Case:
    case = following_up(town, **changes)
    measure = Measure.objects.get(cause__case=case)
    effect: dict[str, Any] = {f"effect_{measure.pk}": "yes", f"effect_note_{measure.pk}": "Inga fler."}
    return moved(case, "close", town.karin, answer="Tack. Nu spärras ändringarna.", **effect)


def dismissed(town: Town, **changes: Any) -> Case:
    return moved(
        report(town, **changes), "dismiss", town.karin, reason="not_deviation", answer="Tack. Så ska det gå till."
    )


def handed_over(town: Town, **changes: Any) -> Case:
    return moved(report(town, **changes), "make_samverkan", town.karin, **HANDED_OVER)


def at_once(town: Town, **changes: Any) -> Case:
    facts = {**ASSESSED, "category": town.category, "cause_area": "people", "cause": "Ingen introduktion."}
    return moved(report(town, **changes), "act_at_once", town.karin, **facts)


def to_lex_sarah(town: Town, **changes: Any) -> Case:
    """The lex Sarah case that came out of an avvikelse."""
    return moved(report(town, **changes), "hand_over_lex", town.karin, **HANDED_OVER).offspring.get()


DEVIATIONS: dict[str, Callable[..., Case]] = {
    "received": received,
    "returned": returned,
    "investigating": investigating,
    "acting": acting,
    "following_up": following_up,
    "closed": closed,
    "dismissed": dismissed,
    "handed_over": handed_over,
}


def proposal(town: Town, **changes: Any) -> Case:
    facts = {"sort": "proposal", **changes.pop("facts", {})}
    return report(town, kind=Kind.FOR, title="Rörelsekort vid schemaändring", facts=facts, **changes)


def considered(town: Town, **changes: Any) -> Case:
    return moved(proposal(town, **changes), "consider", town.karin, investigator=town.jonas)


def adopted(town: Town, **changes: Any) -> Case:
    return moved(considered(town, **changes), "adopt", town.karin, plan="Vi provar i januari.")


def implemented(town: Town, **changes: Any) -> Case:
    return moved(adopted(town, **changes), "implement", town.jonas, result="Kortet används.")


def declined(town: Town, **changes: Any) -> Case:
    return moved(considered(town, **changes), "decline", town.karin, why="Vi har redan ett kort.")


def shared(town: Town, **changes: Any) -> Case:
    case = proposal(town, facts={"sort": "good_example"}, **changes)
    return moved(case, "share", town.karin, shared_with="På avdelningens möte.")


def closed_proposal(town: Town, **changes: Any) -> Case:
    return moved(implemented(town, **changes), "close", town.karin, answer="Tack för förslaget.")


IMPROVEMENTS: dict[str, Callable[..., Case]] = {
    "received": proposal,
    "considering": considered,
    "adopted": adopted,
    "implemented": implemented,
    "declined": declined,
    "shared": shared,
    "closed": closed_proposal,
}
