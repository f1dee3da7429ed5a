"""Hours in words, as a reader meets them on a page, in an email or in the admin.

Words for "now" hold for a stretch of time, so they come as a `Reading` that says until when.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from innerbalance.formats import format_date, format_datetime, format_list, format_time
from innerbalance.locations.rules.checks import Fault, Problem
from innerbalance.locations.rules.hours import ONE_DAY, Hours, Opening
from innerbalance.locations.rules.slots import Closure, Span

# What people call their time; the abbreviations (MST) are known to few.
ZONE_NAMES = {
    "America/Phoenix": _("Arizona time"),
    "America/Los_Angeles": _("Pacific time"),
    "America/Denver": _("Mountain time"),
    "America/Boise": _("Mountain time"),
    "America/Chicago": _("Central time"),
    "America/New_York": _("Eastern time"),
    "America/Detroit": _("Eastern time"),
    "America/Anchorage": _("Alaska time"),
    "Pacific/Honolulu": _("Hawaii time"),
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
        return gettext("Open now, day and night")
    closes = hours.wall(change)
    if change - at < ONE_DAY:
        return gettext("Open now until %(time)s") % {"time": format_time(closes)}
    day = _day_from(hours.today(at), closes.date())
    return gettext("Open now until %(day)s at %(time)s") % {"day": day, "time": format_time(closes)}


def _closed_text(hours: Hours, at: datetime) -> str:
    today = hours.today(at)
    opening = hours.next_opening(at)
    if opening is None:
        return gettext("Closed until further notice")
    opens = hours.wall(opening)
    named = {"day": _day_from(today, opens.date()), "time": format_time(opens)}
    closure = hours.closure_on(today)
    if closure is None or not closure.is_closed:
        return gettext("Opens %(day)s at %(time)s") % named
    if closure.reason:
        return gettext("Closed today (%(reason)s). Opens %(day)s at %(time)s") % {**named, "reason": closure.reason}
    return gettext("Closed today. Opens %(day)s at %(time)s") % named


def _day_from(today: date, day: date) -> str:
    ahead = (day - today).days
    if ahead == 0:
        return gettext("today")
    if ahead == 1:
        return gettext("tomorrow")
    return str(WEEKDAYS[day.weekday()]) if ahead < 7 else full_date(day, today)


def full_date(day: date, today: date) -> str:
    """`Thursday, November 26`, with the year where it is not that of `today`."""
    return format_date(day, year=day.year != today.year)


def as_of(hours: Hours, at: datetime) -> str:
    """`as of Tuesday, November 24, 2026 at 2:05 pm Arizona time`."""
    named = {"moment": format_datetime(at, hours.zone, year=True), "zone": zone_name(hours, at)}
    return gettext("as of %(moment)s %(zone)s") % named


def zone_name(hours: Hours, at: datetime) -> str:
    """The office's zone as people say it; else the abbreviation in use at `at`, or `UTC+03`."""
    if hours.zone.key in ZONE_NAMES:
        return str(ZONE_NAMES[hours.zone.key])
    short = at.astimezone(hours.zone).tzname() or ""
    return short if short.isalpha() else f"UTC{short}"


def opening_text(opening: Opening) -> str:
    """`9 am to 3 pm`; a whole day is `open 24 hours`."""
    if opening.closes - opening.opens == ONE_DAY and opening.opens.time() == time():
        return gettext("open 24 hours")
    named = {"opens": format_time(opening.opens), "closes": format_time(opening.closes)}
    return gettext("%(opens)s to %(closes)s") % named


def day_text(openings: Sequence[Opening]) -> str:
    """`9 am to noon and 1 pm to 3 pm`, or `closed`."""
    return format_list(opening_text(o) for o in openings) or gettext("closed")


def week_text(hours: Hours) -> str:
    """The ordinary week: `Monday to Thursday 9 am to 3 pm, Friday 9 am to noon`.

    Empty when the week has no hours.
    """
    week = [hours.ordinary_day(weekday) for weekday in range(7)]
    if not any(week):
        return ""
    named = enumerate(day_text(openings) for openings in week)
    runs = [(text, [day for day, _ in group]) for text, group in groupby(named, key=lambda pair: pair[1])]
    if len(runs) == 1:
        text = runs[0][0]
        return text if text == gettext("open 24 hours") else gettext("every day %(hours)s") % {"hours": text}
    parts = [
        gettext("%(days)s %(hours)s") % {"days": _days_text(days), "hours": text}
        for text, days in runs
        if week[days[0]]
    ]
    return ", ".join(parts)


