"""SQLite as Django speaks to it, except that who wants to write waits for a turn first.

SQLite itself has no queue: whoever finds it locked sleeps, up to a tenth of a second, and tries again, while the lock
may long be free. With many forms at once most of the time goes by asleep. Here writers pass a lock of the operating
system from one to the next, between threads and processes alike; a process that dies gives it back. `make bench`
measures it. Against writers who know no queue SQLite's own lock counts as ever.
"""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.db.backends.sqlite3 import base

SHORTEST_NAP, LONGEST_NAP = 0.0005, 0.004
"""Seconds. flock() itself would wait without an end, and wake nobody in order either."""


WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE")


class Cursor(base.SQLiteCursorWrapper):
    """Waits for a turn with a statement that writes outside a transaction."""

    wrapper: "DatabaseWrapper"

    def execute(self, query, params=None):
        if self.wrapper.in_atomic_block or not query.startswith(WRITES):
            return super().execute(query, params)
        with self.wrapper.turn():
            return super().execute(query, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """`wait_seconds`: how long to wait for a turn; then SQLite is asked anyway, and says what stands in the way."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.wait_seconds = float(self.settings_dict["OPTIONS"].get("timeout", 5))
        self._turn: IO | None = None

    def set_wait(self, seconds: float) -> None:
        """How long this connection waits for a turn, and for SQLite's own lock."""
        self.ensure_connection()
        self.wait_seconds = seconds
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def get_new_connection(self, conn_params):
        # In a fresh clone there is no var/ yet. A folder is all that is missing: SQLite makes the file.
        name = str(conn_params["database"])
        if not name.startswith(("file:", ":memory:")):
            Path(name).parent.mkdir(parents=True, exist_ok=True)
        return super().get_new_connection(conn_params)

    def _start_transaction_under_autocommit(self) -> None:
        self._wait_for_turn()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._end_turn()
            raise

    def _commit(self):
        try:
            return super()._commit()
        finally:
            self._end_turn()

    def _rollback(self):
        try:
            return super()._rollback()
        finally:
            self._end_turn()

    def _close(self):
        try:
            return super()._close()
        finally:
            self._end_turn()

    def create_cursor(self, name=None):
        cursor = self.connection.cursor(factory=Cursor)
        cursor.wrapper = self
        return cursor

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        self._wait_for_turn()
        try:
            yield
        finally:
            self._end_turn()

    def _wait_for_turn(self) -> None:
        name = str(self.settings_dict["NAME"])
        if self._turn is not None or self.is_in_memory_db():
            return
        with contextlib.suppress(OSError):  # a folder that can't be written: SQLite will say so better
            self._turn = open(f"{name}-turn", "a")  # noqa: SIM115 -- closed when the turn ends
            os.set_inheritable(self._turn.fileno(), False)
            end, nap = time.monotonic() + self.wait_seconds, SHORTEST_NAP
            while True:
                try:
                    fcntl.flock(self._turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    return
                except BlockingIOError:
                    if time.monotonic() >= end:
                        self._end_turn()
                        return
                    time.sleep(nap)
                    nap = min(2 * nap, LONGEST_NAP)

    def _end_turn(self) -> None:
        if self._turn is not None:
            self._turn.close()
            self._turn = None
