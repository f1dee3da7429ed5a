"""Database and journal belong together. Where they do not, email waits, and what the journal knows is done again."""

import shutil
from datetime import timedelta

import pytest

from innerbalance.journal.models import Cause, Promise, SiteEpoch
from innerbalance.journal.services import gate, recovery
from newsletter.models import Subscriber
from newsletter.services import subscriptions
from tests.newsletter.factories import NOW, make_subscriber

pytestmark = pytest.mark.django_db(transaction=True)


def leave(reader):
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=NOW)


def put_old_copy_back(*, promises: int):
    """The database as it was when it knew only so many promises."""
    Promise.objects.filter(pk__in=[row.pk for row in Promise.objects.order_by("pk")[promises:]]).delete()
    Subscriber.objects.update(state="confirmed", left_at=None)


def test_a_first_start_begins_a_journal():
    assert not gate.email_is_paused()
    assert gate.folder().epoch() == SiteEpoch.load().token
    assert SiteEpoch.load().begun


def test_an_old_copy_of_the_database_pauses_and_is_put_right():
    ana, ben, eve = make_subscriber(), make_subscriber(), make_subscriber()
    leave(ana)
    leave(ben)
    put_old_copy_back(promises=1)
    assert gate.email_is_paused()
    assert recovery.recover_if_needed(now=NOW)
    assert dict(Subscriber.objects.values_list("pk", "state")) == {
        ana.pk: "confirmed",  # the copy knew of it: what it says counts
        ben.pk: "unsubscribed",
        eve.pk: "confirmed",
    }
    state = SiteEpoch.load()
    assert (state.cause, state.report["applied"]) == (Cause.OLDER, {"newsletter.left": 1})
    assert gate.email_is_paused()
    assert recovery.resume(user=None, now=NOW)
    assert not gate.email_is_paused()


def test_a_new_promise_does_not_hide_that_the_database_is_old():
    ana, ben, eve = make_subscriber(), make_subscriber(), make_subscriber()
    leave(ana)
    leave(ben)
    put_old_copy_back(promises=0)
    leave(eve)
    assert gate.email_is_paused()
    recovery.recover_if_needed(now=NOW)
    assert not Subscriber.objects.exclude(state="unsubscribed").exists()


def test_who_came_back_after_leaving_stays():
    ana = make_subscriber(confirmed_at=NOW)
    leave(ana)
    assert subscriptions.undo(public_id=ana.public_id, less_often=False, now=NOW)
    put_old_copy_back(promises=0)
    recovery.recover_if_needed(now=NOW + timedelta(days=1))
    ana.refresh_from_db()
    assert ana.state == "confirmed"


def test_a_journal_that_is_gone_is_said(settings):
    leave(make_subscriber())
    shutil.rmtree(settings.JOURNAL_DIR)
    assert gate.email_is_paused()
    recovery.recover_if_needed(now=NOW)
    assert SiteEpoch.load().cause == Cause.MISSING
    assert recovery.resume(user=None, now=NOW)
    assert not gate.email_is_paused()


def test_a_new_database_beside_an_old_journal_is_noticed():
    gate.folder().set_epoch("another")
    assert gate.email_is_paused()
    assert SiteEpoch.load().cause == Cause.OTHER


def test_email_is_not_resumed_before_the_journal_was_applied():
    gate.folder().set_epoch("another")
    with pytest.raises(recovery.NotRecovered):
        recovery.resume(user=None, now=NOW)
    assert gate.email_is_paused()


def test_a_line_nobody_understands_stops_no_other():
    ana = make_subscriber()
    leave(ana)
    from innerbalance.journal.services.promises import promise

    promise("from.a-newer-version", what=1)
    put_old_copy_back(promises=0)
    recovery.recover_if_needed(now=NOW)
    ana.refresh_from_db()
    assert ana.state == "unsubscribed"
    assert SiteEpoch.load().report["failed"] == {"from.a-newer-version": 1}
