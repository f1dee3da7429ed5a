"""When a clinical review is due again, and why a post is listed for one."""

from datetime import date, timedelta
from enum import StrEnum

from dateutil.relativedelta import relativedelta

SOON = timedelta(days=30)
"""From so long before the day on, a review is listed as due."""


class Reason(StrEnum):
    NEVER_REVIEWED = "never_reviewed"
    OVERDUE = "overdue"
    CHANGED = "changed"
    DUE_SOON = "due_soon"


def next_due(reviewed: date, months: int) -> date:
    """The same day of the month `months` later, or that month's last day when it has no such day."""
    return reviewed + relativedelta(months=months)


def reason_due(*, due: date | None, changed: bool, today: date) -> Reason:
    """Why a post is listed: `due` is None when it was never reviewed, `changed` when it was edited since its review."""
    if due is None:
        return Reason.NEVER_REVIEWED
    if due <= today:
        return Reason.OVERDUE
    return Reason.CHANGED if changed else Reason.DUE_SOON


def listed_from(*, due: date | None, reviewed_revision: int | None, live_revision: int | None) -> date:
    """The day whose coming makes the review due; the first of all days where no review holds for what is live.

    `due` is when the last review ends, None when there was none; revisions are ids. A post that was published without
    a revision, as by an import, is what was reviewed as long as the reviewed revision is there.
    """
    if due is None or reviewed_revision is None:
        return date.min
    return due if live_revision in (None, reviewed_revision) else date.min
