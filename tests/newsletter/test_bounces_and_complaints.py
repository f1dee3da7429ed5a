from datetime import timedelta

import pytest
from anymail.signals import AnymailTrackingEvent, tracking

from newsletter.models import Delivery, Subscriber
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.dsn import Report, ReportKind
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import bounces, mailbox, tokens, worker
from newsletter.services.suppression import lift, reason_for, suppress
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(issue, mail_server):
    make_subscriber("ada@example.org")
    plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    return Delivery.objects.get()


def _tell(**kwargs):
    tracking.send(sender=None, event=AnymailTrackingEvent(**kwargs), esp_name="Test")


def _ref(row):
    return {"delivery": tokens.delivery_reference(row.pk)}


def test_a_hard_bounce_fails_the_copy_and_suppresses_for_good(row):
    for _ in range(2):
        _tell(event_type="bounced", metadata=_ref(row), reject_reason="bounced", mta_response="550 5.1.1 unknown")
    row.refresh_from_db()
    assert (row.state, row.reason) == (DeliveryState.FAILED, Reason.BOUNCED)
    assert Subscriber.objects.get().state == SubscriberState.BOUNCED
    assert reason_for(address_key="ada@example.org") == SuppressionReason.HARD_BOUNCE
    assert Subscriber.objects.get().events.count() == 1
    assert not lift(address_key="ada@example.org")


def test_a_complaint_suppresses_and_the_copy_stays_sent(row):
    _tell(event_type="complained", metadata=_ref(row))
    row.refresh_from_db()
    assert row.state == DeliveryState.SENT
    assert reason_for(address_key="ada@example.org") == SuppressionReason.COMPLAINT


def test_events_in_the_wrong_order_end_the_same(row):
    _tell(event_type="bounced", metadata=_ref(row), reject_reason="bounced")
    _tell(event_type="delivered", metadata=_ref(row))
    row.refresh_from_db()
    assert row.state == DeliveryState.FAILED


def test_a_provider_settles_a_doubt(row):
    Delivery.objects.update(state=DeliveryState.UNCERTAIN, reason=Reason.NO_ANSWER)
    _tell(event_type="delivered", metadata=_ref(row))
    row.refresh_from_db()
    assert (row.state, row.reason) == (DeliveryState.SENT, "")


def test_it_is_found_by_the_provider_s_own_id(row):
    Delivery.objects.update(provider_message_id="abc-1")
    _tell(event_type="complained", message_id="abc-1", metadata={})
    assert reason_for(address_key="ada@example.org") == SuppressionReason.COMPLAINT


@pytest.mark.parametrize("metadata", [{}, None, {"delivery": "d1-00000000000000000000"}, {"delivery": "rubbish"}])
def test_an_unknown_message_changes_nothing(row, metadata):
    _tell(event_type="bounced", reject_reason="bounced", metadata=metadata, message_id="unknown")
    row.refresh_from_db()
    assert row.state == DeliveryState.SENT


def test_the_third_soft_bounce_suppresses_and_a_report_counts_once(archive, mail_server):
    make_subscriber("ada@example.org")
    for number in range(3):
        assert reason_for(address_key="ada@example.org") is None
        plan(make_issue(archive, title=f"Issue {number}"))
        worker.run(clock=lambda: NOW + timedelta(days=30 * number), seconds=60)  # noqa: B023
        row = Delivery.objects.latest("pk")
        for _ in range(3):
            bounces.soft_bounce(delivery_id=row.pk, detail="full", now=NOW + timedelta(days=30 * number))
    assert reason_for(address_key="ada@example.org") == SuppressionReason.SOFT_BOUNCES


def test_a_report_in_the_mailbox_needs_our_signature(row):
    forged = Report(ReportKind.HARD_BOUNCE, f"d{row.pk}-{'0' * 20}@localhost", "", "")
    assert not mailbox.apply_report(report=forged, now=NOW)
    ours = tokens.message_id(row.pk, "localhost").strip("<>")
    assert mailbox.apply_report(report=Report(ReportKind.HARD_BOUNCE, ours, "", ""), now=NOW)
    assert reason_for(address_key="ada@example.org") == SuppressionReason.HARD_BOUNCE


def test_a_return_path_names_the_delivery_in_any_case(row):
    address = f"bounces+{tokens.delivery_reference(row.pk)}@example.org".upper()
    assert mailbox.apply_report(report=Report(ReportKind.COMPLAINT, "", address, ""), now=NOW)


def test_suppression_outlives_a_new_key(settings):
    suppress(address_key="ada@example.org", reason=SuppressionReason.ERASED, now=NOW)
    settings.HASH_KEYS = ["a-new-key-that-protects-nothing-at-all-0123456789-abcdef", *settings.HASH_KEYS]
    assert reason_for(address_key="ada@example.org") == SuppressionReason.ERASED
    suppress(address_key="ada@example.org", reason=SuppressionReason.COMPLAINT, now=NOW)
    assert reason_for(address_key="ada@example.org") == SuppressionReason.COMPLAINT


def test_links_work_after_a_new_key_and_for_their_purpose_alone(settings):
    reader = make_subscriber()
    token = tokens.subscriber_token(tokens.UNSUBSCRIBE, reader.public_id, 7)
    settings.HASH_KEYS = ["a-new-key-that-protects-nothing-at-all-0123456789-abcdef", *settings.HASH_KEYS]
    assert tokens.read_subscriber_token(tokens.UNSUBSCRIBE, token) == (reader.public_id, 7)
    assert tokens.read_subscriber_token(tokens.PREFERENCES, token) is None
    for damaged in ("", "é", token[:-4], "A" + token[1:], token[:10]):
        assert tokens.read_subscriber_token(tokens.UNSUBSCRIBE, damaged) is None
