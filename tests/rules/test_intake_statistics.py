"""The arithmetic of the consultation statistics."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.rules.statistics import answer_times, last_weeks, shares

PHOENIX = ZoneInfo("America/Phoenix")


def test_weeks_begin_on_the_practices_monday():
    sunday_night = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
    period = last_weeks(weeks=2, now=sunday_night, zone=PHOENIX)
    assert period.mondays == (date(2026, 11, 9), date(2026, 11, 16))
    assert period.start == datetime(2026, 11, 9, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("hours", "median", "ninetieth"),
    [([1], 1, 1), ([1, 2], 1.5, 2), (list(range(1, 11)), 5.5, 9), ([0, 0, 0, 100], 0, 100), ([], None, None)],
)
def test_median_and_ninetieth_percentile(hours, median, ninetieth):
    times = answer_times(timedelta(hours=each) for each in hours)
    assert (times.answered, times.median, times.ninetieth) == (len(hours), median, ninetieth)


@given(st.lists(st.integers(0, 500), min_size=1, max_size=60))
def test_nine_of_ten_are_within_the_ninetieth(hours):
    times = answer_times(timedelta(hours=each) for each in hours)
    assert sum(each <= times.ninetieth for each in hours) >= 0.9 * len(hours)
    assert times.median <= times.ninetieth


@given(st.dictionaries(st.text(max_size=8), st.integers(1, 99), max_size=30))
def test_shares_lose_nothing(counts):
    assert sum(each.count for each in shares(counts, at_most=5)) == sum(counts.values())
    assert len(shares(counts, at_most=5)) <= 5
