"""What is wrong with hours as someone typed them, and at which field it can be mended.

Each check returns `Problem`s and never raises: half-filled forms come here too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum

from innerbalance.locations.rules.slots import MINUTES_A_DAY, Closure, Slot, minute_of

MINUTES_A_WEEK = 7 * MINUTES_A_DAY
LONGEST_CLOSURE = timedelta(days=366)
# A day that is typed lies from a year back to two years ahead; farther off, it is a slip of the keys.
BACK = timedelta(days=366)
AHEAD = timedelta(days=2 * 366)


class Fault(StrEnum):
    NOT_WHOLE_MINUTES = "not_whole_minutes"
    MORE_THAN_A_DAY = "more_than_a_day"
    CLOSES_TOO_EARLY = "closes_too_early"
    LAST_BEFORE_FIRST = "last_before_first"
    PAST = "past"
    TOO_LONG = "too_long"
    TOO_FAR = "too_far"
    TOO_LONG_AGO = "too_long_ago"
    OVERLAP = "overlap"
    OVERLAP_WITH_REASON = "overlap_with_reason"


@dataclass(frozen=True)
class Problem:
    """`day` is the day that the fault is measured by, `other` the closure that is in the way."""

    field: str
    fault: Fault
    day: date | None = None
    other: Closure | None = None


def time_problems(opens: time | None, closes: time | None, *, past_midnight: bool) -> list[Problem]:
    """Problems of one pair of times, at the fields `opens` and `closes`."""
    if opens is None or closes is None:
        return []
    problems = [
        Problem(field, Fault.NOT_WHOLE_MINUTES)
        for field, value in (("opens", opens), ("closes", closes))
        if value.second or value.microsecond
    ]
    if problems:
        return problems
    start, end = minute_of(opens), minute_of(closes)
    if past_midnight and end > start:
        return [Problem("closes", Fault.MORE_THAN_A_DAY)]
    if not past_midnight and end <= start:
        return [Problem("closes", Fault.CLOSES_TOO_EARLY)]
    return []


def slot_overlap(slot: Slot, others: Sequence[Slot]) -> Slot | None:
    """The first of `others` that shares a minute with `slot`; weeks follow each other."""
    return next((other for other in others if _meet(slot, other)), None)


def date_problems(first: date | None, last: date | None, *, today: date) -> list[Problem]:
    """Problems of a closure's dates, at most one for each field; `last` may be empty for a single day."""
    problems = [
        Problem(field, fault)
        for field, day in (("first", first), ("last", last))
        if day and (fault := _out_of_reach(day, today))
    ]
    if problems:
        return problems
    if first and last and last < first:
        return [Problem("last", Fault.LAST_BEFORE_FIRST, day=first)]
    if (ends := last or first) and ends < today:
        return [Problem("last" if last and last != first else "first", Fault.PAST)]
    if first and last and last - first > LONGEST_CLOSURE:
        return [Problem("last", Fault.TOO_LONG)]
    return []


def _out_of_reach(day: date, today: date) -> Fault | None:
    if day - today > AHEAD:
        return Fault.TOO_FAR
    return Fault.TOO_LONG_AGO if today - day > BACK else None


def closure_overlap(first: date, last: date, others: Sequence[Closure]) -> Problem | None:
    """The problem of a closure that meets another one of the same office."""
    for other in others:
        if first <= other.last and other.first <= last:
            return Problem("first", Fault.OVERLAP_WITH_REASON if other.reason else Fault.OVERLAP, other=other)
    return None


def _meet(one: Slot, other: Slot) -> bool:
    start = one.weekday * MINUTES_A_DAY + one.span.opens
    end = start + one.span.closes - one.span.opens
    begin = other.weekday * MINUTES_A_DAY + other.span.opens
    finish = begin + other.span.closes - other.span.opens
    # Sunday night may run into Monday, which is the other end of the week.
    return any(start < finish + shift and begin + shift < end for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK))
