"""Hours in words, as a reader meets them on a page, in a mail or in the admin.

Words for "now" hold for a stretch of time, so they come as a `Reading` that says until when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from .hours import ONE_DAY, Hours, Opening
from .slots import Closure, Span

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# What people call their time; the abbreviations (MST) are known to few.
ZONE_NAMES = {
    "America/Phoenix": "Arizona time",
    "America/Los_Angeles": "Pacific time",
    "America/Denver": "Mountain time",
    "America/Boise": "Mountain time",
    "America/Chicago": "Central time",
    "America/New_York": "Eastern time",
    "America/Detroit": "Eastern time",
    "America/Anchorage": "Alaska time",
    "Pacific/Honolulu": "Hawaii time",
}


@dataclass(frozen=True)
class Reading:
    """What may be said from `since` (UTC, included) to `until` (excluded), and no longer."""

    since: datetime
    until: datetime
    is_open: bool
    text: str


def read(hours: Hours, at: datetime) -> Reading:
    """What to say at `at`: "Open now until 3 pm", "Opens Monday at 9 am", ...

    It holds from the last change to the next; midnight in the office's zone counts as one,
    because "today" and "tomorrow" move there.
    """
    today = hours.today(at)
    change, before = hours.next_change(at), hours.last_change(at)
    midnight, tomorrow = hours.midnight(today), hours.midnight(today + ONE_DAY)
    # Where clocks skip midnight itself, the day begins with the first minute there is.
    since = max(before, midnight) if before else midnight
    until = min(change, tomorrow) if change else tomorrow
    is_open = hours.is_open(at)
    text = _open_text(hours, at, change) if is_open else _closed_text(hours, at)
    return Reading(since, until, is_open, text)


def read_ahead(hours: Hours, at: datetime, span: timedelta) -> list[Reading]:
    """The reading at `at` and those that follow it, until `span` later is covered."""
    readings = [read(hours, at)]
    while readings[-1].until < at + span:
        readings.append(read(hours, readings[-1].until))
    return readings


def _open_text(hours: Hours, at: datetime, change: datetime | None) -> str:
    if change is None:
        return "Open now, day and night"
    closes = hours.wall(change)
    if change - at < ONE_DAY:
        return f"Open now until {clock(closes)}"
    return f"Open now until {_day_from(hours.today(at), closes.date())} at {clock(closes)}"


def _closed_text(hours: Hours, at: datetime) -> str:
    today = hours.today(at)
    opening = hours.next_opening(at)
    if opening is None:
        return "Closed until further notice"
    opens = hours.wall(opening)
    text = f"Opens {_day_from(today, opens.date())} at {clock(opens)}"
    closure = hours.closure_on(today)
    if closure and closure.is_closed:
        return f"Closed today{_because(closure)}. {text}"
    return text


def _day_from(today: date, day: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return "today"
    if ahead == 1:
        return "tomorrow"
    return DAYS[day.weekday()] if ahead < 7 else full_date(day, today)


def _because(closure: Closure) -> str:
    return f", {closure.reason}" if closure.reason else ""


def clock(wall: datetime | time) -> str:
    """`9 am`, `9:30 am`, `noon`, `midnight`."""
    if wall.minute == 0 and wall.hour in (0, 12):
        return "noon" if wall.hour else "midnight"
    minutes = f":{wall.minute:02}" if wall.minute else ""
    return f"{wall.hour % 12 or 12}{minutes} {'am' if wall.hour < 12 else 'pm'}"


def full_date(day: date, today: date) -> str:
    """`Thursday 26 November`, with the year where it is not that of `today`."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{DAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def moment(hours: Hours, at: datetime) -> str:
    """`Tuesday 24 November 2026, 2:05 pm Arizona time`: a moment as a page speaks of it."""
    wall = hours.wall(at)
    return (
        f"{DAYS[wall.weekday()]} {wall.day} {MONTHS[wall.month - 1]} {wall.year}, {clock(wall)} {zone_name(hours, at)}"
    )


def zone_name(hours: Hours, at: datetime) -> str:
    """The office's zone as people say it; else the abbreviation in use at `at`, or `UTC+03`."""
    if hours.zone.key in ZONE_NAMES:
        return ZONE_NAMES[hours.zone.key]
    short = at.astimezone(hours.zone).tzname() or ""
    return short if short.isalpha() else f"UTC{short}"


def opening_text(opening: Opening) -> str:
    """`9 am to 3 pm`; a whole day is `open 24 hours`."""
    if opening.closes - opening.opens == ONE_DAY and opening.opens.time() == time():
        return "open 24 hours"
    return f"{clock(opening.opens)} to {clock(opening.closes)}"


def day_text(openings: Sequence[Opening]) -> str:
    """`9 am to noon and 1 pm to 3 pm`, or `closed`."""
    return _and([opening_text(o) for o in openings]) or "closed"


def week_text(hours: Hours) -> str:
    """The ordinary week: `Monday to Thursday 9 am to 3 pm, Friday 9 am to noon`.

    Empty when the week has no hours.
    """
    named = [(n, day_text(hours.ordinary_day(n))) for n in range(7)]
    parts = []
    for text, group in groupby(named, key=lambda pair: pair[1]):
        days = [n for n, _ in group]
        if text == "closed":
            continue
        if len(days) == 7:
            return text if text == "open 24 hours" else f"every day {text}"
        first, last = DAYS[days[0]], DAYS[days[-1]]
        joint = " and " if len(days) == 2 else " to "
        parts.append(f"{first if first == last else first + joint + last} {text}")
    return ", ".join(parts)


def closure_text(closure: Closure, today: date) -> str:
    """`Closed Thursday 26 November, Thanksgiving`, or the special hours of those days."""
    if closure.first == closure.last:
        days = full_date(closure.first, today)
    elif closure.days == 2:
        days = f"{full_date(closure.first, today)} and {full_date(closure.last, today)}"
    else:
        days = f"{full_date(closure.first, today)} to {full_date(closure.last, today)}"
    if closure.is_closed:
        return f"Closed {days}{_because(closure)}"
    return f"Open {spans_text(closure.spans)} on {days}{_because(closure)}"


def spans_text(spans: Sequence[Span]) -> str:
    """The spans of one day, which need not be a particular one."""
    start = datetime(2024, 1, 1)
    return day_text(
        [Opening(start + timedelta(minutes=s.opens), start + timedelta(minutes=s.closes)) for s in sorted(spans)]
    )


def _and(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"
