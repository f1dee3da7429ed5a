"""What was asked of the database for an answer, so that it can be told later whether the answer still holds.

Each statement is kept with a digest of the rows it gave. While the same statements give the same rows, what was made of
them holds: nobody has to list what a page depends on, and nothing can be forgotten.
"""

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, time
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import connection

PLAIN = (str, int, float, bytes, date, time, Decimal, UUID, type(None))
"""What a parameter of a kept statement may be: it has to go into the cache and come back the same."""

ALWAYS_THE_SAME = 'SELECT "django_content_type"'
"""Django reads these rows once for a process: only a migration changes them."""

BY_CONTENT, PART, KNOWN = "by-content:", "part:", "known:"
"""So begin the names of what a recording may take from the cache: it holds what was asked for it, or asked nothing."""

type Statement = tuple[str, tuple]
type Seen = dict[Statement, bytes]


class Rows:
    """A cursor whose rows were fetched and are given out again: the digest is of the very rows that are used."""

    def __init__(self, cursor: Any, rows: list) -> None:
        self.cursor, self._rows = cursor, iter(rows)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def __iter__(self) -> Iterator:
        return self._rows

    def fetchone(self) -> Any:
        return next(self._rows, None)

    def fetchmany(self, size: int = 1) -> list:
        return list(islice(self._rows, size))

    def fetchall(self) -> list:
        return list(self._rows)


class Recording:
    """Wraps the execution of statements (django.db, "database instrumentation"). `outer`: one that it is part of."""

    def __init__(self, outer: "Recording | None" = None) -> None:
        self.outer = outer
        self.seen: Seen = {}
        self.complete = True
        """False when something was written, or asked in a way that can't be repeated."""

    def __call__(self, execute, sql, params, many, context):
        cursor = context["cursor"]
        while isinstance(cursor.cursor, Rows):  # it is used again
            cursor.cursor = cursor.cursor.cursor
        if isinstance(sql, str) and sql.startswith(ALWAYS_THE_SAME):
            return execute(sql, params, many, context)
        repeatable = not many and isinstance(sql, str) and sql.startswith("SELECT")
        if not repeatable or not all(isinstance(value, PLAIN) for value in params or ()):
            self.complete = False
            return execute(sql, params, many, context)
        given = execute(sql, params, many, context)
        rows = cursor.fetchall()
        cursor.cursor = Rows(cursor.cursor, rows)
        self._note({(sql, tuple(params or ())): digest(rows)})
        return given

    def add(self, seen: Mapping[Statement, bytes]) -> None:
        """Note what was asked for something that is used here, as if it had been asked here."""
        recording: Recording | None = self
        while recording:
            recording._note(seen)
            recording = recording.outer

    def _note(self, seen: Mapping[Statement, bytes]) -> None:
        for statement, rows in seen.items():
            if self.seen.setdefault(statement, rows) != rows:
                self.complete = False


_recording: ContextVar[Recording | None] = ContextVar("recording", default=None)


def running() -> Recording | None:
    """The innermost recording that is under way."""
    return _recording.get()


def must_be_asked_anew(key: str) -> bool:
    """Whether the cache has to seem empty of `key`: what it holds was asked for before, and would go unseen."""
    return running() is not None and not key.startswith((BY_CONTENT, PART, KNOWN))


@contextmanager
def recorded() -> Iterator[Recording]:
    """All statements inside, and the cache seems empty there."""
    recording = Recording(running())
    token = _recording.set(recording)
    try:
        with connection.execute_wrapper(recording):
            yield recording
    finally:
        _recording.reset(token)


def unchanged(seen: Mapping[Statement, bytes], known: dict[bytes, bytes] | None = None) -> bool:
    """Whether each statement still gives the rows it gave.

    What is in `known` is not asked (digests of rows under those of statements); what is asked is added to it.
    """
    known = {} if known is None else known
    with connection.cursor() as cursor:
        for statement, rows in seen.items():
            if look_up(cursor, statement, known) != rows:
                return False
    return True


def look_up(cursor: Any, statement: Statement, known: dict[bytes, bytes]) -> bytes:
    """The digest of its rows; asked, and added to `known`, where it is not there."""
    name = digest(statement)
    if name not in known:
        cursor.execute(*statement)
        known[name] = digest(cursor.fetchall())
    return known[name]


def as_known(seen: Mapping[Statement, bytes]) -> dict[bytes, bytes]:
    return {digest(statement): rows for statement, rows in seen.items()}


def digest(rows: object) -> bytes:
    return hashlib.blake2b(repr(rows).encode(), digest_size=16).digest()
