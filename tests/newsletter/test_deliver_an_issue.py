from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.rules.backoff import MOST_ATTEMPTS
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import Audience, Frequency, SubscriberState, SuppressionReason
from newsletter.services import campaigns, throttling, worker
from newsletter.services.suppression import reason_for, suppress
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db
S = DeliveryState


def _send(issue, *, at=NOW):
    campaign = plan(issue)
    worker.run(clock=lambda at=at: at, seconds=60)
    campaign.refresh_from_db()
    return campaign


def _only(campaign, **expected):
    counts = campaign.counts()
    assert {state: number for state, number in counts.items() if number} == {S(k): v for k, v in expected.items()}


def test_everyone_gets_it_once_over_one_connection(issue, mail_server):
    for _ in range(5):
        make_subscriber()
    campaign = _send(issue)
    assert campaign.state == CampaignState.FINISHED
    _only(campaign, sent=5)
    assert sorted(mail_server.sent_to.values()) == [1] * 5
    worker.run(clock=lambda: NOW, seconds=60)
    assert len(mail_server.received) == 5
    issue.refresh_from_db()
    assert issue.live


def test_the_message_says_who_sends_it_and_how_to_leave(issue, mail_server, client):
    reader = make_subscriber("Ada@Bücher.example")
    campaign = _send(issue)
    [message] = mail_server.messages()
    assert mail_server.sent_to == {"Ada@xn--bcher-kva.example": 1}
    assert message["Subject"] == "News of May"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["List-Unsubscribe"].startswith("<http://localhost:8000/newsletter/unsubscribe/")
    assert message["List-Id"].endswith("<newsletter.localhost>")
    [row] = campaign.deliveries.all()
    assert message["Message-ID"].startswith(f"<d{row.pk}-")
    html = message.get_body(("html",)).get_content()
    text = message.get_body(("plain",)).get_content()
    archive = client.get(issue.url).content.decode()
    for output in (html, text, archive, message["X-Newsletter-Edition"]):
        assert campaign.content_hash in output
    assert "__NEWSLETTER" not in html + text
    assert "http://localhost:8000/team/" in html
    assert "http://localhost:8000/team/" in text
    assert str(reader.pk) not in message["List-Unsubscribe"].split("/")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda reader: Subscriber.objects.update(state=SubscriberState.UNSUBSCRIBED), Reason.UNSUBSCRIBED),
        (lambda reader: Subscriber.objects.update(state=SubscriberState.COMPLAINED), Reason.COMPLAINED),
        (lambda reader: reader.delete(), Reason.ERASED),
        (
            lambda reader: suppress(address_key=reader.address_key, reason=SuppressionReason.BY_HAND, now=NOW),
            Reason.ON_SUPPRESSION_LIST,
        ),
    ],
)
def test_who_left_after_queueing_gets_nothing(issue, mail_server, change, reason):
    reader = make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    change(reader)
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, suppressed=1)
    assert campaign.deliveries.get().reason == reason
    assert not mail_server.received


def test_leaving_is_looked_at_when_the_content_is_about_to_leave(issue, mail_server, monkeypatch):
    """Even after the envelope was given to the server."""
    make_subscriber()
    from newsletter.services import claims

    real = claims.hand_over

    def leave_first(**kwargs):
        Subscriber.objects.update(state=SubscriberState.UNSUBSCRIBED)
        return real(**kwargs)

    monkeypatch.setattr(claims, "hand_over", leave_first)
    campaign = _send(issue)
    _only(campaign, suppressed=1)
    assert not mail_server.received


def test_a_missing_mailbox_is_final_and_suppressed(issue, mail_server):
    gone = make_subscriber("gone@example.org")
    make_subscriber()
    campaign = _send(issue)
    _only(campaign, sent=1, failed=1)
    assert reason_for(address_key=gone.address_key) == SuppressionReason.HARD_BOUNCE
    gone.refresh_from_db()
    assert gone.state == SubscriberState.BOUNCED
    assert "gone@" not in campaign.deliveries.get(state=S.FAILED).detail


def test_a_refusal_of_the_message_is_final_and_no_bounce(issue, mail_server):
    reader = make_subscriber()
    mail_server.mode = "552"
    _only(_send(issue), failed=1)
    assert reason_for(address_key=reader.address_key) is None


def test_a_451_is_tried_again_later_and_given_up_at_last(issue, mail_server):
    make_subscriber()
    mail_server.mode = "451"
    campaign = plan(issue)
    at = NOW
    for attempt in range(1, MOST_ATTEMPTS):
        worker.run(clock=lambda at=at: at, seconds=60)
        row = campaign.deliveries.get()
        assert (row.state, row.attempts) == (S.QUEUED, attempt)
        assert row.next_attempt_at > at
        at = row.next_attempt_at
    worker.run(clock=lambda: at, seconds=60)
    _only(campaign, failed=1)
    assert campaign.deliveries.get().reason == Reason.GAVE_UP


