"""The arithmetic of the statistics of requests."""

import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

WEEKS_OFFERED = (4, 12, 26, 52)
WEEKS = 12


@dataclass(frozen=True)
class Period:
    """Whole weeks from a Monday on, in the practice's zone; the running week is the last one."""

    start: datetime
    end: datetime
    mondays: tuple[date, ...]


def last_weeks(*, weeks: int, now: datetime, zone: ZoneInfo) -> Period:
    """The last `weeks` weeks, the running one included, up to `now`."""
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    return Period(
        start=datetime(first.year, first.month, first.day, tzinfo=zone),
        end=now,
        mondays=tuple(first + timedelta(weeks=number) for number in range(weeks)),
    )


def monday_of(moment: datetime, zone: ZoneInfo) -> date:
    day = moment.astimezone(zone).date()
    return day - timedelta(days=day.weekday())


@dataclass(frozen=True)
class AnswerTimes:
    """Open hours from arrival to first answer. None where nothing was answered."""

    answered: int
    median: float | None
    ninetieth: float | None


def answer_times(times: Iterable[timedelta]) -> AnswerTimes:
    """The 90th percentile by nearest rank: the smallest time within which nine of ten were answered."""
    hours = sorted(time.total_seconds() / 3600 for time in times)
    if not hours:
        return AnswerTimes(answered=0, median=None, ninetieth=None)
    return AnswerTimes(
        answered=len(hours),
        median=round(statistics.median(hours), 1),
        ninetieth=round(hours[ceil(len(hours) * 0.9) - 1], 1),
    )


@dataclass(frozen=True)
class Share:
    """One line of a table of counts; `percent` of all of them."""

    label: str
    count: int
    percent: int


def shares(counts: dict[str, int], *, at_most: int | None = None, rest: str = "") -> list[Share]:
    """Label -> count as lines, most first; what is beyond `at_most` lines is one line together."""
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    if at_most is not None and len(ranked) > at_most:
        ranked, others = ranked[: at_most - 1], ranked[at_most - 1 :]
        ranked.append((rest, sum(count for _, count in others)))
    total = sum(counts.values())
    return [Share(label, count, round(100 * count / total) if total else 0) for label, count in ranked]
