from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.growth_months import begin, first_days

PHOENIX = ZoneInfo("America/Phoenix")


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_twelve_months_in_a_row_and_now_is_in_the_last(now):
    days = first_days(now=now, zone=PHOENIX)
    assert len(set(days)) == 12
    assert days == sorted(days)
    assert all(day.day == 1 for day in days)
    assert (days[-1].month - days[0].month) % 12 == 11
    assert begin(days[-1], PHOENIX) <= now


def test_the_new_year_comes_at_midnight_in_phoenix():
    assert first_days(now=datetime(2026, 1, 1, 6, 59, tzinfo=UTC), zone=PHOENIX)[-1] == date(2025, 12, 1)
    assert first_days(now=datetime(2026, 1, 1, 7, 0, tzinfo=UTC), zone=PHOENIX)[-1] == date(2026, 1, 1)
