"""The frame around every page, and the pages that must work when little else does."""

import re
from types import SimpleNamespace

import pytest
from django import forms
from django.template.loader import render_to_string
from django.test import RequestFactory, override_settings

from avvikelse.ui.forms import SwedishForm

KARIN = SimpleNamespace(is_authenticated=True, name="Karin <Ek>")
MENU = [SimpleNamespace(label="Start", url="/", current=True), SimpleNamespace(label="Läget", url="/l/", current=False)]
ERRORS = ["400.html", "403.html", "403_csrf.html", "404.html", "429.html", "500.html"]


class Asked(SwedishForm, forms.Form):
    name = forms.CharField(label="Namn")


def page(template: str = "base.html", /, **context: object) -> str:
    return str(render_to_string(template, context))


def logged_in(**session: object) -> dict[str, object]:
    request = RequestFactory().get("/")
    request.user = KARIN  # type: ignore[assignment]
    request.session = Session(session)  # type: ignore[assignment]
    return {"request": request, "navigation": MENU}


class Session(dict[str, object]):
    def get_expiry_age(self) -> int:
        return 1234


def title(html: str) -> str:
    return str(re.findall("<title>(.*?)</title>", html)[0])


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_needs_neither_request_nor_database(template: str) -> None:
    html = page(template)
    assert html.count("<h1") == 1
    assert html.count('lang="sv"') == 1
    assert html.count('href="/"') >= 1


@pytest.mark.parametrize("template", ERRORS)
def test_an_error_page_has_a_title_of_its_own(template: str) -> None:
    titles = {title(page(other)) for other in ERRORS}
    assert (len(titles), title(page(template)) == " – Avvikelse") == (len(ERRORS), False)


def test_not_there_and_not_yours_give_the_same_page() -> None:
    missing = page("404.html", request_path="/arenden/AVV-2026-9999/", exception="No Case matches the given query.")
    assert missing == page("404.html", request_path="/arenden/AVV-2026-0001/", exception="jäv")


def test_a_refusal_is_given_in_the_words_it_was_made_with() -> None:
    assert page("403.html", exception="En orsak saknar åtgärd.").count('lead">En orsak saknar åtgärd.<') == 1
    assert page("403.html").count("Din roll ger inte rätt till det") == 1


def test_a_stranger_meets_neither_menu_nor_time_limit() -> None:
    html = page()
    assert [html.count(word) for word in ("popovertarget", "data-session-seconds", "session-warning")] == [0, 0, 0]


def test_the_menu_says_where_one_is_and_who() -> None:
    html = page(**logged_in())
    assert re.findall(r'<a href="(\S+)"( aria-current="page")?>(Start|Läget)</a>', html) == [
        ("/", ' aria-current="page"', "Start"),
        ("/l/", "", "Läget"),
    ]
    assert re.findall("<summary>(.*?)</summary>", html) == ["Karin &lt;Ek&gt;"]


def test_a_page_works_without_navigation() -> None:
    assert page(request=logged_in()["request"]).count("Huvudmeny") == 0


@pytest.mark.parametrize(
    ("session", "expected"),
    [({}, "1234"), ({"extended_at": 1e12}, str(int(1e12) + 9 * 3600 - 1_800_000_000))],
    ids=["unknown start", "extended"],
)
def test_the_page_knows_how_long_the_log_in_lasts(
    session: dict[str, object], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    instant = SimpleNamespace(timestamp=lambda: 1_800_000_000.0)
    monkeypatch.setattr("avvikelse.ui.templatetags.ui.now", lambda: instant)
    with override_settings(SESSION_COOKIE_AGE=9 * 3600):
        html = page(**logged_in(**session))
    assert re.findall('data-session-seconds="(.*?)"', html) == [expected]


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        ({}, " – Avvikelse"),
        ({"form": Asked()}, " – Avvikelse"),
        ({"form": Asked({})}, "Fel:  – Avvikelse"),
        ({"has_errors": True}, "Fel:  – Avvikelse"),
    ],
    ids=["no form", "not sent", "faulty", "said by the view"],
)
def test_the_title_begins_with_the_fault(context: dict[str, object], expected: str) -> None:
    assert title(page(**context)) == expected


@pytest.mark.parametrize(("demo", "strips"), [(True, 1), (False, 0)])
def test_an_exercise_says_that_it_is_one(demo: bool, strips: int) -> None:  # noqa: FBT001 (a row of the table)
    sentence = "Det här är en övningskommun. Inget är på riktigt."
    assert page(demo=demo).count(sentence) == strips
    with override_settings(DEMO=demo):
        assert page().count(sentence) == strips


@pytest.mark.parametrize("template", ["base.html", "ui/accessibility.html", *ERRORS])
def test_nothing_is_inline(template: str) -> None:
    html = page(template, **logged_in())
    assert re.findall(r"<style|<script(?![^>]* src=)|\sstyle=|\son[a-z]+=|javascript:", html) == []


def test_messages_have_their_tone() -> None:
    said = [SimpleNamespace(level_tag=tag, __str__=lambda: "x") for tag in ("success", "info", "warning", "error")]
    html = page(messages=said)
    assert re.findall('<li class="(note.*?)">', html) == ["note done", "note", "note soon", "note late"]
