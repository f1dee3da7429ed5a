from datetime import UTC, datetime, timedelta

import pytest

from intake.rules.retention import Periods, cutoffs, is_due, months_before
from intake.rules.status import ENDED, OPEN, Outcome, Status

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
LIMITS = cutoffs(now=NOW, periods=Periods())


def _due(**changes):
    facts = {
        "status": Status.CLOSED,
        "outcome": Outcome.NO_RESPONSE,
        "ended_at": months_before(NOW, 13),
        "received_at": months_before(NOW, 14),
        "quarantined": False,
        "on_hold": False,
        "limits": LIMITS,
    }
    return is_due(**facts | changes)


def test_months_end_where_the_month_ends():
    assert months_before(datetime(2026, 3, 31), 1) == datetime(2026, 2, 28)
    assert months_before(datetime(2024, 2, 29), 12) == datetime(2023, 2, 28)
    assert months_before(datetime(2026, 1, 15), 1) == datetime(2025, 12, 15)


def test_non_clients_are_kept_twelve_months_and_clients_twenty_four():
    assert _due()
    assert not _due(outcome=Outcome.BECAME_CLIENT)
    assert _due(outcome=Outcome.BECAME_CLIENT, ended_at=months_before(NOW, 25))


def test_exactly_at_the_limit_is_not_yet_due():
    assert not _due(ended_at=LIMITS.others)
    assert _due(ended_at=LIMITS.others - timedelta(seconds=1))


@pytest.mark.parametrize("status", sorted(OPEN))
def test_what_is_open_is_never_due(status):
    assert not _due(status=status, ended_at=months_before(NOW, 90))


@pytest.mark.parametrize("status", sorted(ENDED))
def test_what_has_ended_comes_due(status):
    assert _due(status=status)


def test_quarantine_is_kept_thirty_days_whatever_its_status():
    held = {"quarantined": True, "status": Status.NEW, "ended_at": None}
    assert not _due(**held, received_at=NOW - timedelta(days=30))
    assert _due(**held, received_at=NOW - timedelta(days=30, seconds=1))


def test_keep_wins_over_everything():
    assert not _due(on_hold=True)
    assert not _due(on_hold=True, quarantined=True, received_at=NOW - timedelta(days=900))
