"""The pages of the händelseanalys: read by those who handle the case, written without losing a word."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.kinds import Kind, PartRole, State
from avvikelse.cases.models import Case
from avvikelse.documents.models import Document
from avvikelse.inquiries import analysis_operations as operations
from avvikelse.inquiries.models import Analysis, Barrier, Block, Factor, Matter
from avvikelse.measures.models import Area
from tests.desk import Desk, main_of, words_of
from tests.inquiries.courses import KINDS, course, open_for_analysis, who, whole_course, with_step
from tests.inquiries.test_analysis import WRITERS
from tests.people import AT, DAY, Town, assessed, report
from tests.stages import TEXTS, fresh, investigated

ERRORS = re.compile(r'<div class="errors".*?</div>', re.DOTALL)
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


def path(case: Case, part: str = "") -> str:
    return f"/handelseanalys/{case.reference}/{part}"


def errors_of(response: Any) -> list[str]:
    found = ERRORS.search(response.content.decode())
    return [re.sub(r"<[^>]+>", "", line) for line in re.findall(r"<li>(.*?)</li>", found.group())] if found else []


def opened(desk: Desk, name: str, address: str) -> dict[str, str]:
    """The form as it is when the page has been opened, but for what is chosen."""
    html = desk(name).get(address).content.decode()
    texts = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', html)
    lines = re.findall(r'<input type="text" name="(\w+)"(?: value="([^"]*)")?', html)
    picked = re.findall(r'<select name="(\w+)".*?<option value="([^"]*)" selected', html, re.DOTALL)
    radios = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', html)
    return {name: unescape(value) for name, value in (*HIDDEN.findall(html), *texts, *lines, *picked, *radios)}


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_read_by_those_who_handle_the_case_and_written_by_some(town: Town, desk: Desk, kind: Kind) -> None:
    case = whole_course(town, open_for_analysis(town, kind))
    case.parts.create(person=town.rut, role=PartRole.READER, valid_from=DAY)
    readers = WRITERS[kind] | {"rut"} | ({"sanna"} if kind == Kind.AVV else set())
    pages = {name: desk(name).get(path(case)).status_code for name in town.people}
    assert pages == {name: 200 if name in readers else 404 for name in town.people}
    forms = {name: desk(name).get(path(case, "steg/ny/")).status_code for name in readers}
    assert forms == {name: 200 if name in WRITERS[kind] else 403 for name in readers}


def test_a_case_of_another_kind_has_no_page(town: Town, desk: Desk) -> None:
    case = report(town, kind=Kind.FOR)
    assert desk("karin").get(path(case)).status_code == 404


def test_the_page_draws_the_course_and_says_it_in_words(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    html, text = main_of(desk("jonas").get(path(case))), words_of(desk("jonas").get(path(case)))
    assert re.findall(r'<svg class="course (\w+)"', html) == ["narrow", "wide"]
    in_words = text.split("Förloppet i ord", 1)[-1].split("Uppdrag och arbetssätt")[0]
    wanted = (
        *(
            "Steg 1: Klockan 07.30",
            "Besöket flyttas i schemat.",
            "Bidrog, processer, rutiner, arbetssätt och riktlinjer",
        ),
        *("Ändringar kvitteras inte.", "Skydd som brast", "Appen varnar inte.", "Steg 2", "Ingen kommer till frukost."),
        *("Steg 3: Klockan 13.15", "Skydd som höll", "Jouren svarar dygnet runt.", "Hela förloppet", "Många var nya."),
        *("Orsaker", "Ändringar kvitteras inte."),
    )
    found, missing = 0, []
    for words in wanted:
        found = in_words.find(words, found)
        if found < 0:
            missing.append(words)
            found = 0
    assert missing == []


def test_a_reader_and_a_closed_case_get_no_buttons(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    case.parts.create(person=town.rut, role=PartRole.READER, valid_from=DAY)
    Case.objects.filter(pk=case.pk).update(state=State.ACTING)
    for name in ("rut", "jonas"):
        html = main_of(desk(name).get(path(case)))
        assert ("<form" in html, "/steg/" in html, "<svg" in html) == (False, False, True)
    assert (operations.LOCKED in words_of(desk("jonas").get(path(case)))) is True
    assert (operations.LOCKED in words_of(desk("rut").get(path(case)))) is False


def test_every_look_is_logged(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.LEX))
    before = AuditEntry.objects.filter(action="read", object_id=case.pk).count()
    step = Block.objects.get(place=1).pk
    for address in (path(case), path(case, "uppdrag/"), f"/handelseanalys/steg/{step}/ta-bort/"):
        desk("sanna").get(address)
    assert AuditEntry.objects.filter(action="read", object_id=case.pk).count() == before + 3


def test_a_step_goes_in_where_the_link_stood(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    form = opened(desk, "jonas", path(case, "steg/ny/?efter=1"))
    assert form["after"] == "1"
    done = desk("jonas").post(path(case, "steg/ny/"), {**form, "what": "Vikarien sjukanmäler sig."})
    assert done.headers["Location"] == path(case)
    assert [what for _, what in course(case)][:2] == ["Besöket flyttas i schemat.", "Vikarien sjukanmäler sig."]


def test_the_first_step_is_not_asked_where_it_goes(town: Town, desk: Desk) -> None:
    case = open_for_analysis(town, Kind.VSK)
    assert "Var i förloppet?" not in words_of(desk("maja").get(path(case, "steg/ny/")))
    form = opened(desk, "maja", path(case, "steg/ny/"))
    assert desk("maja").post(path(case, "steg/ny/"), {**form, "what": "Dosen uteblir."}).status_code == 302
    assert course(case) == [(1, "Dosen uteblir.")]


@pytest.mark.parametrize(
    ("part", "sent", "expected", "kept"),
    [
        ("steg/ny/", {"after": "0", "when": "I går"}, ["Skriv vad som hände i steget."], 'value="I går"'),
        (
            "steg/ny/",
            {"after": "0", "what": "x" * 1001},
            ["Vad hände i det här steget: korta texten till högst 1000 tecken. Nu är den 1001."],
            "x" * 1001,
        ),
        ("bidrog/ny/", {"text": "Stress."}, ["Välj vilket område det hör till."], "Stress.</textarea>"),
        ("bidrog/ny/", {"area": "people", "block": "0", "text": "Stress."}, ["Välj något av alternativen."], "Stress."),
        (
            "skydd/ny/",
            {"text": "Larmet."},
            ["Välj vid vilket steg skyddet fanns.", "Välj om skyddet höll eller brast."],
            "Larmet.</textarea>",
        ),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_is_kept(
    town: Town, desk: Desk, part: str, sent: dict[str, str], expected: list[str], kept: str
) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    answer = desk("jonas").post(path(case, part), {**opened(desk, "jonas", path(case, part)), "block": "", **sent})
    said = [
        line.split(": ", 1)[1].capitalize() if line.startswith("Vad i förl") else line for line in errors_of(answer)
    ]
    assert (said, kept in answer.content.decode(), len(course(case))) == (expected, True, 3)


def test_what_contributed_is_tied_to_a_step_or_to_the_whole(town: Town, desk: Desk) -> None:
    case = open_for_analysis(town, Kind.LEX)
    step = with_step(town, case, "Något hände.")
    for chosen in (str(step.pk), ""):
        form = opened(desk, "sanna", path(case, f"bidrog/ny/?steg={chosen}"))
        assert form["block"] == chosen
        desk("sanna").post(path(case, "bidrog/ny/"), {**form, "area": "technology", "text": f"Till {chosen}"})
    assert list(Factor.objects.order_by("pk").values_list("block", "area")) == [
        (step.pk, Area.TECHNOLOGY),
        (None, Area.TECHNOLOGY),
    ]


def test_a_barrier_is_written_and_changed(town: Town, desk: Desk) -> None:
    case = open_for_analysis(town, Kind.VSK)
    step, other = (with_step(town, case, what) for what in ("Ett.", "Två."))
    form = opened(desk, "maja", path(case, f"skydd/ny/?steg={step.pk}"))
    desk("maja").post(path(case, "skydd/ny/"), {**form, "held": "no", "text": "Signeringslistan."})
    barrier = Barrier.objects.get()
    assert (barrier.block, barrier.held, barrier.text) == (step, False, "Signeringslistan.")
    address = f"/handelseanalys/skydd/{barrier.pk}/"
    form = opened(desk, "jonas", address)
    assert (form["block"], form["held"], form["text"]) == (str(step.pk), "no", "Signeringslistan.")
    desk("jonas").post(address, {**form, "block": other.pk, "held": "yes"})
    barrier.refresh_from_db()
    assert (barrier.block, barrier.held) == (other, True)


def test_the_team_named_at_the_start_is_suggested(town: Town, desk: Desk) -> None:
    case = open_for_analysis(town, Kind.VSK)
    Matter.objects.create(case=case, team="Maja Öberg och Jonas Berg")
    form = opened(desk, "maja", path(case, "uppdrag/"))
    assert form["team"] == "Maja Öberg och Jonas Berg"
    desk("maja").post(path(case, "uppdrag/"), {**form, "assignment": "Varför uteblev dosen?"})
    found = Analysis.objects.get()
    assert (found.assignment, found.team) == ("Varför uteblev dosen?", "Maja Öberg och Jonas Berg")


def test_steps_are_moved_by_buttons_without_a_script(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    html = main_of(desk("jonas").get(path(case)))
    assert (html.count('name="up"'), html.count('name="down"')) == (2, 2)
    last = Block.objects.get(place=3)
    done = desk("jonas").post(f"/handelseanalys/steg/{last.pk}/flytta/", {"version": fresh(case).version, "up": "1"})
    assert done.headers["Location"] == f"{path(case)}#steg-{last.pk}"
    assert [what for _, what in course(case)][1] == "Dottern ringer jouren."


def test_a_button_on_an_old_page_does_nothing_and_says_so(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    old, last = fresh(case).version, Block.objects.get(place=3)
    with_step(town, case, "Under tiden.")
    done = desk("karin").post(f"/handelseanalys/steg/{last.pk}/flytta/", {"version": old, "up": "1"}, follow=True)
    assert "Ärendet har ändrats sedan sidan visades. Inget gjordes." in words_of(done)
    assert course(case)[2] == (3, "Dottern ringer jouren.")


def test_taking_away_a_step_shows_what_goes_along_and_asks_first(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    address = f"/handelseanalys/steg/{Block.objects.get(place=1).pk}/ta-bort/"
    text = words_of(desk("jonas").get(address))
    assert "Det här försvinner också Ändringar kvitteras inte. Appen varnar inte." in text
    assert len(course(case)) == 3
    desk("jonas").post(address, {"version": fresh(case).version})
    assert len(course(case)) == 2


def test_factors_and_barriers_are_taken_away_on_their_pages(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    for part, row in (("bidrog", Factor.objects.get(block=None)), ("skydd", Barrier.objects.get(held=True))):
        address = f"/handelseanalys/{part}/{row.pk}/ta-bort/"
        assert row.text in words_of(desk("jonas").get(address))
        desk("jonas").post(address, {"version": fresh(case).version})
    text = words_of(desk("jonas").get(path(case)))
    assert ("Många var nya." in text, "Jouren svarar" in text, "Appen varnar inte." in text) == (False, False, True)


# --- Two at once


def test_two_who_write_in_the_same_step_see_both_texts(town: Town, desk: Desk) -> None:
    whole_course(town, open_for_analysis(town, Kind.AVV))
    address = f"/handelseanalys/steg/{Block.objects.get(place=2).pk}/"
    mine, theirs = opened(desk, "karin", address), opened(desk, "jonas", address)
    assert desk("jonas").post(address, {**theirs, "what": "Jonas ord.", "when": "Klockan 8"}).status_code == 302
    answer = desk("karin").post(address, {**mine, "what": "Karins ord."})
    text = words_of(answer)
    assert answer.status_code == 409
    assert "Jonas Berg ändrade händelseanalysen, i dag 09.00. Ändring Steg 2" in text
    assert "Ni har båda skrivit här Jonas Berg sparade i dag 09.00: Jonas ord." in text
    assert "Karins ord.</textarea>" in answer.content.decode()
    assert 'value="Klockan 8"' in answer.content.decode()


def test_what_others_add_meanwhile_stands_in_nobodys_way(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    form = opened(desk, "karin", path(case, "steg/ny/"))
    with_step(town, case, "Under tiden.", after=0)
    assert desk("karin").post(path(case, "steg/ny/"), {**form, "what": "Sist."}).status_code == 302
    assert "Sist." in [what for _, what in course(case)]


def test_a_step_that_somebody_took_away_keeps_what_was_typed(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    block = Block.objects.get(place=2)
    address = f"/handelseanalys/steg/{block.pk}/"
    form = opened(desk, "karin", address)
    operations.take_away_block(block.pk, **who(town, case))
    answer = desk("karin").post(address, {**form, "what": "Karins ord."})
    assert errors_of(answer) == [operations.STEP_GONE]
    assert "Karins ord.</textarea>" in answer.content.decode()
    assert operations.STEP_GONE in words_of(desk("karin").get(address))


def test_what_is_typed_when_the_case_has_gone_on_is_kept(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    form = opened(desk, "jonas", path(case, "steg/ny/"))
    Case.objects.filter(pk=case.pk).update(state=State.ACTING)
    answer = desk("jonas").post(path(case, "steg/ny/"), {**form, "what": "Sent skrivet."})
    assert (errors_of(answer), "Sent skrivet.</textarea>" in answer.content.decode()) == ([operations.LOCKED], True)


# --- On the case page


def test_a_high_risk_offers_it_until_it_is_begun(town: Town, desk: Desk) -> None:
    case = assessed(town, report(town), sol_severity=3, sol_likelihood=3)
    offered = words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    assert "Överväg en händelseanalys" in offered
    assert f'href="{path(case)}"' in main_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    with_step(town, case, "Något hände.")
    text = words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    assert ("Överväg en händelseanalys" in text, "Fortsätt händelseanalysen" in text) == (False, True)


def test_a_low_risk_only_links_to_it(town: Town, desk: Desk) -> None:
    case = open_for_analysis(town, Kind.AVV)
    text = words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    assert ("Överväg en händelseanalys" in text, "Gör en händelseanalys" in text) == (False, True)


def test_an_analysis_in_plain_text_from_before_is_still_read(town: Town, desk: Desk) -> None:
    case = investigated(town, open_for_analysis(town, Kind.AVV))
    case.investigation.analysis = "Förloppet i löpande text."
    case.investigation.save()
    assert "Förloppet i löpande text." in words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    investigated(town, case, **TEXTS)
    case.investigation.refresh_from_db()
    assert case.investigation.analysis == "Förloppet i löpande text."


def test_the_button_locks_it_as_a_document(town: Town, desk: Desk) -> None:
    case = whole_course(town, open_for_analysis(town, Kind.AVV))
    done = desk("jonas").post(path(case, "las/"), {"version": fresh(case).version}, follow=True)
    assert "Händelseanalysen är låst som handling nr 1." in words_of(done)
    assert Document.objects.get().taken_at == AT
    assert "Händelseanalys, handling nr 1" in words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
