"""How long a log-in lasts, so that nobody is thrown out while writing (WCAG 2.2.1)."""

from collections.abc import Mapping
from typing import Any

EXTENDED_AT = "extended_at"
AUTHENTICATIONS = "account_authentication_methods"


def seconds_left(session: Mapping[str, Any], lifetime: int, at: float) -> int | None:
    """Return the seconds until the session ends, or None when it does not say when it began.

    `lifetime` is in seconds, `at` in seconds since the epoch. The moments read are those that are known to have saved
    the session: each log-in (written by allauth) and each wish to stay. The answer can be too low, never too high.
    """
    moments = [float(step["at"]) for step in session.get(AUTHENTICATIONS, []) if "at" in step]
    if EXTENDED_AT in session:
        moments.append(float(session[EXTENDED_AT]))
    if not moments:
        return None
    return max(0, int(max(moments) + lifetime - at))
