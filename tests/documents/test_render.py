"""What comes out of the press: valid, accessible, and made of nothing but what was put in."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from time import monotonic, sleep
from typing import Any

import page
import pytest
from pypdf import PdfReader

from avvikelse.documents import render
from avvikelse.documents.render import Press, RenderError, render_now, render_pdf
from tests.documents.samples import HOSTILE_TEXTS, STORY, everywhere, investigation, long_investigation, receipt

NUMBERED = {"reference": "AVV-2026-0042", "number": 2, "earlier": 1, "made": "2026-11-16T14:03:00+01:00"}
TITLE = "Utredning av avvikelse AVV-2026-0042, handling nr 2"


def printed_investigation(**changes: Any) -> bytes:
    return render_pdf("pdf/investigation.html", {**investigation(**changes), **NUMBERED}, TITLE)


def faults(pdf: bytes) -> list[str]:
    return [
        f"{profile}: {fault.message}"
        for profile in ("ua1", "3a")
        for fault in page.validate_pdf_bytes(pdf, profile=profile).failures
    ]


def texts(pdf: bytes) -> list[str]:
    return [each.extract_text() for each in PdfReader(BytesIO(pdf)).pages]


def words(pdf: bytes) -> str:
    return " ".join(" ".join(texts(pdf)).split())


def tags(pdf: bytes, *wanted: str) -> list[str]:
    """The structure tags in reading order."""

    def walk(node: Any) -> Iterator[str]:
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                yield from walk(child)
        elif isinstance(node, dict) and "/S" in node:
            if node["/S"] in wanted:
                yield node["/S"]
            yield from walk(node["/K"]) if "/K" in node else ()

    root: Any = PdfReader(BytesIO(pdf)).trailer["/Root"]
    return list(walk(root["/StructTreeRoot"]["/K"]))


@pytest.mark.parametrize(
    ("template", "content"),
    [
        ("investigation", investigation()),
        ("investigation", investigation(causes=[], measures=[], assessments=[], facts=[], reporter_consequences="")),
        ("investigation", long_investigation()),
        ("receipt", receipt()),
        ("receipt", receipt(code="7H2K-93QM-X4TB-5RWD", files=[], not_readers=[], names="", follow="")),
        ("receipt", receipt(answers=[{"question": "Vad hände?", "answer": STORY * 40}] * 9)),
    ],
    ids=["investigation", "bare investigation", "long investigation", "receipt", "receipt with a code", "long receipt"],
)
def test_a_document_is_both_pdf_ua_and_pdf_a(template: str, content: dict[str, Any]) -> None:
    assert faults(render_pdf(f"pdf/{template}.html", {**content, **NUMBERED}, TITLE)) == []


@pytest.mark.parametrize("text", HOSTILE_TEXTS.values(), ids=HOSTILE_TEXTS.keys())
@pytest.mark.parametrize("template", ["investigation", "receipt"])
def test_a_hostile_text_in_every_place_spoils_nothing(template: str, text: str) -> None:
    content = investigation() if template == "investigation" else receipt()
    assert faults(render_pdf(f"pdf/{template}.html", {**everywhere(content, text), **NUMBERED}, text)) == []


def numbered(value: Any, words_used: Iterator[str]) -> Any:
    """The same content with a word of its own in the place of every text."""
    if isinstance(value, str):
        return next(words_used)
    if isinstance(value, dict):
        return {key: numbered(inner, words_used) for key, inner in value.items()}
    if isinstance(value, list):
        return [numbered(inner, words_used) for inner in value]
    return value


@pytest.mark.parametrize(
    ("template", "content"),
    [("investigation", investigation(concerns_child=True)), ("receipt", receipt())],
    ids=["investigation", "receipt"],
)
def test_everything_in_the_content_is_on_paper(template: str, content: dict[str, Any]) -> None:
    told = [f"ord{number:03}" for number in range(100)]
    unused = iter(told)
    filled = numbered(content, unused)
    used = told[: told.index(next(unused))]
    context = {**filled, "number": 1, "earlier": 0, "made": ""}
    paper = words(render_pdf(f"pdf/{template}.html", {"reference": "AVV-2026-0042", **context}, TITLE))
    assert [word for word in used if word not in paper] == []


def test_markup_is_shown_as_it_was_written() -> None:
    written = "<b>fet</b> & {{ 7|add:7 }} <script>alert(1)</script>"
    assert words(printed_investigation(investigator_account=written)).count(written) == 1


def test_a_character_without_a_picture_is_spelled_out() -> None:
    pdf = printed_investigation(investigator_account="Hon skrev 👍🏽 och 中 och ☺️ och å.")
    assert words(pdf).count("Hon skrev [emoji U+1F44D] och [tecken U+4E2D] och ☺ och å.") == 1


def test_the_document_says_its_language_title_and_makers() -> None:
    reader = PdfReader(BytesIO(printed_investigation()))
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/ViewerPreferences"]["/DisplayDocTitle"]) == ("sv", True)
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == (TITLE, "Ekhamns kommun")


def test_headings_follow_each_other_without_a_step_missing() -> None:
    levels = [int(tag[2]) for tag in tags(printed_investigation(), "/H1", "/H2", "/H3", "/H4")]
    assert levels == [1, 2, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2]


def test_what_the_reporter_answered_follows_her_account_and_is_left_out_when_there_is_nothing() -> None:
    shown = "Rapportören svarade också Någon fick skada i vården. Det fanns en rutin, men den följdes inte. Det här"
    assert shown in words(printed_investigation())
    assert "Rapportören svarade" not in words(printed_investigation(signs=[]))


def test_the_headings_are_those_of_an_investigation() -> None:
    outline = [
        entry.title for entry in PdfReader(BytesIO(printed_investigation())).outline if not isinstance(entry, list)
    ]
    everything = words(printed_investigation(concerns_child=True, child_perspective="Hon hördes."))
    order = [
        "Utredning av avvikelse",
        "Vad som hände",
        "Rapportören berättade",
        "Utredningen visar",
        "Följder",
        "Barnperspektiv",
        "Orsaker",
        "Har det hänt förut",
        "Kan det hända igen",
        "Åtgärder",
        "Bedömning",
        "Utredningen avslutades",
    ]
    places = [everything.find(heading) for heading in order]
    assert outline == ["Utredning av avvikelse"]
    assert places == sorted(places)
    assert -1 not in places


def test_the_signature_says_who_as_what_and_when() -> None:
    assert words(printed_investigation()).count("16 november 2026 Jonas Berg gruppledare, Solgläntan Utredare") == 1


@pytest.mark.parametrize(("number", "times"), [(1, 0), (2, 1)])
def test_a_later_document_says_that_it_does_not_replace_the_earlier(number: int, times: int) -> None:
    context = {**investigation(), **NUMBERED, "number": number, "earlier": number - 1}
    sentence = "Den ersätter inte handling nr 1, som finns kvar i ärendet."
    assert words(render_pdf("pdf/investigation.html", context, TITLE)).count(sentence) == times


def test_every_page_says_which_it_is_and_every_later_page_what_it_belongs_to() -> None:
    pages = texts(render_pdf("pdf/investigation.html", {**long_investigation(), **NUMBERED}, TITLE))
    assert len(pages) > 5
    assert [text.count(f"Sida {number} av {len(pages)}") for number, text in enumerate(pages, 1)] == [1] * len(pages)
    assert [text.count("AVV-2026-0042 · Handling nr 2") for text in pages] == [0] + [1] * (len(pages) - 1)
    assert [text.count("Kan omfattas av sekretess") for text in pages] == [1] * len(pages)


def test_no_heading_stands_last_on_a_page() -> None:
    pages = texts(render_pdf("pdf/investigation.html", {**long_investigation(), **NUMBERED}, TITLE))
    headings = {"Följder", "Orsaker", "Åtgärder", "Bedömning", "Barnperspektiv", "Händelseanalys", "Vad som hände"}
    last = {line for text in pages for line in [each for each in text.splitlines() if each.strip()][-3:]}
    assert last & headings == set()


def test_only_our_own_fonts_are_in_it() -> None:
    text = "Привет السلام ✓ vanlig text"
    fonts = {
        str(font.get_object()["/BaseFont"]).split("+")[1].split("-")[0]
        for each in PdfReader(BytesIO(printed_investigation(investigator_account=text))).pages
        for font in each["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert fonts == {"Source", "DejaVu"}


ADDRESSES = (
    "http://127.0.0.1:{port}/x",
    "https://127.0.0.1:{port}/x",
    "ftp://127.0.0.1:{port}/x",
    "{file}",
    "FILE{path}",
)
PLACES = (
    '<img alt="" src="{url}">',
    '<img alt="" srcset="{url} 2x" src="{url}">',
    '<link rel="stylesheet" href="{url}">',
    '<link rel="attachment" href="{url}">',
    '<a rel="attachment" href="{url}">x</a>',
    '<object data="{url}"></object>',
    '<embed src="{url}">',
    '<svg><title>x</title><image href="{url}"/><use href="{url}#a"/></svg>',
    "<style>@import url({url});</style>",
    "<style>@font-face {{ font-family: x; src: url({url}) }} p {{ font-family: x }}</style><p>x</p>",
    '<p style="background: url({url})">x</p>',
    '<p style="list-style-image: url({url}); display: list-item">x</p>',
    "<style>p::before {{ content: url({url}) }}</style><p>x</p>",
    '<base href="{url}"><img alt="" src="x.png">',
)


@pytest.fixture
def trap() -> Iterator[tuple[int, list[object]]]:
    """A server that only counts who comes."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        callers: list[object] = []

        def count() -> None:
            while True:
                try:
                    callers.append(server.accept())
                except OSError:
                    return

        thread = threading.Thread(target=count, daemon=True)
        thread.start()
        yield server.getsockname()[1], callers
        server.shutdown(socket.SHUT_RDWR)
        thread.join()


