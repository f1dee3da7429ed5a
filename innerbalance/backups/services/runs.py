"""One attempt at a backup, written down: `manage.py backup` and housekeeping both come here."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from innerbalance.backups.models import BackupRun
from innerbalance.backups.services import BackupFailed, making

KEPT_FOR = timedelta(days=400)


def run(*, now: datetime) -> making.Made:
    """Raises BackupFailed; that is in the admin, too."""
    attempt = BackupRun.objects.create(started_at=now)
    try:
        made = making.make(now=now)
    except BackupFailed as failure:
        _finish(attempt, error=str(failure))
        raise
    except Exception as error:
        _finish(attempt, error=_("It failed with %(error)s; see the log.") % {"error": type(error).__name__})
        raise
    _finish(attempt, succeeded=True, name=made.name, place=made.where[:300], size=made.size)
    BackupRun.objects.filter(started_at__lt=now - KEPT_FOR).delete()
    return made


def _finish(attempt: BackupRun, *, error: str = "", **found: object) -> None:
    BackupRun.objects.filter(pk=attempt.pk).update(finished_at=timezone.now(), error=error[:500], **found)
