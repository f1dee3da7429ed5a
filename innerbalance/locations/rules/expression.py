"""Slots and closures as one OpenStreetMap `opening_hours` expression.

Source of the language: https://wiki.openstreetmap.org/wiki/Key:opening_hours/specification
Readers of the language disagree on what a closed day does to the small hours that belong to
the evening before, so a span past midnight is written as two, one on each day, and the days
around a closure are written out where they differ. Every reader then sees the same hours.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from innerbalance.locations.rules.slots import MINUTES_A_DAY, Closure, Slot, Span

WEEKDAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
# Written out: strftime("%b") follows the locale, the language does not.
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
EARLIEST, LATEST = date(1900, 1, 1).toordinal(), date.max.toordinal()
NEVER = LATEST + 2

type Stretches = tuple[tuple[int, int], ...]


def weekly_expression(slots: Iterable[Slot]) -> str:
    """The hours of an ordinary week, `"off"` when there are none."""
    week = _week(slots)
    rules: dict[Stretches, list[int]] = {}
    for weekday in range(7):
        stretches = _stretches(week[weekday], week[weekday - 1])
        if stretches:
            rules.setdefault(stretches, []).append(weekday)
    if not rules:
        return "off"
    return "; ".join(f"{_weekdays(days)} {_times(s)}" for s, days in rules.items())


def full_expression(slots: Iterable[Slot], closures: Sequence[Closure]) -> str:
    """The weekly expression followed by one rule for each run of days that differ from it.

    It is as long as there are closures, however long they last. The language knows the years 1900 to 9999; what lies
    before is left out.
    """
    slots = list(slots)
    week = _week(slots)

    def closure_on(day: int) -> Closure | None:
        return next((c for c in reversed(closures) if c.first.toordinal() <= day <= c.last.toordinal()), None)

    def spans_on(day: int) -> tuple[Span, ...]:
        closure = closure_on(day)
        return week[_weekday(day)] if closure is None else closure.spans

    rules: list[tuple[int, int, Stretches, str]] = []

    def tell(first: int, last: int) -> None:
        """A run of days that are alike, and the days before them too."""
        first, last = max(first, EARLIEST), min(last, LATEST)
        if first > last:
            return
        closure, stretches = closure_on(first), _stretches(spans_on(first), spans_on(first - 1))
        if closure is None and stretches == _stretches(week[_weekday(first)], week[_weekday(first - 1)]):
            return
        reason = closure.reason if closure else ""
        if rules and rules[-1][1] + 1 == first and rules[-1][2:] == (stretches, reason):
            rules[-1] = (rules[-1][0], last, stretches, reason)
        else:
            rules.append((first, last, stretches, reason))

    # From one edge to the next the same closure holds, or none. The first day stands for itself: something may have
    # run into it past midnight.
    edges = sorted({c.first.toordinal() for c in closures} | {c.last.toordinal() + 1 for c in closures})
    for edge, following in pairwise([*edges, NEVER]):
        tell(edge, edge)
        if closure_on(edge) is not None:
            tell(edge + 1, following - 1)
    return "; ".join([weekly_expression(slots), *(_dated(*rule) for rule in rules)])


def _weekday(day: int) -> int:
    """0 is Monday, as is the first day of the calendar."""
    return (day - 1) % 7


def _week(slots: Iterable[Slot]) -> list[tuple[Span, ...]]:
    week: list[list[Span]] = [[] for _ in range(7)]
    for slot in slots:
        week[slot.weekday].append(slot.span)
    return [tuple(spans) for spans in week]


def _stretches(today: Iterable[Span], yesterday: Iterable[Span]) -> Stretches:
    """The open minutes of one calendar day, disjoint and in order."""
    found = [(span.opens, min(span.closes, MINUTES_A_DAY)) for span in today]
    found += [(0, s.closes - MINUTES_A_DAY) for s in yesterday if s.closes > MINUTES_A_DAY]
    merged: list[tuple[int, int]] = []
    for opens, closes in sorted(found):
        if merged and opens <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], closes))
        else:
            merged.append((opens, closes))
    return tuple(merged)


def _dated(first: int, last: int, stretches: Stretches, reason: str) -> str:
    days = _date(first) if first == last else f"{_date(first)}-{_date(last)}"
    comment = reason.replace('"', "'").strip()
    return f"{days} {_times(stretches)}" + (f' "{comment}"' if comment else "")


def _date(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.year} {MONTHS[day.month - 1]} {day.day:02}"


def _times(stretches: Stretches) -> str:
    return ",".join(f"{_clock(a)}-{_clock(b)}" for a, b in stretches) or "off"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _weekdays(days: list[int]) -> str:
    """Runs as `Mo-Fr`, single days after commas: `Mo-Th,Sa`."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    parts = []
    for run in runs:
        if len(run) > 1:
            parts.append(f"{WEEKDAYS[run[0]]}-{WEEKDAYS[run[-1]]}")
        else:
            parts.append(WEEKDAYS[run[0]])
    return ",".join(parts)
