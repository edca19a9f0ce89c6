"""The investigation's page: saved a little at a time, kept while one writes, and written by two at once."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest

from avvikelse.cases.models import Case
from avvikelse.deviations.investigation import save_investigation
from avvikelse.deviations.models import InvestigationDraft
from avvikelse.measures.models import Area
from avvikelse.measures.operations import add_cause
from tests.desk import Desk, main_of, words_of
from tests.people import AT, Town, assessed, moved, report
from tests.stages import TEXTS, acting, fresh, investigated, investigating, whole

HIDDEN = re.compile(r'<input type="hidden" name="(version|base)" value="([^"]*)"')


def path(case: Case, part: str = "") -> str:
    return f"/utredning/{case.reference}/{part}"


def opened(desk: Desk, name: str, case: Case) -> dict[str, Any]:
    """The form as it is when the page has been opened."""
    return form_in(desk(name).get(path(case)))


def form_in(answer: Any) -> dict[str, Any]:
    """What the form holds."""
    html = answer.content.decode()
    texts = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', html)
    radios = re.findall(r'<input type="radio" name="(\w+)" value="(\w+)"[^>]* checked', html)
    return {name: unescape(value) for name, value in (*HIDDEN.findall(html), *texts, *radios)}


def saved(case: Case) -> dict[str, str]:
    found = Case.objects.get(pk=case.pk).investigation
    return {"what_happened": found.what_happened, "consequences": found.consequences, "before": found.before}


def test_only_those_who_write_it_come_here(town: Town, desk: Desk) -> None:
    case = investigating(town)
    found = {name: desk(name).get(path(case)).status_code for name in town.people}
    writers, readers = {"karin", "frida", "vera", "david", "jonas"}, {"sanna"}
    expected = {name: 200 if name in writers else 403 if name in readers else 404 for name in town.people}
    assert found == expected


def test_what_is_written_is_saved_and_the_rest_may_wait(town: Town, desk: Desk) -> None:
    case = investigating(town)
    form = opened(desk, "jonas", case)
    done = desk("jonas").post(path(case), {**form, "what_happened": "Mattan gled."})
    assert done.headers["Location"] == f"/arenden/{case.reference}/#utredning"
    assert saved(case) == {"what_happened": "Mattan gled.", "consequences": "", "before": ""}


def test_a_case_about_no_child_asks_nothing_of_children(town: Town, desk: Desk) -> None:
    asked = {child: opened(desk, "jonas", investigating(town, told={"child": child})) for child in ("yes", "no")}
    assert {child: "child_perspective" in form for child, form in asked.items()} == {"yes": True, "no": False}


def test_a_locked_investigation_says_so_and_keeps_what_was_typed(town: Town, desk: Desk) -> None:
    case = whole(town)
    form = opened(desk, "karin", case)
    moved(case, "conclude", town.jonas)
    assert "Utredningen är avslutad och låst. Lås upp den för att ändra." in words_of(desk("karin").get(path(case)))
    assert "<textarea" not in main_of(desk("karin").get(path(case)))
    answer = desk("karin").post(path(case), {**form, "what_happened": "Sent skrivet."})
    assert "Utredningen är avslutad och låst." in words_of(answer)
    assert "Sent skrivet.</textarea>" in answer.content.decode()


# --- Two at once


def test_the_second_sees_both_texts_field_by_field_and_loses_nothing(town: Town, desk: Desk) -> None:
    case = investigated(town, investigating(town), before="")
    mine = {**opened(desk, "karin", case), "what_happened": "Karins text.", "again_note": "Karins tanke."}
    theirs = {
        **opened(desk, "jonas", case),
        "what_happened": "Jonas text.",
        "consequences": "Jonas följder.",
        "before": "yes",
    }
    assert desk("jonas").post(path(case), theirs).status_code == 302

    answer = desk("karin").post(path(case), mine)
    text = words_of(answer)
    assert answer.status_code == 409
    assert "Jonas Berg skrev i utredningen, i dag 09.00." in text
    assert (
        "Ni har båda skrivit här Jonas Berg sparade i dag 09.00: Jonas text. Din text står i fältet nedanför." in text
    )
    assert text.count("Ni har båda skrivit här") == 1
    assert text.count("Jonas Berg skrev det här medan du skrev på annat. Det står nu i fältet nedanför.") == 2
    assert saved(case) == {"what_happened": "Jonas text.", "consequences": "Jonas följder.", "before": "yes"}

    assert_both_are_kept(desk, case, form_in(answer))


def assert_both_are_kept(desk: Desk, case: Case, shown: dict[str, Any]) -> None:
    """What Karin typed stands beside what Jonas saved, and both can be saved together."""
    assert (shown["what_happened"], shown["again_note"]) == ("Karins text.", "Karins tanke.")
    assert (shown["consequences"], shown["before"]) == ("Jonas följder.", "yes")
    both = {**shown, "what_happened": "Jonas text. Karins text."}
    assert desk("karin").post(path(case), both).status_code == 302
    assert saved(case) == {
        "what_happened": "Jonas text. Karins text.",
        "consequences": "Jonas följder.",
        "before": "yes",
    }


def test_what_others_do_beside_the_investigation_stands_in_nobodys_way(town: Town, desk: Desk) -> None:
    case = investigating(town)
    form = opened(desk, "jonas", case)
    add_cause(case.pk, actor=town.karin, version=case.version, at=AT, area=Area.PEOPLE, text="Ny i gruppen.")
    assert desk("jonas").post(path(case), {**form, "what_happened": "Mattan gled."}).status_code == 302
    assert saved(case)["what_happened"] == "Mattan gled."


def test_three_in_a_row_still_lose_nothing(town: Town, desk: Desk) -> None:
    case = investigating(town)
    forms = {name: {**opened(desk, name, case), "what_happened": name} for name in ("jonas", "karin", "frida")}
    assert desk("jonas").post(path(case), forms["jonas"]).status_code == 302
    second = desk("karin").post(path(case), forms["karin"])
    assert desk("frida").post(path(case), forms["frida"]).status_code == 409
    assert desk("karin").post(path(case), form_in(second)).status_code == 302
    third = desk("frida").post(path(case), forms["frida"])
    assert third.status_code == 409
    assert "Karin Ek sparade i dag 09.00: karin Din text" in words_of(third)
    assert form_in(third)["what_happened"] == "frida"


# --- While one writes


def test_what_is_typed_is_kept_for_oneself_until_it_is_saved(town: Town, desk: Desk) -> None:
    case = investigating(town)
    form = {**opened(desk, "jonas", case), "what_happened": "Ett påbörjat"}
    kept = desk("jonas").post(path(case, "utkast/"), form)
    assert (kept.status_code, kept.content) == (204, b"")
    page = desk("jonas").get(path(case))
    assert "Du har text som inte är sparad Den är från i dag 09.00 och står i fälten." in words_of(page)
    assert form_in(page)["what_happened"] == "Ett påbörjat"
    for name in ("karin", "sanna"):
        html = desk(name).get(f"/arenden/{case.reference}/").content.decode()
        assert "påbörjat" not in html
    assert "påbörjat" not in desk("karin").get(path(case)).content.decode()
    desk("jonas").post(path(case), form_in(page))
    assert (saved(case)["what_happened"], InvestigationDraft.objects.count()) == ("Ett påbörjat", 0)


def test_a_draft_that_began_before_somebody_saved_is_laid_beside(town: Town, desk: Desk) -> None:
    case = investigating(town)
    desk("jonas").post(path(case, "utkast/"), {**opened(desk, "jonas", case), "what_happened": "Jonas utkast."})
    save_investigation(
        case.pk, actor=town.karin, version=fresh(case).version, at=AT, texts={"what_happened": "Karins text."}
    )
    draft = form_in(desk("jonas").get(path(case)))
    assert draft["what_happened"] == "Jonas utkast."
    answer = desk("jonas").post(path(case), draft)
    assert answer.status_code == 409
    assert "Karin Ek sparade i dag 09.00: Karins text." in words_of(answer)


def test_a_draft_can_be_thrown_away(town: Town, desk: Desk) -> None:
    case = investigated(town, investigating(town))
    desk("jonas").post(path(case, "utkast/"), {**opened(desk, "jonas", case), "what_happened": "Fel tanke."})
    done = desk("jonas").post(path(case, "utkast/ta-bort/"), follow=True)
    assert form_in(done)["what_happened"] == TEXTS["what_happened"]
    assert "Utkastet är borta." in words_of(done)


def test_keeping_takes_one_draft_a_person_and_no_more_than_it_can_hold(town: Town, desk: Desk) -> None:
    case = investigating(town)
    for text in ("a", "x" * 30_000):
        for name in ("jonas", "karin"):
            desk(name).post(path(case, "utkast/"), {"what_happened": text, "nonsense": "y"})
    drafts = InvestigationDraft.objects.all()
    assert [(len(draft.texts["what_happened"]), "nonsense" in draft.texts) for draft in drafts] == [(20_000, False)] * 2


@pytest.mark.parametrize("part", ["utkast/", "utkast/ta-bort/"])
def test_keeping_is_for_those_who_write(town: Town, desk: Desk, part: str) -> None:
    case = investigating(town)
    found = {name: desk(name).post(path(case, part)).status_code for name in ("olle", "sanna", "amira", "bertil")}
    assert found == {"olle": 404, "sanna": 403, "amira": 404, "bertil": 404}
    assert desk("jonas").get(path(case, part)).status_code == 405


def test_an_unsaved_draft_is_told_before_the_investigation_is_locked(town: Town, desk: Desk) -> None:
    case = whole(town)
    desk("jonas").post(path(case, "utkast/"), {**opened(desk, "jonas", case), "what_happened": "Ett tillägg."})
    conclude = f"/arenden/{case.reference}/conclude/"
    assert "Du har text som inte är sparad" in words_of(desk("jonas").get(conclude))
    assert "Du har text som inte är sparad" not in words_of(desk("karin").get(conclude))


def test_what_one_had_no_time_to_save_can_still_be_read_when_it_is_locked(town: Town, desk: Desk) -> None:
    case = whole(town)
    desk("karin").post(path(case, "utkast/"), {**opened(desk, "karin", case), "what_happened": "Karins tillägg."})
    moved(case, "conclude", town.jonas)
    assert "Det här hann du inte spara Vad hände? Karins tillägg." in words_of(desk("karin").get(path(case)))


def test_the_investigation_stands_on_the_case_page_when_it_is_done(town: Town, desk: Desk) -> None:
    text = words_of(desk("karin").get(f"/arenden/{acting(town).reference}/"))
    assert "Utredning Avslutad av Jonas Berg 16 november 2026. Texten är låst. Vad hände Schemat ändrades" in text


@pytest.mark.parametrize(("likelihood", "offered"), [(3, False), (4, True)])
def test_a_handelseanalys_is_offered_from_the_local_risk(
    town: Town, desk: Desk, likelihood: int, *, offered: bool
) -> None:
    case = assessed(town, report(town), sol_severity=2, sol_likelihood=likelihood)
    text = words_of(desk("jonas").get(f"/arenden/{case.reference}/"))
    assert ("Överväg en händelseanalys" in text) == offered
