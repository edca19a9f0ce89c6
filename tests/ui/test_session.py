from typing import Any

import pytest

from avvikelse.ui.session import seconds_left

HOUR = 3600
LOGGED_IN = {"account_authentication_methods": [{"method": "password", "at": 1000.0}]}
TWICE = {"account_authentication_methods": [{"method": "password", "at": 1000.0}, {"method": "mfa", "at": 1500.0}]}


@pytest.mark.parametrize(
    ("session", "at", "expected"),
    [
        ({}, 1000.0, None),
        ({"account_authentication_methods": [{"method": "demo"}]}, 1000.0, None),
        (LOGGED_IN, 1000.0, HOUR),
        (LOGGED_IN, 1000.5, HOUR - 1),
        (LOGGED_IN, 1000.0 + HOUR, 0),
        (LOGGED_IN, 9999.0 + HOUR, 0),
        (TWICE, 1500.0, HOUR),
        (LOGGED_IN | {"extended_at": 4000.0}, 4000.0, HOUR),
        ({"extended_at": 4000.0}, 4100.0, HOUR - 100),
    ],
)
def test_the_time_left_counts_from_the_last_sure_saving(
    session: dict[str, Any], at: float, expected: int | None
) -> None:
    assert seconds_left(session, HOUR, at) == expected
