"""What stands on many pages, read and checked once for all of them, and not once for each page.

Two things are shared: a part with the statements asked for it, and what the first statements of a version gave.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

from .recording import KNOWN, PART, Recording, Seen, recorded, running, unchanged
from .release import release
from .version import CACHED_SECONDS, Version, cached_for_version, read

MOST_KNOWN = 300
"""Statements: enough for what pages have in common, and no more than is read from a cache in no time."""

OF_SITES = '"wagtailcore_site"'
"""A request remembers the rows of this table from the first look-up on, so every part may be made of them."""


@dataclass(frozen=True)
class Part:
    value: Any
    seen: Seen
    version: tuple
    until: datetime


class Known:
    """What statements gave at `version`, or later. For one request, which read the version first of all."""

    def __init__(self, version: Version) -> None:
        number, moment = version
        self._key = f"{KNOWN}{number}:{moment}"
        self.rows: dict[bytes, bytes] = cache.get(self._key) or {}
        self._before = len(self.rows)

    def keep(self) -> None:
        """For the pages that are asked for next. Two at once may forget one another's: then these are asked again."""
        if self._before < min(len(self.rows), MOST_KNOWN):
            cache.set(self._key, dict(list(self.rows.items())[:MOST_KNOWN]), CACHED_SECONDS)


def known(request: HttpRequest) -> Known:
    if not hasattr(request, "known_rows"):
        request.known_rows = Known(read(request))  # type: ignore[attr-defined]
    return request.known_rows  # type: ignore[attr-defined]


def shared_part(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    """As `innerbalance.caching.shared_part` says. While no page is recorded nothing is kept but for the version."""
    recording = running()
    if request is None or recording is None:
        return cached_for_version(request, name, make)
    parts: dict[str, Part] = request.__dict__.setdefault("shared_parts", {})
    part = parts.get(name) or _found(request, name)
    if part:
        parts[name] = part
        recording.add(part.seen)
        return part.value
    with recorded() as own:
        value = make()
    if own.complete:
        seen = own.seen | _of_sites(recording)
        parts[name] = Part(value, seen, read(request), first_untrue(timezone.now()))
        cache.set(_key(name), parts[name], CACHED_SECONDS)
    return value


def _found(request: HttpRequest, name: str) -> Part | None:
    part: Part | None = cache.get(_key(name))
    if part is None or timezone.now() >= part.until:
        return None
    if part.version == read(request):
        return part
    if not unchanged(part.seen, known(request).rows):
        return None
    part = replace(part, version=read(request))
    cache.set(_key(name), part, CACHED_SECONDS)
    return part


def _key(name: str) -> str:
    return f"{PART}{name}:{release()}"


def _of_sites(recording: Recording | None) -> Seen:
    seen: Seen = {}
    while recording:
        seen |= {statement: rows for statement, rows in recording.seen.items() if OF_SITES in statement[0]}
        recording = recording.outer
    return seen


def first_untrue(now: datetime) -> datetime:
    """The first moment (UTC) at which what was made `now` may be untrue though the database is as it was.

    An hour later, or at midnight, in UTC or in the zone of the practice: dates on a page and in its forms change.
    """
    midnights = (
        datetime.combine(now.astimezone(zone).date() + timedelta(days=1), datetime.min.time(), zone)
        for zone in (UTC, timezone.get_current_timezone())
    )
    return min(now + timedelta(seconds=CACHED_SECONDS), *midnights)
