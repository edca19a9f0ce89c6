"""The invented people of Ekhamn: who works where, in which roles, and whom one can log in as."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from avvikelse.demo.people import ABOUT, NAMND, PLACES, Place, demo_people, everybody, units
from avvikelse.organisation.roles import LEVELS_OF_ROLE, Level, Role


def test_about_twenty_units_and_eighty_people_each_with_an_address_of_their_own() -> None:
    assert len(units()) == 21
    assert 75 <= len(everybody()) <= 90
    assert len({someone.email for someone in everybody()}) == len(everybody())
    assert len({someone.name for someone in everybody()}) == len(everybody())


def test_addresses_are_plain() -> None:
    plain = re.compile(r"[a-z]+(-[a-z]+)?\.[a-z]+@ekhamn\.example")
    assert [someone.email for someone in everybody() if not plain.fullmatch(someone.email)] == []


def test_every_place_stands_under_one_that_came_before_it() -> None:
    seen = {""}
    for place in PLACES:
        assert place.parent in seen
        seen.add(place.key)


@pytest.mark.parametrize("place", units(), ids=lambda place: place.key)
def test_every_unit_has_one_chief_and_two_to_six_others(place: Place) -> None:
    key = place.key
    here = [someone for someone in everybody() if someone.home == key]
    chiefs = [someone for someone in here if any((row.role, row.at) == ("chief", key) for row in someone.grants)]
    assert (len(chiefs), 2 <= len(here) - 1 <= 6) == (1, True)


def test_roles_are_held_where_they_may_be() -> None:
    level = {place.key: Level(place.level) for place in PLACES}
    grants = [row for someone in everybody() for row in someone.grants]
    assert [row for row in grants if level[row.at] not in LEVELS_OF_ROLE[Role(row.role)]] == []


def test_one_can_be_somebody_in_every_role() -> None:
    assert [someone.name for someone in demo_people()] == list(ABOUT)
    assert {row.role for someone in demo_people() for row in someone.grants} == set(Role.values)
    assert [someone.name for someone in demo_people() if not someone.about] == []


def test_one_unit_is_exemplary_one_is_slow_and_one_is_getting_worse() -> None:
    habits = Counter(place.habit for place in units())
    assert habits == {"ordinary": 18, "exemplary": 1, "slow": 1, "worsening": 1}


def test_the_board_is_nobodys_colleague() -> None:
    roles = [[row.role for row in someone.grants] for someone in everybody() if someone.home == NAMND]
    assert roles == [["board", "chair"]]