def test_a_451_that_ends_is_delivered_once(issue, mail_server):
    make_subscriber()
    mail_server.mode = "451"
    campaign = _send(issue)
    mail_server.mode = "ok"
    worker.run(clock=lambda: NOW + timedelta(hours=1), seconds=60)
    _only(campaign, sent=1)
    assert len(mail_server.received) == 1


def test_a_421_slows_everything_and_costs_nobody_an_attempt(issue, mail_server):
    for _ in range(4):
        make_subscriber()
    mail_server.mode, mail_server.after = "421", 2
    campaign = _send(issue)
    _only(campaign, sent=2, queued=2)
    assert campaign.rest_until > NOW
    assert campaign.slow_step == 1
    assert set(campaign.deliveries.filter(state=S.QUEUED).values_list("attempts", flat=True)) == {0}
    mail_server.mode = "ok"
    worker.run(clock=lambda: NOW + timedelta(seconds=30), seconds=60)
    assert len(mail_server.received) == 2
    worker.run(clock=lambda: NOW + timedelta(minutes=2), seconds=60)
    _only(campaign, sent=4)


@pytest.mark.parametrize("mode", ["drop", "hang"])
def test_a_message_without_an_answer_is_uncertain_and_never_sent_again_by_itself(issue, mail_server, mode, admin_user):
    make_subscriber()
    mail_server.mode = mode
    campaign = _send(issue)
    _only(campaign, uncertain=1)
    assert campaign.state == CampaignState.FINISHED
    mail_server.mode = "ok"
    received = len(mail_server.received)
    worker.run(clock=lambda: NOW + timedelta(days=2), seconds=60)
    assert len(mail_server.received) == received
    row = campaign.deliveries.get()
    campaigns.resend_uncertain(campaign_id=campaign.pk, delivery_ids=[row.pk], user=admin_user, now=NOW)
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, sent=1)
    assert len(mail_server.received) == received + 1
    assert campaign.deliveries.get().resent_by == admin_user


def test_failure_after_failure_pauses_the_issue_and_tells_the_office(issue, mail_server, settings):
    from innerbalance.practice.services import practice

    data = practice()
    data.email = "office@example.org"
    data.save()
    for _ in range(30):
        make_subscriber()
    mail_server.mode = "policy"
    campaign = _send(issue)
    assert campaign.state == CampaignState.PAUSED
    _only(campaign, failed=20, queued=10)
    assert throttling.tell_office() == 1
    assert throttling.tell_office() == 0
    assert "5.7.1" in mail.outbox[0].body
    mail_server.mode = "ok"
    campaigns.resume(campaign_id=campaign.pk)
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, failed=20, sent=10)


def test_a_server_that_is_down_loses_nobody(issue, settings):
    settings.NEWSLETTER_MAILER = "newsletter"
    settings.MAILERS = {
        **settings.MAILERS,
        "newsletter": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 1},
        },
    }
    make_subscriber()
    campaign = _send(issue)
    _only(campaign, queued=1)
    assert campaign.rest_until > NOW
    at = NOW
    for _ in range(7):
        at += timedelta(hours=1)
        worker.run(clock=lambda at=at: at, seconds=60)
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.PAUSED
    assert campaign.office_untold
    _only(campaign, queued=1)


def test_pause_stops_within_one_message_and_resume_goes_on(issue, mail_server):
    for _ in range(6):
        make_subscriber()
    campaign = plan(issue)
    moments = iter(range(10_000))

    def clock():
        next(moments)
        if len(mail_server.received) == 3 and Campaign.objects.get().state == CampaignState.RUNNING:
            campaigns.pause(campaign_id=campaign.pk, reason="a person asked")
        return NOW

    worker.run(clock=clock, seconds=60)
    assert len(mail_server.received) == 3
    _only(campaign, sent=3, queued=3)
    campaigns.resume(campaign_id=campaign.pk)
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, sent=6)
    assert set(mail_server.sent_to.values()) == {1}


def test_cancel_withholds_the_rest_and_is_final(issue, mail_server):
    make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    campaigns.cancel(campaign_id=campaign.pk, now=NOW)
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, suppressed=1)
    with pytest.raises(campaigns.CampaignRefused):
        campaigns.resume(campaign_id=campaign.pk)


def test_a_scheduled_issue_waits_and_can_be_called_back(issue, mail_server):
    make_subscriber()
    campaign = plan(issue, at=NOW + timedelta(hours=2))
    worker.run(clock=lambda: NOW, seconds=60)
    assert not mail_server.received
    campaigns.cancel(campaign_id=campaign.pk, now=NOW)
    assert not Campaign.objects.exists()
    plan(issue, at=NOW + timedelta(hours=2))
    worker.run(clock=lambda: NOW + timedelta(hours=2), seconds=60)
    assert len(mail_server.received) == 1


def test_an_issue_that_changed_since_it_was_looked_at_is_not_sent(issue):
    revision = issue.get_latest_revision()
    seen = revision.as_object().edition()
    issue.title = "Another subject"
    issue.save_revision()
    with pytest.raises(campaigns.CampaignRefused, match="changed"):
        campaigns.plan(page=issue, revision_id=revision.pk, content_hash=seen, scheduled_at=NOW, user=None, now=NOW)
    latest = issue.get_latest_revision()
    with pytest.raises(campaigns.CampaignRefused, match="post was published"):
        campaigns.plan(page=issue, revision_id=latest.pk, content_hash=seen, scheduled_at=NOW, user=None, now=NOW)


