"""How long a public page is true, and when the whole site last changed.

`limit()` is called by whatever puts a moment on a page ("open now"); `touch_site()` by whatever changes what any page
may show. A page is kept as finished bytes until one or the other ends it (`docs/decisions/0100`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpRequest


def limit(request: HttpRequest | None, *, until: datetime | None) -> None:
    """Note that the response to `request` is true only until then (aware); several calls take the earliest.

    `None` as request (a preview without one, a mail) is accepted and ignored.
    """
    if request is not None and until is not None:
        request.public_until = min(until, getattr(request, "public_until", None) or until)  # type: ignore[attr-defined]


def touch_site(now: datetime | None = None) -> None:
    """Say that something public changed at `now` (default: this moment), in the transaction that changes it.

    When that is over no reader gets a page from before, on this machine; on others within a tenth of a second.
    """
    from .version import touch

    touch(now)


def cached_until_change(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    """What `make()` gives, cached under `name` until the next `touch_site()`, and at most an hour.

    For what stands on every page and changes rarely: menus, the practice's name, office hours as data. The version is
    read once for a request, so what is cached is never older than the last public change. It needs to be picklable.
    """
    from .version import cached_for_version

    return cached_for_version(request, name, make)


def shared_part(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    """As `cached_until_change`, for what many pages show; a change elsewhere doesn't make it anew.

    `make()` has to depend on the database, the day and `name` alone, and on no row that was read before.
    """
    from .parts import shared_part

    return shared_part(request, name, make)
