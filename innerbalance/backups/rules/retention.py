"""Which backups are kept. Plain Python."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Policy:
    """How many days, weeks (ISO 8601) and months keep their newest backup. What has none does not count."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12


def kept(moments: Iterable[datetime], policy: Policy = Policy()) -> set[datetime]:
    """Those of `moments` (aware, one zone) that stay; the newest always does."""
    newest_first = sorted(set(moments), reverse=True)
    found = set(newest_first[:1])
    periods: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (policy.daily, lambda moment: moment.date()),
        (policy.weekly, lambda moment: moment.isocalendar()[:2]),
        (policy.monthly, lambda moment: (moment.year, moment.month)),
    )
    for number, period_of in periods:
        newest_of: dict[Hashable, datetime] = {}
        for moment in newest_first:
            newest_of.setdefault(period_of(moment), moment)
        found.update(list(newest_of.values())[:number])
    return found
