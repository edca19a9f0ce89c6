"""The accessibility statement holds the eleven things Digg asks for, and is not older than a year."""

import re
from datetime import date, timedelta

import pytest
from django.template.loader import render_to_string
from django.utils.timezone import localdate

from avvikelse.ui import views
from avvikelse.ui.statement import STATEMENT

ELEVEN = {
    "body": "Ekhamns kommun",
    "service": "Avvikelse, där anställda och andra rapporterar",
    "compliance": "delvis förenlig",
    "shortcomings": "Vi vet inte hur väl tjänsten fungerar med skärmläsare",
    "assessed": "22 november 2026",
    "updated": "22 november 2026",
    "method": "Vi har granskat själva",
    "feedback": "mailto:",
    "notification": "https://www.digg.se/tdosanmalan",
    "burden": "oskäligt betungande",
    "outside": "internt verksamhetssystem",
}


def page() -> str:
    context = {"statement": STATEMENT, "municipality": "Ekhamns kommun"}
    return str(render_to_string("ui/accessibility.html", context))


def part(name: str) -> str:
    """Return what stands in the page from the element with this id to the next element with one."""
    return page().split(f'id="{name}"')[1].split('id="')[0]


@pytest.mark.parametrize(("name", "says"), ELEVEN.items())
def test_the_statement_holds_each_of_the_eleven(name: str, says: str) -> None:
    assert part(name).count(says) == 1


def test_the_eleven_are_all_that_is_named() -> None:
    main = page().split("<main")[1].split("</main")[0]
    named = set(re.findall(r'id="(\w+)"', main))
    assert named == {*ELEVEN, "content"}


def test_what_is_not_accessible_says_why_and_what_to_do_instead() -> None:
    said = part("shortcomings")
    assert [said.count(word) for word in ("<h3>", "Varför: ", "Gör så här i stället: ")] == [
        len(STATEMENT.shortcomings)
    ] * 3


def test_nothing_is_claimed_that_the_law_does_not_say() -> None:
    assert part("outside").count("omfattas troligen inte av lagen") == 1


@pytest.mark.parametrize("day", [STATEMENT.assessed_on, STATEMENT.updated_on])
def test_the_statement_is_not_older_than_a_year(day: date) -> None:
    assert localdate() - day <= timedelta(days=366)


def test_no_log_in_is_needed_to_read_it_but_to_stay_logged_in() -> None:
    views_and_need = {view: getattr(view, "login_required", True) for view in (views.accessibility, views.stay)}
    assert views_and_need == {views.accessibility: False, views.stay: True}