@pytest.mark.parametrize("place", PLACES)
def test_nothing_outside_the_document_is_ever_fetched(
    place: str, trap: tuple[int, list[object]], tmp_path: Path
) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { content: 'kanariefågel' }")
    port, callers = trap
    for address in ADDRESSES:
        url = address.format(port=port, file=secret.as_uri(), path=secret.as_uri().removeprefix("file"))
        html = f"<html lang=sv><title>x</title>{place.format(url=url)}"
        try:
            assert b"kanarief" not in render.press.print(html, 20)
        except RenderError as refusal:
            assert str(refusal) == render.REFUSED  # noqa: PT017 (an address that nothing asks for prints as well)
    assert callers == []


def test_a_picture_by_address_is_refused_and_not_merely_left_out() -> None:
    with pytest.raises(RenderError, match=render.REFUSED):
        render.press.print('<html lang=sv><title>x</title><img alt="" src="http://127.0.0.1:9/x">', 20)


TRACER = """
import os, runpy, sys
log = os.open({log!r}, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
def note(event, arguments):
    if event in ("open", "socket.connect", "socket.getaddrinfo", "subprocess.Popen"):
        os.write(log, f"{{event}} {{arguments[0]}}\\n".encode())
sys.addaudithook(note)
runpy.run_path({program!r}, run_name="__main__")
"""


