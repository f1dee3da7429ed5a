"""Making a promise: a row in the transaction of the change itself, then a line on the disk before anybody is told.

A change that is rolled back takes its row along, so nothing stands in the journal that did not happen. A process that
dies between the commit and the line leaves the row unwritten, and the next one writes the line.
"""

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db import DatabaseError, transaction
from django.utils import timezone

from innerbalance.durability import sync_commits
from innerbalance.journal.lines import Line
from innerbalance.journal.models import Promise, SiteEpoch, new_token
from innerbalance.journal.services import gate

logger = logging.getLogger(__name__)

LINES_AT_ONCE = 500


_done_again: ContextVar[bool] = ContextVar("promises are done again", default=False)


@contextmanager
def done_again() -> Iterator[None]:
    """What is done inside was promised before: it is no new promise."""
    before = _done_again.set(True)
    try:
        yield
    finally:
        _done_again.reset(before)


def promise(kind: str, **data: Any) -> None:
    """Write the promise down with the transaction under way, and in the journal when that commits.

    `data`: ids, codes, moments as ISO 8601, keyed hashes; never an address or a name. A journal that can't be
    written is logged, and tried again by housekeeping: the change itself stands.
    """
    if _done_again.get():
        return
    Promise.objects.create(token=new_token(), kind=kind, data=data, at=timezone.now())
    transaction.on_commit(_write_quietly)


def write_out() -> int:
    """Write what waits; how many lines. What it returns for is on the disk. Raises OSError."""
    count, folder = 0, gate.folder()
    with folder.locked():
        while rows := list(Promise.objects.unwritten().order_by("pk")[:LINES_AT_ONCE]):
            # Before a new line hides that the last one is unknown here.
            gate.compare()
            epoch = SiteEpoch.load().token
            # A power cut must not leave a line of which the database knows nothing.
            sync_commits()
            folder.append(_lines(rows, epoch))
            Promise.objects.filter(pk__in=[row.pk for row in rows]).update(written_at=timezone.now(), data={})
            count += len(rows)
    return count


def _write_quietly() -> None:
    try:
        write_out()
    except (OSError, DatabaseError) as error:
        logger.error("The journal of promises could not be written (%s); it is tried again.", type(error).__name__)


def _lines(rows: Iterable[Promise], epoch: str) -> list[Line]:
    return [Line(token=row.token, at=row.at, epoch=epoch, kind=row.kind, data=row.data) for row in rows]
