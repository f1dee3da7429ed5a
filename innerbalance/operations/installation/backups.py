"""Whether the site could be brought back."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from innerbalance.backups.services.status import last_backup
from innerbalance.formats import format_date
from innerbalance.operations.findings import Finding, fault, good, warning
from innerbalance.operations.measurements import Measurement


def set_up(now: datetime) -> Iterator[Finding]:
    if last_backup(now=now).configured:
        yield good(_("Backups are set up."))
    else:
        yield fault(
            _(
                "No backups are set up: a broken disk would take everything. "
                "Run manage.py backup_key and do what it says."
            )
        )


def made(now: datetime) -> Iterator[Finding]:
    last = last_backup(now=now)
    if not last.configured:
        return
    if last.error:
        yield fault(_("The last backup failed: %(why)s") % {"why": last.error})
    if last.old:
        yield fault(_("No backup was made for two nights. Look at housekeeping, and run manage.py backup."))
    elif last.made_at:
        yield good(_("The last backup was made on %(day)s.") % {"day": format_date(last.made_at)})
    elif not last.error:
        yield warning(_("No backup has been made yet. The first is made tonight; manage.py backup makes one now."))


def age(now: datetime) -> Iterator[Measurement]:
    made_at = last_backup(now=now).made_at
    if made_at:
        seconds = (now - made_at).total_seconds()
        yield Measurement("innerbalance_backup_age_seconds", "Since the last good backup was begun.", seconds)
