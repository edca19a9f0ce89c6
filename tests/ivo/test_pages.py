"""The pages: the notification part by part, the readers' decision, what was sent, and what comes out of no case."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from avvikelse.audit.models import AuditEntry
from avvikelse.cases.kinds import Sort
from avvikelse.cases.models import Case
from avvikelse.ivo.models import Decision, Notification, Request, Sending
from avvikelse.ivo.operations import keep_draft, save_notification, texts_of
from avvikelse.ivo.parts import NAMES, PARTS
from tests.desk import Desk, main_of, words_of
from tests.ivo.matters import (
    SENT,
    asked,
    decided,
    fresh,
    ordered,
    preparing,
    suspected,
    text_file,
    with_file,
    with_ivo,
    without_origin,
    written,
)
from tests.people import AT, DAY, Town, moved

pytestmark = pytest.mark.django_db


def typed(case: Case, **changes: Any) -> dict[str, Any]:
    """What the form sends as it stands, with some of it changed."""
    return {**texts_of(case, DAY), "version": case.version, "base": "", **changes}


def path(case: Case, part: str = "anmalan/") -> str:
    return f"/arenden/{case.reference}/{part}"


def test_every_part_stands_in_the_order_ivo_asks_filled_in_from_the_case(town: Town, desk: Desk) -> None:
    case = preparing(town)
    page = main_of(desk("sanna").get(path(case)))
    assert sorted(NAMES, key=lambda name: page.index(f'name="{name}"')) == list(NAMES)
    begun = texts_of(case, DAY)
    assert {name: begun[name] for name in ("grave", "notifier", "operation", "description", "why_grave")} == {
        "grave": "happened",
        "notifier": "Socialnämnden, Ekhamns kommun",
        "operation": "Solgläntan",
        "description": "Besöket blev inte av.",
        "why_grave": "Hon hade kunnat dö.",
    }


def test_every_part_has_a_button_that_copies_it(town: Town, desk: Desk) -> None:
    page = main_of(desk("sanna").get(path(preparing(town))))
    assert [name for name in NAMES if f'data-copies="{name}"' not in page] == []
    assert "Kopiera<span" in page


def test_it_is_saved_as_it_stands_and_the_case_shows_what_it_lacks(town: Town, desk: Desk) -> None:
    case = preparing(town)
    answer = desk("sanna").post(path(case), typed(case, description="", contact_phone="0470-123"))
    assert answer.status_code == 302
    found = Notification.objects.get()
    assert (found.description, found.contact_phone) == ("", "0470-123")
    assert "Beskriv vad som hände." in words_of(desk("sanna").get(path(case, "")))


def test_what_was_saved_stays_and_what_the_case_says_now_stands_beside(town: Town, desk: Desk) -> None:
    case = written(town, preparing(town), description="Min text.")
    page = words_of(desk("sanna").get(path(case)))
    assert "Så står det i ärendet nu : Beskrivning Besöket blev inte av." in page
    assert Notification.objects.get().description == "Min text."


def test_files_are_added_and_chosen_and_go_along_in_the_draft(town: Town, desk: Desk) -> None:
    case = preparing(town)
    assert case.origin is not None
    log = with_file(case.origin, town)
    sending = typed(case, enclosures=[f"f{log.pk}"], uploads=[text_file("foto.txt", "Ett foto.")])
    assert desk("sanna").post(path(case), sending).status_code == 302
    pdf = desk("sanna").get(path(case, "anmalan/pdf/"))
    assert pdf["Content-Disposition"] == f'attachment; filename="{case.reference}-utkast.pdf"'
    read = PdfReader(BytesIO(pdf.content))
    assert {name: content[0] for name, content in read.attachments.items()} == {
        "larmlogg.txt": b"08.00 inget larm",
        "foto.txt": b"Ett foto.",
    }
    text = " ".join(page.extract_text() for page in read.pages)
    assert "Det här är ett utkast." in text
    assert "Besöket blev inte av." in text


def test_a_file_that_is_not_taken_is_refused_and_nothing_typed_is_lost(town: Town, desk: Desk) -> None:
    case = preparing(town)
    answer = desk("sanna").post(path(case), typed(case, other="Det jag skrev.", uploads=[text_file("x.exe", "MZ\0\0")]))
    assert answer.status_code == 200
    assert "Det jag skrev." in main_of(answer)
    assert not Notification.objects.exists()


def test_a_draft_is_kept_for_its_writer_alone(town: Town, desk: Desk) -> None:
    case = preparing(town)
    assert desk("sanna").post(path(case, "anmalan/utkast/"), typed(case, other="Utkast.")).status_code == 204
    case.parts.create(person=town.vera, role="decider", valid_from=DAY)
    assert "Utkast." in main_of(desk("sanna").get(path(case)))
    assert "Utkast." not in main_of(desk("vera").get(path(case)))
    desk("sanna").post(path(case, "anmalan/utkast/ta-bort/"))
    assert "Utkast." not in main_of(desk("sanna").get(path(case)))


def test_two_who_write_meet(town: Town, desk: Desk) -> None:
    case = preparing(town)
    page = desk("sanna").get(path(case))
    base = page.context["form"]["base"].value()
    case.parts.create(person=town.vera, role="decider", valid_from=DAY)
    theirs = {**texts_of(case, DAY), "other": "Veras text."}
    save_notification(case.pk, actor=town.vera, version=case.version, at=AT, texts=theirs)
    answer = desk("sanna").post(path(case), typed(case, other="Min text.", base=base))
    assert answer.status_code == 409
    assert "Veras text." in words_of(answer)
    assert "Min text." in main_of(answer)


def test_a_sent_notification_can_no_longer_be_written(town: Town, desk: Desk) -> None:
    case = with_ivo(town)
    assert "Anmälan är skickad och går inte att ändra." in words_of(desk("sanna").get(path(case)))
    answer = desk("sanna").post(path(case), typed(case, other="Nytt."))
    assert "Anmälan är skickad och går inte att ändra." in words_of(answer)
    assert desk("sanna").get(path(case, "anmalan/pdf/"))["Location"] == path(case, "")
    assert not Notification.objects.exists()


def test_the_move_page_shows_what_is_locked_and_makes_the_move(town: Town, desk: Desk) -> None:
    case = preparing(town)
    page = words_of(desk("sanna").get(path(case, "send/")))
    assert "Anmälan ska göras snarast enligt 27 kap. 6 § socialtjänstlagen (2025:400)." in page
    assert "Hon hade kunnat dö." in page
    sending = {**SENT, "sent_by": town.sanna.pk, "version": case.version, "uploads": [text_file("bilaga.txt")]}
    assert desk("sanna").post(path(case, "send/"), sending).status_code == 302
    found = Sending.objects.get()
    download = desk("sanna").get(path(case, f"skickat/fil/{found.files.get().pk}/"))
    assert (download.content, download["Content-Disposition"]) == (
        "Från IVO.".encode(),
        'attachment; filename="bilaga.txt"',
    )
    whole = PdfReader(BytesIO(desk("sanna").get(path(case, f"skickat/{found.pk}/pdf/")).content))
    assert {name: content[0] for name, content in whole.attachments.items()} == {"bilaga.txt": "Från IVO.".encode()}
    assert "utkast" not in whole.pages[0].extract_text().lower()


def test_a_forelaggande_is_written_demand_by_demand(town: Town, desk: Desk) -> None:
    case = with_ivo(town)
    facts = {
        "version": case.version,
        "decided_on": "2026-11-16",
        "outcome": "order",
        "letter": text_file("beslut.txt"),
        "readers": [town.karin.pk],
        "demand_1_text": "Bemanna natten.",
        "demand_1_due": "2026-12-16",
        "demand_1_fine": "500000",
    }
    answer = desk("sanna").post(path(case, "add_decision/"), {**facts, "demand_2_text": "Skriv en rutin."})
    assert "Välj vilken dag krav 2 ska vara klart." in words_of(answer)
    case = fresh(case)
    whole = {**facts, "letter": text_file("beslut.txt"), "demand_2_text": "Skriv.", "demand_2_due": "2027-01-15"}
    assert desk("sanna").post(path(case, "add_decision/"), whole).status_code == 302
    demands = Decision.objects.get().demands.order_by("pk")
    assert [(row.text, str(row.due_on), row.fine) for row in demands] == [
        ("Bemanna natten.", "2026-12-16", 500_000),
        ("Skriv.", "2027-01-15", None),
    ]
    assert "Vite: 500 000 kronor" in words_of(desk("sanna").get(path(case, ""))).replace("\xa0", " ")


# --- The law of the day


def test_the_pages_cite_the_law_of_what_is_asked(town: Town, desk: Desk) -> None:
    case = asked(town, asked(town, ordered(town)), ordered=True, fine=50_000)
    page = words_of(desk("sanna").get(path(case, "")))
    for sentence in (
        "Begäran enligt 28 kap. 5 § socialtjänstlagen (2025:400).",
        "Föreläggande enligt 28 kap. 8 § socialtjänstlagen (2025:400).",
        "Föreläggande enligt 28 kap. 9 § socialtjänstlagen (2025:400).",
    ):
        assert sentence in page
    assert "senast två månader efter anmälan" in words_of(desk("sanna").get(path(case, "add_investigation/")))


def test_the_municipalitys_own_notification_cites_its_own_paragraph(town: Town, desk: Desk) -> None:
    page = words_of(desk("sanna").get(path(without_origin(town))))
    assert "Anmälan ska göras enligt 27 kap. 7 § socialtjänstlagen (2025:400)." in page


# --- Those who must read a decision


def test_a_reader_finds_the_decision_at_start_and_says_that_she_has_read_it(town: Town, desk: Desk) -> None:
    case = decided(town, with_ivo(town), text="IVO avslutar ärendet.")
    number = case.ivo_decisions.get().pk
    assert f'href="/ivo-beslut/{number}/"' in main_of(desk("karin").get("/att-gora/"))
    assert "Läs IVO:s beslut" in words_of(desk("karin").get("/"))
    page = words_of(desk("karin").get(f"/ivo-beslut/{number}/"))
    assert "IVO avslutar ärendet." in page
    assert "Besöket blev inte av." not in page
    assert case.title not in page
    assert desk("karin").get(path(case, "")).status_code == 404
    assert desk("karin").post(f"/ivo-beslut/{number}/").status_code == 302
    assert "Läs IVO:s beslut" not in words_of(desk("karin").get("/att-gora/"))
    assert "Karin Ek, enhetschef: läst i dag" in words_of(desk("sanna").get(path(case, "")))
    looks = AuditEntry.objects.filter(action="ivo_decision", reference=case.reference)
    assert [entry.actor for entry in looks.order_by("pk")] == [town.karin.actor_key]


def test_nobody_but_readers_and_handlers_opens_a_decision(town: Town, desk: Desk) -> None:
    case = decided(town, with_ivo(town), readers=(town.karin, town.olle))
    case.parts.create(person=town.olle, role="implicated", valid_from=DAY)
    number = case.ivo_decisions.get().pk
    found = {name: desk(name).get(f"/ivo-beslut/{number}/").status_code for name in town.people}
    assert {name for name, status in found.items() if status == 200} == {"karin", "sanna", "jonas"}
    assert set(found.values()) == {200, 404}
    letter = {name: desk(name).get(f"/ivo-beslut/{number}/fil/").status_code for name in town.people}
    assert letter == found
    assert desk("sanna").post(f"/ivo-beslut/{number}/").status_code == 403


# --- What comes out of no case


OPENED = {
    "title": "Tillsyn av natten",
    "what": "IVO granskar bemanningen.",
    "affected": "group",
}


def test_sas_registers_a_tillsyn_that_ivo_opened(town: Town, desk: Desk) -> None:
    facts = {**OPENED, "sort": "supervision", "unit": town.solglantan.pk}
    answer = desk("sanna").post("/ivo/ny/", facts)
    assert "Lägg till IVO:s brev som en fil." in words_of(answer)
    assert not Case.objects.exists()
    more = {"opened_on": "2026-11-10", "letter": text_file(), "ivo_number": "3.5.1-9/2026"}
    assert desk("sanna").post("/ivo/ny/", {**facts, **more}).status_code == 302
    case = Case.objects.get()
    assert (case.kind, case.sort, case.state, case.origin) == ("IVO", Sort.SUPERVISION, "with_ivo", None)
    page = words_of(desk("sanna").get(path(case, "")))
    assert "3.5.1-9/2026" in page
    assert "Sanna Lind öppnade ärendet." in page
    assert desk("sanna").get(path(case)).status_code == 404
    assert "Nästa steg" in page


def test_sas_opens_the_municipalitys_own_notification(town: Town, desk: Desk) -> None:
    facts = {**OPENED, "sort": "notice_municipality", "unit": town.ekbacken.pk, "implicated": [town.olle.pk]}
    answer = desk("sanna").post("/ivo/ny/", facts)
    case = Case.objects.get()
    assert answer["Location"] == path(case)
    assert (case.state, case.parts.get(role="implicated").person) == ("preparing", town.olle)


def test_nobody_but_sas_opens_anything_with_ivo(town: Town, desk: Desk) -> None:
    found = {name for name in town.people if desk(name).get("/ivo/ny/").status_code == 200}
    assert found == {"sanna"}


def test_nobody_opens_what_she_is_pointed_out_in(town: Town, desk: Desk) -> None:
    facts = {**OPENED, "sort": "supervision", "unit": town.solglantan.pk, "implicated": [town.sanna.pk]}
    more = {"opened_on": "2026-11-10", "letter": text_file()}
    answer = desk("sanna").post("/ivo/ny/", {**facts, **more})
    assert "Du kan inte öppna ett ärende där du själv är utpekad." in words_of(answer)
    assert not Case.objects.exists()


# --- Every page in every state opens for SAS, and for nobody who has no part in it


def test_the_case_page_opens_in_every_state(town: Town, desk: Desk) -> None:
    cases = [preparing(town), with_ivo(town), asked(town, with_ivo(town)), ordered(town), without_origin(town)]
    cases.append(moved(suspected(town), "cancel", town.sanna, why="Fel."))
    for case in cases:
        assert desk("sanna").get(path(case, "")).status_code == 200
        assert desk("karin").get(path(case, "")).status_code == 404


def test_the_case_page_asks_as_many_questions_however_much_ivo_asks(town: Town, desk: Desk) -> None:
    numbers = []
    for many in (1, 4):
        case = ordered(town)
        for _ in range(many):
            case = asked(town, case)
        desk("sanna").get(path(case, ""))
        with CaptureQueriesContext(connection) as asked_now:
            desk("sanna").get(path(case, ""))
        numbers.append(len(asked_now))
    assert numbers[0] == numbers[1]


def test_the_move_pages_open(town: Town, desk: Desk) -> None:
    case = asked(town, ordered(town))
    for move in ("answer", "extend", "add_request", "add_decision", "remedy", "add_investigation", "set_number"):
        assert desk("sanna").get(path(case, f"{move}/")).status_code == 200, move
    assert Request.objects.count() == 1
    assert len(PARTS) == len(NAMES)


def test_keeping_a_draft_keeps_only_the_parts(town: Town) -> None:
    case = preparing(town)
    keep_draft(case, actor=town.sanna, at=AT, typed={"other": "Ja.", "enclosures": "f1", "csrfmiddlewaretoken": "x"})
    assert set(case.task_drafts.get().texts) == {*NAMES, "version", "base"}
