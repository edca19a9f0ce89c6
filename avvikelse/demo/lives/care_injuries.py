"""How a vårdskada is lived: under HSL, received by MAS or MAR, with a händelseanalys."""

from __future__ import annotations

from typing import Any

from avvikelse.cases.kinds import Kind
from avvikelse.demo.people import QUALITY
from avvikelse.demo.stories import Story

from .fates import Fate
from .inquiry import Inquiry
from .life import Life

NURSING = "halso-och-sjukvard"
REHABILITATION = frozenset({"Rehab", "Hjälpmedel", "Med personal – hjälpmedel", "Egen aktivitet – hjälpmedel"})
"""Groups and names of the tree that are MAR's."""


def of(life: Life, story: Story, fate: Fate, event: str) -> Inquiry:
    """What is known when the case has come in. `event` may be empty."""
    ekhamn, (group, name) = life.ekhamn, story.category
    role = "mar" if REHABILITATION & set(story.category) else "mas"
    taker, director = ekhamn.holding(role, "socialnamnden"), ekhamn.holding("director", "socialforvaltningen")
    others = () if life.place.key == NURSING else tuple(ekhamn.staff(NURSING)[1:])
    other = ekhamn.holding("mas" if role == "mar" else "mar", "socialnamnden")
    return Inquiry(
        life=life,
        story=story,
        fate=fate,
        kind=Kind.VSK,
        taker=taker,
        topic=(event, name, f"{group}:{life.place.care}", group, "vsk", "any_vsk", "any"),
        received_with=reception,
        investigators=(ekhamn.chief_of(QUALITY), other, *others),
        deciders=(taker, taker, director),
    )


def reception(inquiry: Inquiry) -> dict[str, Any]:
    return {"unit": inquiry.life.ekhamn.units[inquiry.life.place.key]}
