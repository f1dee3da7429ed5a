"""A review holds for whole months, and a post is listed with the reason why it needs one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blog.rules.review_dates import Reason, next_due, reason_due

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("day", "months", "due"),
    [
        (date(2026, 1, 15), 12, date(2027, 1, 15)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 1), 1, date(2027, 1, 1)),
    ],
)
def test_a_review_is_due_on_the_same_day_of_a_later_month(day, months, due):
    assert next_due(day, months) == due


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 60))
def test_always_the_right_month_and_never_a_later_day(day, months):
    due = next_due(day, months)
    assert (due.year * 12 + due.month) - (day.year * 12 + day.month) == months
    assert due.day <= day.day


@pytest.mark.parametrize(
    ("due", "changed", "reason"),
    [
        (None, True, Reason.NEVER_REVIEWED),
        (None, False, Reason.NEVER_REVIEWED),
        (TODAY, True, Reason.OVERDUE),
        (date(2026, 11, 23), False, Reason.OVERDUE),
        (date(2026, 11, 25), True, Reason.CHANGED),
        (date(2026, 11, 25), False, Reason.DUE_SOON),
    ],
)
def test_the_reason_is_the_gravest_one(due, changed, reason):
    assert reason_due(due=due, changed=changed, today=TODAY) == reason
