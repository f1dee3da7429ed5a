"""Consultation requests and newsletter sign-ups, sixteen clients at once, on SQLite and on PostgreSQL in turn.

Each form comes from a network of its own, as the forms of many people do: limits for one network are not measured.
"""

import http.client
import itertools
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from statistics import median, quantiles
from urllib.parse import urlencode

from bench.editor import Editor
from bench.figures import Findings, ratios
from bench.stack import Stack

CLIENTS = 16
REQUEST, SIGN_UP = "/request-a-consultation/", "/newsletter/sign-up/"


@dataclass
class Site:
    """One stack, who looks into its database, and what the rounds gave. `statuses` counts paths with their statuses."""

    name: str
    stack: Stack
    editor: Editor
    numbers: itertools.count = field(default_factory=itertools.count)
    per_second: list[float] = field(default_factory=list)
    milliseconds: dict[str, list[float]] = field(default_factory=lambda: {REQUEST: [], SIGN_UP: []})
    statuses: Counter = field(default_factory=Counter)

    def __post_init__(self) -> None:
        self.stamps = self.editor.ask("stamps")

    def measure(self, seconds: float) -> None:
        begin = time.perf_counter()
        with ThreadPoolExecutor(CLIENTS) as pool:
            counts = list(pool.map(lambda _: self._client(begin + seconds), range(CLIENTS)))
        self.per_second.append(sum(counts) / seconds)

    def _client(self, until: float) -> int:
        """Send one form after another, of both kinds in turn; how many were taken in time."""
        sent = taken = 0
        connection = http.client.HTTPConnection("127.0.0.1", self.stack.app_port, timeout=60)
        while time.perf_counter() < until:
            number = next(self.numbers)
            path = (REQUEST, SIGN_UP)[sent % 2]
            begin = time.perf_counter()
            connection.request("POST", path, urlencode(self._fields(path, number)), self._headers(number))
            response = connection.getresponse()
            response.read()
            end = time.perf_counter()
            self.milliseconds[path].append(1000 * (end - begin))
            self.statuses[path, response.status] += 1
            sent += 1
            taken += response.status == 303 and end <= until
        connection.close()
        return taken

    def _headers(self, number: int) -> dict[str, str]:
        return {
            **self.stack.app_headers,
            "Content-Type": "application/x-www-form-urlencoded",
            "Sec-Fetch-Site": "same-origin",
            "X-Forwarded-For": f"10.{number // 256 % 256}.{number % 256}.7",
        }

    def _fields(self, path: str, number: int) -> dict[str, str]:
        if path == SIGN_UP:
            return {"address": f"reader{number}@example.org", "made": self.stamps["sign_up"]}
        return {
            "name": f"Person {number}",
            "phone": f"480 {200 + number // 10_000 % 700} {number % 10_000:04d}",
            "voicemail_safe": "no",
            "text_safe": "no",
            "practice_named": "no",
            "who_for": "me",
            "note": f"benchmark {number}",
            "made": self.stamps["request"],
        }


def spans(milliseconds: list[float]) -> str:
    slowest = quantiles(milliseconds, n=100)[98]
    return f"{median(milliseconds):.0f} ms in the middle, {slowest:.0f} at the 99th percentile"


def measure(findings: Findings, *, sqlite: Site, postgresql: Site, rounds: int, seconds: float) -> None:
    """Raises RuntimeError when a form is refused without a server's fault, or a request that was taken is lost."""
    before = {site.name: site.editor.ask("requests_kept") for site in (sqlite, postgresql)}
    for site in (sqlite, postgresql):
        site.measure(2)
        site.per_second.clear()
    for number in range(rounds):
        # Who begins changes, so that what is left behind (checkpoints, vacuum) burdens both.
        for site in (sqlite, postgresql) if number % 2 else (postgresql, sqlite):
            site.measure(seconds)
    faults = 0
    for site in (sqlite, postgresql):
        refused = {which: count for which, count in site.statuses.items() if which[1] != 303 and which[1] < 500}
        if refused:
            raise RuntimeError(f"{site.name} refused forms: {refused}")
        kept, taken = site.editor.ask("requests_kept") - before[site.name], site.statuses[REQUEST, 303]
        if kept != taken:
            raise RuntimeError(f"{site.name} took {taken} requests and kept {kept}")
        failed = sum(count for (_, status), count in site.statuses.items() if status >= 500)
        faults += failed
        findings.tell(
            f"form posts on {site.name}",
            f"{median(site.per_second):.0f} a second, {failed} answers of 5xx among {site.statuses.total():,}, "
            f"{kept:,} requests taken and kept; "
            f"a request took {spans(site.milliseconds[REQUEST])}, a sign-up {spans(site.milliseconds[SIGN_UP])}",
        )
    findings.ratios["posts_sqlite_to_postgresql"] = ratios(sqlite.per_second, postgresql.per_second)
    findings.extra["posts_5xx"] = faults
    if faults:
        findings.faults["posts_sqlite_to_postgresql"] = f"{faults} answers of 5xx"
