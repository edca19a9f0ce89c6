"""Logging in and out, and the letters about passwords: in our words, in our frame."""

import json
import re
from datetime import UTC, datetime

import pytest
from allauth.account import forms as account
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.signed_cookies import SessionStore
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.html import parse_html

from avvikelse.ui import views
from avvikelse.ui.session import EXTENDED_AT

ENGLISH = re.compile(r"\b(the|your|please|password|sign|email|hello)\b", re.IGNORECASE)


def text_of(html: str) -> str:
    return re.sub(r"<[^>]+>|\{[^}]*\}", " ", html)


@pytest.mark.parametrize(
    ("template", "context", "heading", "button"),
    [
        ("login", {"form": account.LoginForm()}, "Logga in", "Logga in"),
        ("logout", {}, "Vill du logga ut?", "Logga ut"),
        ("password_change", {"form": account.ChangePasswordForm()}, "Byt lösenord", "Byt lösenord"),
        ("password_set", {"form": account.SetPasswordForm()}, "Välj ett lösenord", "Spara lösenordet"),
        ("password_reset", {"form": account.ResetPasswordForm()}, "Har du glömt ditt lösenord?", "Skicka länken"),
        ("password_reset_done", {}, "Titta i din e-post", None),
        (
            "password_reset_from_key",
            {"form": account.ResetPasswordKeyForm(), "action_url": "/x/"},
            "Välj ett nytt lösenord",
            "Spara lösenordet",
        ),
        ("password_reset_from_key", {"token_fail": True}, "Länken går inte att använda", None),
        ("password_reset_from_key_done", {}, "Ditt lösenord är bytt", None),
        ("account_inactive", {}, "Kontot är avstängt", None),
        ("signup_closed", {}, "Kommunen lägger upp konton", None),
    ],
)
def test_a_page_has_one_heading_one_button_and_no_english(
    template: str, context: dict[str, object], heading: str, button: str | None
) -> None:
    html = render_to_string(f"account/{template}.html", context)
    main = html.split("<main")[1].split("</main")[0]
    assert re.findall("<h1>(.*?)</h1>", main) == [heading]
    assert re.findall("<button[^>]*>(.*?)</button>", main) == ([button] if button else [])
    assert ENGLISH.findall(text_of(html)) == []


def test_the_log_in_page_leads_straight_from_address_to_password() -> None:
    html = render_to_string("account/login.html", {"form": account.LoginForm()})
    form = html.split("<form")[1].split("</form")[0]
    assert re.findall(r'<(?:input type="(?!hidden)|button|a )[^>]*?(?:name|class|href)="([^"]+)"', form) == [
        "login",
        "password",
        "button",
        "linklike",
    ]
    assert (form.count("placeholder"), form.count("autofocus")) == (0, 0)


def test_a_log_in_without_anything_tells_both_faults() -> None:
    html = render_to_string("account/login.html", {"form": account.LoginForm({})})
    summary = html[html.index('<div class="errors"') :]
    assert parse_html(re.findall("<ul>.*?</ul>", summary, re.DOTALL)[0]) == parse_html(
        '<ul><li><a href="#id_login">Detta fält måste fyllas i.</a></li>'
        '<li><a href="#id_password">Detta fält måste fyllas i.</a></li></ul>'
    )


@pytest.mark.parametrize(
    ("name", "context", "says"),
    [
        (
            "password_reset_key",
            {"password_reset_url": "https://kommun.example/?a=1&b=2"},
            "https://kommun.example/?a=1&b=2",
        ),
        ("password_changed", {"ip": "192.0.2.1", "user_agent": "X"}, "När: 18 nov 2026 09.12\nVarifrån: 192.0.2.1"),
        ("password_reset", {"ip": "192.0.2.1", "user_agent": "X"}, "bytts med en länk"),
        ("password_set", {"ip": "192.0.2.1", "user_agent": "X"}, "Ett lösenord har valts"),
    ],
)
def test_a_letter_says_what_was_done_and_what_to_do(name: str, context: dict[str, object], says: str) -> None:
    at = datetime(2026, 11, 18, 8, 12, tzinfo=UTC)
    subject = render_to_string(f"account/email/{name}_subject.txt").strip()
    letter = render_to_string(
        f"account/email/{name}_message.txt", {"timestamp": at, "municipality": "Ekhamns kommun", **context}
    )
    assert letter.count(says) == 1
    assert letter.strip().startswith("Hej!")
    assert letter.count("\nAvvikelse, Ekhamns kommun\n") == 1
    assert (subject.count("\n"), ENGLISH.findall(subject + letter)) == (0, [])


def test_staying_begins_the_time_anew_and_gives_a_token() -> None:
    request = RequestFactory().get("/stanna-inloggad/")
    request.session = SessionStore()
    answer = views.stay(request)
    told = json.loads(answer.content)
    assert (told["seconds"], len(told["csrf"])) == (request.session.get_expiry_age(), 64)
    assert (EXTENDED_AT in request.session, request.session.modified) == (True, True)
    assert answer.headers["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"


def test_who_is_logged_out_cannot_stay() -> None:
    answer = Client().get("/stanna-inloggad/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/konto/login/?next=/stanna-inloggad/")


def test_everybody_may_read_the_statement() -> None:
    request = RequestFactory().get("/tillganglighet/")
    request.user = AnonymousUser()
    answer = views.accessibility(request)
    assert (answer.status_code, answer.content.count(b"<h1>")) == (200, 1)
