"""Whatever slots and closures an office has, in whatever zone, all readings agree."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innerbalance.locations.formats import closure_text, read_ahead, week_text
from innerbalance.locations.rules.hours import HORIZON, Hours
from innerbalance.locations.rules.slots import Closure, Slot, Span
from innerbalance.locations.rules.structured_hours import (
    opening_hours_specification,
    special_opening_hours_specification,
)

from . import hours_oracle

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# Three weeks around a clock change of a zone: an hour, half an hour (Lord Howe), at
# midnight itself (Havana, Beirut), none (Phoenix).
WINDOWS = [
    ("America/Denver", date(2026, 3, 1)),
    ("America/Denver", date(2026, 10, 25)),
    ("America/Phoenix", date(2026, 12, 20)),
    ("Australia/Lord_Howe", date(2026, 4, 1)),
    ("Australia/Lord_Howe", date(2026, 9, 25)),
    ("America/Havana", date(2026, 3, 1)),
    ("America/Havana", date(2026, 10, 25)),
    ("Asia/Beirut", date(2026, 3, 20)),
    ("Asia/Kathmandu", date(2026, 5, 1)),
]
WEEKS = 3

minutes = st.integers(0, 1439) | st.sampled_from([0, 60, 90, 120, 150, 540, 720, 900, 1380])
lengths = st.integers(1, 1440) | st.sampled_from([30, 60, 360, 540, 1440])
spans = st.builds(lambda opens, length: Span(opens, opens + length), minutes, lengths)
slots = st.lists(st.builds(Slot, st.integers(0, 6), spans), max_size=8)
windows = st.sampled_from(WINDOWS)


@st.composite
def offices(draw):
    zone, first = draw(windows)
    closures = draw(
        st.lists(
            st.builds(
                lambda day, length, spans: Closure(
                    first + day * DAY, first + (day + length) * DAY, tuple(spans), "a reason"
                ),
                st.integers(-2, WEEKS * 7 + 2),
                st.integers(0, 9),
                st.lists(spans, max_size=2),
            ),
            max_size=4,
        )
    )
    start = datetime.combine(first, datetime.min.time(), UTC)
    return zone, draw(slots), closures, start, start + WEEKS * 7 * DAY


quick = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@quick
@given(offices())
def test_intervals_and_days_and_json_ld(office):
    zone, slots, closures, start, end = office
    hours = Hours(slots=slots, closures=closures, time_zone=zone)
    expected = hours_oracle.open_minutes(zone, start, end, slots, closures)

    intervals = list(hours.intervals(start, end))
    found = b"".join(bytes([i.is_open]) * ((i.end - i.start) // MINUTE) for i in intervals)
    assert found == expected
    assert all(a.is_open != b.is_open for a, b in pairwise(intervals))

    days = [start.date() + n * DAY for n in range(-2, WEEKS * 7 + 2)]
    table = [Closure(day, day, tuple(_span(day, opening) for opening in hours.day(day))) for day in days]
    assert hours_oracle.open_minutes(zone, start, end, [], table) == expected

    weekly = opening_hours_specification(hours)
    special = special_opening_hours_specification(hours, start)
    told = [
        Closure(
            day,
            day,
            tuple(Span(a, b) for a, b in hours_oracle.structured_spans(day, weekly, special) if a < b),
        )
        for day in days
    ]
    # What began before yesterday is no longer told: from the second day on all is there.
    kept = slice(2 * 1440, None)
    assert hours_oracle.open_minutes(zone, start, end, [], told)[kept] == expected[kept]


@quick
@given(offices(), st.integers(0, WEEKS * 7 * 1440 - 1), st.integers(0, 4000))
def test_now_and_the_answer_clock(office, minute, amount):
    zone, slots, closures, start, end = office
    hours = Hours(slots=slots, closures=closures, time_zone=zone)
    expected = hours_oracle.open_minutes(zone, start, end, slots, closures)
    at = start + minute * MINUTE
    assert hours.is_open(at) == expected[minute]
    assert hours.open_time_between(at, end) == sum(expected[minute:]) * MINUTE

    # N open hours after: the end of the N-th open minute, counted by the oracle.
    due = hours.add_open_time(at, amount * MINUTE)
    opened = [i for i in range(minute, len(expected)) if expected[i]]
    if not amount:
        assert due == at
    elif amount <= len(opened):
        assert due == start + (opened[amount - 1] + 1) * MINUTE
    elif due is None:
        assert hours.open_time_between(at, at + HORIZON) < amount * MINUTE
    else:
        assert due > end
        assert hours.open_time_between(at, due) == amount * MINUTE
        assert hours.open_time_between(at, due - MINUTE) < amount * MINUTE
    # As much as a stretch lasts is due when it ends, not when the next one begins.
    for count, i in enumerate(opened, 1):
        if i + 1 < len(expected) and not expected[i + 1]:
            assert hours.add_open_time(at, count * MINUTE) == start + (i + 1) * MINUTE


@quick
@given(offices(), st.integers(0, WEEKS * 7 * 1440 - 1), st.integers(0, 2000), st.integers(0, 2000))
def test_open_hours_after_add_up(office, minute, first, second):
    """Counting on from where one count ended is counting both at once, and more is never due earlier."""
    zone, slots, closures, start, _ = office
    hours = Hours(slots=slots, closures=closures, time_zone=zone)
    at = start + minute * MINUTE
    middle, whole = hours.add_open_time(at, first * MINUTE), hours.add_open_time(at, (first + second) * MINUTE)
    if whole is None:
        assert hours.open_time_between(at, at + HORIZON) < (first + second) * MINUTE
    else:
        assert middle <= whole
        assert not second or hours.add_open_time(middle, second * MINUTE) == whole


@quick
@given(offices())
def test_readings_cover_time_and_speak(office):
    zone, slots, closures, start, end = office
    hours = Hours(slots=slots, closures=closures, time_zone=zone)
    expected = hours_oracle.open_minutes(zone, start, end, slots, closures)
    here = start
    for reading in read_ahead(hours, start, end - start):
        assert reading.since <= here < reading.until
        until = min(reading.until, end)
        first, last = (here - start) // MINUTE, (until - start) // MINUTE
        assert expected[first:last] == bytes([reading.is_open]) * (last - first)
        assert reading.text.startswith(("Open now", "Opens ", "Closed "))
        here = reading.until
    assert (week_text(hours) == "") == (not slots)
    assert all(closure_text(closure, start.date()) for closure in closures)


def _span(day: date, opening) -> Span:
    midnight = datetime.combine(day, datetime.min.time())
    return Span((opening.opens - midnight) // MINUTE, (opening.closes - midnight) // MINUTE)
