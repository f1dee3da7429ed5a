"""When the office has promised to answer, counted in that office's open hours."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Protocol


class OpenHours(Protocol):
    """The part of an office directory that this rule needs."""

    def add_open_time(self, office_id: int, after: datetime, amount: timedelta) -> datetime | None: ...


def answer_due(
    *, hours: OpenHours, office_ids: Iterable[int], received_at: datetime, open_hours: timedelta
) -> datetime | None:
    """The moment `open_hours` of open time after `received_at`, aware, in UTC or as given.

    With several offices (no preference, or telehealth) the first of them to get there answers.
    None when no office has hours to count.
    """
    moments = [hours.add_open_time(each, received_at, open_hours) for each in office_ids]
    return min((moment for moment in moments if moment is not None), default=None)


def round_up(moment: datetime, *, minutes: int = 15) -> datetime:
    """The promise in words is a round time, and never earlier than the promise in the table."""
    whole = moment.replace(second=0, microsecond=0)
    past = timedelta(minutes=whole.minute % minutes)
    if past or whole != moment:
        whole += timedelta(minutes=minutes) - past
    return whole
