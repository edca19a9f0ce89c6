"""Every component and kind of field, in every state, looked at by axe, and on a narrow screen."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory
from playwright.sync_api import Browser, Page

from avvikelse.ui.forms import SwedishForm, choice
from tests.browser.axe import ROOMY, axe_finds, spills_over, too_small

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[2]
GALLERY = Path(__file__).with_name("gallery.html").read_text()


class Every(SwedishForm, forms.Form):
    heading_field = "story"

    story = forms.CharField(label="Vad hände?", help_text="Skriv inga namn.", widget=forms.Textarea)
    name = forms.CharField(label="Rubrik", max_length=20)
    unit = forms.ChoiceField(label="Enhet", choices=[("", "Välj enhet"), ("a", "Solgläntan")])
    when = forms.DateField(label="Dag", widget=forms.DateInput(attrs={"type": "date", "class": "short"}))
    many = forms.IntegerField(label="Antal", required=False)
    mail = forms.EmailField(label="E-post", required=False)
    sure = forms.BooleanField(label="Jag har läst igenom", help_text="Det går att ändra.")
    child = forms.ChoiceField(
        label="Gäller det ett barn?",
        help_text="Vet inte är ett svar.",
        widget=forms.RadioSelect(attrs={"class": "inline"}),
        choices=[("y", choice("Ja", "Under 18 år")), ("n", "Nej")],
    )
    areas = forms.MultipleChoiceField(
        label="Områden", widget=forms.CheckboxSelectMultiple, choices=[("c", "Kommunikation"), ("t", "Teknik")]
    )
    paper = forms.FileField(label="Filer", required=False)


OPEN_MENU = "const b = document.querySelector('.menu-button'); b.checkVisibility() && b.click()"


class Filters(SwedishForm, forms.Form):
    mark_optional = False

    unit = forms.ChoiceField(label="Enhet", required=False, choices=[("", "Alla enheter")])
    late = forms.BooleanField(label="Bara försenade", required=False)


STATES: dict[str, tuple[dict[str, Any], str]] = {
    "form": ({"form": Every()}, ""),
    "faulty form": ({"form": Every({})}, ""),
    "parts": ({"filters": Filters()}, ""),
    "menu": ({"short": True}, OPEN_MENU),
    "person's menu": ({"short": True}, "document.querySelector('details.person').open = true"),
    "warning": ({"short": True}, "document.querySelector('#session-warning').showModal()"),
}


class Session(dict[str, object]):
    def get_expiry_age(self) -> int:
        return 3600


def rendered(more: dict[str, Any]) -> str:
    """Return a whole page with its styles in it, so that it needs no server."""
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=True, name="Mohamed Warsame-Lindqvist")  # type: ignore[assignment]
    request.session = Session()  # type: ignore[assignment]
    menu = [SimpleNamespace(label=name, url="#", current=name == "Start") for name in ("Start", "Att göra", "Åtgärder")]
    sheet = SimpleNamespace(number=2, has_previous=True, has_next=True, previous_page_number=1, next_page_number=3)
    said = [SimpleNamespace(level_tag="success"), SimpleNamespace(level_tag="error")]
    context = {"request": request, "navigation": menu, "sheet": sheet, "messages": said, "today": date(2026, 11, 18)}
    context |= {"day": date(2026, 11, 16), "states": ["Inkommen", "Under utredning", "Avslutad"], "demo": True, **more}
    html = str(engines["django"].from_string(GALLERY).render(context))
    styles = "".join((ROOT / "static" / "css" / f"{name}.css").read_text() for name in ("look", "parts", "forms"))
    return html.replace("</head>", f"<style>{styles}</style></head>")


def opened(chromium: Browser, state: str, **options: Any) -> Iterator[Page]:
    more, act = STATES[state]
    context = chromium.new_context(locale="sv-SE", **options)
    page = context.new_page()
    page.route("**/*", lambda route: route.abort())
    page.set_content(rendered(more))
    if act:
        page.evaluate(act)
    yield page
    context.close()


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    "look",
    [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}],
    ids=["light", "dark", "forced"],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_doubts_nothing(chromium: Browser, state: str, look: dict[str, str], width: int) -> None:
    for page in opened(chromium, state, viewport={"width": width, "height": 800}, **look):
        assert axe_finds(page) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize(
    ("width", "style"),
    [(320, "/* as it is */"), (320, ROOMY), (640, "html { font-size: 200% }")],
    ids=["400 percent", "roomy text", "double text"],
)
def test_nothing_scrolls_sideways(chromium: Browser, state: str, width: int, style: str) -> None:
    for page in opened(chromium, state, viewport={"width": width, "height": 640}):
        page.add_style_tag(content=style)
        assert spills_over(page) == []


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("width", [320, 1280])
def test_what_can_be_pressed_is_big_enough_for_a_thumb(chromium: Browser, state: str, width: int) -> None:
    for page in opened(chromium, state, viewport={"width": width, "height": 800}):
        assert too_small(page) == []
