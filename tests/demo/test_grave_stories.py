"""The words of the gravest cases: something for every case, fitting where it stands, and nobody's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from avvikelse.cases.kinds import Kind
from avvikelse.demo.gravest import SCENES
from avvikelse.demo.lives.fates import GRADES, OUTCOMES, drawn
from avvikelse.demo.lives.lex_sarah import KIND_OF_GROUP
from avvikelse.demo.people import everybody
from avvikelse.demo.stories import CARES, TREE, stories
from avvikelse.demo.stories.grave import Topic, choose, course, informed, pool, said, scene, told
from avvikelse.inquiries.choices import GRADES as SCALES
from avvikelse.inquiries.choices import Grade, Misconduct, Nature
from avvikelse.intake.identifiers import find_identifiers
from avvikelse.ivo.choices import Outcome
from avvikelse.measures.models import Area

ASKED = ("protected", "noticed", "remedied", "other", "notes", "deidentified", "lesson")
"""What is said of every case by what it is about."""
LOOKS_LIKE_A_NUMBER = re.compile(r"\d{6}[-+ ]?\d{4}|@|https?:")


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the same words every time, no secret)


def topics() -> Iterator[Topic]:
    for kind_of in Misconduct.values:
        yield ("", kind_of, "lex", "any")
    for group, names in TREE["HSL"].items():
        yield from (("", name, f"{group}:nursing", group, "vsk", "any_vsk", "any") for name in names)


def texts(value: Any) -> Iterator[str]:
    """Every text in a file of words."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from texts(each)


@pytest.mark.parametrize("sort", ASKED)
def test_something_is_said_of_every_case(sort: str) -> None:
    assert [topic for topic in topics() if not pool(sort, topic)] == []


def test_nothing_is_said_of_what_nobody_knows() -> None:
    with pytest.raises(LookupError, match="brewing"):
        pool("notes", ("brewing",))


def test_the_nearest_is_said_first() -> None:
    own = pool("notes", ("night_unmanned", "performance", "lex", "any"))
    assert own != pool("notes", ("performance", "lex", "any"))


def test_every_grade_and_every_outcome_has_its_words() -> None:
    assert set(said()["why"]) == set(Grade.values)
    assert {outcome for outcome, _ in OUTCOMES} | {"order"} == set(Outcome.values)
    assert {outcome for outcome in Outcome.values if not said()["ivo"][outcome]} == set()


def test_notes_hold_a_source_and_are_fact_or_assessment() -> None:
    rows = [row for rows in said()["notes"].values() for row in rows]
    assert {nature for _, nature, _ in rows} == set(Nature.values)
    assert [row for row in rows if not row[0] or not row[2]] == []


@pytest.mark.parametrize("row", said()["course"], ids=lambda row: row["assignment"])
def test_a_course_has_what_a_handelseanalys_needs(row: dict[str, Any]) -> None:
    places = range(len(row["steps"]) + 1)
    assert {place for place, _, _ in row["factors"]} <= set(places)
    assert {place for place, _, _ in row["barriers"]} <= set(places) - {0}
    assert {area for _, area, _ in row["factors"]} <= set(Area.values)
    assert {held for _, held, _ in row["barriers"]} == {True, False}


def test_every_topic_has_a_course() -> None:
    assert [topic for topic in topics() if not course(seeded(1), topic).steps] == []


def test_groups_of_the_tree_are_named_as_they_are() -> None:
    assert set(KIND_OF_GROUP) <= set(TREE["SOL_LSS"])


def test_no_text_holds_the_name_of_somebody_at_work_or_a_number() -> None:
    staff = [someone.name for someone in everybody()]
    written = [*texts(said()), *texts(told())]
    assert [found for text in written for found in find_identifiers(text, staff)] == []
    assert [text for text in written if LOOKS_LIKE_A_NUMBER.search(text)] == []
    assert [text for text in written if set("{}|") & set(text) or text != text.strip()] == []


def test_every_scene_has_a_story() -> None:
    keys = {event.key for care in CARES for event in stories(care)}
    assert {one.event for one in SCENES if not one.told} <= keys
    for one in SCENES:
        if one.told:
            story = scene(one.event)
            assert {measure.cause for measure in story.measures} == set(range(len(story.causes)))


def test_a_provider_that_tells_is_followed_up() -> None:
    assert {bool(each.plan) for each in informed()} == {True}
    assert [bool(each.outcome) == bool(each.grade and each.lesson) for each in informed()] == [True, True]


@pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK])
def test_fates_are_of_the_kind_and_the_same_every_time(kind: Kind) -> None:
    assert {grade for grade, _ in GRADES[kind]} == set(SCALES[kind])
    assert drawn(seeded(3), kind) == drawn(seeded(3), kind)
    found = [drawn(seeded(seed), kind) for seed in range(300)]
    assert {fate.grade for fate in found} == set(SCALES[kind])
    assert 0.1 < sum(fate.reaches_ivo for fate in found) / len(found) < 0.35


def test_the_same_source_chooses_the_same_words() -> None:
    assert choose(seeded(5), "settle", "lex") == choose(seeded(5), "settle", "lex")
