"""The week's table: seven days from today's Monday, with closures where they fall."""

from dataclasses import dataclass
from datetime import date, datetime

from .hours import ONE_DAY, Hours, Opening
from .wording import DAYS, MONTHS, day_text


@dataclass(frozen=True)
class WeekDay:
    """One row: `text` is "9 am to 3 pm" or "closed"; `note` says why it is unlike other weeks."""

    day: date
    name: str
    date_text: str
    openings: tuple[Opening, ...]
    text: str
    note: str
    is_today: bool


def week_table(hours: Hours, at: datetime) -> list[WeekDay]:
    """Monday to Sunday of the week in which `at` falls, on the office's calendar."""
    today = hours.today(at)
    monday = today - today.weekday() * ONE_DAY
    return [_row(hours, monday + n * ONE_DAY, today) for n in range(7)]


def _row(hours: Hours, day: date, today: date) -> WeekDay:
    openings = hours.day(day)
    closure = hours.closure_on(day)
    note = ""
    if closure:
        note = closure.reason or ("" if closure.is_closed else "special hours")
    return WeekDay(
        day=day,
        name=DAYS[day.weekday()],
        date_text=f"{day.day} {MONTHS[day.month - 1]}",
        openings=openings,
        text=day_text(openings),
        note=note,
        is_today=day == today,
    )
