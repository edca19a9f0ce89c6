"""A draft is saved while one types, found again after log-out, seen by nobody else and kept for long."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from avvikelse.intake.models import Draft
from avvikelse.intake.operations import DRAFT_DAYS, remove_old_drafts
from tests.intake.reports import TOLD, address, send_all, typed
from tests.people import AT, Town

pytestmark = pytest.mark.django_db


def test_what_is_typed_is_saved_without_being_judged(amira: Client) -> None:
    key = uuid4()
    sent = {"page": "vad-hande", "what_happened": "Halv men", "affected": "nobody asked"}
    assert amira.post(address("spara/", key), sent).status_code == 204
    assert Draft.objects.get(key=key).answers == {"what_happened": "Halv men"}


def test_a_box_that_was_unticked_is_saved_as_that(amira: Client) -> None:
    key = uuid4()
    amira.post(address("spara/", key), {"page": "allvar", "signs": ["abuse", "misconduct"]})
    assert Draft.objects.get(key=key).answers == {"signs": ["abuse", "misconduct"]}
    amira.post(address("spara/", key), {"page": "allvar"})
    assert Draft.objects.get(key=key).answers == {"signs": []}


@pytest.mark.parametrize("text", ["a\x00b", "🚑 åäö", "<script>alert(1)</script>", "x" * 50_001, "a\r\nb"])
def test_any_text_can_be_saved(amira: Client, text: str) -> None:
    key = uuid4()
    assert amira.post(address("spara/", key), {"page": "vad-hande", "what_happened": text}).status_code == 204
    kept = text.replace("\x00", "").replace("\r\n", "\n")[:50_000]
    assert Draft.objects.get(key=key).answers["what_happened"] == kept


def test_saving_needs_to_say_which_page(amira: Client) -> None:
    assert amira.post(address("spara/"), {"what_happened": TOLD}).status_code == 400
    assert amira.get(address("spara/")).status_code == 405


def test_a_draft_is_found_again_after_log_out(amira: Client, town: Town) -> None:
    key = uuid4()
    amira.post(address("vad-hande/", key), {"what_happened": TOLD})
    amira.logout()
    amira.force_login(town.amira)
    page = amira.get("/rapportera/").content.decode()
    assert page.count("Fortsätt på ditt utkast") == 1
    assert page.count(address("kontrollera/", key)) == 1
    assert amira.get(address("vad-hande/", key)).context["form"]["what_happened"].value() == TOLD


@pytest.mark.parametrize("page", ["vad-hande/", "allt/", "kontrollera/", "kvitto/", "kvitto.pdf"])
def test_somebody_elses_draft_is_not_there(amira: Client, town: Town, page: str) -> None:
    key = uuid4()
    amira.post(address("vad-hande/", key), {"what_happened": TOLD})
    other = Client()
    for person in (town.karin, town.sixten):
        other.force_login(person)
        assert other.get(address(page, key)).status_code == 404
        assert other.post(address("spara/", key), {"page": "allt", "what_happened": "Mitt"}).status_code == 404
        assert other.post(address("kontrollera/", key), {"seen": ""}).status_code == 404
        assert other.post(f"/mina-utkast/{key}/ta-bort/").status_code == 404
    assert Draft.objects.get().answers == {"what_happened": TOLD}


def test_my_drafts_are_listed_the_latest_first_and_can_be_removed(amira: Client, town: Town) -> None:
    for number in range(3):
        Draft.objects.create(
            author=town.amira,
            answers={"what_happened": f"Utkast {number}. Mer."},
            started_at=AT,
            saved_at=AT + timedelta(minutes=number),
        )
    Draft.objects.create(author=town.karin, answers={"what_happened": "Karins"}, started_at=AT, saved_at=AT)
    drafts = list(amira.get("/mina-utkast/").context["drafts"])
    assert [draft.title for draft in drafts] == ["Utkast 2", "Utkast 1", "Utkast 0"]
    amira.post(f"/mina-utkast/{drafts[0].key}/ta-bort/")
    assert [draft.title for draft in amira.get("/mina-utkast/").context["drafts"]] == ["Utkast 1", "Utkast 0"]


def test_an_empty_list_of_drafts_says_what_will_be_there(amira: Client) -> None:
    assert amira.get("/mina-utkast/").content.decode().count("Inga utkast") == 1


def test_a_sent_report_is_no_draft(amira: Client, town: Town) -> None:
    key = uuid4()
    send_all(amira, typed(town), key)
    assert list(amira.get("/mina-utkast/").context["drafts"]) == []
    amira.post(f"/mina-utkast/{key}/ta-bort/")
    assert Draft.objects.filter(key=key).count() == 1


def test_drafts_are_kept_at_least_thirty_days_and_then_go_with_their_files(
    amira: Client, town: Town, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    key = uuid4()
    amira.post(address("filer/", key), {"attached": SimpleUploadedFile("a.txt", b"hej")})
    stored = str(Draft.objects.get(key=key).files.get().file)
    kept = Draft.objects.create(author=town.amira, started_at=AT, saved_at=AT + timedelta(days=1))
    assert DRAFT_DAYS >= 30
    assert remove_old_drafts(AT + timedelta(days=DRAFT_DAYS)) == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert remove_old_drafts(AT + timedelta(days=DRAFT_DAYS, seconds=1)) == 1
    assert list(Draft.objects.all()) == [kept]
    assert default_storage.exists(stored) is False


def test_nothing_is_saved_when_nothing_was_written(amira: Client, town: Town) -> None:
    assert amira.post(address("vad-hande/"), {"what_happened": ""}).status_code == 200
    filled_in = {"unit": str(town.solglantan.pk), "name": "shown", "page": "allt"}
    assert amira.post(address("allt/"), filled_in).status_code == 200
    assert Draft.objects.count() == 0
