"""The first visit of Rapportera is light: everything it makes a browser fetch, compressed."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

LIMIT = 120 * 1024

pytestmark = pytest.mark.django_db


def packed(content: bytes) -> int:
    return len(gzip.compress(content, 6))


def imported(script: str) -> list[str]:
    return [f"js/{name}" for name in re.findall(r'from "\./([^"]+)"', script)]


def fetched_by(page: str) -> set[str]:
    """The static files that the page, its scripts and the text's own font need."""
    names = set(re.findall(r'(?:href|src)="/static/([^"]+)"', page))
    for name in [name for name in names if name.endswith(".js")]:
        path = finders.find(name)
        assert path is not None
        with open(path, encoding="utf-8") as script:  # noqa: PTH123
            names |= set(imported(script.read()))
    return names


def weight(name: str) -> int:
    path = finders.find(name)
    assert path is not None, name
    with open(path, "rb") as content:  # noqa: PTH123
        body = content.read()
    return len(body) if name.endswith(".woff2") else packed(body)


@pytest.mark.parametrize("page", ["/rapportera/", "allt"])
def test_the_first_visit_weighs_at_most_120_kb(amira: Client, page: str) -> None:
    address = page if page.startswith("/") else "/rapportera/11111111-1111-4111-8111-111111111111/allt/"
    html = amira.get(address, follow=True).content
    names = fetched_by(html.decode())
    assert [name for name in names if name.endswith(".woff2")] != []
    assert packed(html) + sum(weight(name) for name in names) <= LIMIT
