"""Months of the practice, as moments."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from dateutil.relativedelta import relativedelta

MONTHS = 12


def first_days(*, now: datetime, zone: ZoneInfo, months: int = MONTHS) -> list[date]:
    """The first day of each of the last `months` months, the running one last."""
    this_month = now.astimezone(zone).date().replace(day=1)
    return [this_month - relativedelta(months=ago) for ago in reversed(range(months))]


def begin(day: date, zone: ZoneInfo) -> datetime:
    """Midnight of `day` in `zone`."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
