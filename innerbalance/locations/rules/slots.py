"""What the office enters: weekly slots and dated closures, as plain values.

Minutes are counted on the wall clock of the office, from midnight of the day a slot begins.
"""

from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

MINUTES_A_DAY = 24 * 60


class Kind(StrEnum):
    """The two kinds of hours: when the phone is answered, and when sessions can be booked."""

    FRONT_OFFICE = "front_office"
    SESSIONS = "sessions"


@dataclass(frozen=True, order=True)
class Span:
    """One stretch of open time of a day, in minutes from that day's midnight.

    `closes` may pass 1440 (26 * 60 is 2 am of the next day); it is never more than a day
    after `opens`.
    """

    opens: int
    closes: int

    def __post_init__(self) -> None:
        if not 0 <= self.opens < MINUTES_A_DAY:
            raise ValueError("A span opens between 00:00 and 23:59.")
        if not self.opens < self.closes <= self.opens + MINUTES_A_DAY:
            raise ValueError("A span closes after it opens, and at most 24 hours later.")

    @classmethod
    def between(cls, opens: time, closes: time, *, past_midnight: bool = False) -> "Span":
        """The span from two wall-clock times; `past_midnight` puts `closes` on the next day."""
        extra = MINUTES_A_DAY if past_midnight else 0
        return cls(minute_of(opens), minute_of(closes) + extra)


@dataclass(frozen=True)
class Slot:
    """A span that comes every week on `weekday` (0 is Monday)."""

    weekday: int
    span: Span

    def __post_init__(self) -> None:
        if not 0 <= self.weekday <= 6:
            raise ValueError("A weekday is 0 (Monday) to 6 (Sunday).")


@dataclass(frozen=True)
class Closure:
    """The days `first` to `last`, both included, on which other hours hold than every week.

    Without `spans` nothing that begins on those days takes place; with `spans` these take
    place instead. What began the evening before still runs to its end: a day is the day on
    which its slots begin. Where two closures meet, the later one of a list holds.
    """

    first: date
    last: date
    spans: tuple[Span, ...] = ()
    reason: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("A closure ends on or after the day it begins.")

    @property
    def is_closed(self) -> bool:
        return not self.spans

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def minute_of(wall: time) -> int:
    """The minute of the day, 0 to 1439. Raises ValueError for a time that is not a whole minute."""
    if wall.second or wall.microsecond:
        raise ValueError("Hours are whole minutes.")
    return wall.hour * 60 + wall.minute