def _days_text(days: Sequence[int]) -> str:
    """`Friday`, `Monday and Tuesday`, `Monday to Thursday`."""
    names = [str(WEEKDAYS[day]) for day in days]
    if len(names) < 3:
        return format_list(names)
    return gettext("%(first)s to %(last)s") % {"first": names[0], "last": names[-1]}


@dataclass(frozen=True)
class WeekRow:
    """A day of the week's table: `text` is "9 am to 3 pm" or "closed"; `note` says why it is unlike other weeks."""

    day: date
    name: str
    date_text: str
    openings: tuple[Opening, ...]
    text: str
    note: str
    is_today: bool


def week_rows(hours: Hours, at: datetime) -> list[WeekRow]:
    """Monday to Sunday of the week in which `at` falls, on the office's calendar."""
    today = hours.today(at)
    monday = today - today.weekday() * ONE_DAY
    return [_week_row(hours, monday + n * ONE_DAY, today) for n in range(7)]


def _week_row(hours: Hours, day: date, today: date) -> WeekRow:
    openings = hours.day(day)
    closure = hours.closure_on(day)
    note = ""
    if closure:
        note = closure.reason or ("" if closure.is_closed else gettext("special hours"))
    return WeekRow(
        day=day,
        name=str(WEEKDAYS[day.weekday()]),
        date_text=format_date(day, weekday=False),
        openings=openings,
        text=day_text(openings),
        note=note,
        is_today=day == today,
    )


def closure_text(closure: Closure, today: date) -> str:
    """`Closed Thursday, November 26 (Thanksgiving)`, or the special hours of those days."""
    named = {
        "days": _dates_text(closure.first, closure.last, today),
        "hours": spans_text(closure.spans),
        "reason": closure.reason,
    }
    if closure.is_closed and closure.reason:
        return gettext("Closed %(days)s (%(reason)s)") % named
    if closure.is_closed:
        return gettext("Closed %(days)s") % named
    if closure.reason:
        return gettext("Open %(hours)s on %(days)s (%(reason)s)") % named
    return gettext("Open %(hours)s on %(days)s") % named


def _dates_text(first: date, last: date, today: date) -> str:
    days = full_date(first, today), full_date(last, today)
    if first == last:
        return days[0]
    if last - first == ONE_DAY:
        return format_list(days)
    return gettext("%(first)s through %(last)s") % {"first": days[0], "last": days[1]}


def spans_text(spans: Sequence[Span]) -> str:
    """The spans of one day, which need not be a particular one."""
    start = datetime(2024, 1, 1)
    return day_text(
        [Opening(start + timedelta(minutes=s.opens), start + timedelta(minutes=s.closes)) for s in sorted(spans)]
    )


FAULTS = {
    Fault.NOT_WHOLE_MINUTES: _("Give whole minutes, like 9:30."),
    Fault.MORE_THAN_A_DAY: _("This is more than 24 hours. Closes on the same day? Clear “closes on the next day”."),
    Fault.CLOSES_TOO_EARLY: _(
        "This is not after the opening time. Open past midnight? Check “closes on the next day”."
    ),
    Fault.LAST_BEFORE_FIRST: _("This is before the first day, %(day)s."),
    Fault.PAST: _("This day is past. Today is %(today)s."),
    Fault.TOO_LONG: _("A closure lasts a year at most. Check the year."),
    Fault.TOO_FAR: _("This is more than two years ahead. Check the year."),
    Fault.TOO_LONG_AGO: _("This is more than a year ago. Check the year."),
    Fault.OVERLAP: _("Another closure is already entered for %(days)s. Change that one."),
    Fault.OVERLAP_WITH_REASON: _("“%(reason)s” is already entered for %(days)s. Change that one."),
}


def problem_text(problem: Problem, today: date) -> str:
    """What is wrong with hours or dates as they were typed, for the person who typed them."""
    named = {"today": full_date(today, today)}
    if problem.day:
        named["day"] = full_date(problem.day, today)
    if problem.other:
        named["days"] = _dates_text(problem.other.first, problem.other.last, today)
        named["reason"] = problem.other.reason
    return FAULTS[problem.fault] % named
