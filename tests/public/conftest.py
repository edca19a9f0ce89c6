from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from tests.people import AT, Town, build_town


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel(AT, tick=False):
        yield


@pytest.fixture
def town(db: None) -> Town:  # noqa: ARG001 (the rows need a database)
    return build_town()


@pytest.fixture
def amira(client: Client, town: Town) -> Client:
    client.force_login(town.amira)
    return client
