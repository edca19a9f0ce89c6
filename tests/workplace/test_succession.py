"""Units that close and people who leave: all that is open goes on with somebody else, unopened."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localdate

from avvikelse.cases.kinds import Kind, PartRole
from avvikelse.cases.models import Case, Clock, Part
from avvikelse.measures.models import Area, Measure, Strength
from avvikelse.measures.operations import Plan, add_cause, add_measure
from avvikelse.organisation.models import Assignment, Person, Unit
from avvikelse.organisation.operations import Refused
from avvikelse.organisation.roles import Role
from avvikelse.workplace.succession import operations
from avvikelse.workplace.succession.operations import OpenWork, open_work_of
from tests.people import AT, DAY, Town, assessed, assign, build_town, moved, report

pytestmark = pytest.mark.django_db

TOMORROW = DAY + timedelta(days=1)


@pytest.fixture
def town() -> Town:
    return build_town()


def refusal(field: str, sentence: str) -> pytest.RaisesExc[Refused]:
    """Expect the operation to be refused with exactly this, at this field."""
    return pytest.RaisesExc(Refused, check=lambda error: (error.field, error.sentence) == (field, sentence))


def measure_of(town: Town, case: Case, owner: Person) -> Measure:
    case.refresh_from_db()
    cause = add_cause(
        case.pk, actor=town.jonas, version=case.version, at=AT, area=Area.PROCESSES, text="Schemat sågs inte."
    )
    case.refresh_from_db()
    plan = Plan(
        text="Nytt schema",
        strength=Strength.STRONG,
        owner=owner,
        due_on=DAY + timedelta(30),
        sign="Färre missade besök.",
    )
    return add_measure(cause.pk, plan, actor=town.karin, version=case.version, at=AT)


def story(case: Case) -> list[str]:
    """The sentences of the case's history, the oldest first, each after its actor's name."""
    return [f"{event.actor_name} {event.facts['sentence']}" for event in case.events.order_by("pk")]


def fresh(case: Case) -> Case:
    return Case.objects.select_related("unit").get(pk=case.pk)


# --- A unit closes ------------------------------------------------------------------------------------------------


def test_open_cases_of_every_kind_go_to_the_successor_with_their_clocks(town: Town) -> None:
    cases = [
        report(town),
        assessed(town, report(town)),
        report(town, kind=Kind.FOR),
        report(town, kind=Kind.LEX),
        report(town, kind=Kind.SAM),
    ]
    clocks = list(Clock.objects.order_by("pk").values())
    versions = [fresh(case).version for case in cases]
    assert operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT) == 5
    assert [(fresh(case).unit, fresh(case).version) for case in cases] == [
        (town.ekbacken, version + 1) for version in versions
    ]
    assert list(Clock.objects.order_by("pk").values()) == clocks
    sentence = "Sixten Ros flyttade ärendet från Solgläntan till Ekbacken, eftersom Solgläntan är stängd"
    assert [story(case)[-1] for case in cases] == [sentence] * 5


def test_what_is_finished_keeps_the_old_name(town: Town) -> None:
    case = report(town)
    moved(case, "dismiss", town.karin, reason="not_deviation", answer="Det var ingen avvikelse.")
    assert operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT) == 0
    assert fresh(case).unit == town.solglantan


def test_the_successors_chief_takes_over_and_the_old_one_sees_nothing_more(town: Town) -> None:
    case = report(town)
    assert [case in Case.objects.visible_to(who, DAY) for who in (town.karin, town.olle)] == [True, False]
    operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    assert [case in Case.objects.visible_to(who, TOMORROW) for who in (town.karin, town.olle)] == [False, True]


def test_other_units_cases_stay(town: Town) -> None:
    other = report(town, unit=town.reception)
    operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    assert fresh(other).unit == town.reception


def test_nothing_a_case_says_is_read_when_it_moves(town: Town) -> None:
    report(town)
    with CaptureQueriesContext(connection) as questions:
        operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    assert [question["sql"] for question in questions if "what_happened" in question["sql"]] == []


def test_a_case_is_not_moved_to_where_nobody_can_take_it(town: Town) -> None:
    report(town, implicated=(town.olle, town.vera, town.david))
    sentence = (
        "Då finns ingen kvar som kan ta hand om ett öppet ärende vid Ekbacken. "
        "Ge någon annan rollen där, eller ovanför, först."
    )
    with refusal("", sentence):
        operations.close_unit(town.solglantan, town.ekbacken, actor=town.sixten, at=AT)
    assert Unit.objects.get(pk=town.solglantan.pk).closed_on is None


def test_only_the_systemforvaltare_closes_ends_and_lets_go(town: Town) -> None:
    with pytest.raises(PermissionDenied):
        operations.close_unit(town.solglantan, town.ekbacken, actor=town.david, at=AT)
    with pytest.raises(PermissionDenied):
        operations.leave(town.jonas, town.frida, actor=town.karin, at=AT)
    with pytest.raises(PermissionDenied):
        operations.end_role(town.jonas.assignments.get(), DAY, None, actor=town.karin, at=AT)


# --- Somebody leaves ----------------------------------------------------------------------------------------------


def test_all_open_work_is_handed_over_in_one_go(town: Town) -> None:
    first, second = assessed(town, report(town)), assessed(town, report(town))
    measure = measure_of(town, first, town.jonas)
    assert open_work_of(town.jonas) == OpenWork(cases=2, measures=1)
    passed = operations.leave(town.jonas, town.frida, actor=town.sixten, at=AT)
    assert passed == OpenWork(cases=2, measures=1)
    assert [fresh(case).handler for case in (first, second)] == [town.frida, town.frida]
    measure.refresh_from_db()
    assert measure.owner == town.frida
    assert open_work_of(town.jonas) == OpenWork(0, 0)
    sentence = "Sixten Ros lämnade över arbetet från Jonas Berg till Frida Lund, eftersom Jonas Berg har slutat"
    assert [story(case)[-1] for case in (first, second)] == [sentence, sentence]
    town.jonas.refresh_from_db()
    assert not town.jonas.is_active


def test_the_one_who_takes_over_has_the_part_and_the_one_who_left_has_none(town: Town) -> None:
    case = assessed(town, report(town))
    Part.objects.create(case=case, person=town.jonas, role=PartRole.READER, valid_from=DAY)
    operations.leave(town.jonas, town.frida, actor=town.sixten, at=AT)
    now = Part.objects.filter(case=case, valid_to=None).values_list("person__name", "role")
    assert list(now) == [("Frida Lund", "investigator")]


def test_an_owner_of_a_measure_alone_hands_that_over(town: Town) -> None:
    measure = measure_of(town, assessed(town, report(town)), town.amira)
    operations.leave(town.amira, town.frida, actor=town.sixten, at=AT)
    measure.refresh_from_db()
    assert measure.owner == town.frida


def test_nothing_a_case_says_is_read_when_work_is_handed_over(town: Town) -> None:
    measure_of(town, assessed(town, report(town)), town.jonas)
    with CaptureQueriesContext(connection) as questions:
        operations.leave(town.jonas, town.frida, actor=town.sixten, at=AT)
    read = [question["sql"] for question in questions if "what_happened" in question["sql"]]
    assert read == []


def test_whoever_is_implicated_never_meets_the_case_but_the_nearest_chief_does(town: Town) -> None:
    barred, plain = assessed(town, report(town, implicated=(town.frida,))), assessed(town, report(town))
    operations.leave(town.jonas, town.frida, actor=town.sixten, at=AT)
    assert (fresh(barred).handler, fresh(plain).handler) == (town.karin, town.frida)
    assert Case.objects.visible_to(town.frida, DAY).filter(pk=barred.pk).count() == 0


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (None, "Jonas Berg har öppet arbete. Skriv vem som tar över."),
        ("jonas", "Jonas Berg kan inte ta över av sig själv. Välj någon annan."),
        (
            "sixten",
            "Du kan inte ta över själv: den som sköter systemet öppnar inga ärenden. Välj någon annan.",
        ),
    ],
)
def test_somebody_fit_takes_over_or_nobody_leaves(town: Town, who: str | None, sentence: str) -> None:
    case = assessed(town, report(town))
    with refusal("to", sentence):
        operations.leave(town.jonas, town.people[who] if who else None, actor=town.sixten, at=AT)
    assert (fresh(case).handler, Person.objects.get(pk=town.jonas.pk).is_active) == (town.jonas, True)


def test_without_open_work_nobody_needs_to_take_over(town: Town) -> None:
    assert operations.leave(town.jonas, None, actor=town.sixten, at=AT) == OpenWork(0, 0)


def test_the_last_one_who_can_take_a_case_does_not_leave(town: Town) -> None:
    report(town, implicated=(town.karin, town.vera))
    sentence = (
        "Då finns ingen kvar som kan ta hand om ett öppet ärende vid Solgläntan. "
        "Ge någon annan rollen där, eller ovanför, först."
    )
    with refusal("", sentence):
        operations.leave(town.david, None, actor=town.sixten, at=AT)
    assign(town.jonas, Role.DIRECTOR, town.administration)
    operations.leave(town.david, None, actor=town.sixten, at=AT)


def test_the_last_sas_does_not_leave_a_lex_sarah_case_alone(town: Town) -> None:
    report(town, kind=Kind.LEX, implicated=(town.david, town.cilla))
    with pytest.raises(Refused, match="Då finns ingen kvar"):
        operations.leave(town.sanna, None, actor=town.sixten, at=AT)
    operations.leave(town.maja, None, actor=town.sixten, at=AT)


def test_what_the_last_sas_had_goes_to_whoever_stands_in_and_from_her_to_the_next(town: Town) -> None:
    case = report(town, kind=Kind.LEX)
    stands_in = case.parts.filter(role=PartRole.STAND_IN, valid_to=None)
    operations.leave(town.sanna, None, actor=town.sixten, at=AT)
    assert stands_in.get().person == town.david
    assign(town.vera, Role.DIRECTOR, town.administration)
    operations.leave(town.david, None, actor=town.sixten, at=AT)
    assert stands_in.get().person == town.vera


# --- A role ends --------------------------------------------------------------------------------------------------


def role_of(person: Person) -> Assignment:
    return person.assignments.select_related("unit", "person").get()


def test_work_at_the_unit_is_handed_over_when_the_role_ends_and_other_work_stays(town: Town) -> None:
    here, there = assessed(town, report(town)), assessed(town, report(town))
    Case.objects.filter(pk=there.pk).update(unit=town.ekbacken)
    passed = operations.end_role(role_of(town.jonas), DAY, town.frida, actor=town.sixten, at=AT)
    assert passed == OpenWork(cases=1, measures=0)
    assert (fresh(here).handler, fresh(there).handler) == (town.frida, town.jonas)
    assert Person.objects.get(pk=town.jonas.pk).is_active


def test_without_a_name_the_work_stays_with_whoever_has_it(town: Town) -> None:
    case = assessed(town, report(town))
    assert operations.end_role(role_of(town.jonas), DAY, None, actor=town.sixten, at=AT) == OpenWork(0, 0)
    assert fresh(case).handler == town.jonas


def test_a_role_that_somebody_must_hold_is_not_ended(town: Town) -> None:
    report(town, implicated=(town.vera, town.david))
    with pytest.raises(Refused, match="Då finns ingen kvar som kan ta hand om ett öppet ärende vid Solgläntan"):
        operations.end_role(role_of(town.karin), TOMORROW, None, actor=town.sixten, at=AT)
    assert role_of(town.karin).valid_to is None


# --- The pages ----------------------------------------------------------------------------------------------------


def page_of(person: Person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_pages_say_how_much_and_never_what(town: Town) -> None:
    measure_of(town, assessed(town, report(town)), town.jonas)
    report(town, kind=Kind.LEX)
    client = page_of(town.sixten)
    pages = {
        reverse("unit_close", args=[town.solglantan.pk]): "2 öppna ärenden och 1 åtgärd går till enheten",
        reverse("person_leave", args=[town.jonas.pk]): "1 öppet ärende och 1 åtgärd går till den som tar över.",
        reverse("role_end", args=[role_of(town.jonas).pk]): "Jonas Berg har 1 öppet ärende och 1 åtgärd där.",
    }
    for address, sentence in pages.items():
        text = client.get(address).content.decode()
        assert sentence in text
        assert "AVV-" not in text
        assert "Utebliven insats" not in text


def test_a_unit_is_closed_from_its_page(town: Town) -> None:
    report(town)
    address = reverse("unit_close", args=[town.solglantan.pk])
    answer = page_of(town.sixten).post(address, {"successor": town.ekbacken.pk}, follow=True)
    assert "Solgläntan är stängd. 1 öppet ärende flyttades till Ekbacken." in answer.content.decode()
    assert page_of(town.sixten).get(address).status_code == 404


def test_a_role_is_ended_from_the_persons_page(town: Town) -> None:
    assessed(town, report(town))
    day = localdate()
    typed = {"last_day": day, "to": "Frida Lund"}
    answer = page_of(town.sixten).post(reverse("role_end", args=[role_of(town.jonas).pk]), typed, follow=True)
    sentence = "Jonas Berg är medarbetare vid Solgläntan till och med i dag. Frida Lund tar över 1 öppet ärende."
    assert sentence in answer.content.decode()
