"""What is found in a report's words before it is sent.

Personnummer and samordningsnummer are from Skatteverket's published test series, telephone numbers from the series
that PTS keeps free for fiction.
"""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from avvikelse.intake.identifiers import WHY, Finding, IdentifierKind, find_identifiers

STAFF = (
    "Amira Haddad",
    "Anna-Karin von Essen",
    "Björn Sten",
    "Finn Holm",
    "Hans Ask",
    "Jonas Berg",
    "Karin Ek",
    "Liv Ros",
    "Maria Elisabet Wallin",
    "My Du",
    "Sarah Lindqvist",
    "Åsa Öberg",
)


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind.value, finding.text) for finding in find_identifiers(text, STAFF)]


@pytest.mark.parametrize(
    "written",
    [
        "202508242381",
        "20250824-2381",
        "2508242381",
        "250824-2381",
        "250824+2381",
        "250824–2381",
        "250824 2381",
        "250824 - 2381",
        "20250824 2381",
        "20 250824-2381",
        "2025-08-24-2381",
        "2025-08-24 2381",
        "25 08 24 2381",
        "25.08.24-2381",
        "189506299818",
        "18950629-9818",
        "950629+9818",
        "190006129803",
        "200802122390",
        "080212-2390",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Hon ({}) ramlade.", "pnr:{}.", "rum 3 {}, 2 tabletter", "Se {}!"])
def test_a_personnummer_is_found_however_it_is_written(written: str, around: str) -> None:
    assert found(around.format(written)) == [("personnummer", written)]


@pytest.mark.parametrize(
    "written",
    [
        "202601612381",
        "20260161-2381",
        "260161-2381",
        "2601612381",
        "202601912393",
        "191401682396",
        "140168-2396",
        "191500722390",
        "191711602399",
    ],
)
def test_a_samordningsnummer_is_found_with_60_added_to_the_day_and_with_an_uncertain_date(written: str) -> None:
    assert found(f"Klienten har {written} som nummer.") == [("samordningsnummer", written)]


@pytest.mark.parametrize(
    "written",
    [
        "250824-2382",
        "202508242382",
        "251324-2380",
        "250832-2381",
        "250800-2380",
        "202502302380",
        "260192-2382",
        "260193-2381",
        "261361-2387",
        "20260291-2390",
        "212000-1355",
        "1234567897",
        "2411050126",
        "AVV-2026-0007",
        "SN 2026/0123-12",
        "250824-23811",
        "1250824-2381",
        "8202508242381",
        "2025-08-24",
        "250824",
        "",
    ],
)
def test_other_numbers_are_no_personnummer(written: str) -> None:
    assert found(f"Ärende {written} gäller") == []


@pytest.mark.parametrize(
    "written",
    [
        "070-174 06 05",
        "070-1740605",
        "0701740605",
        "070 174 06 05",
        "070-174-06-05",
        "070/174 06 05",
        "0701-74 06 05",
        "+46 70-174 06 05",
        "+46 (0)70 174 06 05",
        "+46701740605",
        "004670 1740605",
        "08-465 004 00",
        "08 465 004 00",
        "(08) 465 004 00",
        "0846500400",
        "+46 8 46 50 04 00",
        "031-390 06 00",
        "0313900600",
        "040-628 04 00",
        "0980-31 92 00",
        "0980-319 200",
        "+999 12 345 678",
    ],
)
@pytest.mark.parametrize("around", ["{}", "Ring {}.", "tfn: {}, kl 9", "({})"])
def test_a_telephone_number_is_found_however_it_is_written(written: str, around: str) -> None:
    assert found(around.format(written)) == [("phone", written)]


def test_what_follows_a_telephone_number_is_left_out() -> None:
    assert found("Ring 070-174 06 05 12 gånger") == [("phone", "070-174 06 05")]
    assert found("070-174 06 05 040-628 04 00") == [("phone", "070-174 06 05"), ("phone", "040-628 04 00")]


@pytest.mark.parametrize(
    "written",
    [
        "kl. 08.30",
        "kl 08:30–09:30",
        "08-16",
        "08.30-09.30",
        "0830-0930",
        "08 30 09 30",
        "08-12-24 15.30",
        "08-12-24 15 30",
        "08-12-2024",
        "08/12 2024",
        "2024-08-12 10 30 40",
        "2024-08-12 08.30",
        "05-11-2024",
        "0645-0730",
        "0,5 mg",
        "0,125 mg 2 ggr",
        "500 mg 1+0+1",
        "1x3",
        "rum 0114",
        "rum 070",
        "lgh 1203",
        "123 45 Ekhamn",
        "blodtryck 120/80",
        "070-17",
        "SN0980-319200",
        "0000000000",
        "+46",
        "(08) 12 34",
    ],
)
def test_times_dates_doses_and_rooms_are_left_alone(written: str) -> None:
    assert found(f"Det var {written} som det hände") == []


@pytest.mark.parametrize(
    "written",
    ["a.b@ekhamn.example", "nån+larm@sub.ekhamn.example", "X_1@ek-hamn.example", "ÅSA@EKHAMN.EXAMPLE"],
)
@pytest.mark.parametrize("around", ["{}", "Mejla {}.", "<{}>", "till:{},"])
def test_an_email_address_is_found(written: str, around: str) -> None:
    assert found(around.format(written)) == [("email", written)]


@pytest.mark.parametrize("written", ["@ekhamn", "a@b", "2 st @ 10 kr", "a @ ekhamn.example", "@ekhamn.example"])
def test_an_at_sign_alone_is_no_address(written: str) -> None:
    assert found(written) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Karin glömde larmet", "Karin"),
        ("Karins larm", "Karins"),
        ("Karin's larm", "Karin's"),
        ("KARIN GLÖMDE", "KARIN"),
        ("KARINS LARM", "KARINS"),
        ("Jonas' nycklar", "Jonas"),
        ("Karin Ek glömde", "Karin Ek"),
        ("Karin Eks larm", "Karin Eks"),
        ("karin ek glömde", "karin ek"),
        ("Karin\nEk glömde", "Karin\nEk"),
        ("enligt Haddad", "Haddad"),
        ("Anna-Karin sa", "Anna-Karin"),
        ("von Essens anteckning", "Essens"),
        ("anna-karin von essen", "anna-karin von essen"),
        ("Maria Elisabet Wallin", "Maria Elisabet Wallin"),
        ("Maria Wallin", "Maria Wallin"),
        ("Åsas pass", "Åsas"),
        ("av Öberg.", "Öberg"),
        ("A\u030asa O\u0308berg", "A\u030asa O\u0308berg"),
        ("Björn Sten låste", "Björn Sten"),
        ("Björn Stens nyckel", "Björn Stens"),
        ("My Du låste", "My Du"),
        ("Sarah såg det", "Sarah"),
    ],
)
def test_a_colleague_is_found_by_name(text: str, name: str) -> None:
    assert found(text) == [("staff_name", name)]