def test_the_press_opens_nothing_but_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "opened"
    tracer = tmp_path / "tracer.py"
    tracer.write_text(TRACER.format(log=str(log), program=str(render.PROGRAM)))
    monkeypatch.setattr(render, "PROGRAM", tracer)
    press = Press()
    corpus = "".join(place.format(url="file:///etc/hostname") for place in PLACES)
    try:
        press.print('<html lang=sv><title>x</title><p style="hyphens: auto">läkemedelsavvikelse', 20)
        with pytest.raises(RenderError, match=render.REFUSED):
            press.print(f"<html lang=sv><title>x</title>{corpus}", 20)
        own = (sys.prefix, sys.base_prefix, str(press._folder), str(render.FONTCONFIG.parent), str(render.PROGRAM))
    finally:
        press.stop()
    since_ready = log.read_text().split("open /dev/null\n")[-1].splitlines()
    asked = [line for line in since_ready if not line.startswith(tuple(f"open {place}" for place in own))]
    assert sorted(set(asked)) == ["open enclosed.json", "open job.html", "open out.pdf"]


@pytest.mark.parametrize(("letter", "times"), [("x", 50_000), ("W", 50_000), ("ا", 50_000), ("👍", 5_000)])
def test_an_endless_word_takes_no_endless_time(letter: str, times: int) -> None:
    started = monotonic()
    content = investigation(investigator_account=letter * times)
    content["measures"][0]["measure"] = letter * (times // 10)
    render_pdf("pdf/investigation.html", {**content, **NUMBERED}, TITLE)
    assert monotonic() - started < 25


def test_what_takes_too_long_is_stopped_and_the_next_is_printed() -> None:
    started = monotonic()
    context = {**investigation(investigator_account="a\n\n" * 60_000), **NUMBERED}
    with pytest.raises(RenderError, match=render.TOO_SLOW):
        render_pdf("pdf/investigation.html", context, TITLE, seconds=2)
    assert monotonic() - started < 25
    assert render_now("pdf/receipt.html", receipt(), "Kvitto")[:5] == b"%PDF-"


def small_press() -> Press:
    return Press(memory_bytes=260 * 1024**2)


def test_what_needs_too_much_memory_is_stopped_and_the_next_is_printed() -> None:
    press = small_press()
    try:
        with pytest.raises(RenderError):
            press.print("<html lang=sv><title>x</title>" + "<p>a</p>" * 60_000, 40)
        assert press.print("<html lang=sv><title>x</title><p>a</p>", 20)[:5] == b"%PDF-"
    finally:
        press.stop()


def test_a_press_that_is_gone_is_started_again() -> None:
    press = Press()
    try:
        press.print("<html lang=sv><title>x</title>", 20)
        assert press._process is not None
        os.killpg(press._process.pid, signal.SIGKILL)
        assert press.print("<html lang=sv><title>x</title>", 20)[:5] == b"%PDF-"
    finally:
        press.stop()


def test_threads_wait_for_each_other_and_each_gets_its_own() -> None:
    def print_one(number: int) -> str:
        return words(render_pdf("pdf/receipt.html", receipt(reference=f"AVV-2026-{number:04d}"), f"Kvitto {number}"))

    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(print_one, range(8)))
    assert [text.count(f"AVV-2026-{number:04d}") for number, text in enumerate(printed)] == [2] * 8


