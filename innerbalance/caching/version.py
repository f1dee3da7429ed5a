"""Reads and moves the site's version, and caches things for one version."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from . import generations
from .models import SiteVersion

CACHED_SECONDS = 3600
MISSING = object()


@transaction.atomic
def touch(now: datetime | None) -> None:
    """In the transaction of the change itself, which has to be one: both are seen at once, or neither."""
    now = now or timezone.now()
    if not SiteVersion.objects.filter(pk=1).update(changed_at=now, number=F("number") + 1):
        SiteVersion.objects.get_or_create(pk=1, defaults={"changed_at": now})
    generations.close()


def read(request: HttpRequest | None) -> tuple[int, datetime | None]:
    """Number and moment (UTC) of the last public change, read once for a request; (0, None) before the first."""
    if request is not None and hasattr(request, "site_version"):
        return request.site_version
    version = SiteVersion.objects.filter(pk=1).values_list("number", "changed_at").first() or (0, None)
    if request is not None:
        request.site_version = version  # type: ignore[attr-defined]
    return version


def cached_for_version(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    number, changed_at = read(request)
    # The moment is part of the key: a database made anew starts counting again.
    key = f"version:{number}:{changed_at.timestamp() if changed_at else 0}:{name}"
    value = cache.get(key, MISSING)
    if value is MISSING:
        value = make()
        cache.set(key, value, CACHED_SECONDS)
    return value
