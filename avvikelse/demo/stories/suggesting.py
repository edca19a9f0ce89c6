"""Förbättringsförslag and goda exempel."""

from __future__ import annotations

from random import Random

from .library import ideas, pools
from .shapes import Idea
from .voice import Voice, words_for


def idea(rng: Random, care: str) -> Idea:
    """One idea from the given kind of care, the same for the same state of `rng`. LookupError for an unknown care."""
    template = rng.choice(ideas(care))
    voice = Voice(rng, words_for(rng, care))
    said = pools()["ideas"]
    good = "good_" if template.sort == "good_example" else ""
    spoken = (voice.pick(said[f"{good}opening"]), voice.pick(template.text), voice.pick(said[f"{good}closing"]))
    return Idea(
        sort=template.sort,
        title=voice.pick(template.titles),
        text=" ".join(part for part in spoken if part),
        gain=voice.pick(template.gain),
        considering=voice.pick(said["considering"]),
        plan=voice.fill(template.plan),
        result=voice.fill(template.result),
        answer=voice.fill(template.answer),
        declined=voice.fill(template.no),
    )
