"""Months of the practice, as moments."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MONTHS = 12


def first_days(*, now: datetime, zone: ZoneInfo, months: int = MONTHS) -> list[date]:
    """The first day of each of the last `months` months, the running one last."""
    day = now.astimezone(zone).date().replace(day=1)
    days = [day]
    while len(days) < months:
        day = (day - timedelta(days=1)).replace(day=1)
        days.append(day)
    return days[::-1]


def begin(day: date, zone: ZoneInfo) -> datetime:
    """Midnight of `day` in `zone`."""
    return datetime(day.year, day.month, day.day, tzinfo=zone)
