"""The measured fault: a backup with a sending half done, then three who want no more email; restored, sent on.

It once sent 50 second copies, and one to each of the three.
"""

from datetime import timedelta

import pytest
from django.utils import timezone

from innerbalance.journal.services import recovery
from intake.models import ConsultationRequest
from newsletter.models import Campaign, Delivery, NewsletterIssuePage, Subscriber
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState
from newsletter.rules.subscriber_states import SuppressionReason
from newsletter.services import campaigns, claims, preferences, subscriptions, suppress_manually, worker
from tests.backups.helpers import backup, bring_back
from tests.newsletter.conftest import mail_server  # noqa: F401 -- a fixture
from tests.newsletter.factories import make_archive, make_issue, make_subscribers, plan

pytestmark = pytest.mark.django_db(transaction=True)
READERS = 100


class Clock:
    """Moves on by two hours, past a run's end, when so many messages were taken."""

    def __init__(self, handler, stop_at: int) -> None:
        self.handler, self.stop_at = handler, stop_at

    def __call__(self):
        return timezone.now() + timedelta(hours=2 * (len(self.handler.received) >= self.stop_at))


def send(handler, *, stop_at: int = 10_000) -> None:
    worker.run(seconds=3600, clock=Clock(handler, stop_at), sleep=lambda seconds: None)


def reader(number: int) -> Subscriber:
    return Subscriber.objects.get(address=f"reader{number}@example.org")


def three_leave() -> set[str]:
    """One unsubscribes, one is erased, one says so by phone; their addresses."""
    now = timezone.now()
    waiting = Delivery.objects.queued().select_related("subscriber").order_by("-pk")[:3]
    one, two, three = (row.subscriber for row in waiting)
    subscriptions.unsubscribe(public_id=one.public_id, campaign_id=None, now=now)
    preferences.erase(subscribers=Subscriber.objects.filter(pk=two.pk), user=None, now=now)
    suppress_manually.suppress(
        address_key=three.address_key, reason=SuppressionReason.BY_PHONE, why="Called", user=None, now=now
    )
    return {one.address, two.address, three.address}


@pytest.fixture
def half_sent(home, mail_server, monkeypatch):  # noqa: F811
    monkeypatch.setattr(claims, "BATCH", 10)
    make_subscribers(READERS)
    plan(make_issue(make_archive(home)), now=timezone.now())
    send(mail_server, stop_at=50)
    assert len(mail_server.received) == 50
    return mail_server


def test_nobody_gets_a_second_copy_and_nobody_who_left_gets_one(half_sent, identity):
    archives = backup()
    gone = three_leave()
    send(half_sent, stop_at=80)
    assert len(half_sent.received) == 80

    bring_back(archives, identity)
    send(half_sent)
    assert len(half_sent.received) == 80, "before a person looked"

    campaign = Campaign.objects.get()
    assert campaign.state == CampaignState.PAUSED
    assert campaign.counts()[DeliveryState.SENT] == 80
    assert campaign.counts()[DeliveryState.UNCERTAIN] == 0
    recovery.resume(user=None, now=timezone.now())
    send(half_sent)
    assert len(half_sent.received) == 80, "each campaign waits for its own decision"
    campaigns.resume(campaign_id=campaign.pk)
    send(half_sent)
    everyone = {f"reader{number}@example.org" for number in range(READERS)}
    assert set(half_sent.sent_to) == everyone - gone
    assert set(half_sent.sent_to.values()) == {1}


def test_a_newsletter_planned_after_the_backup_is_not_sent_anew(home, mail_server, identity):  # noqa: F811
    """The backup knows the draft; the journal, that it went to everybody."""
    make_subscribers(20)
    issue = make_issue(make_archive(home))
    archives = backup()
    plan(issue, now=timezone.now())
    send(mail_server)
    assert len(mail_server.received) == 20

    bring_back(archives, identity)
    campaign = Campaign.objects.get()
    assert (campaign.page_id, campaign.state) == (issue.pk, CampaignState.CANCELLED)
    assert campaign.counts()[DeliveryState.SENT] == 20
    with pytest.raises(campaigns.CampaignRefused):
        plan(NewsletterIssuePage.objects.get(), now=timezone.now())


def test_one_planned_before_and_sent_after_the_backup_goes_to_nobody_twice(home, mail_server, identity):  # noqa: F811
    make_subscribers(20)
    issue = make_issue(make_archive(home))
    plan(issue, now=timezone.now())
    archives = backup()
    send(mail_server)

    bring_back(archives, identity)
    recovery.resume(user=None, now=timezone.now())
    campaigns.resume(campaign_id=Campaign.objects.get().pk)
    send(mail_server)
    assert len(mail_server.received) == 20
    assert Campaign.objects.get().state == CampaignState.FINISHED


def test_what_was_in_the_hands_of_a_sender_that_was_killed_stays_in_doubt(half_sent, identity, monkeypatch):
    archives = backup()
    # As a killed process: no line says what became of the batch.
    monkeypatch.setattr(claims, "release", lambda **held: None)
    send(half_sent, stop_at=60)
    bring_back(archives, identity)
    counts = Campaign.objects.get().counts()
    assert (counts[DeliveryState.SENT], counts[DeliveryState.UNCERTAIN]) == (50, 10)
    recovery.resume(user=None, now=timezone.now())
    campaigns.resume(campaign_id=Campaign.objects.get().pk)
    send(half_sent)
    assert set(half_sent.sent_to.values()) == {1}
    assert len(half_sent.received) == READERS


def test_a_newsletter_that_was_canceled_stays_canceled(half_sent, identity):
    archives = backup()
    campaigns.cancel(campaign_id=Campaign.objects.get().pk, now=timezone.now())
    bring_back(archives, identity)
    campaign = Campaign.objects.get()
    assert campaign.state == CampaignState.CANCELLED
    assert campaign.counts()[DeliveryState.QUEUED] == 0
    assert not ConsultationRequest.objects.exists()
