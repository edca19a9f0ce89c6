"""What a report held goes along when it becomes a case of another kind: to read, for whoever handles that."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.base import ContentFile

from avvikelse.audit.models import AuditEntry
from avvikelse.audit.operations import act_as
from avvikelse.cases.affected import add_affected
from avvikelse.cases.kinds import Kind
from avvikelse.cases.models import Attachment, Case
from avvikelse.cases.operations import add_message
from tests.desk import SAVEPOINT, Desk, main_of, words_of
from tests.people import AT, DAY, Town, assessed, moved, report
from tests.stages import HANDED_OVER, investigated, with_cause, with_measure

HEALTH_CARE = {"under_sol_lss": False, "under_hsl": True}
"""What SAS does not see as an avvikelse."""
HEADING = "Kom med från AVV-2026-0001"


def page(case: Case) -> str:
    return f"/arenden/{case.reference}/"


def file_of(case: Case) -> Attachment:
    act_as("system:tests")
    made: Attachment = case.attachments.create(
        file=ContentFile(b"x", "bild.png"),
        name="dosetten.png",
        content_type="image/png",
        size=1,
        sha256="x",
        from_reporter=True,
        added_at=AT,
    )
    made.file.close()
    return made


def held(town: Town, *, rows: int = 1, **changes: Any) -> Case:
    """A report with so many files, messages and noted names."""
    return held_too(town, report(town, **changes), rows)


def held_too(town: Town, case: Case, rows: int = 1) -> Case:
    for number in range(rows):
        file_of(case)
        add_message(case.pk, f"Vilken tablett nummer {number}?", actor=town.karin, at=AT)
        add_affected(case, name=f"Astrid Berg{number}", identity_number="", actor=town.karin, at=AT)
    return case


@pytest.fixture
def place(town: Town, settings: Any, tmp_path: Any) -> Town:
    settings.MEDIA_ROOT = tmp_path
    return town


def handed_to_sas(town: Town, **changes: Any) -> Case:
    """The lex Sarah case out of a report under HSL, so that SAS does not see the report itself."""
    case = held(town, facts=HEALTH_CARE, **changes)
    return moved(case, "hand_over_lex", town.karin, **HANDED_OVER).offspring.get()


def status(desk: Desk, name: str, path: str, *, sent: bool = False) -> int:
    answer: Any = desk(name).post(path) if sent else desk(name).get(path)
    if answer.streaming:
        b"".join(answer.streaming_content)
        for close in answer._resource_closers:
            close()
    return int(answer.status_code)


def test_whoever_got_the_case_reads_the_files_the_dialogue_and_that_somebody_is_noted(place: Town, desk: Desk) -> None:
    lex = handed_to_sas(place)
    answer = desk("sanna").get(page(lex))
    text = words_of(answer).split(f"{HEADING} ")[-1]
    file = Attachment.objects.get()
    assert text.startswith("Det här hör till AVV-2026-0001 och går bara att läsa. Filer dosetten.png")
    assert "Dialog med rapportören Karin Ek, enhetschef · i dag 09.00 Vilken tablett nummer 0?" in text
    assert "Berörda från AVV-2026-0001 : 1 person" in text
    assert f'href="{page(lex)}fil/{file.pk}/"' in main_of(answer)


def test_the_look_is_written_as_one_at_the_case_she_holds_with_where_it_came_from(place: Town, desk: Desk) -> None:
    lex = handed_to_sas(place)
    file, name = Attachment.objects.get(), lex.origin.affected_people.get()  # type: ignore[union-attr]
    for path in ("", f"fil/{file.pk}/", "berorda/"):
        assert status(desk, "sanna", page(lex) + path) == 200
    assert status(desk, "sanna", f"{page(lex)}berorda/{name.pk}/visa/", sent=True) == 200
    rows = AuditEntry.objects.filter(actor=f"person:{place.sanna.pk}").order_by("pk")
    origin = {"from": "AVV-2026-0001"}
    assert list(rows.values_list("reference", "action", "context")) == [
        (lex.reference, "read", origin),
        (lex.reference, "download", {"file": file.pk, **origin}),
        (lex.reference, "read", origin),
        (lex.reference, "reveal", origin),
    ]


def test_the_way_goes_through_the_case_she_holds_and_no_other(place: Town, desk: Desk) -> None:
    lex = handed_to_sas(place)
    other = report(place, kind=Kind.LEX)
    origin, file = lex.origin, Attachment.objects.get()
    assert origin is not None
    name = origin.affected_people.get().pk
    closed = [page(origin), f"{page(origin)}fil/{file.pk}/", f"{page(origin)}berorda/", f"{page(other)}fil/{file.pk}/"]
    assert {path: status(desk, "sanna", path) for path in closed} == dict.fromkeys(closed, 404)
    assert status(desk, "sanna", f"{page(other)}berorda/{name}/visa/", sent=True) == 404


def test_names_that_came_along_are_shown_one_at_a_time_and_cannot_be_taken_away(place: Town, desk: Desk) -> None:
    lex = handed_to_sas(place)
    origin = lex.origin
    assert origin is not None
    name = origin.affected_people.get()
    html = main_of(desk("sanna").get(f"{page(lex)}berorda/"))
    assert (HEADING in html, "A••••• B••••" in html) == (True, True)
    assert ("Astrid" in html, "/ta-bort/" in html) == (False, False)
    shown = words_of(desk("sanna").post(f"{page(lex)}berorda/{name.pk}/visa/"))
    assert "Astrid Berg0" in shown
    assert status(desk, "sanna", f"{page(lex)}berorda/{name.pk}/ta-bort/", sent=True) == 404
    assert origin.affected_people.filter(removed_at=None).count() == 1


@pytest.mark.parametrize(
    ("name", "part", "expected"),
    [
        ("jonas", "investigator", True),
        ("olle", "decider", True),
        ("rut", "reader", False),
        ("sanna", "", True),
    ],
)
def test_only_those_who_handle_the_case_read_what_came_along(
    place: Town, desk: Desk, name: str, part: str, *, expected: bool
) -> None:
    lex = handed_to_sas(place)
    if part:
        lex.parts.create(person=place.people[name], role=part, valid_from=DAY)
    file = Attachment.objects.get()
    assert (HEADING in words_of(desk(name).get(page(lex)))) == expected
    assert status(desk, name, f"{page(lex)}fil/{file.pk}/") == (200 if expected else 404)


def test_nobody_whom_the_report_is_about_reads_it_through_another_case(place: Town, desk: Desk) -> None:
    lex = handed_to_sas(place)
    origin = lex.origin
    assert origin is not None
    origin.parts.create(person=place.sanna, role="implicated", valid_from=DAY)
    file, name = Attachment.objects.get(), origin.affected_people.get()
    assert HEADING not in words_of(desk("sanna").get(page(lex)))
    assert HEADING not in words_of(desk("sanna").get(f"{page(lex)}berorda/"))
    assert status(desk, "sanna", f"{page(lex)}fil/{file.pk}/") == 404
    assert status(desk, "sanna", f"{page(lex)}berorda/{name.pk}/visa/", sent=True) == 404


@pytest.mark.parametrize("name", ["karin", "vera", "maja", "amira"])
def test_nobody_else_reaches_it_through_the_sealed_case(place: Town, desk: Desk, name: str) -> None:
    lex = handed_to_sas(place)
    file = Attachment.objects.get()
    assert [status(desk, name, f"{page(lex)}{path}") for path in ("", f"fil/{file.pk}/", "berorda/")] == [404] * 3


def test_where_nothing_came_along_nothing_is_said_of_it(place: Town, desk: Desk) -> None:
    lex = moved(report(place), "hand_over_lex", place.karin, **HANDED_OVER).offspring.get()
    assert "Kom med" not in words_of(desk("sanna").get(page(lex)))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_as_many_questions_however_much_came_along(
    place: Town, desk: Desk, django_assert_num_queries: Any, rows: int
) -> None:
    lex = handed_to_sas(place, rows=rows)
    sanna = desk("sanna")
    with django_assert_num_queries(18 + SAVEPOINT):
        sanna.get(page(lex))


def test_a_case_with_all_there_can_be_and_an_origin_keeps_within_twenty(
    place: Town, desk: Desk, django_assert_max_num_queries: Any
) -> None:
    proposal = held(place, kind=Kind.FOR, facts={"entered_by": place.frida})
    case = moved(proposal, "make_deviation", place.karin, why="Någon blev utan.").offspring.get()
    case = investigated(place, assessed(place, held_too(place, case)))
    cause = with_cause(place, case)
    case = moved(case, "conclude", place.jonas)
    with_measure(place, cause)
    karin = desk("karin")
    moved(case, "make_samverkan", place.karin, **HANDED_OVER)
    with django_assert_max_num_queries(20 + SAVEPOINT):
        text = words_of(karin.get(page(case)))
    assert (f"Kom med från {proposal.reference}" in text, "Fortsätter som" in text) == (True, True)


OPEN_KINDS = ["make_improvement", "make_samverkan"]


def opened_first(town: Town, move: str) -> Case:
    """A case opened out of a report, which then went to lex Sarah and was written more in."""
    origin = moved(held(town), move, town.karin, **HANDED_OVER)
    child: Case = origin.offspring.get()
    moved(origin, "hand_over_lex", town.karin, **HANDED_OVER)
    act_as("system:tests")
    words = {"title": "Titeln under sekretess", "what_happened": "Texten under sekretess"}
    Case.objects.filter(pk=origin.pk).update(**words, category=town.hsl_category)
    add_message(origin.pk, "Meddelandet under sekretess", actor=town.sanna, at=AT)
    return child


SECRETS = (
    *("under sekretess", "Utebliven dos", "dosetten", "Vilken tablett", "A•••••", "Astrid", "Kom med", "LEX-"),
    "/arenden/AVV-2026-0001/",
)


def secrets_in(html: str) -> list[str]:
    return [secret for secret in SECRETS if secret in html]


@pytest.mark.parametrize("name", ["karin", "vera", "maja"])
@pytest.mark.parametrize("move", OPEN_KINDS)
def test_a_case_opened_before_the_seal_shows_nothing_of_its_origin_to_one_who_may_not_see_that(
    place: Town, desk: Desk, name: str, move: str
) -> None:
    child = opened_first(place, move)
    pages = [page(child), f"{page(child)}berorda/", f"{page(child)}lasare/", "/"]
    found = {path: secrets_in(main_of(desk(name).get(path))) for path in pages}
    assert found == {path: [] for path in pages}
    assert "Kom ur AVV-2026-0001" in words_of(desk(name).get(page(child)))
    assert "under sekretess" not in main_of(desk(name).get("/arenden/?q=sekretess"))
    assert status(desk, name, f"{page(child)}fil/{Attachment.objects.get().pk}/") == 404


@pytest.mark.parametrize("move", OPEN_KINDS)
def test_a_case_opened_before_the_seal_keeps_its_own_words(place: Town, desk: Desk, move: str) -> None:
    child = opened_first(place, move)
    text = words_of(desk("karin").get(page(child)))
    assert ("Utebliven insats på morgonen" in text, "Morgonbesöket klockan åtta blev inte av." in text) == (True, True)
    assert (child.version, child.sealed, child.events.count()) == (1, False, 1)


@pytest.mark.parametrize("move", OPEN_KINDS)
def test_before_the_seal_the_chief_reads_what_came_along_and_sas_does_also_after(
    place: Town, desk: Desk, move: str
) -> None:
    child = moved(held(place), move, place.karin, **HANDED_OVER).offspring.get()
    assert HEADING in words_of(desk("karin").get(page(child)))
    moved(child.origin, "hand_over_lex", place.karin, **HANDED_OVER)  # type: ignore[arg-type]
    found = {name: HEADING in words_of(desk(name).get(page(child))) for name in ("karin", "sanna", "maja")}
    assert found == {"karin": False, "sanna": True, "maja": False}


def test_the_investigator_of_an_avvikelse_reads_the_files_of_the_proposal_it_was(place: Town, desk: Desk) -> None:
    proposal = held(place, kind=Kind.FOR)
    case = moved(proposal, "make_deviation", place.karin, why="Någon blev utan.").offspring.get()
    case.parts.create(person=place.jonas, role="investigator", valid_from=DAY)
    assert f"Kom med från {proposal.reference}" in words_of(desk("jonas").get(page(case)))
    assert status(desk, "jonas", f"{page(case)}fil/{Attachment.objects.get().pk}/") == 200
    assert status(desk, "jonas", page(proposal)) == 404
