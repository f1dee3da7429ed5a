"""How long a request is kept after it ended."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from dateutil.relativedelta import relativedelta


@dataclass(frozen=True)
class Periods:
    """The practice's own retention periods; these are the defaults."""

    clients_months: int = 24
    others_months: int = 12
    quarantine_days: int = 30


@dataclass(frozen=True)
class Cutoffs:
    """What ended, or was held, before these moments is due for deletion. A month back is the same day, or its last."""

    clients: datetime
    others: datetime
    quarantine: datetime


def cutoffs(*, now: datetime, periods: Periods) -> Cutoffs:
    return Cutoffs(
        clients=now - relativedelta(months=periods.clients_months),
        others=now - relativedelta(months=periods.others_months),
        quarantine=now - timedelta(days=periods.quarantine_days),
    )
