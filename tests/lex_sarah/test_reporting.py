"""Decisions on delegation: what is left to report, the list that is written of them, and who sees what."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.documents.operations import printed_context, render_document
from avvikelse.documents.render import render_pdf
from avvikelse.inquiries.choices import Grade, Stage
from avvikelse.inquiries.models import Ruling
from avvikelse.inquiries.operations import Ruled, rule
from avvikelse.lex_sarah.models import ReportedRuling, Reporting
from tests.desk import SAVEPOINT, TAGS, Desk, main_of, words_of
from tests.inquiries.sealed import investigated, step
from tests.people import AT, DAY, Town

PAGE = "/lex-sarah/aterrapportering/"
TODAY = {"fran": "2026-11-01", "till": "2026-11-30"}
WRITTEN = "ÅTR-2026, handling nr 1"


def decided(town: Town, case: Case | None = None, by: str = "vera", **changes: Any) -> Ruling:
    """A lex Sarah case that Vera decided in on delegation."""
    case = case or investigated(town)
    facts: dict[str, Any] = {
        "stage": Stage.DECISION,
        "grade": Grade.MISCONDUCT,
        "why": "Hon for illa.",
        "by": town.people[by],
        "decided_on": DAY,
        "delegated": True,
    }
    return rule(step(case, town.people[by]), Ruled(**{**facts, **changes}))


def rows(desk: Desk, name: str = "sanna", **period: str) -> list[str]:
    """What each row of what is left says."""
    found = re.findall(r'<tr role="row"><th role="rowheader".*?</tr>', main_of(desk(name).get(PAGE, period)), re.DOTALL)
    return [" ".join(TAGS.sub(" ", row).split()) for row in found]


def write(desk: Desk, name: str = "sanna") -> Any:
    return desk(name).post(PAGE, TODAY, follow=True)


def test_what_was_decided_on_delegation_stands_with_role_and_grade(town: Town, desk: Desk) -> None:
    decided(town)
    decided(town, by="david", grade=Grade.NONE, decided_on=DAY - timedelta(days=1))
    assert rows(desk) == [
        "LEX-2026-0002 i går Inget missförhållande Förvaltningschef",
        "LEX-2026-0001 i dag Missförhållande Avdelningschef",
    ]


def test_neither_proposals_nor_the_namnd_s_own_decisions_nor_other_kinds_are_there(town: Town, desk: Desk) -> None:
    decided(town, by="jonas", stage=Stage.PROPOSAL)
    decided(town, delegated=False, by="david")
    decided(town, investigated(town, Kind.VSK), by="david", grade=Grade.HARM)
    assert rows(desk) == []
    assert "Inget att återrapportera" in words_of(desk("sanna").get(PAGE))


def test_a_corrected_decision_was_made_and_so_was_the_correction(town: Town, desk: Desk) -> None:
    case = investigated(town)
    decided(town, case, decided_on=DAY - timedelta(days=2))
    decided(town, case, stage=Stage.CORRECTION, grade=Grade.RISK)
    assert rows(desk) == [
        "LEX-2026-0001 14 nov Missförhållande Avdelningschef",
        "LEX-2026-0001 i dag Påtaglig risk för missförhållande (rättat beslut) Avdelningschef",
    ]


def test_the_period_narrows_and_what_cannot_be_read_in_it_is_said(town: Town, desk: Desk) -> None:
    for day in (date(2026, 1, 31), date(2026, 2, 1), date(2026, 2, 28), date(2026, 3, 1)):
        decided(town, decided_on=day)
    found = [row[:13] for row in rows(desk, fran="2026-02-01", till="2026-02-28")]
    assert found == ["LEX-2026-0002", "LEX-2026-0003"]
    text = words_of(desk("sanna").get(PAGE, {"fran": "igår", "till": "2026-02-28"}))
    assert "Från: Skriv dagen så här: 2026-11-16. Det du skrev där används inte." in text
    backwards = words_of(desk("sanna").get(PAGE, {"fran": "2026-03-01", "till": "2026-02-01"}))
    assert "Den sista dagen ska inte komma före den första." in backwards


def test_writing_freezes_a_numbered_list_and_nothing_is_left(town: Town, desk: Desk) -> None:
    made = [decided(town), decided(town, by="david")]
    named = "Beslut på delegation 1 november 2026 – 30 november 2026, handling nr 1"
    assert f"Klart. {named} är skriven och låst, med 2 beslut." in words_of(write(desk))
    assert rows(desk) == []
    document = Document.objects.get()
    assert (document.reference, document.sort, document.number) == ("ÅTR-2026", "delegated", 1)
    assert sorted(ReportedRuling.objects.values_list("ruling_id", flat=True)) == [row.pk for row in made]
    assert WRITTEN in words_of(desk("sanna").get(PAGE))


def test_the_list_names_nobody_but_who_wrote_it(town: Town, desk: Desk) -> None:
    decided(town)
    write(desk)
    content = Document.objects.get().content
    assert content["decisions"] == [
        {
            "reference": "LEX-2026-0001",
            "decided": "16 november 2026",
            "what": "Beslut",
            "grade": "Missförhållande",
            "role": "Avdelningschef",
        }
    ]
    assert content["law"] == "6 kap. 37–40 §§ kommunallagen (2017:725)"
    names = [person.name for key, person in town.people.items() if key != "sanna"]
    assert [name for name in names if name in str(content)] == []
    assert (content["namnd"], content["signature"]["name"]) == ("Socialnämnden", "Sanna Lind")


def test_each_list_has_the_next_number_and_only_what_is_new(town: Town, desk: Desk) -> None:
    decided(town)
    write(desk)
    decided(town)
    write(desk)
    assert [
        (row.number, [line["reference"] for line in row.content["decisions"]])
        for row in Document.objects.order_by("number")
    ] == [(1, ["LEX-2026-0001"]), (2, ["LEX-2026-0002"])]


def test_nothing_left_writes_nothing(town: Town, desk: Desk) -> None:
    decided(town)
    write(desk)
    answer = write(desk)
    assert "Inget beslut i perioden är kvar att återrapportera. Ingen handling skrevs." in words_of(answer)
    assert Document.objects.count() == 1


def test_a_period_that_cannot_be_read_writes_nothing(town: Town, desk: Desk) -> None:
    decided(town)
    answer = desk("sanna").post(PAGE, {"fran": "x", "till": "2026-11-30"})
    assert ("Skriv dagen så här" in words_of(answer), Document.objects.exists()) == (True, False)


def test_the_registrator_sees_numbers_and_dates_and_nothing_more(town: Town, desk: Desk) -> None:
    decided(town)
    assert rows(desk, "rut") == ["LEX-2026-0001 i dag"]
    page = words_of(desk("rut").get(PAGE))
    assert [word for word in ("Missförhållande", "Avdelningschef", "Vera", "Skriv handling") if word in page] == []
    assert desk("rut").post(PAGE, TODAY).status_code == 404
    write(desk)
    reporting = Reporting.objects.get()
    assert WRITTEN in words_of(desk("rut").get(PAGE))
    assert desk("rut").get(f"{PAGE}{reporting.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["amira", "karin", "vera", "david", "maja", "jonas", "bertil", "greta", "sixten"])
def test_nobody_else_knows_of_the_page(town: Town, desk: Desk, name: str) -> None:
    decided(town)
    write(desk)
    assert desk(name).get(PAGE).status_code == 404
    assert desk(name).get(f"{PAGE}{Reporting.objects.get().pk}/").status_code == 404


def test_whoever_stands_in_for_sas_reports_those_cases_and_sas_never_her_own(town: Town, desk: Desk) -> None:
    about_sas = investigated(town, implicated=(town.sanna,))
    assert about_sas.parts.filter(role="stand_in").values_list("person__name", flat=True).get() == "David Nyman"
    decided(town, about_sas)
    decided(town)
    assert [row[:13] for row in rows(desk, "sanna")] == ["LEX-2026-0002"]
    assert [row[:13] for row in rows(desk, "david")] == ["LEX-2026-0001"]
    write(desk, "david")
    reporting = Reporting.objects.get()
    assert desk("sanna").get(f"{PAGE}{reporting.pk}/").status_code == 404
    assert WRITTEN not in words_of(desk("sanna").get(PAGE))


def test_a_list_with_a_case_one_may_not_see_is_not_opened(town: Town, desk: Desk) -> None:
    ruling = decided(town)
    decided(town)
    write(desk)
    ruling.case.parts.create(person=town.sanna, role="implicated", valid_from=DAY)
    assert desk("sanna").get(f"{PAGE}{Reporting.objects.get().pk}/").status_code == 404
    assert "Den öppnas inte här, för du har inte alla ärenden i den" in words_of(desk("sanna").get(PAGE))


def test_a_decision_is_reported_once_and_what_is_reported_stays(town: Town, desk: Desk) -> None:
    decided(town)
    write(desk)
    act_as("system:tests")
    row = ReportedRuling.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        ReportedRuling.objects.create(ruling=row.ruling, reporting=row.reporting)
    for table in ("lex_sarah_reporting", "lex_sarah_reportedruling"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608 (a table's name)


def test_every_look_is_logged_with_the_numbers_shown(town: Town, desk: Desk) -> None:
    decided(town)
    desk("sanna").get(PAGE)
    desk("rut").get(PAGE)
    write(desk)
    desk("sanna").get(f"{PAGE}{Reporting.objects.get().pk}/")
    found = AuditEntry.objects.filter(object_table="cases_case", action__in=["list", "read", "download"]).order_by("pk")
    looks = [(entry.actor, entry.action, entry.context.get("shown")) for entry in found]
    sanna = town.sanna.actor_key
    assert looks == [
        (sanna, "list", ["LEX-2026-0001"]),
        (town.rut.actor_key, "list", ["LEX-2026-0001"]),
        (sanna, "list", []),
        (sanna, "read", ["LEX-2026-0001"]),
    ]


def test_one_decision_and_ten_are_as_many_questions(town: Town, desk: Desk, django_assert_num_queries: Any) -> None:
    person = desk("sanna")
    for number in (1, 9):
        for _ in range(number):
            decided(town)
        with django_assert_num_queries(9 + SAVEPOINT):
            person.get(PAGE)


def test_the_list_is_printed_and_read(town: Town, desk: Desk, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    decided(town)
    write(desk)
    document = Document.objects.get()
    assert "Handlingen skrivs ut" in words_of(desk("sanna").get(f"{PAGE}{document.pk}/"))
    assert render_document(document.pk, at=AT)
    answer: Any = desk("sanna").get(f"{PAGE}{document.pk}/")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/pdf")
    assert b"".join(answer.streaming_content)[:5] == b"%PDF-"


def test_forty_decisions_are_printed(town: Town, desk: Desk) -> None:
    decided(town)
    write(desk)
    context = printed_context(Document.objects.get())
    lines = context["decisions"]
    assert isinstance(lines, list)
    pdf = render_pdf("pdf/delegated.html", {**context, "decisions": lines * 40}, "Beslut på delegation")
    assert pdf[:5] == b"%PDF-"
