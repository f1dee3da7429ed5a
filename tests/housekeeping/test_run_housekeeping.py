"""`manage.py housekeeping` does what is due; a job that fails stops no other and says so."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError
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


def test_what_a_job_raises_reaches_no_log(db, monkeypatch, caplog):
    monkeypatch.setattr(services, "_jobs", [Job("bad-job", bad_job)])
    with pytest.raises(CommandError):
        call_command("housekeeping", stdout=io.StringIO())
    assert "bad-job failed: ValueError at tests/housekeeping/test_run_housekeeping.py:" in caplog.text
    assert "a secret that must not be kept" not in caplog.text


def test_a_slow_job_is_named(db, monkeypatch, caplog):
    moments = iter([0, 11, 20, 21])
    monkeypatch.setattr(services, "monotonic", lambda: next(moments))
    slow = services.run_one(Job("slow-job", good_job, slow_after=10), now=timezone.now())
    quick = services.run_one(Job("quick-job", good_job, slow_after=10), now=timezone.now())
    assert slow.outcome == "did one thing; slow: 11 seconds"
    assert quick.outcome == "did one thing"
    assert "slow-job was slow: 11 seconds" in caplog.text
    assert "quick-job" not in caplog.text


def test_a_locked_database_is_said(db, monkeypatch):
    def locked(**kwargs):
        raise OperationalError("database is locked")

    monkeypatch.setattr(HousekeepingRun.objects, "update_or_create", locked)
    with pytest.raises(CommandError, match="The database can't be written \\(OperationalError"):
        call_command("housekeeping", stdout=io.StringIO())


def test_twice_is_as_good_as_once(db):
    call_command("housekeeping", stdout=io.StringIO())
    call_command("housekeeping", stdout=io.StringIO())
    assert HousekeepingRun.objects.filter(failed=True).count() == 0


def test_the_names_of_jobs_never_change():
    """They are kept in the database and looked up by screens: a name once given stays."""
    assert [job.name for job in registered_jobs()] == [
        "backups.watch-journal",
        "publish-scheduled",
        "forget-rate-limits",
        "operations.tell-owners",
        "count-posts",
        "blog.settle-reviews",
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
        "images.make-sizes",
        "backups.make",
    ]


def test_one_name_stands_for_one_job(monkeypatch):
    monkeypatch.setattr(services, "_jobs", [])
    with pytest.raises(ValueError, match="twice"):
        register_jobs([Job("same", good_job), Job("same", bad_job)])
