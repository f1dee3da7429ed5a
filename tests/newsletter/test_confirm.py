from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from newsletter import jobs
from newsletter.models import Subscriber
from newsletter.rules.addresses import parse
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import confirmation_email, subscriptions, suppression
from newsletter.services.tokens import PREFERENCES, UNSUBSCRIBE, subscriber_token
from tests.newsletter.factories import make_subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return datetime.now(tz=UTC)


def _link(now, address="ana@example.org"):
    assert subscriptions.sign_up(address=parse(address), now=now)
    confirmation_email.send_due(now=now)
    return "/newsletter/confirm/" + mail.outbox[-1].body.split("/newsletter/confirm/")[1].split("/")[0] + "/"


def _state():
    return Subscriber.objects.get().state


def test_only_the_button_confirms(client, now):
    link = _link(now)
    page = client.get(link)
    assert page.content.decode().count('<form method="post"') == 1
    assert _state() == SubscriberState.PENDING
    answer = client.post(link)
    assert (answer.status_code, answer["Location"]) == (303, link)
    assert _state() == SubscriberState.CONFIRMED
    assert "You are on the list" in client.get(link).content.decode()


def test_a_link_scanner_changes_nothing(now):
    link = _link(now)
    before = Subscriber.objects.values().get()
    scanner = Client(headers={"User-Agent": "LinkScanner/1.0"})
    for _ in range(5):
        assert scanner.get(link).status_code == 200
        assert scanner.head(link).status_code == 200
        assert scanner.options(link).status_code == 405
    assert Subscriber.objects.values().get() == before


def test_twice_is_once(client, now):
    link = _link(now)
    client.post(link)
    first = Subscriber.objects.get()
    client.post(link)
    assert Subscriber.objects.get().confirmed_at == first.confirmed_at
    assert first.events.filter(kind="confirmed").count() == 1


def test_the_link_ends_after_48_hours(client, now):
    link = _link(now - timedelta(hours=48, minutes=1))
    assert client.get(link).status_code == 410
    assert client.post(link).status_code == 410
    assert _state() == SubscriberState.PENDING


def test_another_purpose_s_token_is_none(client, now):
    link = _link(now)
    public_id = Subscriber.objects.get().public_id
    for secret in (subscriber_token(UNSUBSCRIBE, public_id), subscriber_token(PREFERENCES, public_id), "x", "%00", "é"):
        assert client.post(f"/newsletter/confirm/{secret}/").status_code in {404, 410}
    assert _state() == SubscriberState.PENDING
    assert client.post(link).status_code == 303


def test_it_works_after_the_keys_were_rotated(client, now, settings):
    link = _link(now)
    settings.HASH_KEYS = ["a new key in front of all the others, long enough", *settings.HASH_KEYS]
    assert client.post(link).status_code == 303
    assert _state() == SubscriberState.CONFIRMED


def test_nobody_keeps_the_page(client, now):
    page = client.get(_link(now))
    assert page["Cache-Control"] == "private, no-store"
    assert page["Referrer-Policy"] == "same-origin"
    assert not page.cookies


def test_another_site_can_not_press_the_button(now):
    link = _link(now)
    assert Client(enforce_csrf_checks=True).post(link, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert _state() == SubscriberState.PENDING


def test_who_left_comes_back_only_by_confirming(client, now):
    reader = make_subscriber("ana@example.org", state=SubscriberState.UNSUBSCRIBED)
    link = _link(now)
    assert _state() == SubscriberState.UNSUBSCRIBED
    client.post(link)
    assert _state() == SubscriberState.CONFIRMED
    # Leaving takes the power of the old link away.
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=now)
    assert client.post(link).status_code == 410
    assert _state() == SubscriberState.UNSUBSCRIBED


def test_confirming_lifts_what_the_person_may_lift(client, now):
    suppression.suppress(address_key="ana@example.org", reason=SuppressionReason.ERASED, now=now)
    client.post(_link(now))
    assert suppression.reason_for(address_key="ana@example.org") is None


def test_a_complaint_in_between_is_stronger(client, now):
    link = _link(now)
    suppression.suppress(address_key="ana@example.org", reason=SuppressionReason.COMPLAINT, now=now)
    assert client.post(link).status_code == 410
    assert _state() == SubscriberState.PENDING


def test_unconfirmed_addresses_are_deleted_after_seven_days(client, now):
    _link(now)
    make_subscriber("stays@example.org")
    assert jobs.forget_unconfirmed(now + timedelta(days=6, hours=23)) == ""
    assert jobs.forget_unconfirmed(now + timedelta(days=7, minutes=1)) == "1 unconfirmed addresses deleted"
    assert [each.address for each in Subscriber.objects.all()] == ["stays@example.org"]


def test_a_link_that_still_works_keeps_its_row(now):
    _link(now)
    _link(now + timedelta(days=6))
    assert subscriptions.delete_unconfirmed(now=now + timedelta(days=7, hours=1)) == 0
    assert subscriptions.delete_unconfirmed(now=now + timedelta(days=8, hours=1)) == 1
