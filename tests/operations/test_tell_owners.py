"""Owners get an email when something needs a person: once, daily after that, and when it is well again."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.utils import timezone

from innerbalance.housekeeping.models import HousekeepingRun
from innerbalance.operations import alerts, checks, watching
from innerbalance.operations.alerts import look
from innerbalance.operations.checks import Check, register
from innerbalance.operations.findings import fault, good
from innerbalance.operations.models import Alert
from innerbalance.security.roles import EDITORS, OWNERS
from tests.factories import make_user
from tests.newsletter.mail_server import Server

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 17, 0, tzinfo=UTC)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
TROUBLE = "The last backup is three days old: look at the log."


@pytest.fixture
def post(settings):
    """A real mail server; `subjects()` are those of the emails that came."""
    with Server() as server:
        options = {"host": "127.0.0.1", "port": server.port, "timeout": 5}
        settings.MAILERS = {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
        server.subjects = lambda: [message["Subject"] for message in server.handler.messages()]
        yield server


@pytest.fixture
def state(monkeypatch):
    """The only check there is: `state["well"]` is what it finds."""
    state = {"well": False}
    monkeypatch.setattr(checks, "_checks", {})

    def run(now):
        return [good("fine")] if state["well"] else [fault(TROUBLE)]

    register(Check("backup", "Backups", run, alerts_after=timedelta(0)))
    return state


@pytest.fixture
def owner():
    user = make_user(OWNERS, username="owner")
    get_user_model().objects.filter(pk=user.pk).update(email="owner@practice.test")
    editor = make_user(EDITORS, username="editor")
    get_user_model().objects.filter(pk=editor.pk).update(email="editor@practice.test")


def test_once_then_daily_then_well(post, state, owner):
    for minute in range(60):
        look(now=NOW + minute * MINUTE)
    assert post.subjects() == ["Inner Balance Counseling: the site needs a person: Backups"]
    assert dict(post.handler.sent_to) == {"owner@practice.test": 1}
    body = post.handler.messages()[0].get_content()
    assert f"Backups: {TROUBLE}" in body
    assert "http://localhost:8000/admin/installation/" in body
    look(now=NOW + DAY - MINUTE)
    assert len(post.subjects()) == 1
    look(now=NOW + DAY)
    assert len(post.subjects()) == 2
    assert "still needs a person" in post.handler.messages()[1].get_content()
    state["well"] = True
    look(now=NOW + DAY + MINUTE)
    assert len(post.subjects()) == 2
    look(now=NOW + DAY + 17 * MINUTE)
    look(now=NOW + DAY + 18 * MINUTE)
    assert post.subjects()[2:] == ["Inner Balance Counseling: well again: Backups"]
    assert not Alert.objects.exists()


def test_what_comes_and_goes_is_one_trouble(post, state, owner):
    for minute in range(120):
        state["well"] = minute % 3 == 0
        look(now=NOW + minute * MINUTE)
    assert len(post.subjects()) == 1


def test_a_new_trouble_is_told_anew(post, state, owner):
    look(now=NOW)
    state["well"] = True
    look(now=NOW + MINUTE)
    look(now=NOW + 17 * MINUTE)
    state["well"] = False
    look(now=NOW + 60 * MINUTE)
    assert len(post.subjects()) == 3


def test_what_goes_by_itself_is_told_nobody(post, state, owner):
    register(Check("backup", "Backups", checks.registered()[0].run, alerts_after=timedelta(minutes=15)))
    look(now=NOW)
    look(now=NOW + 14 * MINUTE)
    state["well"] = True
    look(now=NOW + 15 * MINUTE)
    assert post.subjects() == []
    assert not Alert.objects.exists()
    state["well"] = False
    look(now=NOW + 20 * MINUTE)
    look(now=NOW + 35 * MINUTE)
    assert len(post.subjects()) == 1


def test_a_mail_server_that_is_away_is_tried_again(post, state, owner, caplog):
    post.handler.mode = "refuse"
    assert look(now=NOW) == 0
    post.handler.mode = "ok"
    look(now=NOW + MINUTE)
    assert post.subjects() == []
    look(now=NOW + 6 * MINUTE)
    look(now=NOW + 7 * MINUTE)
    assert len(post.subjects()) == 1
    assert "An owner could not be told about backup: SMTPRecipientsRefused" in caplog.text
    assert "owner@practice.test" not in caplog.text


def test_one_owner_who_is_refused_keeps_nobody_else_from_hearing(post, state, owner):
    user = make_user(OWNERS, username="gone")
    get_user_model().objects.filter(pk=user.pk).update(email="gone@practice.test")
    look(now=NOW)
    look(now=NOW + 10 * MINUTE)
    assert dict(post.handler.sent_to) == {"owner@practice.test": 1}


def test_an_owner_who_left_hears_nothing(post, state, owner):
    get_user_model().objects.filter(username="owner").update(is_active=False)
    assert look(now=NOW) == 0
    assert post.subjects() == []


def test_a_disk_without_room(post, owner, settings):
    settings.DISK_LOW_MEGABYTES = 10**9
    look(now=NOW, names={"disk"})
    assert post.subjects() == ["Inner Balance Counseling: the site needs a person: Disk"]


def test_a_bounce_mailbox_that_can_t_be_read(post, owner, settings):
    settings.NEWSLETTER_BOUNCE_MAILBOX = "imaps://somebody:secret@mail.practice.test/INBOX"
    words = "Bounces and complaints are not read. The mail server refuses the password."
    run = HousekeepingRun(job="newsletter.read-bounces", failed=True, outcome=words)
    for minute in (0, 5, 16):
        run.started_at = run.finished_at = NOW + minute * MINUTE
        run.save()
        look(now=NOW + minute * MINUTE)
    (message,) = post.handler.messages()
    assert words in message.get_content()
    assert "secret" not in message.get_content()


def test_housekeeping_tells_it(post, state, owner):
    call_command("housekeeping", verbosity=0, stdout=open("/dev/null", "w"))  # noqa: SIM115
    assert len(post.subjects()) == 1


def test_housekeeping_that_stopped_is_told_by_who_answers_readers(post, owner, monkeypatch):
    now = timezone.now()
    HousekeepingRun.objects.create(job="publish-scheduled", started_at=now - timedelta(hours=1))
    monkeypatch.setattr(watching, "_next", 0.0)
    watching.look_after_request()
    watching.look_after_request()
    assert post.subjects() == []
    with time_machine.travel(now + 6 * MINUTE, tick=False):
        monkeypatch.setattr(watching, "_next", 0.0)
        watching.look_after_request()
        watching.look_after_request()
    assert post.subjects() == ["Inner Balance Counseling: the site needs a person: Housekeeping"]
    assert "since then no email has left" in " ".join(post.handler.messages()[0].get_content().split())


def test_nothing_of_it_ends_a_worker(monkeypatch, caplog):
    def broken(**kwargs):
        raise ValueError("a secret")

    monkeypatch.setattr(watching, "_next", 0.0)
    monkeypatch.setattr(alerts, "look", broken)
    watching.look_after_request()
    assert "could not be told whether housekeeping runs: ValueError" in caplog.text
    assert "a secret" not in caplog.text


@pytest.mark.django_db(transaction=True)
def test_two_at_once_tell_it_once(post, state, owner):
    barrier = threading.Barrier(4)

    def both():
        from django.db import connection

        barrier.wait()
        try:
            look(now=NOW)
        finally:
            connection.close()

    threads = [threading.Thread(target=both) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(post.subjects()) == 1
