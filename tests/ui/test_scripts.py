"""What the small scripts promise, in a real browser, with the pages of the program and a clock we turn."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page, Route, expect

from avvikelse.ui.forms import SwedishForm

pytestmark = pytest.mark.browser
STATIC = Path(__file__).parents[2] / "static"
TYPES = {"js": "text/javascript", "css": "text/css", "svg": "image/svg+xml", "woff2": "font/woff2"}
HALF_PAST_TWO = datetime(2026, 11, 16, 14, 30)  # noqa: DTZ001 (the browser's own clock)
LIFETIME = 1800

PAGE = """{% extends "base.html" %}{% load crispy_forms_tags static %}{% block title %}Rapportera{% endblock %}
{% block content %}<form method="post" novalidate data-autosave="/spara/">
<input type="hidden" name="csrfmiddlewaretoken" value="old-token">{% crispy form %}
<p class="saved" data-saved aria-live="polite">Utkastet sparas när du går vidare.</p>
<button class="button">Fortsätt</button></form><a href="/annan/">Bort</a>{% endblock %}
{% block scripts %}<script type="module" src="{% static 'js/autosave.js' %}"></script>{% endblock %}"""


class Report(SwedishForm, forms.Form):
    story = forms.CharField(label="Vad hände?", widget=forms.Textarea)
    kind = forms.ChoiceField(label="Har det hänt?", widget=forms.RadioSelect, choices=[("y", "Ja"), ("n", "Nej")])
    paper = forms.FileField(label="Fil", required=False)


class Session(dict[str, object]):
    def get_expiry_age(self) -> int:
        return LIFETIME


def html(form: Report) -> str:
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True, name="Karin Ek")  # type: ignore[assignment]
    request.session = Session()  # type: ignore[assignment]
    return str(engines["django"].from_string(PAGE).render({"form": form, "request": request}))


@dataclass(frozen=True)
class Reply:
    status: int = 204
    body: bytes = b""
    headers: tuple[tuple[str, str], ...] = ()


STAYED = Reply(200, json.dumps({"seconds": LIFETIME, "csrf": "new-token"}).encode())
TO_LOG_IN = Reply(302, headers=(("Location", "/konto/login/"),))
ELSEWHERE = Reply(200, b"<!doctype html><title>annan</title>")


@dataclass
class Server:
    """Static files from disk, the rest as a test has laid it here; every other request is remembered."""

    page: str
    saving: Callable[[dict[str, list[str]]], Reply] = lambda _: Reply()
    staying: Reply = STAYED
    saved: list[dict[str, list[str]]] = field(default_factory=list)
    sent: int = 0
    stayed: int = 0
    address: str = ""

    def answer(self, method: str, path: str, body: bytes) -> Reply:
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            return Reply(200, file.read_bytes(), (("Content-Type", TYPES[file.suffix[1:]]),))
        if path == "/spara/":
            self.saved.append(parse_qs(body.decode()))
            return self.saving(self.saved[-1])
        if path == "/stanna-inloggad/":
            self.stayed += 1
            return self.staying
        if path != "/":
            return ELSEWHERE
        self.sent += method == "POST"
        return Reply(200, self.page.encode(), (("Content-Type", "text/html; charset=utf-8"),))


class Handler(BaseHTTPRequestHandler):
    site: Server

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        reply = self.site.answer(self.command, urlsplit(self.path).path, body)
        self.send_response(reply.status)
        for name, value in (*reply.headers, ("Content-Length", str(len(reply.body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(reply.body)

    do_POST = do_GET  # noqa: N815 (the library's name)

    def log_message(self, *_: object) -> None:
        """Say nothing: a test tells what it needs."""


@pytest.fixture
def server() -> Iterator[Server]:
    site = Server(html(Report()))
    listener = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (Handler,), {"site": site}))
    site.address = f"http://127.0.0.1:{listener.server_port}/"
    Thread(target=listener.serve_forever, daemon=True).start()
    yield site
    listener.shutdown()
    listener.server_close()


@pytest.fixture
def page(chromium: Browser, server: Server) -> Iterator[Page]:
    context = chromium.new_context(locale="sv-SE", timezone_id="Europe/Stockholm")
    tab = context.new_page()
    errors: list[str] = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.clock.install(time=HALF_PAST_TWO)
    tab.goto(server.address)
    yield tab
    context.close()
    assert errors == []


def said(page: Page) -> str:
    return page.locator("[data-saved]").inner_text()


# --- Errors and sending -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("link", "focused"),
    [("Vad hände: fyll i det här.", "id_story"), ("Har det hänt: välj ett alternativ.", "id_kind_0")],
)
def test_the_error_summary_takes_focus_and_its_links_lead_to_the_field(
    page: Page, server: Server, link: str, focused: str
) -> None:
    server.page = html(Report({}))
    page.reload()
    expect(page.locator("[data-errors]")).to_be_focused()
    expect(page).to_have_title("Fel: Rapportera – Avvikelse")
    page.get_by_role("link", name=link).press("Enter")
    expect(page.locator(f"#{focused}")).to_be_focused()
    label = page.locator(f".field:has(#{focused})").locator("legend, label").first
    expect(label).to_be_in_viewport()


def test_pressing_twice_sends_once(page: Page, server: Server) -> None:
    server.page = server.page.replace("<main", "<main data-second")
    page.evaluate("const b = document.querySelector('form[data-autosave] button'); b.click(); b.click()")
    expect(page.locator("main[data-second]")).to_be_attached()
    assert server.sent == 1


def test_a_form_that_gave_a_file_can_be_sent_again(page: Page) -> None:
    button = page.get_by_role("button", name="Fortsätt")
    page.evaluate("""document.querySelector("form[data-autosave]").target = "frame";
        document.body.append(Object.assign(document.createElement("iframe"), { name: "frame" }))""")
    button.click()
    expect(button).to_have_attribute("aria-disabled", "true")
    page.clock.run_for(10_000)
    expect(button).not_to_have_attribute("aria-disabled", "true")


def test_escape_closes_the_persons_menu_and_gives_the_focus_back(page: Page) -> None:
    page.get_by_text("Karin Ek").click()
    page.get_by_role("button", name="Logga ut").focus()
    page.keyboard.press("Escape")
    expect(page.locator("details.person")).not_to_have_attribute("open", "")
    expect(page.locator("details.person summary")).to_be_focused()


# --- Saved while writing ------------------------------------------------------------------------------------------


def test_what_is_written_is_saved_three_seconds_after_the_last_key(page: Page, server: Server) -> None:
    page.fill("#id_story", "Morgonbesöket blev inte av.")
    page.set_input_files("#id_paper", {"name": "a.txt", "mimeType": "text/plain", "buffer": b"x"})
    page.clock.run_for(2900)
    assert server.saved == []
    page.clock.run_for(200)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")
    assert server.saved == [{"csrfmiddlewaretoken": ["old-token"], "story": ["Morgonbesöket blev inte av."]}]


def test_what_was_written_before_the_script_came_is_saved_too(page: Page, server: Server) -> None:
    held: list[Route] = []
    page.route("**/js/autosave.js", lambda route: held.append(route))  # noqa: PLW0108 (Playwright writes on it)
    page.reload(wait_until="commit")
    page.fill("#id_story", "Ett")
    page.check("text=Nej")
    held[0].continue_()
    page.wait_for_load_state()
    page.clock.run_for(3100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")
    assert [(fields["story"], fields["kind"]) for fields in server.saved] == [(["Ett"], ["n"])]


def test_who_never_stops_writing_is_saved_every_eight_seconds(page: Page, server: Server) -> None:
    page.focus("#id_story")
    for _ in range(18):
        page.keyboard.type("a")
        page.clock.run_for(1000)
    page.wait_for_timeout(100)
    assert [len(fields["story"][0]) for fields in server.saved] == [8, 16]


def test_nothing_new_is_not_saved_again(page: Page, server: Server) -> None:
    page.fill("#id_story", "Ett")
    page.clock.run_for(3100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")
    page.fill("#id_story", "Ett två")
    page.fill("#id_story", "Ett")
    page.clock.run_for(20_000)
    assert len(server.saved) == 1


@pytest.mark.parametrize("failing", [Reply(500), Reply(404)])
def test_a_saving_that_fails_is_told_and_tried_again(page: Page, server: Server, failing: Reply) -> None:
    working, server.saving = server.saving, lambda _: failing
    page.fill("#id_story", "Ett")
    page.clock.run_for(3100)
    expect(page.locator("[data-saved]")).to_have_text("Kunde inte spara just nu. Försöker igen.")
    server.saving = working
    page.clock.run_for(10_100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")
    assert [fields["story"] for fields in server.saved] == [["Ett"], ["Ett"]]


def test_a_log_out_is_told_with_a_way_back_and_the_text_stays(page: Page, server: Server) -> None:
    saving, staying = server.saving, server.staying
    server.saving, server.staying = lambda _: TO_LOG_IN, TO_LOG_IN
    page.fill("#id_story", "Ett")
    page.clock.run_for(3100)
    expect(page.locator("[data-saved] a")).to_have_attribute("href", "/konto/login/")
    assert said(page) == (
        "Du är utloggad, så det nyaste är inte sparat. Din text finns kvar här. "
        "Logga in i en ny flik och kom tillbaka hit."
    )
    expect(page.locator("#id_story")).to_have_value("Ett")
    server.saving, server.staying = saving, staying
    page.clock.run_for(30_100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")


def test_a_token_from_before_a_new_log_in_is_changed_and_the_text_saved(page: Page, server: Server) -> None:
    server.saving = lambda fields: Reply(204 if fields["csrfmiddlewaretoken"] == ["new-token"] else 403)
    page.fill("#id_story", "Ett")
    page.clock.run_for(3100)
    page.wait_for_timeout(100)
    page.clock.run_for(100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")


def test_leaving_the_page_saves_what_was_just_written(page: Page, server: Server) -> None:
    page.fill("#id_story", "Sista ordet")
    page.get_by_role("link", name="Bort").click()
    page.wait_for_url("**/annan/")
    page.wait_for_timeout(200)
    assert [fields["story"] for fields in server.saved] == [["Sista ordet"]]


def test_sending_the_form_leaves_no_late_saving_behind(page: Page, server: Server) -> None:
    page.fill("#id_story", "Ett")
    page.get_by_role("button", name="Fortsätt").click()
    page.wait_for_load_state()
    page.clock.run_for(20_000)
    assert (server.sent, server.saved) == (1, [])


# --- Time limits --------------------------------------------------------------------------------------------------


def test_a_warning_comes_two_minutes_before_and_one_key_stays_ten_times(page: Page, server: Server) -> None:
    dialog = page.locator("#session-warning")
    for _ in range(10):
        page.clock.run_for((LIFETIME - 151) * 1000)
        expect(dialog).not_to_be_visible()
        page.clock.run_for(31_000)
        expect(page.get_by_role("dialog", name="Du loggas snart ut")).to_be_visible()
        expect(page.get_by_role("button", name="Stanna inloggad")).to_be_focused()
        page.keyboard.press("Enter")
        expect(dialog).not_to_be_visible()
    assert server.stayed == 10


def test_escape_stays_too(page: Page) -> None:
    page.clock.run_for((LIFETIME - 120) * 1000)
    expect(page.locator("#session-warning")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#session-warning")).not_to_be_visible()
    page.clock.run_for((LIFETIME - 200) * 1000)
    expect(page.locator("#session-warning")).not_to_be_visible()


def test_when_the_time_is_out_the_text_stays_and_can_be_sent_after_a_new_log_in(page: Page, server: Server) -> None:
    server.staying = TO_LOG_IN
    page.fill("#id_story", "kvar")
    page.clock.run_for(LIFETIME * 1000 + 2000)
    expect(page.get_by_role("dialog", name="Du är utloggad")).to_be_visible()
    expect(page.locator("#id_story")).to_have_value("kvar")
    server.staying = STAYED
    page.get_by_role("button", name="Jag har loggat in igen").click()
    expect(page.locator("#session-warning")).not_to_be_visible()
    tokens = page.locator("form[data-autosave] [name=csrfmiddlewaretoken]")
    assert [tokens.nth(index).input_value() for index in range(tokens.count())] == ["new-token"] * tokens.count()


def test_a_lost_network_is_told_as_well(page: Page) -> None:
    page.context.set_offline(True)
    page.fill("#id_story", "Ett")
    page.clock.run_for(3100)
    expect(page.locator("[data-saved]")).to_have_text("Kunde inte spara just nu. Försöker igen.")
    page.context.set_offline(False)
    page.clock.run_for(10_100)
    expect(page.locator("[data-saved]")).to_have_text("Sparat kl. 14.30")
