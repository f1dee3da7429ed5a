"""What housekeeping does: keeps database and journal together before anything is sent, and makes the night's backup."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from innerbalance.backups.services import BackupFailed, runs
from innerbalance.backups.services.making import described
from innerbalance.backups.services.status import is_due, last_backup
from innerbalance.housekeeping.services import Job, JobFailed
from innerbalance.journal.services import gate, promises, recovery

JOURNAL_LASTS = timedelta(days=430)
"""Longer than the oldest backup that retention keeps."""


def watch_journal(now: datetime) -> str:
    """Write what waits, and put right a database that is not the one its journal expects. Raises JobFailed."""
    try:
        if recovery.recover_if_needed(now=now):
            return _("what the journal says was done again; email is paused until an owner looks")
        promises.write_out()
        gate.folder().forget_before(now - JOURNAL_LASTS)
    except OSError as error:
        raise JobFailed(
            _("The journal of promises can't be written (%(why)s): no newsletter is sent until it can.")
            % {"why": error.strerror or type(error).__name__}
        ) from error
    return ""


def make_backup(now: datetime) -> str:
    """Raises JobFailed, each minute, while the last attempt has failed: the admin's home says so until one succeeds."""
    if is_due(now=now):
        try:
            made = runs.run(now=now)
        except BackupFailed as failure:
            raise JobFailed(str(failure)) from failure
        return _("%(name)s made in %(seconds)s seconds, %(size)s") % described(made)
    last = last_backup(now=now)
    if last.error:
        raise JobFailed(_("The last backup failed: %(error)s") % {"error": last.error})
    if last.old:
        raise JobFailed(_("No backup was finished for more than a day and a half."))
    return ""


BEFORE_ALL = (Job("backups.watch-journal", watch_journal),)
# Last, and in the night: it may take minutes.
AFTER_ALL = (Job("backups.make", make_backup, slow_after=600),)
