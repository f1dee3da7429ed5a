from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from innerbalance.backups.rules.retention import Policy, kept

MOMENTS = st.lists(
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2028, 1, 1), timezones=st.just(UTC)), max_size=80
)
POLICIES = st.builds(Policy, *[st.integers(min_value=0, max_value=14)] * 3)


@given(MOMENTS, POLICIES)
def test_the_newest_is_never_deleted(moments, policy):
    assert not moments or max(moments) in kept(moments, policy)


@given(MOMENTS, POLICIES)
def test_nothing_is_kept_that_is_not_there_and_not_more_than_the_policy_says(moments, policy):
    found = kept(moments, policy)
    assert found <= set(moments)
    assert len(found) <= max(1, policy.daily + policy.weekly + policy.monthly)


@given(MOMENTS, POLICIES)
def test_deleting_twice_deletes_no_more(moments, policy):
    once = kept(moments, policy)
    assert kept(once, policy) == once


@given(MOMENTS, POLICIES, POLICIES)
def test_a_policy_that_keeps_more_loses_none(moments, policy, more):
    wider = Policy(policy.daily + more.daily, policy.weekly + more.weekly, policy.monthly + more.monthly)
    assert kept(moments, policy) <= kept(moments, wider)


def test_two_years_of_nights_leave_a_week_five_weeks_and_twelve_months():
    nights = [datetime(2026, 11, 25, 2, tzinfo=UTC) - timedelta(days=number) for number in range(730)]
    found = sorted(kept(nights), reverse=True)
    assert found[:7] == nights[:7]
    assert {moment.isocalendar()[:2] for moment in found} >= {
        (nights[0] - timedelta(weeks=number)).isocalendar()[:2] for number in range(5)
    }
    assert len({(moment.year, moment.month) for moment in found}) == 12
    assert len(found) == 7 + 3 + 11


def test_nights_without_a_backup_delete_no_old_one():
    """A machine that was off for months still has seven days' worth."""
    old = [datetime(2026, 1, day, 2, tzinfo=UTC) for day in range(1, 8)]
    assert kept([*old, datetime(2026, 11, 25, 2, tzinfo=UTC)], Policy(8, 0, 0)) >= set(old)
