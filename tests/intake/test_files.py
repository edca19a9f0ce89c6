"""Files: at most ten of 20 MB, judged by what they hold, refused with a sentence that keeps all else."""

from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import LazySettings
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from avvikelse.cases.models import Attachment
from avvikelse.intake.models import DraftFile
from tests.intake.reports import address, only_case, send_all, send_checked, shown, typed
from tests.people import Town

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def photo() -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (8, 8), "red").save(drawn, "PNG")
    return drawn.getvalue()


def upload(name: str = "golv.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content)


def stored_files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def test_a_file_is_kept_under_a_name_that_says_nothing_and_comes_with_the_case(
    amira: Client, town: Town, tmp_path: Path
) -> None:
    key = uuid4()
    amira.post(address("filer/", key), {"attached": [upload("../../amira.png"), upload("hej.png")]})
    before = {path.read_bytes() for path in stored_files(tmp_path)}
    send_checked(amira, typed(town), key)
    rows = list(Attachment.objects.values_list("case", "name", "content_type", "size", "from_reporter", "added_by"))
    size = len(photo())
    assert rows == [
        (only_case().pk, "amira.png", "image/png", size, True, town.amira.pk),
        (only_case().pk, "hej.png", "image/png", size, True, town.amira.pk),
    ]
    assert {path.read_bytes() for path in stored_files(tmp_path)} == before
    assert [path.name for path in stored_files(tmp_path) if "amira" in path.name] == []
    assert DraftFile.objects.count() == 0


def test_a_refused_file_says_why_and_keeps_the_others_and_the_text(amira: Client, town: Town) -> None:
    key = uuid4()
    files = [upload("bra.png"), upload("ond.pdf", b"MZ\x90\x00"), upload("tom.png", b"")]
    page = send_all(amira, {**typed(town), "attached": files}, key)
    assert page.context["form"].errors["attached"] == [
        "ond.pdf: Filen är ett program, och program tas inte emot. Välj en annan fil.",
        "tom.png: Filen är tom. Välj en annan fil.",
    ]
    assert [each.name for each, _ in page.context["files"]] == ["bra.png"]
    again = amira.get(address("allt/", key)).context["form"]
    assert again["what_happened"].value() == typed(town)["what_happened"]


def test_the_eleventh_file_is_refused(amira: Client) -> None:
    key = uuid4()
    amira.post(address("filer/", key), {"attached": [upload() for _ in range(8)]})
    page = amira.post(address("filer/", key), {"attached": [upload() for _ in range(3)]})
    assert page.context["form"].errors["attached"] == [
        "Du kan lämna högst 10 filer. Ta bort någon, eller lägg ihop flera till en PDF."
    ]
    assert DraftFile.objects.count() == 10


def test_a_file_over_20_mb_is_refused(amira: Client) -> None:
    page = amira.post(address("filer/"), {"attached": upload("stor.txt", b"a" * (20 * 1024 * 1024 + 1))})
    assert page.context["form"].errors["attached"] == [
        "stor.txt: Filen är större än 20 MB. Gör den mindre och försök igen."
    ]
    assert DraftFile.objects.count() == 0


def test_one_sending_with_files_on_the_one_page_form(amira: Client, town: Town) -> None:
    send_all(amira, {**typed(town), "attached": [upload()]})
    assert [row.name for row in only_case().attachments.all()] == ["golv.png"]


@pytest.mark.parametrize(("page", "back"), [("allt", "allt/"), ("filer", "filer/")])
def test_a_file_can_be_taken_away_and_what_was_typed_stays(amira: Client, town: Town, page: str, back: str) -> None:
    key = uuid4()
    amira.post(address("filer/", key), {"attached": upload()})
    number = DraftFile.objects.get().pk
    answer = amira.post(address(f"fil/{number}/ta-bort/", key), {**typed(town), "page": page})
    assert answer.headers["Location"] == address(back, key)
    assert DraftFile.objects.count() == 0
    kept = amira.get(address("vad-hande/", key)).context["form"]["what_happened"].value()
    assert (kept == typed(town)["what_happened"]) == (page == "allt")


def test_nobody_takes_away_anothers_file(amira: Client, town: Town) -> None:
    key = uuid4()
    amira.post(address("filer/", key), {"attached": upload()})
    other = Client()
    other.force_login(town.karin)
    number = DraftFile.objects.get().pk
    assert other.post(address(f"fil/{number}/ta-bort/", key), {"page": "filer"}).status_code == 404
    assert other.post(address(f"fil/{number}/ta-bort/"), {"page": "filer"}).status_code == 302
    assert DraftFile.objects.count() == 1


def test_a_full_disk_is_a_sentence_and_leaves_no_half_file(
    amira: Client, town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fills_up(storage: FileSystemStorage, name: str, content: Any) -> str:
        path = Path(storage.path(name))
        path.parent.mkdir(parents=True)
        path.write_bytes(content.read(3))
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "_save", fills_up)
    key = uuid4()
    page = send_all(amira, {**typed(town), "attached": upload()}, key)
    assert page.context["form"].errors["attached"] == [
        "golv.png: Filen gick inte att spara just nu. Försök igen om en stund. Allt annat är sparat."
    ]
    assert stored_files(tmp_path) == []
    assert DraftFile.objects.count() == 0
    assert default_storage.exists("drafts") is True
    assert shown(page.content.decode(), "route") != ""
