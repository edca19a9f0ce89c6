"""A case of a sealed kind is never left with nobody who can take it: who stands in, and what is said where none can."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from avvikelse.audit.operations import act_as
from avvikelse.cases.engine import Situation, Step, not_as
from avvikelse.cases.kinds import Kind, PartRole, Sort
from avvikelse.cases.models import Case, CaseEvent
from avvikelse.cases.operations import (
    MoveRefused,
    add_message,
    end_part,
    ensure_taker,
    implicate,
    open_offspring,
    set_part,
)
from avvikelse.cases.rules import Who, capacities
from avvikelse.cases.tasks import ensure_takers
from avvikelse.organisation.models import Absence, Assignment, Person
from avvikelse.organisation.preferences import LocalValues
from avvikelse.organisation.roles import Role
from tests.desk import Desk, words_of
from tests.people import AT, DAY, Town, assign, deputy, moved, report
from tests.stages import HANDED_OVER, investigating

NOBODY = (
    "Det finns ingen {who}, förvaltningschef eller nämndens ordförande som kan ta emot ärendet. Ingen har rollen, "
    "eller så gäller ärendet den som har den. Be systemförvaltaren ge rollen till någon annan. Försök sedan igen."
)


def step(case: Case, actor: Person) -> Step:
    act_as(actor.actor_key)
    return Step(case, actor, AT, DAY, LocalValues(DAY), {})


def parts(case: Case) -> set[tuple[str, str]]:
    """(name, part) of everybody who has a part now."""
    return set(case.parts.filter(valid_to=None).values_list("person__name", "role"))


def standing_in(case: Case) -> list[str]:
    return [name for name, role in parts(case) if role == PartRole.STAND_IN]


def gone(*people: Person) -> None:
    act_as("system:tests")
    Assignment.objects.filter(person__in=people).update(valid_to=DAY - timedelta(days=1))


@pytest.mark.parametrize("kind", [Kind.LEX, Kind.VSK, Kind.IVO])
@pytest.mark.parametrize(
    ("about", "expected"),
    [
        ((), []),
        (("taker",), ["David Nyman"]),
        (("taker", "david"), ["Cilla Torp"]),
        (("david",), []),
    ],
)
def test_the_nearest_whom_it_is_not_about_stands_in(
    town: Town, kind: Kind, about: tuple[str, ...], expected: list[str]
) -> None:
    taker = {"taker": "maja" if kind == Kind.VSK else "sanna"}
    case = report(town, kind=kind, implicated=tuple(town.people[taker.get(name, name)] for name in about))
    assert standing_in(case) == expected


def test_a_deputy_takes_it_before_anybody_stands_in_but_not_one_the_implicated_appointed(town: Town) -> None:
    deputy(town.sanna, town.olle, Role.SAS, town.administration)
    assert standing_in(report(town, kind=Kind.LEX, implicated=(town.sanna,))) == ["David Nyman"]
    assign(town.olle, Role.SAS, town.administration)
    assert standing_in(report(town, kind=Kind.LEX, implicated=(town.sanna,))) == []


def test_a_director_who_is_away_leaves_it_to_her_deputy(town: Town) -> None:
    deputy(town.david, town.vera, Role.DIRECTOR, town.administration)
    act_as("system:tests")
    Absence.objects.create(person=town.david, from_day=DAY, to_day=DAY)
    assert standing_in(report(town, kind=Kind.LEX, implicated=(town.sanna,))) == ["Vera Holm"]


def test_whoever_stands_in_meets_the_case_as_the_one_stood_in_for(town: Town) -> None:
    lex = report(town, kind=Kind.LEX, implicated=(town.sanna,))
    injury = report(town, kind=Kind.VSK, implicated=(town.maja,))
    notice = report(town, kind=Kind.IVO, facts={"sort": Sort.NOTICE_LEX_MARIA}, implicated=(town.maja,))
    other = report(town, kind=Kind.LEX)
    found = [capacities(case, town.david, DAY) for case in (lex, injury, notice, other)]
    assert found == [{Who.SAS}, {Who.MAS}, {Who.MAS}, set()]


def test_the_chair_sees_only_the_case_that_came_to_her(town: Town) -> None:
    report(town)
    report(town, kind=Kind.LEX)
    case = report(town, kind=Kind.LEX, implicated=(town.sanna, town.david))
    assert list(Case.objects.visible_to(town.cilla, DAY)) == [case]


def test_the_story_tells_of_it_and_the_version_stays(town: Town) -> None:
    case = report(town, kind=Kind.VSK, implicated=(town.maja,))
    event = CaseEvent.objects.get(case=case, what="stand_in")
    sentence = "gav ärendet till David Nyman, som tar hand om det i stället för MAS eller MAR"
    assert (event.actor_name, event.facts["sentence"], case.version) == ("Systemet", sentence, 1)


def test_it_waits_for_whoever_stands_in(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX, implicated=(town.sanna,))
    assert case.reference in words_of(desk("david").get("/att-gora/"))
    page = words_of(desk("david").get(f"/arenden/{case.reference}/"))
    assert "Nästa steg Du tar emot rapporten" in page
    assert case.reference not in words_of(desk("sanna").get("/att-gora/"))


@pytest.mark.parametrize(("kind", "who"), [(Kind.LEX, "SAS"), (Kind.VSK, "MAS, MAR"), (Kind.IVO, "SAS")])
def test_where_nobody_is_left_the_case_is_not_opened(town: Town, kind: Kind, who: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        report(town, kind=kind, implicated=(town.sanna, town.maja, town.david, town.cilla))
    assert refused.value.sentences == [NOBODY.format(who=who)]


@pytest.mark.parametrize(
    ("move", "about", "left", "who"),
    [
        ("hand_over_lex", (), (), ""),
        ("hand_over_lex", ("sanna",), (), ""),
        ("hand_over_lex", ("sanna", "david"), (), ""),
        ("hand_over_lex", ("sanna", "david", "cilla"), (), "SAS"),
        ("hand_over_lex", ("sanna",), ("david", "cilla"), "SAS"),
        ("hand_over_vsk", ("maja", "david", "cilla"), (), "MAS, MAR"),
        ("make_samverkan", ("sanna", "maja"), (), ""),
    ],
)
def test_that_nobody_can_take_it_is_said_before_the_click_and_at_it(
    town: Town, desk: Desk, move: str, about: tuple[str, ...], left: tuple[str, ...], who: str
) -> None:
    case = report(town, implicated=tuple(town.people[name] for name in about))
    gone(*(town.people[name] for name in left))
    sentence = NOBODY.format(who=who)
    assert (sentence in words_of(desk("karin").get(f"/arenden/{case.reference}/"))) == bool(who)
    try:
        moved(case, move, town.karin, **HANDED_OVER)
        found = []
    except MoveRefused as refused:
        found = refused.sentences
    assert found == ([sentence] if who else [])
    assert Case.objects.count() == (1 if who else 2)


def test_whoever_is_pointed_out_loses_every_part_and_the_next_takes_over(town: Town) -> None:
    case = report(town, kind=Kind.LEX, implicated=(town.sanna,))
    now = step(case, town.david)
    set_part(case, town.jonas, PartRole.INVESTIGATOR, step=now)
    case.handler = town.jonas
    implicate(case, town.jonas, step=now)
    implicate(case, town.david, step=now)
    left = {
        ("Sanna Lind", "implicated"),
        ("Jonas Berg", "implicated"),
        ("David Nyman", "implicated"),
        ("Cilla Torp", "stand_in"),
    }
    assert (parts(case), case.handler_id) == (left, None)
    with pytest.raises(MoveRefused):
        implicate(case, town.cilla, step=now)


def test_whoever_stands_in_gives_it_back_when_the_duty_is_held_again(town: Town) -> None:
    case = report(town, kind=Kind.LEX, implicated=(town.sanna,))
    assign(town.olle, Role.SAS, town.administration)
    case = Case.objects.get(pk=case.pk)
    assert ensure_taker(case, step(case, town.sixten)) is None
    assert standing_in(case) == []


def test_roles_that_end_by_themselves_are_seen_to_every_hour(
    town: Town, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    desk("sanna")
    case, other = report(town, kind=Kind.LEX), report(town, kind=Kind.VSK, implicated=(town.david, town.cilla))
    gone(town.sanna, town.maja)
    with caplog.at_level(logging.ERROR):
        ensure_takers()
    assert (standing_in(case), standing_in(other)) == (["David Nyman"], [])
    assert [row.message for row in caplog.records] == [f"nobody can take {other.reference}"]


def test_an_ordinary_case_has_no_stand_in(town: Town) -> None:
    case = report(town, implicated=(town.karin,))
    assert ensure_taker(case, step(case, town.vera)) is None
    assert parts(case) == {("Karin Ek", "implicated")}


# --- What goes along to IVO


def opened(town: Town, origin: Case) -> Case:
    return open_offspring(origin, Kind.IVO, step(origin, town.sanna))


def test_a_notice_is_seen_by_those_of_its_origin_and_never_by_its_reporter(town: Town) -> None:
    lex = report(town, kind=Kind.LEX, implicated=(town.karin,))
    for name, role in (
        ("jonas", PartRole.INVESTIGATOR),
        ("olle", PartRole.DECIDER),
        ("vera", PartRole.READER),
    ):
        set_part(lex, town.people[name], role, step=step(lex, town.sanna))
    notice = opened(town, lex)
    assert (notice.kind, notice.sort, notice.state, notice.origin) == ("IVO", "notice_lex_sarah", "preparing", lex)
    assert parts(notice) == {
        ("Karin Ek", "implicated"),
        ("Jonas Berg", "reader"),
        ("Olle Sand", "decider"),
        ("Vera Holm", "reader"),
    }
    assert notice.reporter is None
    assert set(Case.objects.reported_by(town.amira)) == {lex}


def test_the_origin_stays_open_to_those_who_handle_it(town: Town) -> None:
    lex = report(town, kind=Kind.LEX)
    set_part(lex, town.jonas, PartRole.INVESTIGATOR, step=step(lex, town.sanna))
    opened(town, lex)
    assert (lex.sealed, parts(lex)) == (False, {("Jonas Berg", "investigator")})


def test_an_avvikelse_is_sealed_and_leaves_those_who_had_a_part_in_it(town: Town) -> None:
    case = moved(investigating(town), "hand_over_vsk", town.karin, **HANDED_OVER)
    assert (case.sealed, parts(case)) == (True, set())


def test_a_notice_out_of_a_vardskada_is_lex_maria_and_its_stand_in_comes_along(town: Town) -> None:
    notice = opened(town, report(town, kind=Kind.VSK, implicated=(town.maja,)))
    assert (notice.sort, standing_in(notice)) == ("notice_lex_maria", ["David Nyman"])


def test_who_comes_later_comes_along_too_and_who_goes_goes(town: Town) -> None:
    lex = report(town, kind=Kind.LEX)
    notice, now = opened(town, lex), step(lex, town.sanna)
    set_part(lex, town.jonas, PartRole.INVESTIGATOR, step=now)
    set_part(lex, town.olle, PartRole.DECIDER, step=now)
    assert parts(notice) == {("Jonas Berg", "reader"), ("Olle Sand", "decider")}
    set_part(lex, town.frida, PartRole.INVESTIGATOR, step=now)
    end_part(lex.parts.get(role=PartRole.DECIDER), step=now)
    assert parts(notice) == {("Frida Lund", "reader")}
    implicate(lex, town.frida, step=now)
    assert parts(notice) == {("Frida Lund", "implicated")}


def test_the_registrator_writes_to_nobody(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    with pytest.raises(PermissionDenied):
        add_message(case.pk, "Hej", actor=town.rut, at=AT)


def test_the_page_of_a_notice_names_no_reporter_and_the_reporters_page_no_notice(town: Town, desk: Desk) -> None:
    lex = report(town, kind=Kind.LEX)
    notice = opened(town, lex)
    page = words_of(desk("sanna").get(f"/arenden/{notice.reference}/"))
    assert ("Rapportör " in page, "Diarienummer inget än" in page) == (False, True)
    assert "Nästa steg Du skickar anmälan till IVO och lägger in det som skickades." in page
    mine = desk("amira").get(f"/mina-rapporter/{lex.reference}/")
    assert (mine.status_code, notice.reference in mine.content.decode()) == (200, False)
    assert desk("amira").get(f"/mina-rapporter/{notice.reference}/").status_code == 404


def test_a_second_notice_out_of_the_same_case_is_refused_by_its_name(town: Town) -> None:
    lex = report(town, kind=Kind.LEX)
    opened(town, lex)
    found = not_as(Kind.IVO, Situation(lex, DAY, LocalValues(DAY)))
    assert found == "Ärendet har redan lämnats vidare som IVO-ärende."


def test_a_notice_is_of_a_sort_and_has_no_reporter_and_the_database_says_so(town: Town) -> None:
    with pytest.raises(IntegrityError, match="case_sort_of_kind"), transaction.atomic():
        report(town, kind=Kind.IVO, facts={"sort": Sort.ORDINARY})
    with pytest.raises(IntegrityError, match="case_ivo_has_no_reporter"), transaction.atomic():
        report(town, kind=Kind.IVO, reporter=town.amira)
    with pytest.raises(IntegrityError, match="case_lex_is_named"), transaction.atomic():
        report(town, kind=Kind.LEX, reporter=None)
    assert report(town, kind=Kind.LEX, reporter=None, facts={"sort": Sort.INFORMED}).reporter is None
