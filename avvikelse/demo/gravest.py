"""The grave cases that are told one by one: one in every state, and everything that happens seldom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from django.utils.timezone import localdate

from avvikelse.cases.kinds import Kind
from avvikelse.inquiries.choices import Grade
from avvikelse.workdays import add_working_days

from .lives import informed, ivo
from .lives.fates import Fate, IvoFate
from .lives.life import STOCKHOLM
from .lives.reports import Arrival, Grave
from .lives.timeline import Begun
from .people import Place, units
from .stories import Story, grave, tell
from .town import Ekhamn

SEED = 8_000
FIRST_REPORT = time(8, 20)
SAS = "Elisabet Sandgren"
AGENCY = "En vikarie som är inhyrd av ett bemanningsföretag."


@dataclass(frozen=True, slots=True)
class Scene:
    """A report so many working days ago, to whom it was handed and its fate. `told`: the scene's own story."""

    days_ago: int
    unit: str
    event: str
    kind: Kind
    fate: Fate
    told: bool = False
    about: str = ""


SCENES = (
    # Lex Sarah, state by state
    Scene(1, "akerbo", "rough_grip", Kind.LEX, Fate(grade=Grade.SERIOUS, stop="received")),
    Scene(3, "hemtjanst-soder", "theft", Kind.LEX, Fate(grade=Grade.MISCONDUCT, stop="received")),
    Scene(6, "ripvagen", "locked_in", Kind.LEX, Fate(grade=Grade.MISCONDUCT, stop="assessing", outside=AGENCY)),
    Scene(
        18,
        "hemtjanst-norr",
        "card_used",
        Kind.LEX,
        Fate(grade=Grade.MISCONDUCT, stop="working", statement="waiting", pointed_out=True),
    ),
    Scene(
        60,
        "kojan",
        "respite_alone",
        Kind.LEX,
        Fate(grade=Grade.SERIOUS_RISK, stop="working", statement="answered", masked=True),
    ),
    Scene(42, "akerbo", "wandered_off", Kind.LEX, Fate(grade=Grade.RISK, stop="proposed", by_namnd=True)),
    Scene(30, "tallbacken", "locked_in", Kind.LEX, Fate(grade=Grade.RISK, stop="proposed", pace=0.5)),
    Scene(
        56,
        "barn-mottagning",
        "alarm_call_unassessed",
        Kind.LEX,
        Fate(grade=Grade.MISCONDUCT, stop="decided", by_namnd=True),
    ),
    Scene(66, "ripvagen", "theft", Kind.LEX, Fate(grade=Grade.MISCONDUCT, stop="following_up", pace=0.7)),
    # Lex Sarah, what happens seldom
    Scene(
        58,
        "barn-utredning",
        "sas_delayed",
        Kind.LEX,
        Fate(grade=Grade.MISCONDUCT, stop="decided", by_namnd=True),
        told=True,
        about=SAS,
    ),
    Scene(
        140,
        "hamngatan",
        "knife_threat",
        Kind.LEX,
        Fate(
            grade=Grade.MISCONDUCT,
            corrected=Grade.SERIOUS_RISK,
            statement="answered",
            ivo=IvoFate(stop="with_ivo", requests=2, extended=True),
        ),
        told=True,
    ),
    Scene(95, "hemtjanst-norr", "sign_missing", Kind.LEX, Fate(grade=Grade.RISK, returned=True), told=True),
    Scene(
        130,
        "akerbo",
        "hit_in_shower",
        Kind.LEX,
        Fate(
            grade=Grade.SERIOUS,
            early=True,
            analysed=True,
            outside=AGENCY,
            ivo=IvoFate(outcome="criticism", enclosed=False, requests=1, stop="decided", unread=True),
        ),
        told=True,
    ),
    Scene(
        290,
        "bjorkhaga",
        "night_unmanned",
        Kind.LEX,
        Fate(grade=Grade.SERIOUS, analysed=True, pace=0.6, ivo=IvoFate(outcome="order", stop="decided", requests=1)),
        told=True,
    ),
    Scene(
        120,
        "assistans",
        "rough_grip",
        Kind.LEX,
        Fate(grade=Grade.MISCONDUCT, early=True, ivo=IvoFate(cancelled=True, pace=0.5)),
    ),
    Scene(190, "tallbacken", "rough_grip", Kind.LEX, Fate(grade=Grade.MISCONDUCT, pace=0.5, analysed=True)),
    # Vårdskador
    Scene(1, "bjorkhaga", "fall_bedside", Kind.VSK, Fate(grade=Grade.HARM, stop="received")),
    Scene(5, "solglantan", "dose_wrong", Kind.VSK, Fate(grade=Grade.HARM, stop="assessing")),
    Scene(22, "akerbo", "fall_lift", Kind.VSK, Fate(grade=Grade.HARM, stop="working", statement="waiting")),
    Scene(40, "hemtjanst-norr", "dose_missed", Kind.VSK, Fate(grade=Grade.HARM, stop="proposed", analysed=True)),
    Scene(
        17,
        "bjorkhaga",
        "fall_bedside",
        Kind.VSK,
        Fate(
            grade=Grade.SERIOUS_HARM, analysed=True, stop="decided", pace=0.5, ivo=IvoFate(stop="preparing", pace=0.5)
        ),
    ),
    Scene(
        76,
        "hemtjanst-soder",
        "fall_found_at_home",
        Kind.VSK,
        Fate(
            grade=Grade.SERIOUS_HARM,
            analysed=True,
            pace=1.1,
            stop="following_up",
            ivo=IvoFate(stop="with_ivo", requests=1, asked_days_ago=18, post=True),
        ),
    ),
    Scene(
        320,
        "akerbo",
        "dose_wrong_person",
        Kind.VSK,
        Fate(grade=Grade.SERIOUS_HARM, analysed=True, pace=0.6, ivo=IvoFate(requests=1, pace=0.6)),
    ),
)
INFORMED_DAYS_AGO = (150, 12)
"""Underrättelser: the first is closed, the second is followed up."""
OPENED = (("municipality", 160, IvoFate()), ("supervision", 70, IvoFate(stop="with_ivo", requests=2)))
"""What is opened to IVO without coming out of a case, so many working days ago."""


