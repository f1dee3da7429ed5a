from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsletter.rules.backoff import (
    LONGEST_REST,
    MOST_ATTEMPTS,
    WAITS,
    next_wait,
    rest,
    slowed,
)


@given(st.integers(1, MOST_ATTEMPTS - 1), st.floats(0, 1, exclude_max=True))
def test_waits_grow_and_are_spread_by_a_fifth(attempts, chance):
    wait = next_wait(attempts, chance)
    assert WAITS[attempts - 1] * 0.79 < wait < WAITS[attempts - 1] * 1.21
    if attempts > 1:
        assert wait > next_wait(attempts - 1, chance)


def test_it_gives_up_after_the_last_attempt_within_two_days():
    assert next_wait(MOST_ATTEMPTS, 0.5) is None
    assert sum(WAITS, timedelta()) * 1.2 < timedelta(days=2)


def test_there_is_no_wait_before_the_first_attempt():
    with pytest.raises(ValueError, match="first attempt"):
        next_wait(0, 0.5)


def test_a_421_rests_longer_each_time_up_to_a_limit():
    assert rest(1) == timedelta(minutes=1)
    assert rest(3) == timedelta(minutes=4)
    assert rest(50) == LONGEST_REST


def test_each_421_halves_the_rate_and_never_stops_it():
    assert [slowed(300, step) for step in (0, 1, 2, 5, 9)] == [300, 150, 75, 9, 9]
    assert slowed(1, 5) == 1
