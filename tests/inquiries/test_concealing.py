"""Hiding a passage: the text shows [dolt], the original is sealed, and nothing else of it may be changed."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, ProgrammingError, connections, transaction

from avvikelse.audit.operations import act_as
from avvikelse.cases.models import Case
from avvikelse.cases.operations import MoveRefused
from avvikelse.inquiries.asking import ConcealForm
from avvikelse.inquiries.choices import Nature
from avvikelse.inquiries.concealing import conceal, places
from avvikelse.inquiries.models import Concealment, Note
from avvikelse.inquiries.operations import add_note
from avvikelse.organisation.preferences import LocalValues
from tests.desk import Desk, words_of
from tests.inquiries.sealed import documented, fresh, investigated, step
from tests.people import AT, DAY, Town, build_town

NAME = "Nils Ek"


def named(town: Town, **changes: Any) -> Case:
    told = {"consequences": f"{NAME} var orolig.\r\n{NAME} var hungrig.", "child": "no"}
    return investigated(town, title=f"{NAME} fick ingen mat", what_happened=f"{NAME} satt ensam.", told=told, **changes)


def concealed(case: Case, town: Town, place: str, passage: str = NAME) -> Case:
    conceal(step(case, town.sanna, place=place, passage=passage, ground="Namnet behövs inte."))
    return fresh(case)


def noted(town: Town, case: Case, text: str) -> Note:
    facts: dict[str, Any] = {"noted_on": DAY, "source": f"Samtal med {NAME}", "nature": Nature.FACT}
    return add_note(case.pk, actor=town.jonas, at=AT, text=text, **facts)


def test_what_the_reporter_wrote_is_hidden_wherever_it_stands_in_the_text(town: Town) -> None:
    case = named(town)
    for place in ("case.title", "case.what_happened", "report.consequences"):
        case = concealed(case, town, place)
    assert (case.title, case.what_happened) == ("[dolt] fick ingen mat", "[dolt] satt ensam.")
    assert case.report.consequences == "[dolt] var orolig.\r\n[dolt] var hungrig."


def test_a_point_of_the_documentation_is_hidden_in(town: Town) -> None:
    case = concealed(documented(town, event=f"{NAME} ramlade."), town, "matter.event")
    assert case.matter.event == "[dolt] ramlade."


def test_a_note_is_hidden_in_and_says_so(town: Town, desk: Desk) -> None:
    case = investigated(town)
    note = noted(town, case, f"{NAME} ringde klockan åtta.")
    for column in ("text", "source"):
        concealed(case, town, f"note.{note.pk}.{column}")
    found = Note.objects.get()
    assert (found.text, found.source, found.hidden) == ("[dolt] ringde klockan åtta.", "Samtal med [dolt]", True)
    assert NAME not in desk("sanna").get(f"/arenden/{case.reference}/").content.decode()


def test_a_passage_over_several_lines_is_found_whatever_the_line_ends(town: Town) -> None:
    case = concealed(named(town), town, "report.consequences", f"orolig.\n{NAME}")
    assert case.report.consequences == f"{NAME} var [dolt] var hungrig."


def test_the_history_tells_where_and_on_which_ground_and_not_what(town: Town) -> None:
    case = named(town)
    note = noted(town, case, f"{NAME} ringde.")
    facts = {"passage": NAME, "ground": "Namnet behövs inte."}
    told = conceal(step(case, town.sanna, place="case.title", **facts))
    assert told.sentence == "dolde en uppgift"
    assert told.rows == (("Var", "Rubriken"), ("Grund", "Namnet behövs inte."))
    told = conceal(step(case, town.sanna, place=f"note.{note.pk}.text", **facts))
    assert told.rows[0] == ("Var", "En anteckning den 2026-11-16")


@pytest.mark.parametrize(
    ("place", "passage", "said"),
    [
        ("case.title", "Nisse", "Stycket finns inte i texten. Skriv det precis som det står där."),
        ("case.title", " ", "Stycket finns inte i texten. Skriv det precis som det står där."),
        ("note.1.text", NAME, "Texten finns inte längre. Välj en annan."),
        ("case.reference", "LEX", "Texten finns inte längre. Välj en annan."),
    ],
)
def test_what_is_not_there_cannot_be_hidden(town: Town, place: str, passage: str, said: str) -> None:
    with pytest.raises(MoveRefused) as refused:
        concealed(named(town), town, place, passage)
    assert refused.value.sentences == [said]
    assert Concealment.objects.count() == 0


def test_a_title_that_would_grow_too_long_is_refused(town: Town) -> None:
    case = investigated(town, title="a " * 80)
    with pytest.raises(MoveRefused, match="Texten blir för lång när stycket byts mot"):
        concealed(case, town, "case.title", "a")


def test_what_was_hidden_is_not_found_by_searching(town: Town, desk: Desk) -> None:
    case = concealed(concealed(named(town), town, "case.title"), town, "case.what_happened")
    assert case.reference not in words_of(desk("sanna").get("/arenden/?q=Nils"))
    assert case.reference in words_of(desk("sanna").get("/arenden/?q=ensam"))


def test_only_texts_with_something_in_them_are_offered(town: Town) -> None:
    found = [place.key for place in places(fresh(named(town)))]
    assert found == ["case.title", "case.what_happened", "report.consequences"]


def test_the_form_asks_which_text_what_and_on_which_ground(town: Town) -> None:
    case = named(town)
    form = ConcealForm({"version": 1}, case=case, actor=town.sanna, day=DAY, local=LocalValues(DAY))
    assert {name: list(said) for name, said in form.errors.items()} == {
        "place": ["Välj i vilken text."],
        "passage": ["Skriv det som ska döljas."],
        "ground": ["Skriv varför det ska döljas."],
    }


# --- The database's half


def test_the_original_is_sealed_and_the_programs_role_cannot_read_it(town: Town) -> None:
    concealed(named(town), town, "case.title")
    row = Concealment.objects.get()
    assert (row.place, row.ground, row.by) == ("case.title", "Namnet behövs inte.", town.sanna)
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        assert row.original


@pytest.mark.django_db(databases=["default", "owner"], transaction=True)
def test_the_owner_of_the_tables_can_read_the_original() -> None:
    with transaction.atomic():
        town = build_town()
        concealed(named(town), town, "case.title")
    with connections["owner"].cursor() as cursor:
        cursor.execute("SELECT original FROM inquiries_concealment")
        assert cursor.fetchall() == [(NAME,)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE cases_report SET consequences = 'Inget hände.'",
        "UPDATE cases_report SET child = 'yes'",
        "DELETE FROM inquiries_note",
        "UPDATE inquiries_note SET text = 'Något annat.'",
        "UPDATE inquiries_note SET text = replace(text, 'ringde', '[dolt]')",
        "UPDATE inquiries_concealment SET ground = ''",
        "DELETE FROM inquiries_concealment",
    ],
)
def test_nothing_is_changed_under_the_cover_of_hiding(town: Town, change: str) -> None:
    case = named(town)
    noted(town, case, f"{NAME} ringde.")
    concealed(case, town, "case.title")
    act_as("system:tests")
    with pytest.raises(DatabaseError), transaction.atomic(), connections["default"].cursor() as cursor:
        cursor.execute(change)
