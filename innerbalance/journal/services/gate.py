"""Whether email may leave. A database that is not the one its journal expects sends nothing until a person looked."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone

from innerbalance.journal.files import Folder
from innerbalance.journal.models import Cause, Promise, SiteEpoch, known


def folder() -> Folder:
    return Folder(settings.JOURNAL_DIR)


def email_is_paused() -> bool:
    """Asked before anything is sent that waits in the database. A journal that can't be read pauses, too."""
    try:
        return compare().paused_at is not None
    except OSError:
        return True


def compare() -> SiteEpoch:
    """Look whether database and journal belong together, and pause email where they do not. Raises OSError.

    A first start makes the journal.
    """
    state = SiteEpoch.load()
    if state.paused_at is None and (cause := _difference(state)):
        pause(cause=cause, now=timezone.now())
        state.refresh_from_db()
    return state


def pause(*, cause: Cause, now: datetime) -> None:
    SiteEpoch.objects.filter(pk=1, paused_at=None).update(
        paused_at=now, cause=cause, recovered_at=None, report={}, resumed_at=None, resumed_by=None
    )


def _difference(state: SiteEpoch) -> Cause | None:
    journal = folder()
    last = journal.last()
    epoch = journal.epoch()
    if not epoch and last is None and not state.begun:
        journal.set_epoch(state.token)
        epoch = state.token
    if not epoch:
        return Cause.MISSING if last is None else Cause.OTHER
    if epoch != state.token:
        return Cause.OTHER
    if last is not None and not known([last.token]):
        return Cause.OLDER
    if last is None and Promise.objects.exclude(written_at=None).exists():
        return Cause.MISSING
    if not state.begun:
        SiteEpoch.objects.filter(pk=1, token=state.token).update(begun=True)
    return None
