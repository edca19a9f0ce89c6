"""The case page: what it says in every state, to whom, and what it never says."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import AffectedPerson, Case
from avvikelse.cases.operations import add_message
from avvikelse.cases.rules import Outsider, Who
from avvikelse.organisation.models import Absence
from avvikelse.organisation.roles import Role
from tests.desk import SAVEPOINT, Desk, main_of, same_every_time, words_of
from tests.people import AT, DAY, Town, deputy, moved, report
from tests.stages import (
    DEVIATIONS,
    HANDED_OVER,
    IMPROVEMENTS,
    closed,
    investigated,
    investigating,
    to_lex_sarah,
    whole,
    with_cause,
    with_measure,
)

NEXT = re.compile(r'<section class="next".*?</section>', re.DOTALL)
TAGS = re.compile(r"<[^>]+>")


def page(desk: Desk, name: str, case: Case) -> Any:
    return desk(name).get(f"/arenden/{case.reference}/")


def next_step(desk: Desk, name: str, case: Case) -> str:
    """The box of the next step as one reads it."""
    found = NEXT.search(page(desk, name, case).content.decode())
    assert found
    return " ".join(unescape(TAGS.sub(" ", found.group())).split()).replace(" .", ".")


TODAY = "Det ska vara klart måndag 16 november, i dag."
SINCE = "Så har det varit sedan måndag 16 november."
IN_A_WEEK = "Det ska vara klart måndag 23 november, om 5 arbetsdagar."
IN_A_MONTH = "Det ska vara klart onsdag 16 december, om 22 arbetsdagar."
LACKS = (
    "Utredningen saknar vad som hände, vilka följder det fick, eller varför rapportörens ord om följder lämnas "
    "utanför, om det har hänt förut, om det kan hända igen."
)
BARE = "1 orsak saknar åtgärd. Lägg till en åtgärd eller skriv varför ingen behövs."
FOLLOWED_UP = "Det ska följas upp måndag 7 december, om 15 arbetsdagar."
DONE = "Inget mer behöver göras."
STEPS = """
received       vera   Karin Ek läser rapporten och bedömer den. {IN_A_WEEK} Bedöm
received       karin  Du läser rapporten och bedömer den. {IN_A_WEEK} Bedöm
returned       karin  Amira Haddad svarar på en fråga. {SINCE}
investigating  jonas  Du tar reda på varför det hände. {IN_A_MONTH} ”Avsluta utredningen” går inte än. {LACKS} \
                      Skriv minst en orsak. Börja utreda
whole          karin  Jonas Berg tar reda på varför det hände. {IN_A_MONTH} Avsluta utredningen
acting         karin  Du beslutar åtgärder mot orsakerna och ser till att de blir gjorda. {SINCE} \
                      ”Börja följa upp” går inte än. {BARE} Lägg till en åtgärd
following_up   vera   Karin Ek kontrollerar om åtgärderna hjälpte och svarar rapportören. {FOLLOWED_UP} Avsluta
closed         karin  Karin Ek avslutade ärendet 16 november 2026. {DONE}
dismissed      karin  Karin Ek avskrev ärendet 16 november 2026. {DONE}
handed_over    karin  Karin Ek gjorde ärendet till en samverkansavvikelse 16 november 2026. \
                      Det fortsätter som SAM-2026-0001.
lex_sarah      sanna  Du tar emot rapporten och ser till att ingen far illa. Chefen på enheten ser den inte. \
                      {TODAY} Ta emot
