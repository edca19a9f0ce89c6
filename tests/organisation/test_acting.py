"""A chief is away: who acts, who is told why, and what the systemförvaltare should see to."""

from __future__ import annotations

from datetime import timedelta

import pytest

from avvikelse.organisation.acting import acts_when_away, taken_over_by, waits_for_instead
from avvikelse.organisation.care import needs_care
from avvikelse.organisation.models import Absence, Person
from avvikelse.organisation.roles import Basis, Level, Role
from tests.people import DAY, Town, assign, build_town, deputy, unit

pytestmark = pytest.mark.django_db

UNTIL = DAY + timedelta(days=4)


@pytest.fixture
def town() -> Town:
    return build_town()


def away(*people: Person) -> None:
    for person in people:
        Absence.objects.create(person=person, from_day=DAY, to_day=UNTIL)


def instead(town: Town) -> list[tuple[str, str]]:
    """Who Solgläntan waits for instead of its own chief, and why."""
    return [(holder.person.name, reason) for holder, reason in waits_for_instead(town.solglantan, DAY)]


def test_a_chief_who_is_here_acts_herself(town: Town) -> None:
    assert instead(town) == []


def test_a_chief_away_without_a_deputy_leaves_it_to_the_chief_above(town: Town) -> None:
    away(town.karin)
    assert instead(town) == [("Vera Holm", "Karin Ek är borta till och med 20 november 2026 och har ingen ersättare.")]
    assert waits_for_instead(town.solglantan, UNTIL + timedelta(days=1)) == []
    assert waits_for_instead(town.solglantan, DAY - timedelta(days=1)) == []


def test_a_chief_away_with_a_deputy_leaves_it_to_her(town: Town) -> None:
    away(town.karin)
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    assert instead(town) == []


def test_when_the_deputy_is_away_too_it_goes_upwards(town: Town) -> None:
    away(town.karin, town.jonas)
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    assert instead(town) == [("Vera Holm", "Karin Ek och Jonas Berg är borta.")]


def test_when_the_chief_above_is_away_it_goes_to_the_next(town: Town) -> None:
    away(town.karin, town.vera)
    reasons = (
        "Karin Ek är borta till och med 20 november 2026 och har ingen ersättare. "
        "Vera Holm är borta till och med 20 november 2026 och har ingen ersättare."
    )
    assert instead(town) == [("David Nyman", reasons)]


def test_a_unit_without_a_chief_waits_for_the_one_above(town: Town) -> None:
    town.karin.assignments.update(valid_to=DAY - timedelta(days=1))
    assert instead(town) == [("Vera Holm", "Solgläntan har ingen enhetschef.")]


def test_when_nobody_is_there_nobody_is_named(town: Town) -> None:
    away(town.karin, town.vera, town.david)
    assert instead(town) == []


def test_every_unit_is_answered_with_three_questions(town: Town, django_assert_num_queries: object) -> None:
    away(town.karin)
    town.olle.assignments.update(valid_to=DAY - timedelta(days=1))
    units = [town.solglantan.pk, town.ekbacken.pk, town.reception.pk]
    with django_assert_num_queries(3):  # type: ignore[operator]
        found = taken_over_by(town.vera.pk, units, DAY)
    assert found == {
        town.solglantan.pk: "Karin Ek är borta till och med 20 november 2026 och har ingen ersättare.",
        town.ekbacken.pk: "Ekbacken har ingen enhetschef.",
    }
    assert taken_over_by(town.david.pk, units, DAY) == {town.reception.pk: "Mottagningen har ingen enhetschef."}


def test_who_would_act_is_known_beforehand(town: Town) -> None:
    holder = acts_when_away(town.karin.assignments.get(), DAY)
    assert holder is not None
    assert holder.described == "Vera Holm (Avdelningschef)"
    assert acts_when_away(town.david.assignments.get(), DAY) is None


def cared() -> list[tuple[str, str]]:
    """What is to be seen to, but what the small town lacks from the start."""
    from_the_start = {"Mottagningen har ingen enhetschef", "Individ och familj har ingen avdelningschef"}
    return [(care.sentence, care.because) for care in needs_care(DAY) if care.sentence not in from_the_start]


@pytest.mark.usefixtures("town")
def test_nothing_needs_care_when_all_is_well() -> None:
    assert cared() == []


def test_a_unit_without_a_chief_needs_care(town: Town) -> None:
    sentences = [(care.sentence, care.because, care.tone) for care in needs_care(DAY)]
    assert sentences == [
        (
            "Individ och familj har ingen avdelningschef",
            "Det som väntar går till David Nyman, förvaltningschef.",
            "late",
        ),
        ("Mottagningen har ingen enhetschef", "Det som väntar går till David Nyman, förvaltningschef.", "late"),
    ]
    deputy(town.karin, town.jonas, Role.CHIEF, town.reception)
    assert ("Mottagningen har ingen enhetschef", "Jonas Berg ersätter tills vidare.", "soon") in [
        (care.sentence, care.because, care.tone) for care in needs_care(DAY)
    ]


def test_a_chief_away_without_a_deputy_needs_care(town: Town) -> None:
    away(town.karin)
    assert cared() == [
        (
            "Karin Ek är borta till och med 20 november 2026 utan ersättare",
            "Solgläntan. Det som väntar går till Vera Holm, avdelningschef.",
        )
    ]
    deputy(town.karin, town.jonas, Role.CHIEF, town.solglantan)
    assert cared() == []


@pytest.mark.parametrize(("days", "shown"), [(0, True), (30, True), (31, False)])
def test_a_role_that_ends_within_thirty_days_needs_care(town: Town, days: int, *, shown: bool) -> None:
    town.karin.assignments.update(valid_to=DAY + timedelta(days=days))
    assert (("Karin Ek slutar som enhetschef", "Solgläntan. Är någon annan på väg in?") in cared()) == shown


def test_a_role_that_somebody_else_takes_on_needs_no_care(town: Town) -> None:
    town.karin.assignments.update(valid_to=DAY + timedelta(days=5))
    assign(town.jonas, Role.CHIEF, town.solglantan, valid_from=DAY + timedelta(days=6))
    assert cared() == []


def test_a_deputy_is_meant_to_end_and_a_delegation_is_not(town: Town) -> None:
    soon = {"on_behalf_of": town.sanna, "appointed_by": town.sixten, "valid_to": DAY + timedelta(days=5)}
    assign(town.jonas, Role.SAS, town.administration, basis=Basis.DEPUTY, **soon)
    assert cared() == []
    town.sanna.assignments.update(valid_to=DAY + timedelta(days=5))
    assert cared() == [("Sanna Lind slutar som SAS", "Socialförvaltningen. Är någon annan på väg in?")]


@pytest.mark.parametrize("who", ["sanna", "maja"])
def test_a_municipality_without_sas_or_mas_needs_care(town: Town, who: str) -> None:
    role = town.people[who].assignments.get().role
    town.people[who].assignments.update(valid_to=DAY - timedelta(days=1))
    assert cared() == [(f"Ingen är {role.upper()}", "Ärenden som bara den rollen får ta hand om blir liggande.")]


def test_care_asks_as_many_questions_whatever_the_number_of_units(
    town: Town, django_assert_max_num_queries: object
) -> None:
    for number in range(10):
        unit(f"Enhet {number}", Level.UNIT, town.families)
    with django_assert_max_num_queries(5):  # type: ignore[operator]
        assert len(needs_care(DAY)) == 12
