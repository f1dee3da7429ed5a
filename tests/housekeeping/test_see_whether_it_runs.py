"""Owners and office see on the admin's home that housekeeping never ran, is late, or that a job failed."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from innerbalance.housekeeping.health import health
from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from tests.factories import make_user, make_user_with

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 17, 0, tzinfo=UTC)
HEADING = "The site needs attention"


def ran(job="publish-scheduled", *, ago=timedelta(minutes=1), finished=True, failed=False, outcome=""):
    started = NOW - ago
    ended = started if finished else None
    return HousekeepingRun.objects.create(
        job=job, started_at=started, finished_at=ended, failed=failed, outcome=outcome
    )


def home(client, user) -> str:
    client.force_login(user)
    with time_machine.travel(NOW, tick=False):
        return client.get(reverse("wagtailadmin_home")).content.decode()


@pytest.mark.parametrize(("role", "sees"), [(OWNERS, True), (OFFICE, True), (EDITORS, False), (REVIEWERS, False)])
def test_owners_and_office_are_told(client, role, sees):
    assert (HEADING in home(client, make_user(role))) is sees


def test_one_permission_is_enough(client):
    user = make_user_with("wagtailadmin.access_admin", "practice.change_practicesettings")
    assert HEADING in home(client, user)
    assert HEADING not in home(client, make_user_with("wagtailadmin.access_admin"))


def test_that_it_never_ran(client):
    assert health(now=NOW).last_run is None
    assert "has never run" in home(client, make_user(OWNERS))


@pytest.mark.parametrize(("minutes", "late"), [(1, False), (10, False), (11, True), (60 * 24, True)])
def test_that_it_is_late(client, minutes, late):
    ran(ago=timedelta(minutes=minutes))
    assert health(now=NOW).late is late
    page = home(client, make_user(OWNERS))
    assert ("last ran on May" in page) is late
    assert (HEADING in page) is late


def test_one_job_that_ran_lately_is_enough():
    ran("publish-scheduled", ago=timedelta(days=1))
    ran("forget-rate-limits")
    assert health(now=NOW).ok


def test_that_a_job_failed(client):
    ran("publish-scheduled")
    ran("forget-rate-limits", failed=True, outcome="failed with ValueError; see the log")
    page = home(client, make_user(OFFICE))
    assert "The job “forget-rate-limits” failed on May 6, 2026" in page
    assert "failed with ValueError; see the log" in page
    assert "publish-scheduled" not in page


@pytest.mark.parametrize(("minutes", "stuck"), [(1, False), (30, False), (31, True)])
def test_that_a_job_never_finished(client, minutes, stuck):
    ran("publish-scheduled")
    ran("forget-rate-limits", ago=timedelta(minutes=minutes), finished=False)
    assert bool(health(now=NOW).failed) is stuck
    assert ("and never finished" in home(client, make_user(OFFICE))) is stuck


def test_a_run_under_a_clock_that_was_ahead_hides_nothing():
    ran("publish-scheduled", ago=timedelta(days=1))
    ran("forget-rate-limits", ago=-timedelta(days=2))
    assert health(now=NOW).late


def test_a_job_that_no_longer_exists_worries_nobody():
    ran("publish-scheduled")
    ran("gone-job", failed=True)
    assert health(now=NOW).ok
