"""How a whole story grows out of one event: what is told, found, done and answered."""

from __future__ import annotations

from datetime import time
from random import Random

from .care import CHILDREN, CIRCUMSTANCES, HOURS, IN_HOUSEHOLDS, RESIDENTIAL
from .findings import answer, findings, measures, taken_against
from .library import Event, Lines, Root, pools, stories
from .shapes import Affected, Cause, Exchange, Known, PartOfDay, Routine, Story
from .voice import Voice, capital, slip, spoken, with_capitals, words_for

MORNING, EVENING, NIGHT = 7, 16, 22
SHORT, SLIPPED = 0.25, 0.08
"""Shares of reports that are only the bare event, and that have a slip of the pen."""
CIRCUMSTANCE, CIRCUMSTANCE_FIRST = 0.5, 0.25
MOST_MORE = 3
SKIP_CONSEQUENCES, SKIP_DONE, SKIP_SUGGESTION = 0.12, 0.06, 0.4
"""How often a question that may be skipped is skipped."""
SUSPECTED, SERIOUS = 0.35, 3
"""Where a missförhållande may be suspected, it always is from this severity and else this often."""
CHILD_UNKNOWN = 0.12
AFFECTED_BY_RISK: tuple[Affected, ...] = ("group", "none")
OWN_ROOT = 0.85
MORE_ROOTS = (0, 0, 0, 1, 1, 1, 2)
ROUTINES: tuple[Routine, ...] = ("not_followed", "missing", "unknown", "followed")
ROUTINE_WEIGHTS = (3, 2, 2, 1)


def tell(rng: Random, care: str, *, category: str | None = None, key: str | None = None) -> Story:
    """One story of the given kind of care, the same for the same state of `rng`.

    `category` narrows to one group of the tree, as "Fall", and `key` to one event. LookupError if nothing is left.
    """
    event = chosen(rng, care, category, key)
    clock = clock_within(rng, HOURS.get(care, event.hours))
    return whole(voice_for(rng, event, care, clock), event, care, clock)


def whole(voice: Voice, event: Event, care: str, clock: time) -> Story:
    rng, risk, child = voice.rng, is_risk(voice, event), child_concerned(voice, event, care)
    severity, likelihood = rng.choice(event.severity), rng.choice(event.likelihood)
    roots = roots_behind(voice, event)
    taken = taken_against(voice, roots)
    return Story(
        title=voice.say(event.titles),
        part=part_of_day(clock),
        clock=clock,
        happened=not risk,
        what_happened=told(voice, event, care, clock),
        consequences=unless_skipped(voice, event.consequences, SKIP_CONSEQUENCES),
        done_at_once=unless_skipped(voice, event.done, SKIP_DONE),
        suggestion=unless_skipped(voice, event.suggestion, SKIP_SUGGESTION),
        child=child,
        affected=rng.choice(AFFECTED_BY_RISK if risk else event.affected),
        routine=rng.choices(ROUTINES, ROUTINE_WEIGHTS)[0],
        lagrum=event.lagrum,
        category=event.category,
        severity=severity,
        likelihood=likelihood,
        suspicion=suspicion(voice, event, severity),
        counterpart=event.counterpart,
        causes=tuple(Cause(root.area, voice.fill(root.text)) for root in roots),
        measures=measures(voice, taken),
        findings=findings(voice, event, child, likelihood),
        answer=answer(voice, roots, taken),
        dialogue=dialogue(voice, event),
    )


def chosen(rng: Random, care: str, category: str | None, key: str | None) -> Event:
    told = [event for event in stories(care) if key in (None, event.key)]
    found = [event for event in told if category in (None, event.category[0])]
    if not found:
        raise LookupError(f"{care!r} has no stories of {category!r}")
    return rng.choices(found, [event.weight for event in found])[0]


def clock_within(rng: Random, hours: tuple[int, int]) -> time:
    """A time on an even five minutes within the hours, which may pass midnight."""
    start, end = hours
    hour = (start + rng.randrange((end - start) % 24)) % 24
    return time(hour, 5 * rng.randrange(12))


def part_of_day(clock: time) -> PartOfDay:
    if MORNING <= clock.hour < EVENING:
        return "day"
    return "evening" if EVENING <= clock.hour < NIGHT else "night"


def voice_for(rng: Random, event: Event, care: str, clock: time) -> Voice:
    words = {"kl": spoken(rng, clock), "noun": event.theme.noun}
    words |= {name: rng.choice(alternatives) for name, alternatives in event.slots.items()}
    return Voice(rng, with_capitals(words) | words_for(rng, care, adult=event.adult), rng.choice(event.scenes))


def suspicion(voice: Voice, event: Event, severity: int) -> str:
    return voice.say(event.suspicion) if severity >= SERIOUS or voice.chance(SUSPECTED) else ""


def is_risk(voice: Voice, event: Event) -> bool:
    """Whether the scene is about what can happen rather than what did."""
    return str(voice.scene) in event.risks


def child_concerned(voice: Voice, event: Event, care: str) -> Known:
    if str(voice.scene) in event.child_scenes:
        return "yes"
    if event.child:
        return voice.rng.choice(event.child)
    if care in CHILDREN:
        return "no" if is_risk(voice, event) else "yes"
    return "unknown" if care in IN_HOUSEHOLDS and voice.chance(CHILD_UNKNOWN) else "no"


def roots_behind(voice: Voice, event: Event) -> list[Root]:
    """The causes: mostly one of the event's own, sometimes others beside it."""
    own, shared = event.own_roots(voice.scene), event.shared_roots()
    first = voice.some(own if own and (voice.chance(OWN_ROOT) or not shared) else shared, 1)
    rest = [root for root in (*own, *shared) if root not in first]
    return first + voice.some(rest, voice.rng.choice(MORE_ROOTS))


def told(voice: Voice, event: Event, care: str, clock: time) -> str:
    """The reporter's own words: short or long, sometimes with a slip of the pen."""
    beats = [
        capital(voice.fill(beat[voice.scene - 1].text)) if place == event.pivot else voice.say(beat)
        for place, beat in enumerate(event.told)
    ]
    if not voice.chance(SHORT):
        beats += voice.say_some(event.more, voice.rng.randrange(MOST_MORE + 1))
        beats = with_circumstance(voice, beats, care, clock)
    text = " ".join(beats)
    return slip(voice.rng, text) if voice.chance(SLIPPED) else text


def with_circumstance(voice: Voice, beats: list[str], care: str, clock: time) -> list[str]:
    if not voice.chance(CIRCUMSTANCE):
        return beats
    at_night = care in RESIDENTIAL and part_of_day(clock) == "night"
    pool = "night" if at_night else CIRCUMSTANCES.get(care, "shift")
    sentence = voice.pick(pools()["circumstances"][pool])
    return [sentence, *beats] if voice.chance(CIRCUMSTANCE_FIRST) else [*beats, sentence]


def unless_skipped(voice: Voice, lines: Lines, share: float) -> str:
    return "" if voice.chance(share) else voice.say(lines)


def dialogue(voice: Voice, event: Event) -> tuple[Exchange, ...]:
    """Questions a handler may ask about this story, those of the theme first."""
    general = pools()["dialogue"]["generic"]
    pairs = [*voice.some(event.theme.asks, 2), *voice.some(general, 2)]
    return tuple(Exchange(voice.fill(question), voice.fill(reply)) for question, reply in pairs)
