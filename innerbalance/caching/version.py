"""Reads and moves the site's version, and caches things for one version."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import connection, transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from .models import SiteVersion

CACHED_SECONDS = 3600
MISSING = object()


@transaction.atomic
def touch(now: datetime | None) -> None:
    """In the transaction of the change itself, which has to be one: both are seen at once, or neither."""
    now = now or timezone.now()
    if not SiteVersion.objects.filter(pk=1).update(changed_at=now, number=F("number") + 1):
        SiteVersion.objects.get_or_create(pk=1, defaults={"changed_at": now})
    # They read the version, as this module's functions do.
    from .common import ask_again
    from .generations import close

    close()
    transaction.on_commit(ask_again, robust=True)


type Version = tuple[int, str]
"""The number, and the moment as the database writes it, in digits: a database made anew starts counting again."""

NONE: Version = (0, "")


def current(*, lock: str = "") -> Version:
    """As it is at this moment, without an object for it: every page begins so. `lock`: what SQL calls it."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT number, changed_at FROM caching_siteversion WHERE id = 1 {lock}")  # noqa: S608
        row = cursor.fetchone()
    return (row[0], "".join(filter(str.isdigit, str(row[1])))) if row else NONE


def read(request: HttpRequest | None) -> Version:
    """The last public change, read once for a request; NONE before the first."""
    if request is not None and hasattr(request, "site_version"):
        return request.site_version
    version = current()
    if request is not None:
        request.site_version = version  # type: ignore[attr-defined]
    return version


def cached_for_version(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    number, moment = read(request)
    key = f"version:{number}:{moment}:{name}"
    value = cache.get(key, MISSING)
    if value is MISSING:
        value = make()
        cache.set(key, value, CACHED_SECONDS)
    return value
