"""After a change: the pages that readers ask for most are rendered again, so that few readers meet a cold one.

What is counted are paths alone, and only those that the application was asked for: who reads a kept page leaves no
trace. A page that nobody asks for any more is warmed a few times and then forgotten.
"""

import contextlib
import json
import os
import socket
import threading
import time
from urllib.parse import quote, urlsplit

from . import WARMING
from .folder import KeptPages

TICK_SECONDS = 0.1
QUIET_SECONDS = 0.3
"""Editors save twice; the second time is worth waiting for."""

MOST_PAGES = 60
FADES = 0.8
"""What a path is worth at the next change; after ten without being asked for, a tenth."""

FORGOTTEN_BELOW = 0.1
ANSWER_SECONDS = 30


class Warming:
    def __init__(self, pages: KeptPages, *, origin: str, bind: str) -> None:
        self.pages = pages
        self.origin = urlsplit(origin)
        self.bind = bind
        self._file = pages.root / "asked.json"

    def run(self, stop: threading.Event) -> None:
        last: str | None = None
        while not stop.wait(TICK_SECONDS):
            name = self.pages.open_name()
            if last is None or name == last:
                last = name
            elif not stop.wait(QUIET_SECONDS):
                self._note(last)
                last = self._warm(stop)

    def scores(self) -> dict[str, float]:
        """Path -> how often it was asked for, the newest counting most."""
        try:
            return json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}

    def _note(self, name: str) -> None:
        scores = {path: score * FADES for path, score in self.scores().items() if score * FADES > FORGOTTEN_BELOW}
        for path in set(self.pages.asked(name)):
            scores[path] = scores.get(path, 0) + 1
        best = sorted(scores, key=lambda path: -scores[path])[: 10 * MOST_PAGES]
        draft = self._file.with_suffix(".draft")
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps({path: round(scores[path], 3) for path in best}), encoding="utf-8")
            os.replace(draft, self._file)

    def _warm(self, stop: threading.Event) -> str | None:
        """Ask for the best pages, at half speed; the generation that they went into, if any."""
        scores, into = self.scores(), None
        for path in sorted(scores, key=lambda path: -scores[path])[:MOST_PAGES]:
            began = time.monotonic()
            answered = self._ask(path)
            name = self.pages.open_name()
            # Changed again: `run` sees that this one is over, and begins anew.
            if not answered or (into and name != into):
                break
            into = name
            # Readers come first: as long a rest as the page took.
            if stop.wait(time.monotonic() - began):
                break
        return into

    def _ask(self, path: str) -> bool:
        """False when the application does not answer."""
        host, _, port = self.bind.rpartition(":")
        lines = (
            f"GET {quote(path)} HTTP/1.1",
            f"Host: {self.origin.netloc}",
            f"X-Forwarded-Proto: {self.origin.scheme}",
            "X-Forwarded-For: 127.0.0.1",
            f"{WARMING}: 1",
            "Connection: close",
        )
        try:
            with socket.create_connection((host.strip("[]"), int(port)), timeout=ANSWER_SECONDS) as connection:
                connection.sendall(("\r\n".join(lines) + "\r\n\r\n").encode())
                while connection.recv(65536):
                    pass
        except OSError:
            return False
        return True
