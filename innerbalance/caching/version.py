"""Reads and moves the site's version."""

from datetime import datetime

from django.db.models import F
from django.utils import timezone

from .models import SiteVersion


def touch(now: datetime | None) -> None:
    now = now or timezone.now()
    if not SiteVersion.objects.filter(pk=1).update(changed_at=now, number=F("number") + 1):
        SiteVersion.objects.get_or_create(pk=1, defaults={"changed_at": now})


def changed_at() -> datetime | None:
    """The moment of the last public change (UTC), None on a site that never had one."""
    return SiteVersion.objects.filter(pk=1).values_list("changed_at", flat=True).first()
