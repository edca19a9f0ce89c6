"""A session is read in plain SQL, and is otherwise what Django's own is."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from avvikelse.ui.session_store import SessionStore

pytestmark = pytest.mark.django_db
UNKNOWN = "0123456789abcdefghijklmnopqrstuv"


@pytest.fixture
def key() -> str:
    written = db.SessionStore()
    written["who"] = "Åsa"
    written.create()
    written.save()
    return str(written.session_key)


def test_it_reads_what_djangos_own_wrote_with_one_question(key: str, django_assert_num_queries: Any) -> None:
    store = SessionStore(key)
    with django_assert_num_queries(1):
        assert dict(store.items()) == {"who": "Åsa"}
    assert store.session_key == key


def test_a_session_that_is_over_is_empty_and_loses_its_key(key: str) -> None:
    Session.objects.filter(pk=key).update(expire_date=timezone.now() - timedelta(seconds=1))
    store = SessionStore(key)
    assert (dict(store.items()), store.session_key) == ({}, None)


def test_a_key_that_somebody_made_up_is_never_used(key: str) -> None:
    store = SessionStore(UNKNOWN)
    store["who"] = "Bo"
    store.save()
    assert store.session_key not in {None, UNKNOWN, key}


def test_a_session_somebody_tampered_with_is_empty(key: str) -> None:
    Session.objects.filter(pk=key).update(session_data="eyJ3aG8iOiJBbm5hbiJ9:1abcde:made-up")
    assert dict(SessionStore(key).items()) == {}