def moment(now: datetime, days_ago: int, number: int) -> datetime:
    """In the morning of the working day so many before today."""
    day = add_working_days(localdate(now), -days_ago)
    return datetime.combine(day, FIRST_REPORT, STOCKHOLM) + timedelta(minutes=4 * number)


def arrivals(now: datetime) -> list[Arrival]:
    """The scenes' reports, each by one of the unit's own."""
    places = {place.key: place for place in units()}
    return [arrival(places[scene.unit], scene, number, now) for number, scene in enumerate(SCENES)]


def arrival(place: Place, scene: Scene, number: int, now: datetime) -> Arrival:
    rng, at = Random(SEED + number), moment(now, scene.days_ago, number)  # noqa: S311 (the same every time)
    story = grave.scene(scene.event) if scene.told else happened(rng, place.care, scene.event)
    day = at.date() - timedelta(days=0 if story.clock < FIRST_REPORT else 1)
    return Arrival(rng, place, story, day, at, grave=Grave(scene.kind, scene.fate, scene.event, scene.about))


def happened(rng: Random, care: str, event: str) -> Story:
    """A story of the event that has happened, grave enough to hand over."""
    stories: Iterator[Story] = (tell(rng, care, key=event) for _ in range(200))
    return next(story for story in stories if story.happened and story.severity > 1 and story.child != "unknown")


def besides(ekhamn: Ekhamn, now: datetime) -> tuple[list[Begun], list[Begun]]:
    """What comes from outside: the underrättelser, and what is opened to IVO out of no case."""
    told = []
    for number, (each, days_ago) in enumerate(zip(grave.informed(), INFORMED_DAYS_AGO, strict=True)):
        at = moment(now, days_ago, number)
        told.append(Begun(at, informed.informed(ekhamn, each, at=at, now=now)))
    places = {place.key: place for place in units()}
    rows = []
    for number, (key, days_ago, fate) in enumerate(OPENED):
        at, about = moment(now, days_ago, number), grave.opened(key)
        rows.append(Begun(at, ivo.opened(ekhamn, places[about.unit], about, fate, at=at, now=now)))
    return told, rows
