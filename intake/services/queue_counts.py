"""How the requests stand at a moment, in counts."""

from dataclasses import dataclass
from datetime import datetime

from innerbalance.row_counts import count_each
from intake.models.requests import RequestQuerySet


@dataclass(frozen=True)
class QueueCounts:
    """`waiting` for an appointment; of the open ones `overdue` (unanswered) and `stuck` (no next step); `held`."""

    waiting: int
    overdue: int
    stuck: int
    held: int


def queue_counts(*, requests: RequestQuerySet, now: datetime) -> QueueCounts:
    """In one query; `requests` with the held ones."""
    waiting, overdue, stuck, held = count_each(
        [requests.waiting(), requests.overdue(now), requests.stuck(now), requests.held()]
    )
    return QueueCounts(waiting=waiting, overdue=overdue, stuck=stuck, held=held)
