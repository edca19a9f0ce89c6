"""The link and its QR code: for the unit's own people to show, for its chiefs to put up, close and renew."""

import pytest
import segno
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.organisation.models import PreferenceValue
from tests.people import AT, BEGAN, Town

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("who", "status"),
    [("amira", 200), ("karin", 200), ("vera", 200), ("david", 200), ("olle", 404), ("bertil", 200), ("greta", 200)],
)
def test_the_qr_code_is_for_the_units_own_people(client: Client, town: Town, who: str, status: int) -> None:
    client.force_login(town.people[who])
    assert client.get(f"/e/{town.solglantan.link_secret}/qr.svg").status_code == status


def test_whoever_is_not_logged_in_is_asked_to(client: Client, town: Town) -> None:
    for page in (f"/e/{town.solglantan.link_secret}/qr.svg", "/enhetens-lank/"):
        assert client.get(page).headers["Location"].startswith("/konto/login/?next=")


def test_the_qr_code_is_a_drawing_of_the_units_address(client: Client, town: Town) -> None:
    client.force_login(town.karin)
    answer = client.get(f"/e/{town.solglantan.link_secret}/qr.svg")
    address = f"http://testserver/e/{town.solglantan.link_secret}/"
    expected = segno.make(address, error="m", micro=False).svg_inline(scale=8, border=4, light="#fff", title="QR-kod")
    assert answer.headers["Content-Type"] == "image/svg+xml"
    assert answer.content.decode().count("<path") == expected.count("<path")
    assert answer.content.decode().split(' d="')[1] == expected.split(' d="')[1]


@pytest.mark.parametrize(
    ("who", "units"),
    [
        ("karin", ["Solgläntan"]),
        ("vera", ["Ekbacken", "Solgläntan"]),
        ("david", ["Ekbacken", "Mottagningen", "Solgläntan"]),
        ("amira", []),
        ("sanna", []),
        ("sixten", []),
    ],
)
def test_chiefs_put_up_the_links_of_their_units(client: Client, town: Town, who: str, units: list[str]) -> None:
    client.force_login(town.people[who])
    page = client.get("/enhetens-lank/", follow=True)
    if not units:
        assert page.status_code == 404
    elif len(units) == 1:
        assert [page.context["unit"].name] == units
    else:
        assert [unit.name for unit in page.context["units"]] == units


def test_another_units_sheet_is_not_there(client: Client, town: Town) -> None:
    client.force_login(town.karin)
    assert client.get(f"/enhetens-lank/{town.ekbacken.pk}/").status_code == 404
    assert client.post(f"/enhetens-lank/{town.ekbacken.pk}/andra/", {"wish": "renew"}).status_code == 404
    town.ekbacken.refresh_from_db()
    assert town.ekbacken.link_open is True


def test_a_link_can_be_closed_and_opened(client: Client, town: Town) -> None:
    client.force_login(town.karin)
    found = []
    for wish in ("close", "something else", "open"):
        client.post(f"/enhetens-lank/{town.solglantan.pk}/andra/", {"wish": wish})
        town.solglantan.refresh_from_db()
        found.append(town.solglantan.link_open)
    assert found == [False, False, True]


def test_a_new_link_ends_the_old_one_and_is_logged(client: Client, town: Town) -> None:
    old = town.solglantan.link_secret
    client.force_login(town.karin)
    client.post(f"/enhetens-lank/{town.solglantan.pk}/andra/", {"wish": "renew"})
    town.solglantan.refresh_from_db()
    assert Client().get(f"/e/{old}/").status_code == 404
    assert Client().get(f"/e/{town.solglantan.link_secret}/").status_code == 200
    logged = AuditEntry.objects.filter(actor=town.karin.actor_key, object_table="organisation_unit")
    assert logged.count() == 1


def test_the_sheet_says_when_it_would_not_work(client: Client, town: Town) -> None:
    client.force_login(town.karin)
    sheet = f"/enhetens-lank/{town.solglantan.pk}/"
    assert client.get(sheet).content.decode().count("qr.svg") == 1
    client.post(f"{sheet}andra/", {"wish": "close"})
    assert client.get(sheet).content.decode().count("qr.svg") == 0
    client.post(f"{sheet}andra/", {"wish": "open"})
    PreferenceValue.objects.create(
        key="unit_links", value="nej", valid_from=BEGAN, changed_by=town.sixten, changed_at=AT
    )
    assert client.get(sheet).content.decode().count("qr.svg") == 0