def test_an_issue_is_sent_once(issue):
    plan(issue)
    with pytest.raises(campaigns.CampaignRefused, match="already"):
        plan(issue)


def test_the_monthly_digest_comes_once_a_month(archive, mail_server):
    make_subscriber("monthly@example.org", frequency=Frequency.MONTHLY)
    make_subscriber("each@example.org")
    for number in range(2):
        issue = make_issue(archive, title=f"Digest {number}", audience=Audience.MONTHLY)
        plan(issue)
        worker.run(clock=lambda: NOW + timedelta(days=number), seconds=60)  # noqa: B023
    assert mail_server.sent_to == {"monthly@example.org": 1}


def test_the_rate_is_held(issue, mail_server, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 60
    for _ in range(30):
        make_subscriber()
    campaign = plan(issue)
    naps = []
    at = NOW

    def sleep(seconds):
        nonlocal at
        naps.append(seconds)
        at += timedelta(seconds=seconds)

    worker.run(clock=lambda: at, sleep=sleep, seconds=12)
    assert len(mail_server.received) == 12
    _only(campaign, sent=12, queued=18)


def test_what_a_dead_worker_had_in_its_hands_is_uncertain_and_the_rest_is_due(issue, mail_server):
    for _ in range(2):
        make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    from newsletter.services import claims

    held = claims.lease(campaign=Campaign.objects.get(), worker="dead", now=NOW)
    assert claims.hand_over(row=held.rows[0], held=held, now=NOW)
    assert worker.sweep(now=NOW + timedelta(minutes=1)) == 0
    worker.run(clock=lambda: NOW + timedelta(minutes=30), seconds=60)
    _only(campaign, uncertain=1, sent=1)
    assert Delivery.objects.get(state=S.UNCERTAIN).reason == Reason.WORKER_STOPPED


def test_a_copy_queued_again_at_the_moment_its_campaign_was_called_finished_is_sent(issue, mail_server):
    make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    Campaign.objects.update(state=CampaignState.FINISHED, finished_at=NOW)
    worker.run(clock=lambda: NOW, seconds=60)
    campaign.refresh_from_db()
    _only(campaign, sent=1)
    assert campaign.state == CampaignState.FINISHED


def test_two_workers_never_hold_the_same_row(issue):
    for _ in range(5):
        make_subscriber()
    plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    from newsletter.services import claims

    campaign = Campaign.objects.get()
    first = claims.lease(campaign=campaign, worker="a", now=NOW)
    second = claims.lease(campaign=campaign, worker="b", now=NOW)
    assert len(first.rows) == 5
    assert second.rows == []
    late = NOW + claims.LEASE
    third = claims.lease(campaign=campaign, worker="b", now=late)
    assert len(third.rows) == 5
    assert not claims.hand_over(row=first.rows[0], held=first, now=late)


def test_housekeeping_uses_the_clock(issue, mail_server):
    make_subscriber()
    plan(issue, now=timezone.now())
    from newsletter.jobs import send_due

    assert send_due(timezone.now()) == "1 sent"


def test_a_clock_that_was_two_days_ahead_stalls_nothing_when_it_is_right_again(issue, mail_server, settings):
    settings.NEWSLETTER_MESSAGES_PER_MINUTE = 5
    for _ in range(8):
        make_subscriber()
    campaign = plan(issue)
    ahead = NOW + timedelta(days=2)
    mail_server.mode, mail_server.after = "421", 2
    worker.run(clock=lambda: ahead, sleep=lambda seconds: None, seconds=60)
    campaign.refresh_from_db()
    assert campaign.rest_until > NOW + timedelta(days=1)
    mail_server.mode = "ok"
    at = NOW

    def sleep(seconds):
        nonlocal at
        at += timedelta(seconds=seconds)

    worker.run(clock=lambda: at, sleep=sleep, seconds=180)
    _only(campaign, sent=8)
    assert set(mail_server.sent_to.values()) == {1}


def test_a_copy_that_was_put_off_by_a_clock_ahead_is_due_when_it_is_right_again(issue, mail_server):
    make_subscriber()
    campaign = plan(issue)
    mail_server.mode = "451"
    worker.run(clock=lambda: NOW + timedelta(days=2), seconds=60)
    mail_server.mode = "ok"
    worker.run(clock=lambda: NOW, seconds=60)
    _only(campaign, sent=1)


def test_a_copy_that_was_leaving_when_a_clock_was_ahead_becomes_uncertain(issue, mail_server, settings):
    make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    campaign.deliveries.update(state=S.SENDING, handed_over_at=NOW + timedelta(days=2))
    worker.sweep(now=NOW)
    _only(campaign, sending=1)
    worker.sweep(now=NOW + timedelta(seconds=settings.NEWSLETTER_DOUBT_AFTER_SECONDS + 1))
    _only(campaign, uncertain=1)