@pytest.mark.parametrize(
    "text",
    [
        "karin glömde larmet",
        "Karinsson glömde",
        "Mariagården ringde",
        "Karin2",
        "Ek och björk",
        "Björn i skogen",
        "björn sten",
        "Sten på vägen",
        "Liv och död",
        "Ros i vas",
        "My är liten, Du med",
        "Berg och dal",
        "Finns det larm? Hans larm.",
        "åsa i skogen",
        "en rapport enligt lex Sarah",
        "Lex Maria",
        "Anna Karlsson",
    ],
)
def test_ordinary_words_and_other_names_are_left_alone(text: str) -> None:
    assert found(text) == []


def test_two_colleagues_side_by_side_are_two_findings() -> None:
    assert found("Karin. Ek? Amira, Jonas") == [
        ("staff_name", "Karin"),
        ("staff_name", "Amira"),
        ("staff_name", "Jonas"),
    ]


def test_of_findings_that_overlap_the_longest_is_kept() -> None:
    assert found("Mejla Karin.Haddad@ekhamn.example") == [("email", "Karin.Haddad@ekhamn.example")]
    assert found("Karin Ek") == [("staff_name", "Karin Ek")]
    assert found("080212-2390") == [("personnummer", "080212-2390")]


def test_findings_come_in_the_order_of_the_text_with_their_places() -> None:
    text = "Karin ringde 070-174 06 05 om 250824-2381."
    assert find_identifiers(text, STAFF) == [
        Finding(IdentifierKind.STAFF_NAME, 0, 5, "Karin"),
        Finding(IdentifierKind.PHONE, 13, 26, "070-174 06 05"),
        Finding(IdentifierKind.PERSONNUMMER, 30, 41, "250824-2381"),
    ]


@pytest.mark.parametrize("names", [(), ("",), ("  ",), ("-",)])
def test_without_staff_no_name_is_found(names: tuple[str, ...]) -> None:
    assert find_identifiers("Karin Ek", names) == []


def test_each_kind_says_what_it_looks_like_and_what_to_do() -> None:
    assert set(WHY) == set(IdentifierKind)
    (finding,) = find_identifiers("250824-2381", ())
    assert finding.why == (
        "Det här ser ut som ett personnummer. Ta bort det. Skriv till exempel brukaren, barnet eller klienten."
    )


@given(text=st.text(alphabet="0123456789+-. @aKarinEks\n", max_size=80))
def test_findings_are_cut_from_the_text_in_order_and_never_overlap(text: str) -> None:
    findings = find_identifiers(text, STAFF)
    assert [finding.text for finding in findings] == [text[finding.start : finding.end] for finding in findings]
    places = [place for finding in findings for place in (finding.start, finding.end)]
    assert places == sorted(places)


LONG = 50_000


@pytest.mark.parametrize(
    "unit",
    [
        "Karin såg att brukaren på rum 12 fick 0,5 mg kl. 08.30 i stället för 20.00. ",
        *("0", "1", "0 ", "1-", "07", "0046", "+46 ", "12 34 56 ", "250824-2381 ", "070-174 06 05 "),
        *("a", "a@", "a.", "a@a.", "@", "+", "-", " ", "\n", "'s", "Karin ", "Karin-", "Karin Ek ", "A\u030a"),
    ],
)
def test_a_long_or_hostile_text_is_read_within_a_tenth_of_a_second(unit: str) -> None:
    text = (unit * LONG)[:LONG]

    def seconds() -> float:
        started = process_time()
        find_identifiers(text, STAFF)
        return process_time() - started

    assert min(seconds() for _ in range(3)) < 0.1
