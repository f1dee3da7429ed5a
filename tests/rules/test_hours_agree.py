"""Every minute of 2026 to 2028, read in every way the site reads hours, against the oracle."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, pairwise
from zoneinfo import ZoneInfo

import pytest

from innerbalance.locations.formats import read_ahead, week_rows
from innerbalance.locations.rules.hours import Hours
from innerbalance.locations.rules.slots import Closure, Slot, Span
from innerbalance.locations.rules.structured_hours import (
    opening_hours_specification,
    special_opening_hours_specification,
)

from . import hours_oracle

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
START = datetime(2026, 1, 1, tzinfo=UTC)
END = datetime(2029, 1, 1, tzinfo=UTC)

FRONT_OFFICE = [Slot(day, Span(9 * 60, 15 * 60)) for day in range(5)]
HOLIDAYS = [
    Closure(date(year, month, day), date(year, month, day), (), name)
    for year in (2026, 2027, 2028)
    for month, day, name in [(1, 1, "New Year"), (7, 4, "Independence Day"), (12, 25, "Christmas")]
]
MORNING = (Span(9 * 60, 12 * 60),)


@dataclass(frozen=True)
class Office:
    zone: str
    slots: list[Slot]
    closures: list[Closure]

    @property
    def hours(self) -> Hours:
        return Hours(slots=self.slots, closures=self.closures, time_zone=self.zone)


OFFICES = {
    "mesa": Office(
        "America/Phoenix",
        FRONT_OFFICE,
        [
            *HOLIDAYS,
            Closure(date(2026, 11, 26), date(2026, 11, 27), (), "Thanksgiving"),
            Closure(date(2026, 12, 24), date(2026, 12, 24), MORNING, "Christmas Eve"),
            Closure(date(2027, 12, 27), date(2028, 1, 7), (), "winter break"),
        ],
    ),
    "tempe": Office(
        "America/Phoenix",
        [Slot(day, Span(9 * 60, 12 * 60)) for day in range(5)]
        + [Slot(day, Span(12 * 60 + 30, 15 * 60)) for day in range(4)]
        + [Slot(5, Span(10 * 60, 11 * 60 + 45))],
        [
            *HOLIDAYS,
            Closure(date(2026, 11, 25), date(2026, 11, 25), (), "moving"),
            # Two spans on a Sunday, and a later entry that takes one of three days back.
            Closure(date(2027, 3, 14), date(2027, 3, 14), (Span(480, 600), Span(720, 780))),
            Closure(date(2028, 2, 28), date(2028, 3, 1), (), "floor repair"),
            Closure(date(2028, 2, 29), date(2028, 2, 29), (Span(600, 660),), "leap day"),
        ],
    ),
    "denver": Office(
        "America/Denver",
        FRONT_OFFICE + [Slot(6, Span(60, 150))],
        [
            Closure(date(2026, 3, 8), date(2026, 3, 8), (Span(90, 240),), "clocks forward"),
            Closure(date(2027, 11, 7), date(2027, 11, 7), (), "clocks back"),
            Closure(date(2028, 11, 5), date(2028, 11, 6), (Span(30, 105),), "clocks back"),
        ],
    ),
    "past midnight": Office(
        "America/Denver",
        [
            Slot(4, Span(20 * 60, 26 * 60)),
            Slot(5, Span(22 * 60, 27 * 60)),
            Slot(6, Span(22 * 60, 25 * 60 + 30)),
            # A whole day that meets the one after it.
            Slot(2, Span(0, 1440)),
            Slot(3, Span(0, 5 * 60)),
        ],
        [
            # The evening before runs out; the closed evening does not run in.
            Closure(date(2026, 2, 14), date(2026, 2, 14), (), "closed Saturday"),
            Closure(date(2026, 3, 7), date(2026, 3, 8), (Span(23 * 60, 26 * 60 + 30),), "late"),
            Closure(date(2027, 6, 2), date(2027, 6, 3), (), "midweek"),
            Closure(date(2028, 11, 3), date(2028, 11, 4), (Span(600, 600 + 1440),), "all day"),
        ],
    ),
}


@cache
def oracle(name: str) -> bytes:
    office = OFFICES[name]
    return hours_oracle.open_minutes(office.zone, START, END, office.slots, office.closures)


@pytest.fixture(params=OFFICES)
def name(request):
    return request.param


def index(at: datetime) -> int:
    minutes, rest = divmod(at - START, MINUTE)
    assert not rest
    return minutes


def test_badge(name):
    """Each reading holds through every minute of its stretch, and the stretches leave no gap."""
    office, expected = OFFICES[name], oracle(name)
    readings = read_ahead(office.hours, START, END - START)
    zone = ZoneInfo(office.zone)
    here = 0
    for reading in readings:
        since, until = max(index(reading.since), 0), min(index(reading.until), len(expected))
        assert since == here < until
        assert expected[since:until] == bytes([reading.is_open]) * (until - since), reading
        assert reading.is_open == reading.text.startswith("Open now")
        closes = expected.find(0, since)
        if reading.is_open and 0 < closes - since < 1440:
            wall = (START + closes * MINUTE).astimezone(zone)
            said = {"noon": "12 pm", "midnight": "12 am"}
            text = reading.text.removeprefix("Open now until ")
            hour, _, half = said.get(text, text).partition(" ")
            assert f"{wall:%-I:%M}".replace(":00", "") == hour, reading
            assert f"{wall:%p}".lower() == half, reading
        here = until
    assert here == len(expected)


def asked(name: str, expected: bytes) -> list[int]:
    """The minutes at which a test asks one by one: all of them for the practice's own two offices.

    For the others, to be done in seconds: all of the weeks around a change of the clocks, those around each opening
    and closing, and each seventh. Seven has no divisor in common with the hour, so each minute of it comes up.
    """
    if OFFICES[name].zone == "America/Phoenix":
        return list(range(len(expected)))
    found = set(range(0, len(expected), 7))
    for move in hours_oracle.changes(expected):
        found.update(range(max(move - 1, 0), min(move + 2, len(expected))))
    offsets = [
        (START + n * DAY).astimezone(ZoneInfo(OFFICES[name].zone)).utcoffset() for n in range((END - START).days)
    ]
    for n, (before, after) in enumerate(pairwise(offsets)):
        if before != after:
            found.update(range((n - 3) * 1440, (n + 5) * 1440))
    return sorted(found)


def test_open_now_and_next_change(name):
    hours, expected = OFFICES[name].hours, oracle(name)
    for i in asked(name, expected):
        assert hours.is_open(START + i * MINUTE) == expected[i], START + i * MINUTE
    for before, move in pairwise(hours_oracle.changes(expected)):
        at = START + (before + (move - before) // 2) * MINUTE
        assert hours.next_change(at) == START + move * MINUTE
        assert hours.last_change(at) == START + before * MINUTE
        opening = move if expected[move] else index(at)
        assert hours.next_opening(at) == START + opening * MINUTE


def test_intervals(name):
    hours, expected = OFFICES[name].hours, oracle(name)
    found = b"".join(bytes([i.is_open]) * (index(i.end) - index(i.start)) for i in hours.intervals(START, END))
    assert found == expected


def test_json_ld(name):
    """Read at the beginning of each month, for the month that follows."""
    office, expected = OFFICES[name], oracle(name)
    hours = office.hours
    weekly = opening_hours_specification(hours)
    by_day: dict[date, list[tuple[int, int]]] = {}
    for year in (2026, 2027, 2028):
        for month in range(1, 13):
            at = datetime(year, month, 1, 18, tzinfo=UTC)
            special = special_opening_hours_specification(hours, at)
            for n in range(-1, 32):
                day = at.date() + n * DAY
                spans = hours_oracle.structured_spans(day, weekly, special)
                if n < 0:
                    by_day.setdefault(day, spans)
                else:
                    by_day[day] = spans
    assert marked(office, by_day) == expected


def test_week_table(name):
    office, expected = OFFICES[name], oracle(name)
    hours = office.hours
    by_day: dict[date, list[tuple[int, int]]] = {}
    at = START - 7 * DAY
    while at < END + 7 * DAY:
        table = week_rows(hours, at)
        assert [row.day for row in table if row.is_today] == [hours.today(at)]
        for row in table:
            midnight = datetime.combine(row.day, datetime.min.time())
            by_day[row.day] = [((o.opens - midnight) // MINUTE, (o.closes - midnight) // MINUTE) for o in row.openings]
            assert (row.text == "closed") == (not row.openings)
        at += 7 * DAY
    assert marked(office, by_day) == expected


def test_answer_clock(name):
    hours, expected = OFFICES[name].hours, oracle(name)
    opened = [0, *accumulate(expected)]
    nth = [i for i, is_open in enumerate(expected) if is_open]
    reach = 21 * 1440
    for i in range(0, len(expected) - reach, 1440 - 37):
        at = START + i * MINUTE
        for length in (1, 60, 1440, reach):
            total = hours.open_time_between(at, at + length * MINUTE)
            assert total == (opened[i + length] - opened[i]) * MINUTE
        for amount in (1, 6 * 60, 13 * 60 + 17):
            due = hours.add_open_time(at, amount * MINUTE)
            assert due == START + (nth[opened[i] + amount - 1] + 1) * MINUTE, at


def marked(office: Office, by_day: dict[date, list[tuple[int, int]]]) -> bytes:
    """Spans of single days, laid over the wall clock of every minute."""
    slots: list[Slot] = []
    closures = [Closure(day, day, tuple(Span(a, b) for a, b in spans if a < b)) for day, spans in by_day.items()]
    return hours_oracle.open_minutes(office.zone, START, END, slots, closures)
