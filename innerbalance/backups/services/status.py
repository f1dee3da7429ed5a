"""How the backups of this site stand, for the admin, for housekeeping and for `manage.py doctor`."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

from innerbalance.backups.models import BackupRun
from innerbalance.backups.rules import schedule


@dataclass(frozen=True)
class LastBackup:
    """`made_at`: when the last good one was begun, None before the first; `size` in bytes, `where` and `name` are its.

    `next_at`: when the next one is to be made. `error`: why the last attempt failed, "" where it did not.
    `configured`: whether there is a key to encrypt to; without one, none is made. `old`: two nights without one.
    """

    made_at: datetime | None
    size: int
    where: str
    name: str
    next_at: datetime | None
    error: str
    configured: bool
    old: bool


def last_backup(*, now: datetime | None = None) -> LastBackup:
    local = (now or timezone.now()).astimezone(ZoneInfo(settings.TIME_ZONE))
    good = BackupRun.objects.filter(succeeded=True).first()
    last = BackupRun.objects.exclude(finished_at=None).first()
    configured = bool(settings.BACKUP_RECIPIENT)
    made_at = good.started_at if good else None
    first_seen = BackupRun.objects.order_by("started_at").values_list("started_at", flat=True).first()
    since = made_at or first_seen
    return LastBackup(
        made_at=made_at,
        size=good.size if good else 0,
        where=good.place if good else "",
        name=good.name if good else "",
        next_at=schedule.next_turn(local, hour=settings.BACKUP_HOUR, last_success=made_at) if configured else None,
        error=last.error if last and not last.succeeded else "",
        configured=configured,
        old=configured and since is not None and local - since > schedule.OLD_AFTER,
    )


def is_due(*, now: datetime) -> bool:
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    good = BackupRun.objects.filter(succeeded=True).first()
    last = BackupRun.objects.first()
    return bool(settings.BACKUP_RECIPIENT) and schedule.is_due(
        local,
        hour=settings.BACKUP_HOUR,
        last_success=good.started_at if good else None,
        last_attempt=last.started_at if last else None,
    )
