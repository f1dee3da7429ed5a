"""Who may send which copy now: the rate counts what others hold, a lease ends, and a digest comes once a month."""

from datetime import timedelta

import pytest

from newsletter.models import Delivery, Subscriber
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import Audience, Frequency, SubscriberState, SuppressionReason
from newsletter.services import campaigns, claims, queueing, suppression
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


def _running(issue, *, readers: int):
    for _ in range(readers):
        make_subscriber()
    campaign = plan(issue)
    queueing.start_due(now=NOW)
    queueing.queue_all(now=NOW)
    campaign.refresh_from_db()
    return campaign


def _lease(campaign, worker: str, now=NOW) -> claims.Lease:
    return claims.lease(campaign=campaign, worker=worker, now=now)


def test_what_another_worker_holds_counts_in_the_rate(issue, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 5
    campaign = _running(issue, readers=12)
    assert len(_lease(campaign, "a").rows) == 5
    assert _lease(campaign, "b").rows == []


def test_what_left_within_the_minute_counts_in_the_rate_whoever_sent_it(archive, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 5
    first = _running(make_issue(archive), readers=3)
    held = _lease(first, "a")
    assert [claims.hand_over(row=row, held=held, now=NOW) for row in held.rows] == [True] * 3
    second = _running(make_issue(archive, title="News of June", slug="june"), readers=3)
    assert len(_lease(second, "b", NOW + SECOND).rows) == 2
    assert len(_lease(second, "c", NOW + timedelta(seconds=61)).rows) == 3


def test_a_high_rate_is_held_within_seconds_too(issue, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 60
    campaign = _running(issue, readers=30)
    held = _lease(campaign, "a")
    assert len(held.rows) == 6
    assert all(claims.hand_over(row=row, held=held, now=NOW) for row in held.rows)
    assert _lease(campaign, "a", NOW + 5 * SECOND).rows == []
    assert len(_lease(campaign, "a", NOW + 7 * SECOND).rows) == 6


def test_a_slowed_campaign_leases_half(issue, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 8
    campaign = _running(issue, readers=12)
    campaign.slow_step = 1
    assert len(_lease(campaign, "a").rows) == 4


def test_a_copy_leaves_only_while_its_lease_holds(issue):
    campaign = _running(issue, readers=2)
    held = _lease(campaign, "a")
    in_time, late = held.rows
    assert claims.hand_over(row=in_time, held=held, now=held.until - SECOND)
    assert not claims.hand_over(row=late, held=held, now=held.until)
    assert Delivery.objects.get(pk=late.pk).state == DeliveryState.QUEUED


def test_a_copy_leaves_only_in_the_hands_of_who_leased_it(issue):
    campaign = _running(issue, readers=1)
    old = _lease(campaign, "a")
    new = _lease(campaign, "b", old.until)
    [row] = new.rows
    assert not claims.hand_over(row=row, held=old, now=old.until - SECOND)
    assert not claims.hand_over(row=row, held=claims.Lease("a", new.until, []), now=old.until)
    assert claims.hand_over(row=row, held=new, now=old.until)


@pytest.mark.parametrize("state", [CampaignState.PAUSED, CampaignState.CANCELLED])
def test_nothing_leaves_of_a_campaign_that_was_stopped(issue, state):
    campaign = _running(issue, readers=1)
    held = _lease(campaign, "a")
    campaign.state = state
    campaign.save()
    assert not claims.hand_over(row=held.rows[0], held=held, now=NOW)
    assert claims.why_not(row=held.rows[0]) is None


@pytest.mark.parametrize(
    ("state", "reason"),
    [
        (SubscriberState.PENDING, Reason.NOT_CONFIRMED),
        (SubscriberState.UNSUBSCRIBED, Reason.UNSUBSCRIBED),
        (SubscriberState.BOUNCED, Reason.BOUNCED_BEFORE),
        (SubscriberState.COMPLAINED, Reason.COMPLAINED),
    ],
)
def test_nothing_leaves_to_who_is_off_the_list(issue, state, reason):
    campaign = _running(issue, readers=1)
    held = _lease(campaign, "a")
    Subscriber.objects.update(state=state)
    assert not claims.hand_over(row=held.rows[0], held=held, now=NOW)
    assert claims.why_not(row=held.rows[0]) is reason


def test_nothing_leaves_to_a_suppressed_address_or_to_somebody_deleted(issue):
    campaign = _running(issue, readers=2)
    held = _lease(campaign, "a")
    suppressed, deleted = held.rows
    key = suppressed.subscriber.address_key
    suppression.suppress(address_key=key, reason=SuppressionReason.BY_HAND, now=NOW)
    Subscriber.objects.filter(pk=deleted.subscriber_id).delete()
    deleted.refresh_from_db()
    assert [claims.hand_over(row=row, held=held, now=NOW) for row in held.rows] == [False, False]
    assert claims.why_not(row=suppressed) is Reason.ON_SUPPRESSION_LIST
    assert claims.why_not(row=deleted) is Reason.ERASED


def test_what_did_not_leave_is_given_back_at_once(issue):
    campaign = _running(issue, readers=3)
    held = _lease(campaign, "a")
    left = held.rows[0]
    assert claims.hand_over(row=left, held=held, now=NOW)
    claims.release(held=held, now=NOW)
    assert {row.pk for row in _lease(campaign, "b").rows} == {row.pk for row in held.rows[1:]}
    assert Delivery.objects.get(pk=left.pk).claimed_by == "a"


def test_a_copy_in_another_s_hands_is_not_put_off(issue):
    campaign = _running(issue, readers=1)
    old = _lease(campaign, "a")
    new = _lease(campaign, "b", old.until)
    [row] = new.rows
    assert not claims.put_off(row=row, held=old, at=NOW + timedelta(hours=1))
    assert claims.put_off(row=row, held=new, at=NOW + timedelta(hours=1), detail="later")
    row.refresh_from_db()
    assert (row.next_attempt_at, row.claimed_by, row.detail) == (NOW + timedelta(hours=1), "", "later")


@pytest.mark.parametrize(
    ("state", "served"),
    [
        (DeliveryState.QUEUED, True),
        (DeliveryState.SENDING, True),
        (DeliveryState.SENT, True),
        (DeliveryState.UNCERTAIN, True),
        (DeliveryState.FAILED, False),
        (DeliveryState.SUPPRESSED, False),
    ],
)
def test_a_digest_that_may_have_arrived_is_this_month_s(archive, state, served):
    """A copy in doubt counts: nobody may get two digests in a month."""
    make_subscriber(frequency=Frequency.MONTHLY)
    _running(make_issue(archive, audience=Audience.MONTHLY), readers=0)
    Delivery.objects.update(state=state)

    def wanting(now):
        return campaigns.audience(audience=Audience.MONTHLY, topic_ids=[], now=now).count()

    assert wanting(NOW + timedelta(days=1)) == (0 if served else 1)
    assert wanting(NOW + timedelta(days=31)) == 1
