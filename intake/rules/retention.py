"""How long a request is kept after it ended."""

import calendar
from dataclasses import dataclass
from datetime import datetime, timedelta

from intake.rules.status import ENDED, Outcome, Status


@dataclass(frozen=True)
class Periods:
    """The practice's own retention periods; these are the defaults."""

    clients_months: int = 24
    others_months: int = 12
    quarantine_days: int = 30


def months_before(moment: datetime, months: int) -> datetime:
    """The same day and time `months` earlier, or that month's last day."""
    index = moment.year * 12 + moment.month - 1 - months
    year, month = divmod(index, 12)
    month += 1
    day = min(moment.day, calendar.monthrange(year, month)[1])
    return moment.replace(year=year, month=month, day=day)


@dataclass(frozen=True)
class Cutoffs:
    """What ended, or was held, before these moments is due for deletion."""

    clients: datetime
    others: datetime
    quarantine: datetime


def cutoffs(*, now: datetime, periods: Periods) -> Cutoffs:
    return Cutoffs(
        clients=months_before(now, periods.clients_months),
        others=months_before(now, periods.others_months),
        quarantine=now - timedelta(days=periods.quarantine_days),
    )


def is_due(
    *,
    status: Status,
    outcome: Outcome | None,
    ended_at: datetime | None,
    received_at: datetime,
    quarantined: bool,
    on_hold: bool,
    limits: Cutoffs,
) -> bool:
    """Whether one request is past its time. What is under "keep" never is."""
    if on_hold:
        return False
    if quarantined:
        return received_at < limits.quarantine
    if status not in ENDED or ended_at is None:
        return False
    client = outcome == Outcome.BECAME_CLIENT
    return ended_at < (limits.clients if client else limits.others)