proposed       karin  Du läser det som har kommit in och tar ställning till det. {IN_A_WEEK} Ta upp
considering    jonas  Du ser över förslaget. {SINCE}
adopted        karin  Jonas Berg ser till att det blir gjort. {SINCE} Markera som genomfört
implemented    karin  Du svarar den som föreslog. {SINCE} Avsluta
declined       karin  Du svarar den som föreslog. {SINCE} Avsluta
shared         karin  Du svarar den som delade exemplet. {SINCE} Avsluta
closed_for     karin  Karin Ek avslutade ärendet 16 november 2026. {DONE}
"""
"""State, who reads, and what she reads in the box."""
MADE: dict[str, Callable[..., Case]] = {
    **IMPROVEMENTS,
    **DEVIATIONS,
    "whole": whole,
    "lex_sarah": to_lex_sarah,
    "proposed": IMPROVEMENTS["received"],
    "closed_for": IMPROVEMENTS["closed"],
}
ROWS = [" ".join(line.split()).split(maxsplit=2) for line in STEPS.strip().splitlines()]
FINISHED = {"closed", "dismissed", "handed_over", "closed_for"}
NAMED = {
    "SINCE": SINCE,
    "TODAY": TODAY,
    "IN_A_WEEK": IN_A_WEEK,
    "IN_A_MONTH": IN_A_MONTH,
    "LACKS": LACKS,
    "BARE": BARE,
    "FOLLOWED_UP": FOLLOWED_UP,
    "DONE": DONE,
}


@pytest.mark.parametrize(("state", "name", "expected"), ROWS, ids=[f"{row[0]}-{row[1]}" for row in ROWS])
def test_every_case_says_in_a_sentence_what_happens_next(
    town: Town, desk: Desk, state: str, name: str, expected: str
) -> None:
    heading = "Så blev det" if state in FINISHED else "Nästa steg"
    assert next_step(desk, name, MADE[state](town)) == f"{heading} {expected.format(**NAMED)}"


def test_a_good_example_is_shared_and_not_taken_up(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.FOR, facts={"sort": "good_example"})
    assert next_step(desk, "karin", case).endswith("Dela exemplet")


def test_the_nearest_measure_gives_the_date_while_it_is_acted(town: Town, desk: Desk) -> None:
    case = DEVIATIONS["acting"](town)
    with_measure(town, case.causes.get(), due_on=DAY + timedelta(days=1))
    assert next_step(desk, "karin", case) == (
        "Nästa steg Du beslutar åtgärder mot orsakerna och ser till att de blir gjorda. Närmaste åtgärd ska vara klar "
        "tisdag 17 november, i morgon. Börja följa upp"
    )


def test_what_is_late_says_so(town: Town, desk: Desk) -> None:
    case = report(town, at=AT - timedelta(days=14))
    assert "Det ska vara klart måndag 9 november, 5 dagar försenad." in next_step(desk, "karin", case)


def test_a_chief_who_is_away_is_not_the_one_who_acts(town: Town, desk: Desk) -> None:
    deputy(town.karin, town.olle, Role.CHIEF, town.solglantan)
    act_as("system:tests")
    Absence.objects.create(person=town.karin, from_day=DAY, to_day=DAY)
    assert next_step(desk, "vera", report(town)).startswith("Nästa steg Olle Sand läser rapporten")


def test_a_move_that_is_refused_says_why_before_the_click(town: Town, desk: Desk) -> None:
    case = whole(town)
    with_cause(town, case, "Larmet är gammalt.")
    case = moved(case, "conclude", town.jonas)
    with_measure(town, case.causes.first(), by="jonas")  # type: ignore[arg-type]
    assert next_step(desk, "karin", case).endswith(
        f"”Börja följa upp” går inte än. {BARE} En föreslagen åtgärd väntar på beslut. Besluta om åtgärden"
    )
    others = words_of(page(desk, "vera", case)).split("Det här kan du göra ")[1]
    assert others.startswith(f"Börja följa upp Går inte nu. {BARE} Går inte nu. En föreslagen åtgärd väntar på beslut.")


def moves_offered(desk: Desk, name: str, case: Case) -> list[str]:
    found = re.findall(rf'href="/arenden/{case.reference}/(\w+)/"', main_of(page(desk, name, case)))
    return [move for move in found if move not in {"berorda", "lasare"}]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        (
            "karin",
            [
                *("assess", "act_at_once", "request_more", "reassess", "appoint", "move_unit", "dismiss"),
                *("hand_over_lex", "hand_over_vsk", "make_samverkan", "make_improvement"),
            ],
        ),
        ("sanna", ["hand_over_lex", "hand_over_vsk", "make_samverkan", "make_improvement"]),
    ],
)
def test_the_moves_offered_are_those_one_may_make(town: Town, desk: Desk, name: str, expected: list[str]) -> None:
    assert moves_offered(desk, name, report(town)) == expected


STORY = re.compile(r"<time datetime=\"[^\"]+\">([^<]+)</time><p>([^<]+)</p>")


def story(desk: Desk, name: str, case: Case) -> list[tuple[str, str]]:
    """(when, sentence), the newest first."""
    return [(when, unescape(line)) for when, line in STORY.findall(main_of(page(desk, name, case)))]


def test_the_history_is_sentences(town: Town, desk: Desk) -> None:
    assert story(desk, "karin", closed(town)) == [
        ("i dag 09.00", "Karin Ek avslutade ärendet."),
        ("i dag 09.00", "Karin Ek började följa upp. Det ska kontrolleras 7 december 2026."),
        ("i dag 09.00", "Jonas Berg gjorde klart en åtgärd."),
        ("i dag 09.00", "Karin Ek beslutade en åtgärd."),
        ("i dag 09.00", "Jonas Berg avslutade utredningen. Den låstes som handling nr 1."),
        ("i dag 09.00", "Jonas Berg skrev en orsak."),
        ("i dag 09.00", "Jonas Berg började utreda."),
        (
            "i dag 09.00",
            "Karin Ek bedömde rapporten: SoL/LSS allvarlighet 2, sannolikhet 2, risk 4. Jonas Berg utreder.",
        ),
        ("i dag 09.00", "Amira Haddad rapporterade."),
    ]


def test_who_typed_a_report_for_somebody_is_said(town: Town, desk: Desk) -> None:
    case = report(town, actor=town.frida, facts={"entered_by": town.frida})
    assert story(desk, "karin", case) == [("i dag 09.00", "Frida Lund skrev in rapporten åt Amira Haddad.")]


def test_a_case_that_came_out_of_another_says_so_and_shows_the_way(town: Town, desk: Desk) -> None:
    case = to_lex_sarah(town)
    assert story(desk, "sanna", case) == [("i dag 09.00", "Karin Ek öppnade ärendet ur AVV-2026-0001.")]
    assert 'href="/arenden/AVV-2026-0001/"' in main_of(page(desk, "sanna", case))


def test_one_who_may_not_open_what_it_led_to_gets_the_number_alone(town: Town, desk: Desk) -> None:
    origin = report(town, facts={"under_hsl": True})
    moved(origin, "hand_over_lex", town.karin, **HANDED_OVER)
    html = main_of(page(desk, "maja", origin))
    assert ("LEX-2026-0001" in html, "/arenden/LEX-2026-0001/" in html) == (True, False)


HIDDEN = {"reporter_hidden": True}


def dialogue(town: Town, case: Case) -> None:
    add_message(case.pk, "Vilken dag var det?", actor=town.karin, at=AT)
    add_message(case.pk, "I måndags.", actor=town.amira, at=AT)


@pytest.mark.parametrize("make", [investigating, closed])
@pytest.mark.parametrize(("name", "shown"), [("karin", False), ("vera", False), ("jonas", False), ("sanna", True)])
def test_a_hidden_reporter_stays_hidden_for_all_but_those_who_guard_the_name(
    town: Town, desk: Desk, make: Callable[..., Case], name: str, *, shown: bool
) -> None:
    case = make(town, facts=HIDDEN)
    dialogue(town, case)
    desk("amira").get(f"/mina-rapporter/{case.reference}/")
    pages = ["", "lasare/", "berorda/", "meddelande/"]
    html = "".join(desk(name).get(f"/arenden/{case.reference}/{part}").content.decode() for part in pages)
    assert ("Amira" in html or "Haddad" in html) == shown


def test_a_hidden_reporter_who_also_investigates_is_named_in_that_alone(town: Town, desk: Desk) -> None:
    case = investigated(town, investigating(town, reporter=town.jonas, actor=town.jonas, facts=HIDDEN))
    add_message(case.pk, "Jag minns mer nu.", actor=town.jonas, at=AT)
    assert [line for _, line in story(desk, "karin", case)] == [
        "Rapportören skrev ett meddelande.",
        "Jonas Berg började utreda.",
        "Karin Ek bedömde rapporten: SoL/LSS allvarlighet 2, sannolikhet 2, risk 4. Jonas Berg utreder.",
        "Rapportören rapporterade.",
    ]


def test_a_typed_name_is_hidden_as_well(town: Town, desk: Desk) -> None:
    lisa = Outsider("anonymous:1", "Vikarien Lisa", frozenset({Who.REPORTER}))
    facts = {**HIDDEN, "reporter_typed": lisa.name, "receipt_hash": "x" * 64}
    case = report(town, reporter=None, actor=lisa, facts=facts)
    shown = {name: "Lisa" in page(desk, name, case).content.decode() for name in ("karin", "sanna")}
    assert shown == {"karin": False, "sanna": True}


def test_a_number_nobody_has_and_one_that_is_not_mine_are_the_same_page(town: Town, desk: Desk) -> None:
    case = report(town)
    for name in ("olle", "amira", "bertil", "sixten"):
        forbidden = page(desk, name, case)
        unknown = desk(name).get("/arenden/AVV-2026-9999/")
        assert (forbidden.status_code, unknown.status_code) == (404, 404)
        assert same_every_time(forbidden) == same_every_time(unknown)


@pytest.mark.parametrize("path", ["", "assess/", "lasare/", "berorda/", "fil/1/", "handling/investigation/1/"])
def test_every_page_of_a_case_about_the_chief_is_to_her_as_one_that_is_not_there(
    town: Town, desk: Desk, path: str
) -> None:
    case = report(town, implicated=(town.karin,))
    about_her, nothing = (
        desk("karin").get(f"/arenden/{number}/{path}") for number in (case.reference, "AVV-2026-9999")
    )
    assert (about_her.status_code, nothing.status_code) == (404, 404)
    assert same_every_time(about_her) == same_every_time(nothing)


def test_only_those_who_handle_are_shown_the_way_to_names_and_readers(town: Town, desk: Desk) -> None:
    case = report(town)
    case.parts.create(person=town.rut, role="reader", valid_from=DAY)
    for name, expected in (("karin", True), ("rut", False)):
        html = main_of(page(desk, name, case))
        assert ("/lasare/" in html, "/berorda/" in html) == (expected, expected)


def test_parts_with_nothing_in_them_are_not_there(town: Town, desk: Desk) -> None:
    headings = re.findall(r'<h2 id="h-[a-z]+">([^<]+)</h2>', main_of(page(desk, "karin", report(town))))
    assert headings == ["Händelsen", "Dialog med rapportören", "Handlingar", "Historik", "Om ärendet"]


def test_an_anonymous_report_without_a_code_cannot_be_asked_about(town: Town, desk: Desk) -> None:
    text = words_of(page(desk, "karin", report(town, reporter=None)))
    assert "Rapporten är anonym, så det går inte att fråga." in text
    assert "Skriv till rapportören" not in text


def test_what_a_person_typed_is_never_html(town: Town, desk: Desk) -> None:
    case = report(town, title="<b>Fet</b>", what_happened="<script>alert(1)</script>")
    html = page(desk, "karin", case).content.decode()
    assert "<script>alert" not in html
    assert "<b>Fet" not in html


def filled(town: Town, rows: int) -> Case:
    """A case with so many of everything that may be many."""
    case = whole(town)
    for number in range(rows - 1):
        with_cause(town, case, f"Orsak {number}")
    case = moved(case, "conclude", town.jonas)
    for cause in case.causes.all():
        with_measure(town, cause, by="jonas")
    for _ in range(rows):
        add_message(case.pk, "Hej", actor=town.karin, at=AT)
        act_as("system:tests")
        AffectedPerson.objects.create(case=case, name="Nils Ek", added_by=town.karin, added_at=AT)
        case.answers.create(text="Tack.", answered_by=town.karin, answered_at=AT)
        case.attachments.create(
            file="x", name="bild.png", content_type="image/png", size=1, sha256="x", from_reporter=True, added_at=AT
        )
    return case


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_many_questions_however_much_there_is(
    town: Town, desk: Desk, django_assert_num_queries: Any, rows: int
) -> None:
    case = filled(town, rows)
    karin = desk("karin")
    with django_assert_num_queries(16 + SAVEPOINT):
        karin.get(f"/arenden/{case.reference}/")


def test_a_new_case_asks_little(town: Town, desk: Desk, django_assert_num_queries: Any) -> None:
    case = report(town)
    karin = desk("karin")
    with django_assert_num_queries(16 + SAVEPOINT):
        karin.get(f"/arenden/{case.reference}/")
