"""Writing a händelseanalys: who may and when, the order of the steps, and what is taken away."""

from __future__ import annotations

from typing import Any

import hypothesis
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused, StaleCase
from avvikelse.documents.models import Document
from avvikelse.inquiries import analysis_operations as operations
from avvikelse.inquiries.analysis_lookup import course_of, in_short, step_lines, what_lacks
from avvikelse.inquiries.models import Barrier, Block, Factor
from avvikelse.measures.models import Area
from tests.inquiries.courses import KINDS, course, open_for_analysis, who, whole_course, with_step
from tests.people import AT, Town, moved
from tests.stages import fresh, whole

WRITERS = {
    Kind.AVV: {"karin", "frida", "vera", "david", "jonas"},
    Kind.LEX: {"sanna", "jonas"},
    Kind.VSK: {"maja", "jonas"},
}


def event(case: Case) -> tuple[str, list[list[str]]]:
    last = case.events.order_by("-pk").first()
    assert last
    return f"{last.actor_name} {last.facts['sentence']}", last.facts["rows"]


@pytest.mark.parametrize("kind", KINDS)
def test_those_who_investigate_write_it_and_nobody_else(town: Town, kind: Kind) -> None:
    case = open_for_analysis(town, kind)
    wrote = set()
    for name in town.people:
        try:
            operations.add_block(case.pk, **who(town, case, name), after=0, when="", what=name)
        except PermissionDenied:
            continue
        wrote.add(name)
    assert wrote == WRITERS[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_written_only_while_the_event_is_investigated(town: Town, kind: Kind) -> None:
    case = whole_course(town, open_for_analysis(town, kind))
    Case.objects.filter(pk=case.pk).update(state=State.FOLLOWING_UP)
    block = Block.objects.order_by("place")[0]
    acts: list[Any] = [
        lambda: operations.add_block(case.pk, **who(town, case), after=0, when="", what="Sent."),
        lambda: operations.move_block(block.pk, **who(town, case), up=False),
        lambda: operations.take_away_barrier(Barrier.objects.all()[0].pk, **who(town, case)),
        lambda: operations.lock_analysis(case.pk, **who(town, case)),
    ]
    said = []
    for act in acts:
        with pytest.raises(MoveRefused) as refused:
            act()
        said.append(refused.value.sentences)
    assert said == [[operations.LOCKED]] * 4


def test_a_case_of_another_kind_has_none(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    Case.objects.filter(pk=case.pk).update(kind=Kind.FOR, state=State.CONSIDERING)
    with pytest.raises(PermissionDenied):
        operations.add_block(case.pk, **who(town, case, "karin"), after=0, when="", what="Nej.")


def test_steps_are_put_first_last_and_between(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    for after, what in ((0, "b"), (1, "d"), (0, "a"), (2, "c"), (99, "e")):
        with_step(town, case, what, after=after)
    assert course(case) == [(1, "a"), (2, "b"), (3, "c"), (4, "d"), (5, "e")]


def test_steps_change_places_and_the_ends_stand_still(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    a, _, c = (with_step(town, case, what) for what in "abc")
    for block, up in ((c, True), (a, True), (a, False), (a, False), (a, False)):
        operations.move_block(block.pk, **who(town, case), up=up)
    assert course(case) == [(1, "c"), (2, "b"), (3, "a")]


def test_a_step_that_is_taken_away_takes_what_belongs_to_it_and_is_kept_as_a_row(town: Town) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    first = Block.objects.get(place=1)
    operations.take_away_block(first.pk, **who(town, case))
    assert course(case) == [(1, "Ingen kommer till frukost."), (2, "Dottern ringer jouren.")]
    assert event(case) == ("Jonas Berg ändrade händelseanalysen", [["Ändring", "Steg 1 togs bort"]])
    left = course_of(fresh(case))
    assert [row.text for row in left.whole] == ["Många var nya."]
    assert [row.text for step in left.steps for row in step.barriers] == ["Jouren svarar dygnet runt."]
    assert (Block.objects.count(), Factor.objects.count(), Barrier.objects.count()) == (3, 2, 2)


def test_what_is_gone_is_not_written_in(town: Town) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    first, factor = Block.objects.get(place=1), Factor.objects.get(block=None)
    barrier = Barrier.objects.get(held=True)
    operations.take_away_block(first.pk, **who(town, case))
    operations.take_away_factor(factor.pk, **who(town, case))
    operations.take_away_barrier(barrier.pk, **who(town, case))
    now: Any = lambda: who(town, case)  # noqa: E731
    acts: list[Any] = [
        lambda: operations.change_block(first.pk, **now(), when="", what="x"),
        lambda: operations.add_barrier(case.pk, **now(), block=first, text="x", held=True),
        lambda: operations.change_factor(factor.pk, **now(), block=None, area=Area.PEOPLE, text="x"),
        lambda: operations.change_barrier(barrier.pk, **now(), block=first, text="x", held=True),
    ]
    said = []
    for act in acts:
        with pytest.raises(MoveRefused) as refused:
            act()
        said += refused.value.sentences
    assert said == [operations.STEP_GONE, operations.STEP_GONE, operations.FACTOR_GONE, operations.BARRIER_GONE]


def test_a_step_of_another_case_is_not_to_be_had(town: Town) -> None:
    mine, other = open_for_analysis(town, Kind.AVV), open_for_analysis(town, Kind.LEX)
    step = with_step(town, other, "Någon annans.")
    with pytest.raises(MoveRefused):
        operations.add_barrier(mine.pk, **who(town, mine), block=step, text="x", held=True)


def test_every_save_is_a_sentence_and_a_version_of_its_own(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    before = fresh(case).version
    operations.save_frame(case.pk, **who(town, case), assignment="Varför?", method="Samtal", team="Jonas")
    step = with_step(town, case, "Något hände.")
    operations.change_block(step.pk, **who(town, case), when="På natten", what="Något mer.")
    told = [row.facts["rows"] for row in case.events.filter(what="event_analysis").order_by("pk")]
    changes = ["Uppdrag, metod och arbetsgrupp", "Nytt steg 1", "Steg 1"]
    assert (told, fresh(case).version) == ([[["Ändring", change]] for change in changes], before + 3)


def test_the_second_of_two_at_once_is_told(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    seen = fresh(case).version
    with_step(town, case, "Jonas steg.")
    with pytest.raises(StaleCase):
        operations.add_block(case.pk, actor=town.karin, version=seen, at=AT, after=0, when="", what="Karins steg.")


def test_a_course_has_an_end(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "MOST_STEPS", 1)
    case = open_for_analysis(town, Kind.AVV)
    with_step(town, case, "a")
    with pytest.raises(MoveRefused, match="Förloppet har redan 1 steg"):
        with_step(town, case, "b")


def test_a_drawing_has_room_for_so_much(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    monkeypatch.setattr(operations, "MOST_MARKS", 4)
    with pytest.raises(MoveRefused, match="Här finns redan 4 faktorer och skydd"):
        operations.add_factor(case.pk, **who(town, case), block=None, area=Area.PEOPLE, text="x")
    operations.take_away_barrier(Barrier.objects.all()[0].pk, **who(town, case))
    operations.add_factor(case.pk, **who(town, case), block=None, area=Area.PEOPLE, text="x")
    assert Factor.objects.count() == 3


def test_it_says_what_it_lacks_until_it_is_whole(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    lacking = ["steg i förloppet", "bidragande faktorer", "skydd som höll eller brast", "orsaker"]
    assert what_lacks(case) == [f"Händelseanalysen saknar {what}." for what in lacking]
    done = whole_course(town, case)
    assert (what_lacks(done), in_short(course_of(done))) == (
        [],
        "3 steg. 2 bidragande faktorer. 1 skydd höll och 1 skydd brast.",
    )


def test_the_steps_are_always_numbered_from_one_without_a_gap(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    acts = st.tuples(st.sampled_from(["add", "up", "down", "away"]), st.integers(0, 6))

    @given(st.lists(acts, max_size=12))
    @hypothesis.settings(max_examples=40)
    def walk(chosen: list[tuple[str, int]]) -> None:
        with transaction.atomic():
            for act, number in chosen:
                carry_out(town, case, act, number)
                places = [place for place, _ in course(case)]
                assert places == list(range(1, len(places) + 1))
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
            transaction.set_rollback(True)

    walk()


def carry_out(town: Town, case: Case, act: str, number: int) -> None:
    """A verb on the step with the number, or none where there is no step."""
    standing = list(Block.objects.filter(analysis=case.pk, place__isnull=False).order_by("place"))
    if act == "add":
        with_step(town, case, "x", after=number)
    elif standing and act == "away":
        operations.take_away_block(standing[number % len(standing)].pk, **who(town, case))
    elif standing:
        operations.move_block(standing[number % len(standing)].pk, **who(town, case), up=act == "up")


# --- The document


def test_it_is_locked_as_a_numbered_document_that_says_all(town: Town) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    document = operations.lock_analysis(case.pk, **who(town, case))
    assert (document.sort, document.number, document.title) == (
        Document.Sort.ANALYSIS,
        1,
        f"Händelseanalys {case.reference}",
    )
    assert event(case) == ("Jonas Berg låste händelseanalysen som handling nr 1", [])
    content = document.content
    assert content["steps"] == step_lines(course_of(fresh(case)))
    assert content["steps"][0] == {
        "number": 1,
        "when": "Klockan 07.30",
        "what": "Besöket flyttas i schemat.",
        "factors": [{"area": "Processer, rutiner, arbetssätt och riktlinjer", "text": "Ändringar kvitteras inte."}],
        "barriers": [{"held": False, "text": "Appen varnar inte."}],
    }
    assert content["signature"]["role"] == "Utredare"


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Kind.LEX, "Kan omfattas av sekretess enligt 26 kap. 1 § offentlighets- och sekretesslagen (2009:400)"),
        (Kind.VSK, "Kan omfattas av sekretess"),
    ],
)
def test_its_secrecy_is_cited_only_where_the_law_has_been_read(town: Town, kind: Kind, expected: str) -> None:
    case = whole_course(town, open_for_analysis(town, kind))
    document = operations.take_analysis(case, actor=town.jonas, at=AT)
    assert document
    assert document.content["confidentiality"] == expected


def test_the_same_analysis_is_not_locked_twice_and_a_changed_one_gets_the_next_number(town: Town) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    numbers = [operations.lock_analysis(case.pk, **who(town, case)).number for _ in range(2)]
    with_step(town, case, "Ett steg till.")
    numbers.append(operations.lock_analysis(case.pk, **who(town, case)).number)
    assert (numbers, Document.objects.count()) == ([1, 1, 2], 2)


def test_an_empty_analysis_is_no_document(town: Town) -> None:
    case = open_for_analysis(town, Kind.AVV)
    assert operations.take_analysis(case, actor=town.jonas, at=AT) is None
    with pytest.raises(MoveRefused, match="Förloppet har inga steg än"):
        operations.lock_analysis(case.pk, **who(town, case))


def test_a_deviation_that_is_concluded_locks_its_analysis_too(town: Town) -> None:
    case = whole_course(town, whole(town))
    moved(case, "conclude", town.jonas)
    taken = Document.objects.order_by("pk").values_list("sort", "number")
    assert list(taken) == [("investigation", 1), ("analysis", 1)]
