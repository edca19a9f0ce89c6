"""What the investigator finds and does about it, and what the reporter is told in the end."""

from __future__ import annotations

from collections.abc import Sequence

from .library import Event, Fix, Root, pools
from .shapes import Effect, Findings, Known, Measure
from .voice import Voice

OFTEN, NOW_AND_THEN = 3, 2
"""Likelihood from which it has happened often, or now and then, before."""
EFFECTS: tuple[Effect, ...] = ("yes", "partly", "no")
EFFECT_WEIGHTS = (6, 3, 1)
TOLD_AT_MOST = 2

Taken = tuple[int, Fix]
"""A measure and the place of the cause it hits."""


def taken_against(voice: Voice, roots: Sequence[Root]) -> list[Taken]:
    """One or two measures against every cause."""
    return [
        (place, fix) for place, root in enumerate(roots) for fix in voice.some(root.fixes, voice.rng.choice((1, 1, 2)))
    ]


def measures(voice: Voice, taken: Sequence[Taken]) -> tuple[Measure, ...]:
    made = []
    for cause, fix in taken:
        effect = voice.rng.choices(EFFECTS, EFFECT_WEIGHTS)[0]
        known = voice.pick(pools()["effect"][effect])
        made.append(Measure(cause, fix.strength, voice.fill(fix.text), voice.fill(fix.seen), effect, known))
    return tuple(made)


def findings(voice: Voice, event: Event, child: Known, likelihood: int) -> Findings:
    said = pools()["investigation"]
    before = "often" if likelihood >= OFTEN else "some" if likelihood == NOW_AND_THEN else "never"
    return Findings(
        what_happened=f"{voice.say(event.theme.checked)} {voice.say(event.found)}",
        consequences=voice.say(event.weighed),
        child_perspective=child_perspective(voice, event, child),
        before="no" if before == "never" else "yes",
        before_note=voice.pick(said[f"before_{before}"]),
        again="unknown" if likelihood == 1 else "yes",
        again_note=voice.pick(said["again_unlikely" if likelihood == 1 else "again_likely"]),
    )


def child_perspective(voice: Voice, event: Event, child: Known) -> str:
    said = pools()["investigation"]
    if child == "no":
        return ""
    if child == "unknown":
        return voice.pick(said["child_unknown"])
    return voice.say(event.child_view) or voice.pick(said["child_default"])


def answer(voice: Voice, roots: Sequence[Root], taken: Sequence[Taken]) -> str:
    """To the reporter, in plain words: thanks, why it happened, what is different now."""
    said = pools()["answer"]
    different = [voice.fill(fix.told) for _, fix in taken][:TOLD_AT_MOST]
    parts = [
        voice.pick(said["opening"]),
        voice.pick(said["cause"]),
        voice.fill(roots[0].text),
        *different,
        voice.pick(said["closing"]),
    ]
    return " ".join(part for part in parts if part)
