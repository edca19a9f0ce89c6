"""How an underrättelse from an enskild verksamhet is lived: told by a link or to SAS, followed up, closed."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from avvikelse.demo.letters import letter
from avvikelse.demo.people import PLACES
from avvikelse.demo.stories.grave import Informed
from avvikelse.demo.town import Ekhamn
from avvikelse.lex_sarah.informed import Source, hash_of, make_link, take_in
from avvikelse.lex_sarah.models import ProviderLink

from .diary import number_in_diary
from .life import Life
from .timeline import Steps, pause, pause_until


def informed(ekhamn: Ekhamn, told: Informed, *, at: datetime, now: datetime) -> Steps:
    """One that is still followed up came by a link; one that is closed was told to SAS."""
    rng = Random(told.key)  # noqa: S311 (the same every time)
    sas, place = ekhamn.holding("sas", "socialnamnden"), next(each for each in PLACES if each.key == told.unit)
    life = Life(rng, ekhamn, place, now, at, sas)
    life.case = take_in(source(ekhamn, told, at), facts(told, life), at=at)
    life.version = life.case.version
    yield from pause(life, 0, 1)
    number_in_diary(life)
    due = life.day + timedelta(days=60)
    life.move("begin_following", sas, plan=told.plan, follow_up_on=due)
    if not told.outcome:
        return
    yield from pause(life, 15, 30)
    report = letter("utredning", "Verksamhetens utredning", told.what_happened, told.done_at_once)
    life.move("complete", sas, grade=told.grade, ivo=told.ivo, ivo_number=told.ivo_number, document=report)
    yield from pause_until(life, due)
    life.move("end_following", sas, outcome=told.outcome, lesson=told.lesson)


def source(ekhamn: Ekhamn, told: Informed, at: datetime) -> Source:
    sas, unit = ekhamn.holding("sas", "socialnamnden"), ekhamn.units[told.unit]
    if told.outcome:
        return Source(told.provider, unit, entered_by=sas)
    secret = make_link(unit, provider=told.provider, contact=told.contact, actor=sas, at=at - timedelta(days=2))
    return Source(told.provider, unit, link=ProviderLink.objects.get(secret_hash=hash_of(secret)))


def facts(told: Informed, life: Life) -> dict[str, Any]:
    return {
        "key": UUID(int=life.rng.getrandbits(128), version=4),
        "contact": told.contact.capitalize(),
        "what_happened": told.what_happened,
        "affected": told.affected,
        "occurred_on": life.day - timedelta(days=3),
        "done_at_once": told.done_at_once,
        "grade": "",
        "ivo": told.ivo,
        "ivo_number": told.ivo_number,
    }
