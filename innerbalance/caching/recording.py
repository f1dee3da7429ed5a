"""What was asked of the database for an answer, so that it can be told later whether the answer still holds.

Each statement is kept with a digest of the rows it gave. While the same statements give the same rows, what was made of
them holds: nobody has to list what a page depends on, and nothing can be forgotten.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from uuid import UUID

from django.db import connection

_recording: ContextVar[bool] = ContextVar("recording", default=False)

PLAIN = (str, int, float, bytes, date, time, Decimal, UUID, type(None))
"""What a parameter of a kept statement may be: it has to go into the cache and come back the same."""

ALWAYS_THE_SAME = 'SELECT "django_content_type"'
"""Django reads these rows once for a process: only a migration changes them."""

type Statement = tuple[str, tuple]


BY_CONTENT = "by-content:"
"""The names of what was made without asking the database (innerbalance.caching.by_content) begin so."""


def must_be_asked_anew(key: str) -> bool:
    """Whether the cache has to seem empty of `key`: what it holds was asked for before, and would go unseen."""
    return _recording.get() and not key.startswith(BY_CONTENT)


class Recording:
    """Wraps the execution of statements (django.db, "database instrumentation")."""

    def __init__(self) -> None:
        self.seen: dict[Statement, bytes] = {}
        self.complete = True
        """False when something was written, or asked in a way that can't be repeated."""

    def __call__(self, execute, sql, params, many, context):
        """Asks twice and keeps the digest of the first time.

        A row changed in between then makes the answer count as changed; the other way round it would count as true
        from then on.
        """
        if isinstance(sql, str) and sql.startswith(ALWAYS_THE_SAME):
            return execute(sql, params, many, context)
        repeatable = not many and isinstance(sql, str) and sql.startswith("SELECT")
        if not repeatable or not all(isinstance(value, PLAIN) for value in params or ()):
            self.complete = False
            return execute(sql, params, many, context)
        execute(sql, params, many, context)
        digest = _digest(context["cursor"].fetchall())
        if self.seen.setdefault((sql, tuple(params or ())), digest) != digest:
            self.complete = False
        return execute(sql, params, many, context)


@contextmanager
def recorded() -> Iterator[Recording]:
    """All statements inside, and the cache seems empty there."""
    recording = Recording()
    token = _recording.set(True)
    try:
        with connection.execute_wrapper(recording):
            yield recording
    finally:
        _recording.reset(token)


def unchanged(seen: dict[Statement, bytes]) -> bool:
    """Whether each statement still gives the rows it gave."""
    with connection.cursor() as cursor:
        for (sql, params), digest in seen.items():
            cursor.execute(sql, params)
            if _digest(cursor.fetchall()) != digest:
                return False
    return True


def _digest(rows: list) -> bytes:
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).digest()
