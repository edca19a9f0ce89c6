"""The register: one row a case with days, clocks, grade and IVO's outcome, for those whose cases they are."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from xml.etree import ElementTree as ET
from zipfile import ZipFile

import pytest

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind, Sort, State
from avvikelse.cases.models import Case, CaseEvent, Clock
from avvikelse.inquiries.choices import Grade, Stage
from avvikelse.inquiries.models import Ruling
from avvikelse.ivo.choices import Outcome
from avvikelse.ivo.models import Decision, IvoMatter
from reports.register import is_broken, middle
from tests.desk import SAVEPOINT, TAGS, Desk, main_of, words_of
from tests.people import AT, DAY, Town, report

PAGE, PDF, EXCEL = "/register/", "/register/pdf/", "/register/excel/"
NOVEMBER = {"fran": "2026-11-01", "till": "2026-11-30"}
SECRET = "Morgonbesöket klockan åtta blev inte av."
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def before(days: int) -> datetime:
    return AT - timedelta(days=days)


def judged(town: Town, case: Case, grade: Grade, days: int) -> Case:
    """Decided so many days after it came in."""
    act_as("system:tests")
    facts: dict[str, Any] = {"case": case, "why": "x", "by": town.david, "recorded_by": town.david, "at": AT}
    Ruling.objects.create(
        stage=Stage.DECISION, grade=grade, decided_on=case.received_on + timedelta(days=days), **facts
    )
    Case.objects.filter(pk=case.pk).update(state=State.DECIDED)
    return case


def ended(case: Case, days: int) -> Case:
    act_as("system:tests")
    Case.objects.filter(pk=case.pk).update(state=State.CLOSED)
    at = case.received_at + timedelta(days=days)
    CaseEvent.objects.create(case=case, what="close", actor_name="SAS", at=at, to_state=State.CLOSED)
    case.clocks.filter(met_at=None).update(ended_at=at)
    return case


def with_ivo(town: Town, case: Case, outcome: Outcome | None = None, number: str = "") -> Case:
    """The IVO case that the case led to."""
    sort = Sort.NOTICE_LEX_MARIA if case.kind == Kind.VSK else Sort.NOTICE_LEX_SARAH
    child = report(town, kind=Kind.IVO, origin=case)
    Case.objects.filter(pk=child.pk).update(sort=sort, state=State.DECIDED if outcome else State.WITH_IVO)
    act_as("system:tests")
    IvoMatter.objects.update_or_create(case=child, defaults={"ivo_number": number, "outcome": outcome or ""})
    if outcome:
        letter = child.attachments.create(
            file="x",
            name="beslut.pdf",
            content_type="application/pdf",
            size=1,
            sha256="x",
            from_reporter=False,
            added_at=AT,
        )
        Decision.objects.create(
            case=child, decided_on=DAY, outcome=outcome, letter=letter, recorded_by=town.sanna, recorded_at=AT
        )
    return child


def rows(desk: Desk, name: str, **asked: str) -> list[str]:
    found = main_of(desk(name).get(PAGE, asked or NOVEMBER)).split('<tr role="row"><th role="rowheader"')[1:]
    return [" ".join(TAGS.sub(" ", row.partition(">")[2].partition("</tr>")[0]).split()) for row in found]


def sheets(answer: Any) -> Iterator[list[list[tuple[str, str]]]]:
    """Every cell of each sheet as (type, text); a formula would be of the type "formula"."""
    with ZipFile(BytesIO(answer.content)) as book:
        for name in ("xl/worksheets/sheet1.xml", "xl/worksheets/sheet2.xml"):
            tree = ET.fromstring(book.read(name))  # noqa: S314 (our own file)
            yield [[cell_of(cell) for cell in row] for row in tree.iter(f"{SHEET}row")]


def cell_of(cell: ET.Element) -> tuple[str, str]:
    sort = "formula" if cell.find(f"{SHEET}f") is not None else cell.get("t", "number")
    return sort, "".join(cell.itertext())


# --- What it says


def test_a_case_stands_with_its_days_clocks_and_what_ivo_made_of_it(town: Town, desk: Desk) -> None:
    case = ended(judged(town, report(town, kind=Kind.LEX, at=before(12)), Grade.SERIOUS, 7), 9)
    Clock.objects.filter(case=case).update(ended_at=None, met_at=before(12))
    Clock.objects.create(
        case=case, rule="proposal", started_on=DAY - timedelta(9), due_on=DAY - timedelta(8), met_at=before(5)
    )
    with_ivo(town, case, Outcome.CRITICISM, "3.1.1-12345/2026")
    assert rows(desk, "sanna") == [
        (
            "LEX-2026-0001 Lex Sarah Solgläntan 4 nov Avslutat Allvarligt missförhållande 7 9 "
            "1 hållen 1 bruten förslag till beslut Kritik 3.1.1-12345/2026"
        ),
        ("IVO-2026-0001 Anmälan enligt lex Sarah Solgläntan i dag IVO har beslutat – 0 – – Kritik 3.1.1-12345/2026"),
    ]


def test_what_is_not_decided_has_dashes(town: Town, desk: Desk) -> None:
    report(town, kind=Kind.LEX)
    assert rows(desk, "sanna") == ["LEX-2026-0001 Lex Sarah Solgläntan i dag Mottagen – – – – –"]


def test_a_proposal_is_no_grade_and_a_correction_takes_the_place_of_the_decision(town: Town, desk: Desk) -> None:
    case = judged(town, report(town, kind=Kind.LEX, at=before(3)), Grade.RISK, 1)
    act_as("system:tests")
    case.rulings.update(replaced=True)
    facts: dict[str, Any] = {"why": "x", "by": town.david, "recorded_by": town.david, "at": AT, "decided_on": DAY}
    case.rulings.create(stage=Stage.CORRECTION, grade=Grade.NONE, **facts)
    case.rulings.create(stage=Stage.PROPOSAL, grade=Grade.SERIOUS, **facts)
    assert "Beslutat Inget missförhållande 3 –" in rows(desk, "sanna")[0]


def test_a_notification_that_is_with_ivo_or_was_never_sent_says_so(town: Town, desk: Desk) -> None:
    sent, cancelled = (report(town, kind=Kind.LEX, at=before(days)) for days in (2, 1))
    with_ivo(town, sent)
    child = with_ivo(town, cancelled)
    Case.objects.filter(pk=child.pk).update(state=State.CANCELLED)
    assert [row.split()[-1] for row in rows(desk, "sanna")[:2]] == ["IVO", "–"]


DUE = DAY
CLOCKS: dict[str, tuple[datetime | None, date | None, date, bool]] = {
    "it was met on its day": (AT, None, DAY, False),
    "it was met the day after": (AT + timedelta(days=1), None, DAY, True),
    "it runs and it is its day": (None, None, DAY, False),
    "it runs and the day has passed": (None, None, DAY + timedelta(days=1), True),
    "it was paused in time": (None, DAY, DAY + timedelta(days=9), False),
    "it was paused too late": (None, DAY + timedelta(days=1), DAY + timedelta(days=9), True),
}


@pytest.mark.parametrize("case", CLOCKS)
def test_a_clock_is_broken_when_its_day_passed_first(case: str) -> None:
    stopped, paused, today, broken = CLOCKS[case]
    assert is_broken(DUE, stopped, paused, today) is broken


@pytest.mark.parametrize(("values", "found"), [((), None), ((None,), None), ((4,), 4), ((1, None, 3, 9), 3)])
def test_the_median_is_of_what_is_known(values: tuple[int | None, ...], found: int | None) -> None:
    assert middle(values) == found


def test_the_sums_stand_above(town: Town, desk: Desk) -> None:
    for grade, days in ((Grade.SERIOUS, 10), (Grade.SERIOUS, 20), (Grade.NONE, 40)):
        last = judged(town, report(town, kind=Kind.LEX, at=before(3)), grade, days)
    with_ivo(town, last, Outcome.ENDED)
    report(town, kind=Kind.LEX)
    text = words_of(desk("sanna").get(PAGE, NOVEMBER))
    assert "Slag Lex Sarah: 4 IVO-ärende: 1" in text
    graded = "Inget missförhållande: 1 Påtaglig risk för missförhållande: 0 Missförhållande: 0 "
    graded += "Påtaglig risk för allvarligt missförhållande: 0 Allvarligt missförhållande: 2 Utan beslut: 1"
    assert graded in text
    assert "IVO Ärendet avslutas: 1 " in text
    assert "Dagar, median Till beslut: 20" in text


def test_what_a_provider_told_of_is_listed_and_gets_no_grade(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX)
    Case.objects.filter(pk=case.pk).update(sort=Sort.INFORMED)
    assert rows(desk, "sanna")[0].startswith(f"{case.reference} Underrättelse från enskild verksamhet Solgläntan")
    assert "Utan beslut" not in words_of(desk("sanna").get(PAGE, NOVEMBER))


# --- Whose it is


def everything(town: Town) -> None:
    lex, vsk = report(town, kind=Kind.LEX, at=before(3)), report(town, kind=Kind.VSK, at=before(2))
    with_ivo(town, lex)
    with_ivo(town, vsk)
    report(town)


def test_sas_has_hers_and_mas_has_hers(town: Town, desk: Desk) -> None:
    everything(town)
    found = {name: [row[:13] for row in rows(desk, name)] for name in ("sanna", "maja")}
    assert found == {
        "sanna": ["LEX-2026-0001", "IVO-2026-0001"],
        "maja": ["VSK-2026-0001", "IVO-2026-0002"],
    }


@pytest.mark.parametrize("name", ["amira", "karin", "vera", "david", "jonas", "rut", "bertil", "greta", "sixten"])
def test_nobody_else_knows_of_it(town: Town, desk: Desk, name: str) -> None:
    everything(town)
    assert [desk(name).get(path).status_code for path in (PAGE, PDF, EXCEL)] == [404, 404, 404]


def test_a_part_in_a_case_puts_it_in_nobody_s_register(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX)
    case.parts.create(person=town.maja, role="investigator", valid_from=DAY)
    assert (Case.objects.visible_to(town.maja, DAY).count(), rows(desk, "maja")) == (1, [])


def test_a_case_about_sas_is_not_in_hers_nor_what_it_led_to(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX, implicated=(town.sanna,))
    with_ivo(town, case).parts.get_or_create(person=town.sanna, role="implicated", defaults={"valid_from": DAY})
    assert rows(desk, "sanna") == []
    assert "Inget kom in i perioden" in words_of(desk("sanna").get(PAGE, NOVEMBER))


def test_nothing_of_what_the_cases_say_is_shown(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX)
    said = desk("sanna").get(PAGE).content + desk("sanna").get(EXCEL).content
    with ZipFile(BytesIO(desk("sanna").get(EXCEL).content)) as book:
        said += b"".join(book.read(name) for name in book.namelist())
    assert [word for word in (SECRET, case.title, "Amira", "orolig") if word.encode() in said] == []


def test_every_look_and_download_is_logged_with_the_numbers_shown(town: Town, desk: Desk) -> None:
    everything(town)
    for path in (PAGE, PDF, EXCEL):
        desk("sanna").get(path)
    found = AuditEntry.objects.filter(actor=town.sanna.actor_key, object_table="cases_case").order_by("pk")
    numbers = ["LEX-2026-0001", "IVO-2026-0001"]
    assert [(look.action, look.context.get("format"), look.context["shown"], look.role) for look in found] == [
        ("list", None, numbers, "SAS"),
        ("download", "pdf", numbers, "SAS"),
        ("download", "xlsx", numbers, "SAS"),
    ]


# --- The period


def test_the_period_is_this_year_until_another_is_asked_for(town: Town, desk: Desk) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 2, 28), date(2026, 3, 1)):
        report(town, kind=Kind.LEX, at=datetime.combine(day, AT.timetz()))
    assert len(main_of(desk("sanna").get(PAGE)).split('"rowheader"')) - 1 == 3
    assert len(rows(desk, "sanna", fran="2026-02-01", till="2026-02-28")) == 1
    assert len(rows(desk, "sanna", till="2025-12-31")) == 1


BAD = {
    "x": "Från: Skriv dagen så här: 2026-11-16. Det du skrev där används inte.",
    "2026-13-01": "Från: Skriv dagen så här: 2026-11-16. Det du skrev där används inte.",
    "2026-12-24": "Till och med: Den sista dagen ska inte komma före den första. Det du skrev där används inte.",
}


@pytest.mark.parametrize("written", BAD)
def test_a_period_that_cannot_be_read_is_said(town: Town, desk: Desk, written: str) -> None:
    report(town, kind=Kind.LEX)
    answer = desk("sanna").get(PAGE, {"fran": written, "till": "2026-11-30"})
    assert BAD[written] in words_of(answer)
    assert len(main_of(answer).split('"rowheader"')) - 1 == 1


def test_a_long_register_is_cut_on_screen_and_summed_whole(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.LEX)
    copies(case, 60)
    first, second = (desk("sanna").get(PAGE, {**NOVEMBER, "page": page}) for page in "12")
    assert [len(main_of(page).split('"rowheader"')) - 1 for page in (first, second)] == [50, 11]
    assert ["Lex Sarah: 61" in words_of(page) for page in (first, second)] == [True, True]


def copies(case: Case, number: int) -> None:
    """As many more of the case, with a clock each."""
    act_as("system:tests")
    fields = {
        field.attname: getattr(case, field.attname)
        for field in Case._meta.concrete_fields
        if field.attname not in {"id", "reference", "search", "submission_key"}
    }
    made = Case.objects.bulk_create(
        Case(**fields, reference=f"{case.kind}-2026-{index:04}") for index in range(2, number + 2)
    )
    Clock.objects.bulk_create(Clock(case=each, rule="proposal", started_on=DAY, due_on=DAY) for each in made)


@pytest.mark.parametrize(("path", "questions"), [(PAGE, 10), (EXCEL, 10)])
def test_one_row_and_a_thousand_are_as_many_questions(
    town: Town, desk: Desk, django_assert_num_queries: Any, path: str, questions: int
) -> None:
    case, person = report(town, kind=Kind.LEX), desk("sanna")
    for more in (0, 999):
        copies(case, more)
        with django_assert_num_queries(questions + SAVEPOINT):
            person.get(path, NOVEMBER)


# --- The workbook and the paper


def test_the_workbook_has_a_row_a_case_and_the_sums(town: Town, desk: Desk) -> None:
    case = ended(judged(town, report(town, kind=Kind.LEX, at=before(12)), Grade.RISK, 7), 9)
    answer = desk("sanna").get(EXCEL, NOVEMBER)
    assert answer["Content-Disposition"] == 'attachment; filename="register-2026-11-01-2026-11-30.xlsx"'
    register, sums = sheets(answer)
    assert [text for _, text in register[0]][:8] == [
        "Nummer",
        "Slag",
        "Enhet",
        "Inkom",
        "Läge",
        "Bedömning",
        "Dagar till beslut",
        "Dagar till avslut",
    ]
    serial = str((case.received_on - date(1899, 12, 30)).days)
    assert register[1][:8] == [
        ("inlineStr", case.reference),
        ("inlineStr", "Lex Sarah"),
        ("inlineStr", "Solgläntan"),
        ("number", serial),
        ("inlineStr", "Avslutat"),
        ("inlineStr", "Påtaglig risk för missförhållande"),
        ("number", "7"),
        ("number", "9"),
    ]
    assert [text for _, text in sums[0]] == ["Inkommet 1 november 2026 – 30 november 2026"]
    assert [("inlineStr", "Bedömning: Påtaglig risk för missförhållande"), ("number", "1")] in sums


SIGNS = ("=1+1", "+46", "-2", "@sum", '=HYPERLINK("http://x")', "http://x.example", "\t=1", "007")


@pytest.mark.parametrize("sign", SIGNS)
def test_what_somebody_wrote_is_text_whatever_it_begins_with(town: Town, desk: Desk, sign: str) -> None:
    act_as("system:tests")
    town.solglantan.name = sign
    town.solglantan.save(update_fields=["name"])
    with_ivo(town, report(town, kind=Kind.LEX), Outcome.ENDED, number=sign)
    answer = desk("sanna").get(EXCEL, NOVEMBER)
    register, sums = sheets(answer)
    assert {sort for row in [*register, *sums] for sort, _ in row} == {"inlineStr", "number"}
    assert register[1].count(("inlineStr", sign)) == 2
    with ZipFile(BytesIO(answer.content)) as book:
        assert [name for name in book.namelist() if "rels" in name and b"hyperlink" in book.read(name)] == []


def test_the_paper_is_a_print_of_the_day(town: Town, desk: Desk) -> None:
    everything(town)
    answer = desk("sanna").get(PDF, NOVEMBER)
    assert (answer.status_code, answer["Content-Type"], answer.content[:5]) == (200, "application/pdf", b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="register-2026-11-01-2026-11-30.pdf"'


def test_a_register_too_long_for_paper_says_what_to_do_instead(
    town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reports.paper.MOST", 2)
    copies(report(town, kind=Kind.LEX), 2)
    answer = desk("sanna").get(PDF, NOVEMBER, follow=True)
    told = "Perioden har 3 ärenden. En PDF rymmer 2. Välj en kortare period, eller ladda ner till Excel."
    assert (told in words_of(answer), "från 1 november 2026 till" in words_of(answer)) == (True, True)


def test_the_paper_that_cannot_be_made_says_so(town: Town, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    report(town, kind=Kind.LEX)
    monkeypatch.setattr("avvikelse.documents.render.WEB_SECONDS", 0)
    answer = desk("sanna").get(PDF)
    assert (answer.status_code, "Välj en kortare period." in answer.content.decode()) == (503, True)
