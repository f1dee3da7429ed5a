"""The names of moments: they cover all of a span and nothing after it, and the web server finds them."""

from hypothesis import given
from hypothesis import strategies as st

from innerbalance.kept_pages.slots import LONG, SHORT, end_of, names_at, names_between

MOMENTS = st.floats(min_value=1_700_000_000, max_value=4_000_000_000)
SECONDS = st.floats(min_value=0, max_value=200_000)


@given(MOMENTS, SECONDS)
def test_no_name_reaches_past_the_end(start, length):
    assert all(end_of(name) <= start + length for name in names_between(start, start + length))


@given(MOMENTS, SECONDS, st.floats(min_value=0, max_value=1))
def test_every_moment_has_a_name_until_the_last_ten_seconds(start, length, part):
    moment = start + part * length
    if moment < start + length - SHORT:
        assert set(names_at(moment)) & set(names_between(start, start + length))


@given(MOMENTS, SECONDS)
def test_a_page_that_ends_on_the_minute_is_found_until_then(start, length):
    end = (int(start + length) // 60 + 1) * 60
    last = max(start, end - 0.001)
    assert set(names_at(last)) & set(names_between(start, end))
    assert not set(names_at(end)) & set(names_between(start, end))


@given(MOMENTS, SECONDS)
def test_under_a_lease_all_names_are_short(start, length):
    assert all(end_of(name) - int(name) * SHORT == SHORT for name in names_between(start, start + length, long=False))


def test_the_names_are_the_seconds_without_their_last_digits():
    """As the two maps in deploy/nginx/site.conf make them of `$msec`."""
    assert names_at(1_795_553_889.123) == ("1795553", "179555388")
    assert (LONG, SHORT) == (1000, 10)


def test_a_week_needs_few_names():
    assert len(names_between(1_795_553_889, 1_795_553_889 + 2 * 24 * 3600)) < 300
