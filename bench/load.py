"""Load by wrk: 64 connections that are kept open, and what its report says."""

import re
import subprocess
from dataclasses import dataclass

CONNECTIONS = 64
THREADS = 2
PATIENCE = 20
"""Seconds for one answer: slow is a figure, no answer is a failure."""

ALMOST = 0.95
"""wrk rounds, and stops in the middle of answers."""

SIZES = {"KB": 2**-10, "MB": 1.0, "GB": 2.0**10}
UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class LoadFailed(Exception):
    """The load met errors: what it measured is no figure."""


@dataclass(frozen=True)
class Load:
    """Requests a second, latencies in milliseconds, and how many were answered in all."""

    per_second: float
    median_ms: float
    slowest_ms: float
    """The 99th percentile."""

    requests: int
    megabytes: float
    """Read in all, headers included."""


def run(url: str, *, seconds: float, page_bytes: int, headers: dict[str, str] | None = None) -> Load:
    """Ask for `url` as fast as it answers; `page_bytes` is the size of the page as it travels.

    Raises LoadFailed when any answer was an error, a connection broke, or answers were too small to be that page.
    """
    asked = {"Accept-Encoding": "gzip", **(headers or {})}
    command = ["wrk", f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds:g}s", f"--timeout={PATIENCE}s", "--latency"]
    for name, value in asked.items():
        command += ["-H", f"{name}: {value}"]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=False, timeout=seconds + 60)  # noqa: S603
    if done.returncode:
        raise LoadFailed(f"wrk: {(done.stderr or done.stdout).strip()}")
    got = parse(done.stdout)
    if got.megabytes * 2**20 < ALMOST * page_bytes * got.requests:
        raise LoadFailed(f"{got.megabytes} MB for {got.requests} answers is too little for the page")
    return got


def parse(report: str) -> Load:
    """What wrk printed. Raises LoadFailed for answers that are errors, broken connections, a report without numbers."""
    if found := re.search(r"Non-2xx or 3xx responses: (\d+)", report):
        raise LoadFailed(f"{found[1]} answers were errors")
    if found := re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", report):
        raise LoadFailed(f"connections broke ({found[0].removeprefix('Socket errors: ')})")
    try:
        whole = _find(r"(\d+) requests in [\d.]+\w+, ([\d.]+)([KMG]B) read", report)
        if not int(whole[1]):
            raise LoadFailed("nothing was answered in time")
        return Load(
            per_second=float(_find(r"Requests/sec:\s+([\d.]+)", report)[1]),
            median_ms=_milliseconds(_find(r"50%\s+([\d.]+)(us|ms|s|m)\b", report)),
            slowest_ms=_milliseconds(_find(r"99%\s+([\d.]+)(us|ms|s|m)\b", report)),
            requests=int(whole[1]),
            megabytes=float(whole[2]) * SIZES[whole[3]],
        )
    except ValueError as error:
        raise LoadFailed(f"wrk said nothing to read: {error}") from error


def _find(pattern: str, report: str) -> re.Match:
    found = re.search(pattern, report)
    if found is None:
        raise ValueError(f"no {pattern}")
    return found


def _milliseconds(found: re.Match) -> float:
    return float(found[1]) * UNITS[found[2]]
