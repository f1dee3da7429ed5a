"""`manage.py housekeeping` does what is due; a job that fails stops no other and says so."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from innerbalance.housekeeping import services
from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.housekeeping.services import Job, register_jobs, registered_jobs
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


def test_a_failing_job_stops_no_other(db, monkeypatch):
    monkeypatch.setattr(services, "_jobs", [Job("bad-job", bad_job), Job("good-job", good_job)])
    out = io.StringIO()
    with pytest.raises(CommandError, match="bad-job"):
        call_command("housekeeping", stdout=out)
    assert "did one thing" in out.getvalue()
    bad = HousekeepingRun.objects.get(job="bad-job")
    assert bad.failed
    assert bad.outcome == "failed with ValueError; see the log"


def test_twice_is_as_good_as_once(db):
    call_command("housekeeping", stdout=io.StringIO())
    call_command("housekeeping", stdout=io.StringIO())
    assert HousekeepingRun.objects.filter(failed=True).count() == 0


def test_the_names_of_jobs_never_change():
    """They are kept in the database and looked up by screens: a name once given stays."""
    assert [job.name for job in registered_jobs()] == [
        "publish-scheduled",
        "forget-rate-limits",
        "intake.tell-office",
        "intake.owe-digest",
        "intake.send-emails",
        "intake.purge",
        "intake.forget-submissions",
        "newsletter.read-bounces",
        "newsletter.tell-office",
        "newsletter.send-confirmations",
        "newsletter.forget-unconfirmed",
        "newsletter.forget-dry-runs",
        "newsletter.import-lists",
        "newsletter.send-due",
    ]


def test_one_name_stands_for_one_job(monkeypatch):
    monkeypatch.setattr(services, "_jobs", [])
    with pytest.raises(ValueError, match="twice"):
        register_jobs([Job("same", good_job), Job("same", bad_job)])
