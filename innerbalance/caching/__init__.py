"""How long a public response may be kept, and when the whole site last changed.

`limit()` is called by whatever puts a moment on a page ("open now"); `touch_site()` by whatever changes what any page
may show. The middleware turns both into `Cache-Control` and `Last-Modified`.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest


def limit(request: HttpRequest | None, *, since: datetime | None = None, until: datetime | None = None) -> None:
    """Note that the response to `request` is true only from `since` until `until` (aware datetimes).

    Several calls narrow the span. `None` as request (a preview without one, a mail) is accepted and ignored.
    """
    if request is None:
        return
    if since is not None:
        request.public_since = max(since, getattr(request, "public_since", None) or since)  # type: ignore[attr-defined]
    if until is not None:
        request.public_until = min(until, getattr(request, "public_until", None) or until)  # type: ignore[attr-defined]


def touch_site(now: datetime | None = None) -> None:
    """Say that something public changed at `now` (default: this moment)."""
    from .version import touch

    touch(now)


def cached_until_change(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    """What `make()` gives, cached under `name` until the next `touch_site()`, and at most an hour.

    For what stands on every page and changes rarely: menus, the practice's name, office hours as data. The version is
    read once for a request, so what is cached is never older than the last public change. It needs to be picklable.
    """
    from .version import cached_for_version

    return cached_for_version(request, name, make)
