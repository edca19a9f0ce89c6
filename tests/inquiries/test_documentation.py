"""The documentation's pages: a list of tasks, one small form each, saved at any time and kept while one writes."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.kinds import Kind, State
from avvikelse.cases.models import Case
from avvikelse.inquiries.models import Matter, TaskDraft
from tests.desk import Desk, main_of, words_of
from tests.inquiries.sealed import documented, fresh, investigated, with_cause
from tests.people import DAY, Town, report

HIDDEN = re.compile(r'<input type="hidden" name="(version|base)" value="([^"]*)"')
AREA = re.compile(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>')
RADIO = re.compile(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked')


def path(case: Case, part: str = "") -> str:
    return f"/arenden/{case.reference}/dokumentation/{part}"


def form_in(answer: Any) -> dict[str, Any]:
    """What the form holds."""
    html = answer.content.decode()
    return {name: unescape(value) for rows in (HIDDEN, AREA, RADIO) for name, value in rows.findall(html)}


def opened(desk: Desk, name: str, case: Case, task: str) -> dict[str, Any]:
    return form_in(desk(name).get(path(case, f"{task}/")))


def read_by(town: Town, case: Case) -> Case:
    """Olle may read the case."""
    case.parts.create(person=town.olle, role="reader", valid_from=DAY)
    return case


# --- The list


def test_the_list_says_what_is_done_and_what_remains(town: Town, desk: Desk) -> None:
    case = documented(town, event="", police="no")
    text = words_of(desk("jonas").get(path(case)))
    assert "3 punkter återstår. Ta dem i vilken ordning du vill och spara när du vill." in text
    assert "Återstår Vad hände Skriv vad som hände. Klar Vilka följder det fick" in text
    assert "Återstår Personakt och polisanmälan Du svarade nej på om det är anmält till polisen. Skriv varför." in text


def test_a_whole_documentation_says_what_comes_then(town: Town, desk: Desk) -> None:
    text = words_of(desk("jonas").get(path(with_cause(town, documented(town)))))
    assert "Allt är besvarat. Nu går det att föreslå beslut." in text
    assert "Återstår" not in text


def test_only_those_who_handle_the_case_find_it(town: Town, desk: Desk) -> None:
    case = read_by(town, investigated(town))
    seen = {name: desk(name).get(path(case)).status_code for name in town.people}
    written = {name: desk(name).get(path(case, "handelsen/")).status_code for name in town.people}
    assert seen == {name: 200 if name in {"jonas", "sanna", "olle"} else 404 for name in town.people}
    assert written == {**dict.fromkeys(town.people, 404), "jonas": 200, "sanna": 200, "olle": 403}


def test_a_reader_sees_the_list_and_nothing_to_write(town: Town, desk: Desk) -> None:
    case = read_by(town, investigated(town))
    html = main_of(desk("olle").get(path(case)))
    assert ("Vad hände" in html, "dokumentation/handelsen" in html, "anteckning" in html) == (True, False, False)


def test_a_kind_without_this_documentation_has_no_such_page(town: Town, desk: Desk) -> None:
    case = report(town)
    answers = [desk("karin").get(path(case, part)).status_code for part in ("", "handelsen/")]
    answers.append(desk("karin").get(f"/arenden/{case.reference}/anteckning/").status_code)
    assert answers == [404, 404, 404]


@pytest.mark.parametrize("task", ["orsaker", "barn", "patient", "nonsens"])
def test_a_point_that_is_not_asked_of_the_case_is_not_found(town: Town, desk: Desk, task: str) -> None:
    assert desk("jonas").get(path(investigated(town), f"{task}/")).status_code == 404


def test_every_look_is_logged(town: Town, desk: Desk) -> None:
    case = investigated(town)
    for part in ("", "handelsen/"):
        desk("jonas").get(path(case, part))
    desk("jonas").get(f"/arenden/{case.reference}/anteckning/")
    looks = AuditEntry.objects.filter(action="read", reference=case.reference, actor=town.jonas.actor_key)
    assert looks.count() == 3


# --- One point


def test_a_point_is_saved_half_written(town: Town, desk: Desk) -> None:
    case = investigated(town)
    form = opened(desk, "jonas", case, "rattat")
    done = desk("jonas").post(path(case, "rattat/"), {**form, "remedied": "Hon fick mat."}, follow=True)
    assert done.redirect_chain == [(path(case), 302)]
    assert "Återstår Vad som har gjorts för att rätta till det Skriv när det gjordes." in words_of(done)
    assert Matter.objects.get(case=case).remedied == "Hon fick mat."


def test_the_history_tells_which_point_was_written_and_not_the_words(town: Town, desk: Desk) -> None:
    case = investigated(town)
    form = opened(desk, "jonas", case, "handelsen")
    desk("jonas").post(path(case, "handelsen/"), {**form, "event": "Hemligt."})
    event = case.events.get(what="documentation")
    assert event.facts == {"sentence": "skrev i dokumentationen under ”Vad hände”", "rows": []}
    assert fresh(case).version == case.version + 1


def test_the_reporters_words_stand_beside_the_question_of_consequences(town: Town, desk: Desk) -> None:
    text = words_of(desk("jonas").get(path(investigated(town), "foljder/")))
    assert "Rapportörens ord om följderna Hon var orolig och hungrig." in text
    assert "Tar du inte med det rapportören skrev om följder? Skriv varför" in text


def test_where_the_reporter_said_nothing_of_consequences_leaving_out_is_not_asked(town: Town, desk: Desk) -> None:
    text = words_of(desk("jonas").get(path(investigated(town, told={"child": "no"}), "foljder/")))
    assert ("Rapportörens ord" in text, "Tar du inte med" in text) == (False, False)


def test_what_the_patient_was_told_is_kept_as_it_was_ticked(town: Town, desk: Desk) -> None:
    case = investigated(town, Kind.VSK, facts={"under_hsl": True})
    form = opened(desk, "jonas", case, "patient")
    told = {"patient_told": "patient", "patient_told_on": "2026-11-15", "told_ivo": "on"}
    desk("jonas").post(path(case, "patient/"), {**form, **told})
    found = Matter.objects.get(case=case)
    assert (found.patient_told, str(found.patient_told_on), found.told_ivo, found.told_event) == (
        "patient",
        "2026-11-15",
        True,
        False,
    )
    again = desk("jonas").get(path(case, "patient/")).content.decode()
    assert ('value="2026-11-15"' in again, len(re.findall(r'type="checkbox"[^>]* checked', again))) == (True, 1)


def test_the_six_points_stand_under_one_heading(town: Town, desk: Desk) -> None:
    case = investigated(town, Kind.VSK, facts={"under_hsl": True})
    html = main_of(desk("jonas").get(path(case, "patient/")))
    assert re.findall(r"<h2>(.*?)</h2>", html) == ["Vad har patienten eller närstående fått veta?"]
    assert html.split("<h2>")[1].count('type="checkbox"') == 6


def test_what_cannot_be_read_is_said_and_the_rest_stays(town: Town, desk: Desk) -> None:
    case = investigated(town, Kind.VSK, facts={"under_hsl": True})
    form = opened(desk, "jonas", case, "patient")
    answer = desk("jonas").post(path(case, "patient/"), {**form, "patient_told_on": "i går", "patient_why": "Hon sov."})
    assert "Skriv dagen så här: 2026-11-16." in words_of(answer)
    assert form_in(answer)["patient_why"] == "Hon sov."


def test_a_documentation_that_is_closed_is_read_and_loses_nothing_that_is_typed(town: Town, desk: Desk) -> None:
    case = documented(town)
    form = opened(desk, "jonas", case, "handelsen")
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    closed = "Dokumentationen kan bara skrivas medan ärendet utreds. Nu går den att läsa."
    page = desk("jonas").get(path(case, "handelsen/"))
    assert closed in words_of(page)
    assert ("Besöket blev inte av." in words_of(page), "<textarea" in main_of(page)) == (True, False)
    answer = desk("jonas").post(path(case, "handelsen/"), {**form, "event": "Sent skrivet."})
    assert closed in words_of(answer)
    assert form_in(answer)["event"] == "Sent skrivet."
    assert Matter.objects.get(case=case).event == "Besöket blev inte av."


def test_what_one_had_no_time_to_save_can_still_be_read_when_it_is_closed(town: Town, desk: Desk) -> None:
    case = documented(town)
    form = opened(desk, "jonas", case, "handelsen")
    desk("jonas").post(path(case, "handelsen/utkast/"), {**form, "event": "Ett tillägg."})
    Case.objects.filter(pk=case.pk).update(state=State.PROPOSED)
    assert "Det här hann du inte spara Vad hände? Ett tillägg." in words_of(desk("jonas").get(path(case, "handelsen/")))
    assert "Besöket blev inte av." in words_of(desk("sanna").get(path(case, "handelsen/")))


# --- Two at once, and while one writes


def test_two_who_write_in_different_points_do_not_meet(town: Town, desk: Desk) -> None:
    case = investigated(town)
    forms = {who: opened(desk, who, case, task) for who, task in (("jonas", "handelsen"), ("sanna", "ovrigt"))}
    assert desk("jonas").post(path(case, "handelsen/"), {**forms["jonas"], "event": "J"}).status_code == 302
    assert desk("sanna").post(path(case, "ovrigt/"), {**forms["sanna"], "other": "S"}).status_code == 302
    found = Matter.objects.get(case=case)
    assert (found.event, found.other) == ("J", "S")


def test_two_who_write_in_the_same_point_see_both_texts(town: Town, desk: Desk) -> None:
    case = investigated(town)
    forms = {who: opened(desk, who, case, "nar") for who in ("jonas", "sanna")}
    jonas = {**forms["jonas"], "occurred": "Klockan åtta.", "noticed": "Dottern ringde."}
    assert desk("jonas").post(path(case, "nar/"), jonas).status_code == 302
    answer = desk("sanna").post(path(case, "nar/"), {**forms["sanna"], "occurred": "På morgonen."})
    assert answer.status_code == 409
    text = words_of(answer)
    assert "Ni har båda skrivit här Jonas Berg sparade i dag 09.00: Klockan åtta." in text
    assert "Jonas Berg skrev det här medan du skrev på annat." in text
    shown = form_in(answer)
    assert (shown["occurred"], shown["noticed"]) == ("På morgonen.", "Dottern ringde.")
    assert desk("sanna").post(path(case, "nar/"), shown).status_code == 302
    assert Matter.objects.get(case=case).occurred == "På morgonen."


def test_what_is_typed_is_kept_for_oneself_until_it_is_saved(town: Town, desk: Desk) -> None:
    case = investigated(town)
    form = {**opened(desk, "jonas", case, "handelsen"), "event": "Ett påbörjat"}
    kept = desk("jonas").post(path(case, "handelsen/utkast/"), form)
    assert (kept.status_code, kept.content) == (204, b"")
    page = desk("jonas").get(path(case, "handelsen/"))
    assert "Du har text som inte är sparad Den är från i dag 09.00 och står i fälten." in words_of(page)
    assert "Vad hände Du har text här som inte är sparad." in words_of(desk("jonas").get(path(case)))
    assert "påbörjat" not in desk("sanna").get(path(case, "handelsen/")).content.decode()
    assert desk("jonas").post(path(case, "handelsen/"), form_in(page)).status_code == 302
    assert (Matter.objects.get(case=case).event, TaskDraft.objects.count()) == ("Ett påbörjat", 0)


def test_a_draft_is_of_one_point_and_can_be_thrown_away(town: Town, desk: Desk) -> None:
    case = documented(town)
    for task, name in (("handelsen", "event"), ("ovrigt", "other")):
        form = opened(desk, "jonas", case, task)
        desk("jonas").post(path(case, f"{task}/utkast/"), {**form, name: "Fel tanke.", "nonsense": "x"})
    done = desk("jonas").post(path(case, "handelsen/utkast/ta-bort/"), follow=True)
    assert "Utkastet är borta. Här är texten som den är sparad." in words_of(done)
    assert form_in(done)["event"] == "Besöket blev inte av."
    assert [(draft.task, "nonsense" in draft.texts) for draft in TaskDraft.objects.all()] == [("ovrigt", False)]


@pytest.mark.parametrize("part", ["handelsen/utkast/", "handelsen/utkast/ta-bort/"])
def test_keeping_is_for_those_who_write(town: Town, desk: Desk, part: str) -> None:
    case = read_by(town, investigated(town))
    found = {name: desk(name).post(path(case, part)).status_code for name in ("karin", "amira", "maja", "olle")}
    assert found == {"karin": 404, "amira": 404, "maja": 404, "olle": 403}
    assert desk("jonas").get(path(case, part)).status_code == 405
