"""When the office has promised to answer, counted in that office's open hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo


class OpenHours(Protocol):
    """The part of innerbalance.locations.services.directory.OfficeDirectory that this rule needs."""

    def add_open_time(self, office_id, after: datetime, amount: timedelta) -> datetime | None: ...


def answer_due(
    *, hours: OpenHours, office_ids: Iterable, received_at: datetime, open_hours: timedelta
) -> datetime | None:
    """The moment `open_hours` of open time after `received_at`, aware, in UTC or as given.

    With several offices (no preference, or telehealth) the first of them to get there answers.
    None when no office has hours to count.
    """
    moments = [hours.add_open_time(each, received_at, open_hours) for each in office_ids]
    return min((moment for moment in moments if moment is not None), default=None)


def clock_words(moment: datetime) -> str:
    """`11 am`, `2:30 pm`, `noon`: how a person at the front office says it."""
    if (moment.hour, moment.minute) == (12, 0):
        return "noon"
    hour = moment.hour % 12 or 12
    minutes = f":{moment.minute:02d}" if moment.minute else ""
    return f"{hour}{minutes} {'am' if moment.hour < 12 else 'pm'}"


def moment_words(moment: datetime, *, now: datetime, zone: ZoneInfo) -> str:
    """`today, 2 pm`, `Tuesday, 11 am` or `Tuesday, December 8, 11 am`, in the office's zone."""
    local, today = moment.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today).days
    if days == 0:
        day = "today"
    elif days == 1:
        day = "tomorrow"
    elif 1 < days < 7:
        day = f"{local:%A}"
    else:
        day = f"{local:%A, %B} {local.day}"
    return f"{day}, {clock_words(local)}"


def round_up(moment: datetime, *, minutes: int = 15) -> datetime:
    """The promise in words is a round time, and never earlier than the promise in the table."""
    whole = moment.replace(second=0, microsecond=0)
    past = timedelta(minutes=whole.minute % minutes)
    if past or whole != moment:
        whole += timedelta(minutes=minutes) - past
    return whole


def promise(*, due: datetime | None, now: datetime, zone: ZoneInfo, open_hours: timedelta) -> str:
    """What the reader is told above the button."""
    hours = open_hours.total_seconds() / 3600
    amount = f"{hours:g} open hour{'' if hours == 1 else 's'}"
    if due is None:
        return f"We answer within {amount}."
    words = moment_words(round_up(due), now=now, zone=zone)
    return f"We answer within {amount}: by {words} ({now.astimezone(zone):%Z})."
