"""What is wrong with hours as someone typed them, said at the field where it can be mended.

Each check returns `Problem`s and never raises: half-filled forms come here too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

from .slots import MINUTES_A_DAY, Closure, Slot, Span, minute_of
from .wording import DAYS, full_date

MINUTES_A_WEEK = 7 * MINUTES_A_DAY


@dataclass(frozen=True)
class Problem:
    field: str
    message: str


def time_problems(
    opens: time | None,
    closes: time | None,
    *,
    past_midnight: bool,
    fields: tuple[str, str] = ("opens", "closes"),
) -> list[Problem]:
    """Problems of one pair of times; the messages belong to `fields`."""
    if opens is None or closes is None:
        return []
    problems = [
        Problem(field, "Give whole minutes, as 9:30.")
        for field, value in zip(fields, (opens, closes), strict=True)
        if value.second or value.microsecond
    ]
    if problems:
        return problems
    start, end = minute_of(opens), minute_of(closes)
    if past_midnight and end > start:
        return [Problem(fields[1], "This is more than 24 hours. Closes on the same day? Clear the tick.")]
    if not past_midnight and end <= start:
        return [
            Problem(
                fields[1],
                "This is not after the opening. Open past midnight? Tick that it closes on the next day.",
            )
        ]
    return []


def slot_overlap(slot: Slot, others: Sequence[Slot]) -> Slot | None:
    """The first of `others` that shares a minute with `slot`; weeks follow each other."""
    return next((other for other in others if _meet(slot, other)), None)


def span_overlap(spans: Sequence[Span]) -> bool:
    """Whether two spans of the same day share a minute."""
    ordered = sorted(spans)
    return any(a.closes > b.opens for a, b in pairwise(ordered))


def date_problems(first: date | None, last: date | None, *, today: date) -> list[Problem]:
    """Problems of a closure's dates; `last` may be empty for a single day."""
    problems = []
    if first and last and last < first:
        problems.append(Problem("last", f"This is before the first day, {full_date(first, today)}."))
    elif (ends := last or first) and ends < today:
        field = "last" if last and last != first else "first"
        problems.append(Problem(field, f"This day is past. Today is {full_date(today, today)}."))
    elif first and last and (last - first).days > 366:
        problems.append(Problem("last", "A closure lasts a year at most. Check the year."))
    return problems


def closure_overlap(first: date, last: date, others: Sequence[Closure], *, today: date) -> Problem | None:
    """The problem of a closure that meets another one of the same office."""
    for other in others:
        if first <= other.last and other.first <= last:
            days = full_date(other.first, today)
            if other.last != other.first:
                days += f" to {full_date(other.last, today)}"
            what = f"“{other.reason}”" if other.reason else "Another closure"
            return Problem("first", f"{what} is already entered for {days}. Change that one.")
    return None


def slot_text(slot: Slot) -> str:
    return f"{DAYS[slot.weekday]} {_clock(slot.span.opens)} to {_clock(slot.span.closes)}"


def _clock(minute: int) -> str:
    hour, rest = divmod(minute % MINUTES_A_DAY, 60)
    return f"{hour % 12 or 12}:{rest:02} {'am' if hour < 12 else 'pm'}"


def _meet(one: Slot, other: Slot) -> bool:
    start = one.weekday * MINUTES_A_DAY + one.span.opens
    end = start + one.span.closes - one.span.opens
    begin = other.weekday * MINUTES_A_DAY + other.span.opens
    finish = begin + other.span.closes - other.span.opens
    # Sunday night may run into Monday, which is the other end of the week.
    return any(start < finish + shift and begin + shift < end for shift in (-MINUTES_A_WEEK, 0, MINUTES_A_WEEK))
