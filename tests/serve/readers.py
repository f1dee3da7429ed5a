"""Readers who ask all the time, and what they were told, with the moments at which they asked and were answered."""

import gzip
import http.client
import threading
import time
from dataclasses import dataclass, field

import brotli

ENCODINGS = ("br", "gzip", "identity")


@dataclass(frozen=True, slots=True)
class Answer:
    began: float
    ended: float
    path: str
    status: int
    text: str


def plain(content: bytes, encoding: str | None) -> bytes:
    return {"br": brotli.decompress, "gzip": gzip.decompress}.get(encoding or "", bytes)(content)


def ask(port: int, path: str = "/", *, method: str = "GET", body: str | None = None, host: str = "", **headers: str):
    """One request by a connection of its own: status, headers with small names, body as it came."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    sent = {"Host": host or f"localhost:{port}"} | {name.replace("_", "-"): text for name, text in headers.items()}
    try:
        connection.request(method, path, body=body, headers=sent)
        response = connection.getresponse()
        content = response.read()
    finally:
        connection.close()
    return response.status, {name.lower(): text for name, text in response.getheaders()}, content


@dataclass
class Readers:
    """As a context: `count` threads that read `paths` in turn, half of them by connections that stay open."""

    port: int
    paths: list[str]
    count: int = 32
    host: str = ""
    rest: float = 0.002
    answers: list[Answer] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    def __enter__(self) -> "Readers":
        self._stop = threading.Event()
        self._texts: dict[tuple[str | None, bytes], str] = {}
        self._threads = [threading.Thread(target=self._read, args=(number,)) for number in range(self.count)]
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def wait_for_answers(self, count: int = 40) -> None:
        """Until so many more have come, begun after this moment."""
        now, end = time.monotonic(), time.monotonic() + 60
        while sum(answer.began > now for answer in self.answers[-4 * count :]) < count:
            assert time.monotonic() < end, "readers get no answers"
            time.sleep(0.01)

    def bad(self) -> list[str]:
        """What no reader should have met."""
        return self.failures + [f"{answer.path}: {answer.status}" for answer in self.answers if answer.status >= 500]

    def between(self, start: float, end: float, path: str) -> list[Answer]:
        """Begun and ended in between."""
        return [a for a in list(self.answers) if a.path == path and a.began >= start and a.ended <= end]

    def _read(self, number: int) -> None:
        encoding, stays, turn = ENCODINGS[number % 3], number % 2, number
        headers = {"Host": self.host or f"localhost:{self.port}", "Accept-Encoding": encoding}
        connection, used = None, False
        while not self._stop.is_set():
            path = self.paths[turn % len(self.paths)]
            turn += 1
            began = time.monotonic()
            for attempt in range(2):
                try:
                    connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
                    connection.request("GET", path, headers=headers)
                    response = connection.getresponse()
                    content = response.read()
                    break
                except (OSError, http.client.HTTPException) as error:
                    # A connection that was open already may be closed by the server at any time; browsers ask again.
                    if connection:
                        connection.close()
                    connection = None
                    if attempt or not used:
                        self.failures.append(f"{path}: {error!r}")
                        break
            else:
                continue
            if connection is None:
                continue
            key = response.getheader("Content-Encoding"), content
            if key not in self._texts:
                self._texts[key] = plain(content, key[0]).decode()
            ended = time.monotonic()
            self.answers.append(Answer(began, ended, path, response.status, self._texts[key]))
            used = bool(stays)
            if not stays:
                connection.close()
                connection = None
            self._stop.wait(self.rest)
        if connection:
            connection.close()
