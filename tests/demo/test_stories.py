"""The practice municipality's words and people: varied, believable, the same every time, and nobody's own."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from random import Random
from typing import get_args

import pytest
from django.db.models import Choices

from avvikelse.cases.kinds import Affected, Known, PartOfDay, Sort
from avvikelse.demo.people import everybody
from avvikelse.demo.stories import (
    CARES,
    TREE,
    Due,
    Ground,
    Idea,
    Reason,
    Story,
    dismissal,
    due_ideas,
    due_reports,
    idea,
    ideas,
    message,
    reason,
    stories,
    tell,
)
from avvikelse.demo.stories.library import Event, events, pools
from avvikelse.demo.stories.shapes import Affected as AffectedCode
from avvikelse.demo.stories.shapes import Area as AreaCode
from avvikelse.demo.stories.shapes import Effect as EffectCode
from avvikelse.demo.stories.shapes import Known as KnownCode
from avvikelse.demo.stories.shapes import Strength as StrengthCode
from avvikelse.demo.stories.telling import part_of_day
from avvikelse.demo.stories.voice import with_capitals, words_for
from avvikelse.intake.answers import Routine
from avvikelse.intake.identifiers import find_identifiers
from avvikelse.measures.models import Area, Effect, Strength
from avvikelse.organisation.models import Lagrum

END = date(2026, 11, 16)
SLOT = re.compile(r"\{(\w*)\}")
EVENTS = pytest.mark.parametrize("event", events(), ids=lambda event: event.key)
EVERY_CARE = pytest.mark.parametrize("care", CARES)


def seeded(seed: int) -> Random:
    return Random(seed)  # noqa: S311 (the same story every time, no secret)


@cache
def dues() -> tuple[Due, ...]:
    return due_reports(seeded(1), end=END)


@cache
def told() -> tuple[Story, ...]:
    """The reports of two years."""
    rng = seeded(2)
    return tuple(tell(rng, due.care, category=due.category) for due in dues())


@cache
def suggested() -> tuple[Idea, ...]:
    rng = seeded(3)
    return tuple(idea(rng, due.care) for due in due_ideas(seeded(4), end=END))


def texts_of(story: Story) -> Iterator[str]:
    yield from (story.title, story.what_happened, story.consequences, story.done_at_once, story.suggestion)
    yield from (story.suspicion, story.answer)
    yield from (cause.text for cause in story.causes)
    yield from (text for measure in story.measures for text in (measure.text, measure.seen, measure.known))
    found = story.findings
    yield from (found.what_happened, found.consequences, found.child_perspective, found.before_note, found.again_note)
    yield from (text for pair in story.dialogue for text in (pair.question, pair.answer))


def texts_of_idea(proposed: Idea) -> Iterator[str]:
    yield from (proposed.title, proposed.text, proposed.gain, proposed.considering)
    yield from (proposed.plan, proposed.result, proposed.answer, proposed.declined)


def fragments_of(event: Event) -> Iterator[str]:
    lines = (event.titles, *event.told, event.more, event.consequences, event.done, event.suggestion)
    yield from (line.text for some in lines for line in some)
    more = (event.found, event.weighed, event.child_view, event.suspicion, event.theme.checked)
    yield from (line.text for some in more for line in some)
    for root in (*event.roots, *event.theme.roots):
        yield root.text
        yield from (text for fix in root.fixes for text in (fix.text, fix.seen, fix.told))
    yield from (text for pair in event.theme.asks for text in pair)


# The same seed, the same municipality.


def test_the_same_seed_tells_the_same_stories() -> None:
    first, second = seeded(7), seeded(7)
    assert [tell(first, care) for care in CARES] == [tell(second, care) for care in CARES]
    assert [idea(first, care) for care in CARES] == [idea(second, care) for care in CARES]
    assert due_reports(first, end=END) == due_reports(second, end=END)


def test_another_seed_tells_other_stories() -> None:
    assert [tell(seeded(7), care) for care in CARES] != [tell(seeded(8), care) for care in CARES]


# Two years without the same story over and over.


def test_fifteen_hundred_reports_rarely_repeat() -> None:
    assert len(told()) == 1500
    assert len({story.what_happened for story in told()}) >= 1400
    assert len({story.title for story in told()}) >= 300
    assert len({story.answer for story in told()}) >= 1200


def test_no_title_becomes_a_habit() -> None:
    assert Counter(story.title for story in told()).most_common(1)[0][1] <= 35


def test_ideas_rarely_repeat() -> None:
    assert len(suggested()) == 130
    assert len({proposed.text for proposed in suggested()}) >= 110
    assert {proposed.sort for proposed in suggested()} == {Sort.PROPOSAL, Sort.GOOD_EXAMPLE}


def test_there_are_templates_enough() -> None:
    assert len(events()) >= 60
    assert len({row.key for care in CARES for row in ideas(care)}) >= 40


@EVERY_CARE
def test_every_kind_of_care_has_stories_and_ideas(care: str) -> None:
    assert len(stories(care)) >= 12
    assert len(ideas(care)) >= 8


def test_an_unknown_care_or_category_is_refused() -> None:
    with pytest.raises(LookupError, match="brewery"):
        tell(seeded(1), "brewery")
    with pytest.raises(LookupError, match="Fall"):
        tell(seeded(1), "income_support", category="Fall")


def test_a_category_narrows_what_is_told() -> None:
    rng = seeded(1)
    assert {tell(rng, "care_home", category="Fall").category[0] for _ in range(50)} == {"Fall"}


# Nobody can be recognised.


def test_no_text_holds_an_identifier_or_the_name_of_somebody_at_work() -> None:
    staff = [someone.name for someone in everybody()]
    texts = {text for story in told() for text in texts_of(story)}
    texts |= {text for proposed in suggested() for text in texts_of_idea(proposed)}
    assert [found for text in sorted(texts) for found in find_identifiers(text, staff)] == []


def test_no_text_has_digits_as_a_personnummer_has_or_an_address() -> None:
    looks_like_one = re.compile(r"\d{6}[-+ ]?\d{4}|@|https?:")
    assert [text for story in told() for text in texts_of(story) if looks_like_one.search(text)] == []


# Every fragment fits where it stands.


@EVENTS
def test_the_category_is_in_the_tree(event: Event) -> None:
    group, name = event.category
    assert name in TREE[event.lagrum][group]


@EVENTS
def test_every_scene_has_something_to_say_and_a_cause(event: Event) -> None:
    for scene in event.scenes:
        asked = {"titles": event.titles, "consequences": event.consequences, "done": event.done}
        asked |= {"suggestion": event.suggestion, "found": event.found, "weighed": event.weighed}
        asked |= {f"beat {number}": beat for number, beat in enumerate(event.told)}
        assert [name for name, lines in asked.items() if not any(line.fits(scene) for line in lines)] == []
        assert event.own_roots(scene) + event.shared_roots() != []


@EVENTS
def test_every_word_in_braces_is_known(event: Event) -> None:
    known = {"kl", "noun"} | set(event.slots)
    known = set(with_capitals(dict.fromkeys(known, "")))
    for care in event.cares:
        words = known | set(words_for(seeded(1), care, adult=event.adult))
        assert {slot for text in fragments_of(event) for slot in SLOT.findall(text)} - words == set()


@EVENTS
def test_scenes_that_are_named_exist(event: Event) -> None:
    lines = (event.titles, *event.told, event.more, event.consequences, event.done, event.suggestion, event.found)
    named = {digit for some in lines for line in some for digit in line.scenes}
    named |= {digit for root in event.roots for digit in root.scenes} | set(event.risks) | set(event.child_scenes)
    assert named <= {str(scene) for scene in event.scenes}


def test_a_root_names_only_events_of_its_own_theme() -> None:
    themes = {event.key: event.theme.key for event in events()}
    named = {(key, event.theme.key) for event in events() for root in event.theme.roots for key in root.events}
    assert {(key, theme) for key, theme in named if themes.get(key) != theme} == set()


# A story hangs together.


def test_lengths_are_as_people_write() -> None:
    bounds: dict[str, tuple[Callable[[Story], str], int, int]] = {
        "title": (lambda story: story.title, 8, 80),
        "what happened": (lambda story: story.what_happened, 40, 500),
        "found": (lambda story: story.findings.what_happened, 60, 500),
        "answer": (lambda story: story.answer, 80, 600),
    }
    for name, (text_of, least, most) in bounds.items():
        lengths = [len(text_of(story)) for story in told()]
        assert (name, least <= min(lengths), max(lengths) <= most) == (name, True, True)


def test_some_are_short_and_some_are_long() -> None:
    lengths = sorted(len(story.what_happened) for story in told())
    assert lengths[150] < 110
    assert lengths[-150] > 200


def test_no_text_is_left_unfilled_or_badly_spaced() -> None:
    texts = {text for story in told() for text in texts_of(story)} | {t for i in suggested() for t in texts_of_idea(i)}
    assert [text for text in sorted(texts) if set("{}|") & set(text) or text != text.strip()] == []


def test_a_measure_hits_one_of_the_causes_and_every_cause_is_hit() -> None:
    assert [story for story in told() if {row.cause for row in story.measures} != set(range(len(story.causes)))] == []


def test_a_story_names_a_cause_once() -> None:
    assert [story.title for story in told() if len(set(story.causes)) != len(story.causes)] == []


def test_the_childs_perspective_is_there_when_a_child_is() -> None:
    assert [story.title for story in told() if bool(story.findings.child_perspective) != (story.child != "no")] == []
    assert {story.child for story in told()} == set(Known.values)


def test_a_clock_lies_in_its_part_of_the_day() -> None:
    assert [story.clock for story in told() if story.part != part_of_day(story.clock)] == []


def test_there_is_every_sort_of_story() -> None:
    """Misconduct to hand over, other huvudmän, risks, the trivial and the grave."""
    assert 0.02 < sum(bool(story.suspicion) for story in told()) / 1500 < 0.1
    assert sum(bool(story.counterpart) for story in told()) >= 20
    assert sum(not story.happened for story in told()) >= 20
    assert {story.severity for story in told()} == {1, 2, 3, 4}
    assert {story.likelihood for story in told()} == {1, 2, 3, 4}
    assert sum(story.risk >= 8 for story in told()) < 300


@pytest.mark.parametrize(
    ("written", "known"),
    [(AreaCode, Area), (StrengthCode, Strength), (EffectCode, Effect), (AffectedCode, Affected), (KnownCode, Known)],
    ids=["area", "strength", "effect", "affected", "known"],
)
def test_words_are_those_of_the_program(written: object, known: type[Choices]) -> None:
    assert set(get_args(written)) == set(known.values)


def test_all_words_are_used() -> None:
    assert set(TREE) == {story.lagrum for story in told()} == set(Lagrum.values)
    assert {story.affected for story in told()} == set(Affected.values)
    assert {story.routine for story in told()} == set(Routine.values)
    assert {story.part for story in told()} == {PartOfDay.DAY, PartOfDay.EVENING, PartOfDay.NIGHT}
    assert {row.effect for story in told() for row in story.measures} == set(Effect.values)
    assert {row.area for story in told() for row in story.causes} == set(Area.values)
    assert {row.strength for story in told() for row in story.measures} == set(Strength.values)


@pytest.mark.parametrize("sort", get_args(Reason))
def test_every_move_has_a_reason_to_give(sort: Reason) -> None:
    assert len(reason(seeded(1), sort)) >= 20


@pytest.mark.parametrize("ground", get_args(Ground))
def test_a_dismissal_says_why_and_answers(ground: Ground) -> None:
    note, answer = dismissal(seeded(1), ground)
    assert (len(note) >= 20, len(answer) >= 60) == (True, True)


def test_a_message_has_a_reply() -> None:
    said = message(seeded(1))
    assert (said.question == "", said.answer == "") == (False, False)


def test_what_is_known_of_before_and_again_does_not_repeat_the_yes_or_no_above_it() -> None:
    said = pools()["investigation"]
    notes = [note for name, group in said.items() if name.startswith(("before_", "again_")) for note in group]
    assert [note for note in notes if note.startswith(("Ja,", "Ja.", "Nej,", "Nej."))] == []
    assert notes
