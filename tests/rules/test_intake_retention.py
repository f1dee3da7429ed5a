from datetime import UTC, datetime, timedelta

import pytest

from intake.rules.retention import Periods, cutoffs


@pytest.mark.parametrize(
    ("now", "months", "limit"),
    [
        (datetime(2026, 3, 31, tzinfo=UTC), 1, datetime(2026, 2, 28, tzinfo=UTC)),
        (datetime(2024, 2, 29, tzinfo=UTC), 12, datetime(2023, 2, 28, tzinfo=UTC)),
        (datetime(2026, 1, 15, 9, 30, tzinfo=UTC), 1, datetime(2025, 12, 15, 9, 30, tzinfo=UTC)),
    ],
)
def test_a_month_back_is_the_same_day_or_the_months_last(now, months, limit):
    limits = cutoffs(now=now, periods=Periods(clients_months=months, others_months=months))
    assert limits.clients == limits.others == limit


def test_requests_are_kept_a_year_clients_two_and_spam_thirty_days():
    now = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
    limits = cutoffs(now=now, periods=Periods())
    assert limits.others == datetime(2025, 11, 30, 12, 0, tzinfo=UTC)
    assert limits.clients == datetime(2024, 11, 30, 12, 0, tzinfo=UTC)
    assert limits.quarantine == now - timedelta(days=30)
