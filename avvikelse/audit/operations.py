"""The two calls every other room makes."""

import json
from collections.abc import Iterable, Mapping

from django.db import connection


def act_as(actor_key: str, *, role: str = "") -> None:
    """Say who acts for the rest of this transaction.

    Every change to an audited table needs it: the database refuses the row otherwise. Outside a transaction it has no
    effect.
    """
    if not actor_key:
        msg = "an audited act needs an actor"
        raise ValueError(msg)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.actor', %s, true), set_config('app.role', %s, true)", [actor_key, role])


def record_read(
    actor_key: str,
    *,
    action: str,
    table: str,
    object_id: int | None = None,
    reference: str = "",
    role: str = "",
    context: Mapping[str, object] | None = None,
) -> None:
    """Write that somebody looked. Raises if it cannot be written, and then nothing is shown.

    A list gives no `object_id` but the numbers it showed, see `shown`.
    """
    if not actor_key:
        msg = "an audited act needs an actor"
        raise ValueError(msg)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_note(%s, %s, %s, %s, %s, %s, %s::jsonb)",
            [actor_key, role, action, table, object_id, reference, json.dumps(dict(context or {}))],
        )


def shown(references: Iterable[str]) -> dict[str, list[str]]:
    """Context of a list's read: the numbers it showed, in order."""
    return {"shown": list(references)}
