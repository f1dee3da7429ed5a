"""On PostgreSQL other machines can change the site: this one's pages are open only while we would hear of it.

The lease is a promise for the next seconds, renewed while the connection that listens is alive. When the connection is
lost, and other machines serve the same site, the pages are closed at once. A machine that is alone keeps them: nobody
else can change the site, and its readers go on reading while the database is away.
"""

import contextlib
import logging
import threading
import time
from typing import Any
from uuid import uuid4

import psycopg
from psycopg import sql

from . import CHANNEL
from .folder import KeptPages

logger = logging.getLogger("innerbalance.kept_pages")

NAME = "innerbalance-kept-pages"
"""`application_name` of every companion's connection: by it they see each other."""

LEASE_SECONDS = 10
"""How long kept pages can outlive a companion that was killed with whoever started it; a short slot's length."""

HEARTBEAT_SECONDS = 1
WAIT_SECONDS = 0.05
AGAIN_SECONDS = 0.5
OTHERS_FORGOTTEN_SECONDS = 24 * 3600
PATIENCE: dict[str, Any] = {"connect_timeout": 3, "keepalives": 1, "keepalives_idle": 2, "keepalives_interval": 1}
"""Of the connection: one that a firewall swallowed is noticed within seconds."""


class Lease:
    def __init__(self, pages: KeptPages, database: str) -> None:
        self.pages = pages
        self.database = database
        self._others = pages.root / "others-seen"
        self._name = f"{NAME} {self._machine()}"

    def _machine(self) -> str:
        """A name for this folder, made once: our own last connection, which the server may not have ended yet, is not
        another machine.
        """
        file = self.pages.root / "machine"
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(uuid4().hex[:12])
        return file.read_text()

    def run(self, stop: threading.Event) -> None:
        """Until `stop` is set; then the pages are closed, for nobody listens any more."""
        try:
            while not stop.is_set():
                try:
                    self._listen(stop)
                except psycopg.Error as error:
                    logger.warning("The database does not answer (%s)", type(error).__name__)
                    self._while_away()
                    stop.wait(AGAIN_SECONDS)
        finally:
            self.pages.end_lease()

    def _listen(self, stop: threading.Event) -> None:
        with psycopg.connect(self.database, autocommit=True, application_name=self._name, **PATIENCE) as connection:
            connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
            connection.execute("SET statement_timeout = '2s'")
            # Who was alone is so no longer.
            connection.execute("SELECT pg_notify(%s, '0')", [CHANNEL])
            beat = 0.0
            while not stop.is_set():
                if time.monotonic() >= beat:
                    self._beat(connection)
                    beat = time.monotonic() + HEARTBEAT_SECONDS
                for message in connection.notifies(timeout=WAIT_SECONDS, stop_after=1):
                    self._close_if_before(int(message.payload))
                    beat = 0.0 if message.payload == "0" else beat

    def _beat(self, connection: psycopg.Connection) -> None:
        row = connection.execute(
            "SELECT (SELECT number FROM caching_siteversion WHERE id = 1),"
            " (SELECT count(*) FROM pg_stat_activity WHERE application_name LIKE %s AND application_name <> %s)",
            [f"{NAME} %", self._name],
        ).fetchone()
        number, others = row or (None, 0)
        if others:
            self._others.touch()
        if number:
            self._close_if_before(number)
        self._renew()

    def _renew(self) -> None:
        now = time.time()
        self.pages.renew_lease(now + LEASE_SECONDS, now=now)

    def _close_if_before(self, number: int) -> None:
        name = self.pages.open_name()
        if name and int(name.partition("-")[0]) < number:
            self.pages.close()

    def _while_away(self) -> None:
        with contextlib.suppress(OSError):
            if self._others.stat().st_mtime > time.time() - OTHERS_FORGOTTEN_SECONDS:
                self.pages.end_lease()
                return
        if self.pages.lease_end():
            self._renew()
