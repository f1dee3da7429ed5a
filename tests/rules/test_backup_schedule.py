from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innerbalance.backups.rules.schedule import TRY_AGAIN_AFTER, is_due, next_turn

PHOENIX = ZoneInfo("America/Phoenix")
NOW = datetime(2026, 11, 25, 2, 0, tzinfo=PHOENIX)
LAST_NIGHT = NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("now", "last_success", "last_attempt", "due"),
    [
        (NOW, None, None, True),
        (NOW, LAST_NIGHT, LAST_NIGHT, True),
        (NOW - timedelta(minutes=1), LAST_NIGHT, LAST_NIGHT, False),
        (NOW + timedelta(minutes=1), NOW, NOW, False),
        # One that failed is tried again in an hour, also when its process died.
        (NOW + timedelta(minutes=59), LAST_NIGHT, NOW, False),
        (NOW + timedelta(minutes=60), LAST_NIGHT, NOW, True),
        # A machine that was off at night makes it when it comes back.
        (NOW + timedelta(hours=9), LAST_NIGHT, LAST_NIGHT, True),
        # A clock that was two days ahead holds nothing up for two days.
        (NOW, LAST_NIGHT, NOW + timedelta(days=2), True),
    ],
)
def test_when_it_is_due(now, last_success, last_attempt, due):
    assert is_due(now, hour=2, last_success=last_success, last_attempt=last_attempt) is due


@given(
    st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(PHOENIX)),
    st.integers(min_value=0, max_value=23),
    st.timedeltas(min_value=timedelta(), max_value=timedelta(days=3)),
)
def test_the_next_turn_is_at_its_hour_and_after_the_last_success(now, hour, ago):
    turn = next_turn(now, hour=hour, last_success=now - ago)
    assert turn.hour == hour
    assert turn - now <= timedelta(days=1)
    assert turn > now - ago
    assert is_due(now, hour=hour, last_success=now - ago, last_attempt=now - TRY_AGAIN_AFTER) == (turn <= now)


def test_moments_of_different_zones_compare():
    utc = NOW.astimezone(UTC)
    assert not is_due(NOW + timedelta(minutes=1), hour=2, last_success=utc, last_attempt=utc)
