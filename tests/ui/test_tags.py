from datetime import date
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.test import RequestFactory
from django.test.html import parse_html

TODAY = date(2026, 11, 18)
NEXT = '<section class="next" aria-labelledby="next-step"><h2 id="next-step">Nästa steg</h2>'
STATES = ["Inkommen", "Under utredning", "Avslutad"]


def rendered(source: str, **context: object) -> str:
    return Template("{% load ui %}" + source).render(Context({"today": TODAY, **context}))


@pytest.mark.parametrize(
    ("source", "context", "expected"),
    [
        ("{{ d|day }}", {"d": TODAY}, "18 november 2026"),
        ("{{ d|day:today }}", {"d": TODAY}, "i dag"),
        ("{{ d|day_short:today }}", {"d": date(2026, 11, 2)}, "2 nov"),
        ("{{ d|weekday }}", {"d": TODAY}, "onsdag 18 november"),
        ("{{ d|day }}{{ d|day_short }}{{ d|weekday }}{{ d|moment }}{{ d|clock }}", {"d": None}, ""),
        ("{{ n|workdays }}", {"n": 6}, "om 6 arbetsdagar"),
        ("{{ n|workdays }}{{ n|urgency }}", {"n": None}, "calm"),
        ('{{ n|amount:"rapport,rapporter" }}', {"n": 2}, "2 rapporter"),
        ('{{ n|amount:"rapport,rapporter,Inga" }}', {"n": 0}, "Inga rapporter"),
        ("{{ t|paragraphs }}", {"t": "En <b>rad</b>\nen till"}, "<p>En &lt;b&gt;rad&lt;/b&gt;<br>en till</p>"),
        ("{{ t|paragraphs }}", {"t": None}, ""),
        ('{% word "late" text %}', {"text": "<i>"}, '<span class="word late">&lt;i&gt;</span>'),
        ('{% word "" "Utkast" %}', {}, '<span class="word">Utkast</span>'),
        ("{% due d 2 today %}", {"d": date(2026, 11, 20)}, '<span class="when soon">på fredag</span>'),
        ("{% due d 0 today %}", {"d": date(2026, 11, 15)}, '<span class="when late">försenad</span>'),
        ("{% due d 0 today %}", {"d": None}, ""),
    ],
)
def test_words_in_templates(source: str, context: dict[str, object], expected: str) -> None:
    assert rendered(source, **context) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            '{% note "soon" heading=head %}<p>{{ t }}</p>{% endnote %}',
            '<div class="note soon"><p class="title">&lt;Mind&gt;</p><p>&lt;b&gt;</p></div>',
        ),
        ("{% note %}<p>{{ t }}</p>{% endnote %}", '<div class="note"><p>&lt;b&gt;</p></div>'),
        (
            "{% next_step %}<p>{{ t }}</p>{% endnext_step %}",
            NEXT + "<p>&lt;b&gt;</p></section>",
        ),
        (
            '{% fold "Flytta" %}<p>{{ t }}</p>{% endfold %}',
            '<details class="fold"><summary>Flytta</summary><p>&lt;b&gt;</p></details>',
        ),
        (
            '{% fold "Flytta" open=True %}{% endfold %}',
            '<details class="fold" open><summary>Flytta</summary></details>',
        ),
        (
            '{% empty "Inget än" %}<p>{{ t }}</p>{% endempty %}',
            '<div class="empty"><p class="title">Inget än</p><p>&lt;b&gt;</p></div>',
        ),
    ],
)
def test_components_keep_their_content_escaped(source: str, expected: str) -> None:
    assert rendered(source, t="<b>", head="<Mind>") == expected


@pytest.mark.parametrize(
    ("source", "classes"),
    [
        ("{% way states 0 %}", ["now", "", ""]),
        ('{% way states "Under utredning" %}', ["past", "now", ""]),
        ("{% way states 2 %}", ["past", "past", "now"]),
        ("{% way states 2 done=True %}", ["past", "past", "past now"]),
    ],
)
def test_the_way_says_what_is_past_and_where_the_case_is(source: str, classes: list[str]) -> None:
    past, now = '<span class="hidden">Klart: </span>', '<span class="hidden">Här är vi nu: </span>'
    here = next(number for number, kind in enumerate(classes, 1) if "now" in kind)
    count = f'<small aria-hidden="true">, steg {here} av 3</small>'
    steps = {
        "": "<li><i></i><span>{}</span></li>",
        "past": f'<li class="past"><i></i>{past}<span>{{}}</span></li>',
        "now": f'<li aria-current="step"><i></i>{now}<span>{{}}{count}</span></li>',
        "past now": f'<li class="past" aria-current="step"><i></i>{now}<span>{{}}{count}</span></li>',
    }
    inner = "".join(steps[kind].format(state) for kind, state in zip(classes, STATES, strict=True))
    assert rendered(source, states=STATES) == (f'<ol class="way" aria-label="Så långt har ärendet kommit">{inner}</ol>')


def test_a_case_beside_the_way_counts_no_steps() -> None:
    html = rendered("{% way states 1 %}", states=["Inkommen", "Avskriven"])
    assert "<span>Avskriven</span>" in html


def test_a_tone_that_is_not_known_stops_the_page() -> None:
    with pytest.raises(TemplateSyntaxError, match="red"):
        rendered('{% word "red" "Försenad" %}')


def test_paging_keeps_the_filter_and_offers_only_pages_that_are() -> None:
    last = SimpleNamespace(number=3, has_previous=True, has_next=False, previous_page_number=2)
    html = rendered("{% paging page %}", page=last, request=RequestFactory().get("/", {"unit": "a", "page": "3"}))
    assert parse_html(html) == parse_html(
        '<nav class="paging" aria-label="Sidor"><ul>'
        '<li><a class="button quiet" rel="prev" href="?unit=a&amp;page=2">Förra sidan</a></li>'
        "<li>Sida 3</li></ul></nav>"
    )


def test_one_page_needs_no_paging() -> None:
    only = SimpleNamespace(number=1, has_previous=False, has_next=False)
    assert rendered("{% paging page %}", page=only, request=RequestFactory().get("/")).strip() == ""
