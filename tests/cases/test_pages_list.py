"""The case list: empty, with one row and with many; filtered, sorted, searched, paged and saved."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest

from avvikelse.cases import listing
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.ui.forms import UNKEEPABLE
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import AT, Town, assessed, moved, report
from tests.stages import HANDED_OVER, acting, closed

ROW = re.compile(r'<tr role="row"><th role="rowheader" scope="row"><a href="[^"]+">([^<]+)</a>')
PILL = re.compile(r'<li><a href="\?([^"]*)">([^<]*) <span aria-hidden')


def listed(desk: Desk, name: str, query: str = "") -> list[str]:
    """The numbers on the page, in order."""
    return ROW.findall(main_of(desk(name).get(f"/arenden/?{query}")))


def test_an_empty_list_says_what_will_be_here(town: Town, desk: Desk) -> None:  # noqa: ARG001 (an empty town)
    text = words_of(desk("karin").get("/arenden/"))
    assert "Inga ärenden här än Här står de ärenden som du handlägger eller ansvarar för." in text
    assert "<table" not in main_of(desk("karin").get("/arenden/"))


def test_one_row_says_all_it_should(town: Town, desk: Desk) -> None:
    assessed(town, report(town, at=AT - timedelta(days=3)))
    text = words_of(desk("karin").get("/arenden/"))
    assert "1 ärende Ärenden Nummer Nummer Vad Enhet Läge Risk Risk Inkom Inkom Ska vara klart" in text
    assert text.endswith(
        "AVV-2026-0001 Utebliven insats på morgonen Solgläntan Under utredning 4 13 nov om 10 arbetsdagar"
    )


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("name", "questions"), [("karin", 11), ("frida", 12), ("sanna", 10)])
def test_the_list_asks_as_many_questions_however_many_rows(
    town: Town, desk: Desk, django_assert_num_queries: Any, rows: int, name: str, questions: int
) -> None:
    for _ in range(rows):
        report(town)
    person = desk(name)
    with django_assert_num_queries(questions + SAVEPOINT):
        person.get("/arenden/")


def test_a_long_list_is_cut_into_pages_and_counted(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(listing, "PAGE_ROWS", 2)
    for _ in range(5):
        report(town)
    karin = desk("karin")
    with django_assert_num_queries(12 + SAVEPOINT):
        karin.get("/arenden/")
    pages = {number: listed(desk, "karin", f"page={number}") for number in ("1", "2", "3", "4", "0", "x", "99999999")}
    first = ["AVV-2026-0005", "AVV-2026-0004"]
    assert pages == {
        "1": first,
        "2": ["AVV-2026-0003", "AVV-2026-0002"],
        "3": ["AVV-2026-0001"],
        "4": [],
        "0": first,
        "x": first,
        "99999999": first,
    }
    assert "5 ärenden" in words_of(karin.get("/arenden/?page=2"))
    assert "Här tar listan slut" in words_of(karin.get("/arenden/?page=4"))


def test_beyond_a_thousand_it_is_said_and_not_counted(town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE_ROWS", 1)
    monkeypatch.setattr(listing, "COUNTED", 2)
    for _ in range(3):
        report(town)
    assert "Fler än 2 ärenden" in words_of(desk("karin").get("/arenden/"))


@pytest.fixture
def several(town: Town) -> dict[str, str]:
    """Cases of different sorts, by what is different with them."""
    made: dict[str, Case] = {
        "late": report(town, at=AT - timedelta(days=20), title="Larmet tyst"),
        "grave": assessed(town, report(town), sol_severity=3, sol_likelihood=4),
        "acting": acting(town),
        "closed": closed(town),
        "proposal": report(town, kind=Kind.FOR, title="Rörelsekort"),
        "elsewhere": report(town, unit=town.ekbacken),
    }
    return {case.reference: name for name, case in made.items()}


FILTERS = [
    ("", {"late", "grave", "acting", "closed", "proposal", "elsewhere"}),
    ("enhet={ekbacken}", {"elsewhere"}),
    ("slag=FOR", {"proposal"}),
    ("lage=closed", {"closed"}),
    ("lage=oppna", {"late", "grave", "acting", "proposal", "elsewhere"}),
    ("kategori={category}", {"grave", "acting", "closed"}),
    ("risk=8", {"grave"}),
    ("fran=2026-11-01", {"grave", "acting", "closed", "proposal", "elsewhere"}),
    ("till=2026-11-01", {"late"}),
    ("sent=on", {"late"}),
    ("q=larmet", {"late"}),
    ("q=larm", {"late"}),
    ("q=F%C3%96R-2026", {"proposal"}),
    ("q=morgonbes%C3%B6k&lage=closed", {"closed"}),
    ("q=ingenting+alls", set()),
    ("enhet=999999", set()),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS, ids=[row[0] or "all" for row in FILTERS])
def test_the_address_is_the_filter(
    town: Town, desk: Desk, several: dict[str, str], query: str, expected: set[str]
) -> None:
    query = query.format(ekbacken=town.ekbacken.pk, category=town.category.pk)
    assert {several[number] for number in listed(desk, "vera", query)} == expected


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("risk=17", "Risk minst: Skriv ett tal som är högst 16. Det du skrev där används inte."),
        ("risk=hög", "Risk minst: Skriv ett heltal med siffror. Det du skrev där används inte."),
        ("fran=igår", "Inkommen från: Skriv dagen så här: 2026-11-16. Det du skrev där används inte."),
        ("slag=XYZ", "Slag: Välj något av alternativen. Det du skrev där används inte."),
        ("enhet=" + "9" * 30, ""),
        ("q=%00", f"Sök: {UNKEEPABLE} Det du skrev där används inte."),
    ],
)
def test_what_cannot_be_read_narrows_nothing_and_is_said(town: Town, desk: Desk, query: str, sentence: str) -> None:
    report(town)
    answer = desk("karin").get(f"/arenden/?{query}")
    assert (answer.status_code, sentence in words_of(answer)) == (200, True)
    assert len(listed(desk, "karin", query)) == (1 if sentence else 0)


def test_what_is_chosen_stands_as_words_that_can_be_taken_away(town: Town, desk: Desk) -> None:
    report(town)
    query = f"q=morgon&enhet={town.solglantan.pk}&slag=&lage=oppna&risk=&fran=2026-11-01&sent=&ordning=risk&page=3"
    pills = PILL.findall(main_of(desk("karin").get(f"/arenden/?{query}")))
    unit = f"enhet={town.solglantan.pk}"
    assert [(label, unescape(without)) for without, label in pills] == [
        ("Sök: morgon", f"{unit}&lage=oppna&fran=2026-11-01&ordning=risk"),
        ("Solgläntan", "q=morgon&lage=oppna&fran=2026-11-01&ordning=risk"),
        ("Alla öppna", f"q=morgon&{unit}&fran=2026-11-01&ordning=risk"),
        ("Inkommen från: 1 nov 2026", f"q=morgon&{unit}&lage=oppna&ordning=risk"),
    ]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ("", ["AVV-2026-0003", "AVV-2026-0002", "AVV-2026-0001"]),
        ("aldst", ["AVV-2026-0001", "AVV-2026-0002", "AVV-2026-0003"]),
        ("risk", ["AVV-2026-0002", "AVV-2026-0001", "AVV-2026-0003"]),
        ("nummer", ["AVV-2026-0001", "AVV-2026-0002", "AVV-2026-0003"]),
    ],
)
def test_the_list_is_sorted(town: Town, desk: Desk, order: str, expected: list[str]) -> None:
    assessed(town, report(town, at=AT - timedelta(days=2)))
    assessed(town, report(town, at=AT - timedelta(days=1)), sol_severity=3)
    report(town)
    assert listed(desk, "karin", f"ordning={order}") == expected


def test_the_columns_say_how_the_list_is_sorted(town: Town, desk: Desk) -> None:
    report(town)
    html = main_of(desk("karin").get("/arenden/?lage=oppna&ordning=aldst"))
    columns = re.findall(r'<th role="columnheader"[^>]*?(?: aria-sort="(\w+)")?>(?:<a href="\?([^"]*)">)?(\w+)', html)
    assert [(label, unescape(address), now) for now, address, label in columns] == [
        ("Nummer", "lage=oppna&ordning=nummer", ""),
        ("Vad", "", ""),
        ("Enhet", "", ""),
        ("Läge", "", ""),
        ("Risk", "lage=oppna&ordning=risk", ""),
        ("Inkom", "lage=oppna", "ascending"),
        ("Ska", "", ""),
    ]


def test_a_filter_is_saved_used_replaced_and_dropped(town: Town, desk: Desk) -> None:
    karin = desk("karin")
    save = {"name": "Öppna", "query": "lage=oppna&q=&page=7&nonsens=1"}
    done = karin.post("/arenden/filter/spara/", save, follow=True)
    assert done.redirect_chain == [("/arenden/?lage=oppna", 302)]
    assert "Filtret ”Öppna” är sparat." in words_of(done)
    assert '<li><a href="?lage=oppna" aria-current="true">Öppna</a></li>' in main_of(done)
    karin.post("/arenden/filter/spara/", {**save, "query": "lage=closed"})
    saved = town.karin.saved_filters.get()
    assert (saved.name, saved.query) == ("Öppna", "lage=closed")
    assert "Öppna" not in words_of(desk("frida").get("/arenden/"))
    desk("frida").post(f"/arenden/filter/{saved.pk}/ta-bort/")
    assert town.karin.saved_filters.count() == 1
    karin.post(f"/arenden/filter/{saved.pk}/ta-bort/")
    assert town.karin.saved_filters.count() == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": "", "query": "lage=oppna"}, "Skriv ett namn på filtret, högst 60 tecken."),
        ({"name": "x" * 61, "query": "lage=oppna"}, "Skriv ett namn på filtret, högst 60 tecken."),
        ({"name": "Långt", "query": "q=" + "å" * 200}, "Det du har valt är för långt att spara."),
        ({"name": "Rader", "query": "q=a%0d%0aSet-Cookie:x"}, "Filtret ”Rader” är sparat."),
    ],
)
def test_saving_what_cannot_be_saved_says_so(town: Town, desk: Desk, data: dict[str, str], sentence: str) -> None:  # noqa: ARG001 (an empty town)
    assert sentence in words_of(desk("karin").post("/arenden/filter/spara/", data, follow=True))


def test_what_left_for_a_sealed_kind_is_a_number_and_a_date(town: Town, desk: Desk) -> None:
    moved(report(town, title="Övergrepp"), "hand_over_lex", town.karin, **HANDED_OVER)
    answer = desk("karin").get("/arenden/")
    assert "Du ser bara nummer och datum. AVV-2026-0001, inkom 16 november 2026: överlämnad" in words_of(answer)
    assert ("Övergrepp" in words_of(answer), "LEX" in words_of(answer), listed(desk, "karin")) == (False, False, [])


def test_a_report_about_the_chief_is_nowhere_in_her_list(town: Town, desk: Desk) -> None:
    report(town, title="Chefen lyssnar inte", implicated=(town.karin,))
    moved(report(town, implicated=(town.karin,)), "hand_over_lex", town.vera, **HANDED_OVER)
    for query in ("", "q=lyssnar", "q=AVV-2026-0001", "sent=on", "lage=received", "lage=handed_over"):
        text = words_of(desk("karin").get(f"/arenden/?{query}"))
        assert re.findall(r"AVV-\d|LEX-\d|\d+ ärende", text.replace("Sök: AVV-2026-0001", "")) == [], query


@pytest.mark.parametrize(("words", "told"), [("mårgonbesöket", True), ("utebliven inssats", True), ("kylskåp", False)])
def test_what_is_spelt_nearly_so_is_offered_where_nothing_is_spelt_just_so(
    town: Town, desk: Desk, words: str, *, told: bool
) -> None:
    report(town)
    page = words_of(desk("karin").get("/arenden/", {"q": words}))
    assert (f"Inget är skrivet precis som ”{words}”. Det här liknar: 1 ärende" in page) == told


def test_what_is_nearly_so_in_a_case_one_may_not_see_is_not_offered(town: Town, desk: Desk) -> None:
    report(town, implicated=(town.karin,))
    assert listed(desk, "karin", "q=mårgonbesöket") == []