def test_the_press_is_told_no_secret() -> None:
    render.press.print("<html lang=sv><title>x</title>", 20)
    assert render.press._process is not None
    environment = Path(f"/proc/{render.press._process.pid}/environ").read_bytes().rstrip(b"\0").split(b"\0")
    names = {entry.split(b"=")[0].decode() for entry in environment}
    assert names <= {*render.PASSED_ON, "LANG", "FONTCONFIG_FILE"}


STARTER = """
import os, sys
import django
from django.conf import settings
settings.configure()
django.setup()
from avvikelse.documents.render import press
press.print("<html lang=sv><title>x</title>", 20)
print(press._process.pid, press._folder, flush=True)
sys.stdin.read()
"""


def test_nothing_is_left_when_the_one_who_started_it_is_killed() -> None:
    starter = subprocess.Popen([sys.executable, "-c", STARTER], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert starter.stdin is not None
    assert starter.stdout is not None
    pid, folder = starter.stdout.readline().decode().split()
    was_there = Path(folder).exists()
    starter.kill()
    starter.communicate()
    deadline = monotonic() + 10
    while Path(folder).exists() and monotonic() < deadline:
        sleep(0.05)
    assert (was_there, Path(folder).exists()) == (True, False)
    assert not is_running(int(pid), deadline)


def is_running(pid: int, deadline: float) -> bool:
    while monotonic() < deadline:
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        sleep(0.05)
    return True
