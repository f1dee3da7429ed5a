"""`manage.py housekeeping` does what is due; a job that fails stops no other and says so."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from innerbalance.housekeeping.models import HousekeepingRun
from tests.factories import make_post


def good_job(now) -> str:
    return "did one thing"


def bad_job(now) -> str:
    raise ValueError("a secret that must not be kept")


def test_publishes_what_is_scheduled(blog):
    post = make_post(blog, live=False)
    post.go_live_at = timezone.now() - timedelta(minutes=1)
    revision = post.save_revision(approved_go_live_at=post.go_live_at)
    assert revision
    call_command("housekeeping", stdout=io.StringIO())
    post.refresh_from_db()
    assert post.live


def test_a_failing_job_stops_no_other(db, settings):
    settings.HOUSEKEEPING_JOBS = [f"{__name__}.bad_job", f"{__name__}.good_job"]
    out = io.StringIO()
    with pytest.raises(CommandError, match="bad_job"):
        call_command("housekeeping", stdout=out)
    assert "did one thing" in out.getvalue()
    bad = HousekeepingRun.objects.get(job__endswith="bad_job")
    assert bad.failed
    assert bad.outcome == "failed with ValueError; see the log"


def test_twice_is_as_good_as_once(db):
    call_command("housekeeping", stdout=io.StringIO())
    call_command("housekeeping", stdout=io.StringIO())
    assert HousekeepingRun.objects.filter(failed=True).count() == 0
