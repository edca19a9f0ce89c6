"""A change of password is in the log with who and when; what was chosen never is."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from avvikelse.audit.models import AuditEntry
from avvikelse.organisation.models import Person
from tests.browser.walker import PASSWORD
from tests.people import Town, build_town

pytestmark = pytest.mark.django_db
NEW = "vinter-snö-4711"


@pytest.fixture
def town() -> Town:
    return build_town()


def changes(person: Person) -> list[Any]:
    """Who changed the person's row, and what of it the log holds."""
    rows = AuditEntry.objects.filter(object_table="organisation_person", object_id=person.pk, action="update")
    return [(row.actor, sorted(row.after or {})) for row in rows.order_by("pk")]


def test_a_password_changed_in_the_menu_is_in_the_log_without_the_password(town: Town) -> None:
    client = Client()
    client.post("/konto/login/", {"login": town.amira.email, "password": PASSWORD})
    typed = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert client.post("/konto/password/change/", typed).status_code == 302
    assert Person.objects.get(pk=town.amira.pk).check_password(NEW)
    assert changes(town.amira) == [(town.amira.actor_key, ["password_changed_at"])]


def test_a_password_chosen_by_a_link_is_in_the_log_too(town: Town) -> None:
    client = Client()
    client.post("/konto/password/reset/", {"email": town.amira.email})
    link = re.findall(r"https?://[^/]+(/\S+)", str(mail.outbox[-1].body))[0]
    form = client.get(link, follow=True)
    path = form.redirect_chain[-1][0] if form.redirect_chain else link
    client.post(path, {"password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=town.amira.pk).check_password(NEW)
    assert changes(town.amira) == [(town.amira.actor_key, ["password_changed_at"])]


def test_a_wrong_old_password_changes_and_logs_nothing(town: Town) -> None:
    client = Client()
    client.force_login(town.amira)
    client.post("/konto/password/change/", {"oldpassword": "fel", "password1": NEW, "password2": NEW})
    assert Person.objects.get(pk=town.amira.pk).check_password(PASSWORD)
    assert changes(town.amira) == []
