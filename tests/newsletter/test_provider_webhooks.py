"""What providers report, over real HTTP: refused without the secret, and harmless twice, late and in any order."""

import hashlib
import hmac
import http.client
import itertools
import json
import os
import random
import subprocess
import sys
from base64 import b64encode
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.utils import timezone

from newsletter.models import Delivery, Subscriber, SubscriberEvent, Suppression
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.provider_words import says_final
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import tokens
from newsletter.services.suppression import lift, reason_for
from newsletter.urls import webhook_urls
from tests.newsletter.factories import make_archive, make_issue, make_subscriber, plan

SECRET = "provider:a-secret-of-the-tests"
SIGNING_KEY = "mailgun-signing-key-of-the-tests"
POSTMARK = "/newsletter/provider/postmark/tracking/"
MAILGUN = "/newsletter/provider/mailgun/tracking/"
ADDRESS = "ada@example.org"
numbers = itertools.count(1)


@pytest.fixture
def post(live_server, settings):
    """POSTs JSON to the running site as a provider does; gives the answer's status."""
    settings.ROOT_URLCONF = "tests.newsletter.urls_with_provider"
    settings.ANYMAIL = {
        **settings.ANYMAIL,
        "WEBHOOK_SECRET": [SECRET],
        "MAILGUN_WEBHOOK_SIGNING_KEY": SIGNING_KEY,
    }
    address = urlsplit(live_server.url)

    def send(path: str, body: dict | bytes, *, secret: str | None = SECRET) -> int:
        headers = {"Content-Type": "application/json"}
        if secret is not None:
            headers["Authorization"] = "Basic " + b64encode(secret.encode()).decode()
        connection = http.client.HTTPConnection(address.hostname, address.port, timeout=20)
        try:
            connection.request("POST", path, body if isinstance(body, bytes) else json.dumps(body), headers)
            answer = connection.getresponse()
            assert not answer.getheader("Set-Cookie")
            answer.read()
            return answer.status
        finally:
            connection.close()

    return send


@pytest.fixture
def archive(live_server, home):
    return make_archive(home)


@pytest.fixture
def reader(archive):
    return make_subscriber(ADDRESS)


@pytest.fixture
def row(archive, reader):
    return _sent_copy(archive, reader)


def _sent_copy(archive, reader) -> Delivery:
    """One more issue that the provider took for the reader."""
    campaign = plan(make_issue(archive, title=f"Issue {next(numbers)}"), now=timezone.now())
    return Delivery.objects.create(
        campaign=campaign, subscriber=reader, state=DeliveryState.SENT, next_attempt_at=timezone.now(), attempts=1
    )


def _postmark(row, kind="HardBounce", **changes) -> dict:
    event = {
        "RecordType": "Bounce",
        "Type": kind,
        "ID": next(numbers),
        "MessageID": "5d0f4a4e-0000-0000-0000-000000000001",
        "Metadata": {"delivery": tokens.delivery_reference(row.pk)},
        "Email": ADDRESS,
        "BouncedAt": "2026-05-06T16:00:00Z",
        "Description": "The server was unable to deliver your message",
        "Details": "",
    }
    return event | changes


def _complained(row) -> dict:
    return _postmark(row, "SpamComplaint", RecordType="SpamComplaint")


def _delivered(row) -> dict:
    return _postmark(row, "", RecordType="Delivery", DeliveredAt="2026-05-06T15:59:00Z")


def _mailgun(row, *, key=SIGNING_KEY, **changes) -> dict:
    timestamp, token = "1778083200", f"token-{next(numbers)}"
    signature = hmac.new(key.encode(), f"{timestamp}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "event": "failed",
        "severity": "permanent",
        "reason": "bounce",
        "timestamp": 1778083200.5,
        "recipient": ADDRESS,
        "message": {"headers": {"message-id": tokens.message_id(row.pk, "example.org").strip("<>")}},
        "user-variables": {"delivery": tokens.delivery_reference(row.pk)},
        "delivery-status": {"code": 550, "message": "5.1.1 The account does not exist", "description": ""},
    }
    return {
        "signature": {"timestamp": timestamp, "token": token, "signature": signature},
        "event-data": data | changes,
    }


def _everything() -> tuple:
    """All that a report can change."""
    return (
        list(Delivery.objects.order_by("pk").values_list("state", "reason")),
        list(Subscriber.objects.order_by("pk").values_list("state", flat=True)),
        sorted(SubscriberEvent.objects.values_list("kind", flat=True)),
        list(Suppression.objects.values_list("reason", flat=True)),
    )


def test_without_the_secret_a_report_is_refused(post, row):
    before = _everything()
    for secret in (None, "", "provider:wrong", "wrong:a-secret-of-the-tests", "provider", ":", "é:ü"):
        assert post(POSTMARK, _postmark(row), secret=secret) == 400
        assert post(MAILGUN, _mailgun(row), secret=secret) == 400
    assert _everything() == before


def test_a_signature_made_with_another_key_is_refused(post, row):
    before = _everything()
    assert post(MAILGUN, _mailgun(row, key="another")) == 400
    forged = _mailgun(row)
    forged["signature"]["timestamp"] = "1778083201"
    assert post(MAILGUN, forged) == 400
    unsigned = _mailgun(row)
    del unsigned["signature"]
    assert post(MAILGUN, unsigned) == 400
    assert _everything() == before


@pytest.mark.parametrize(("path", "event"), [(POSTMARK, _postmark), (MAILGUN, _mailgun)])
def test_a_hard_bounce_suppresses_for_good_however_often_it_comes(post, row, path, event):
    body = event(row)
    assert post(path, body) == 200
    after = _everything()
    assert after == (
        [(DeliveryState.FAILED, Reason.BOUNCED)],
        [SubscriberState.BOUNCED],
        ["hard_bounce"],
        [SuppressionReason.HARD_BOUNCE],
    )
    for _ in range(3):
        assert post(path, body) == 200
    assert post(path, event(row)) == 200
    assert _everything() == after
    assert not lift(address_key=ADDRESS)


def test_a_complaint_suppresses_for_good_and_the_copy_stays_sent(post, row):
    for _ in range(3):
        assert post(POSTMARK, _complained(row)) == 200
    assert _everything() == (
        [(DeliveryState.SENT, "")],
        [SubscriberState.COMPLAINED],
        ["complaint"],
        [SuppressionReason.COMPLAINT],
    )
    assert not lift(address_key=ADDRESS)


@pytest.mark.parametrize("seed", range(2))
def test_reports_in_any_order_and_number_end_the_same(post, row, seed):
    Delivery.objects.update(state=DeliveryState.UNCERTAIN, reason=Reason.NO_ANSWER)
    events = [_postmark(row), _delivered(row), _postmark(row, "SoftBounce"), _postmark(row, "Transient")] * 2
    random.Random(seed).shuffle(events)
    for event in events:
        assert post(POSTMARK, event) == 200
    row.refresh_from_db()
    assert (row.state, row.reason) == (DeliveryState.FAILED, Reason.BOUNCED)
    assert Subscriber.objects.get().state == SubscriberState.BOUNCED
    assert reason_for(address_key=ADDRESS) == SuppressionReason.HARD_BOUNCE
    kinds = list(SubscriberEvent.objects.values_list("kind", flat=True))
    assert kinds.count("hard_bounce") == 1
    assert kinds.count("soft_bounce") <= 1


def test_the_third_soft_bounce_suppresses_and_a_repeated_one_counts_once(post, archive, reader):
    for already in range(3):
        assert reason_for(address_key=ADDRESS) is None, f"after {already}"
        copy = _sent_copy(archive, reader)
        for _ in range(3):
            assert post(POSTMARK, _postmark(copy, "SoftBounce", Details="smtp;452 4.2.2 mailbox full")) == 200
    assert reason_for(address_key=ADDRESS) == SuppressionReason.SOFT_BOUNCES


def test_a_provider_s_soft_bounce_without_a_status_is_no_hard_one(post, row):
    assert post(POSTMARK, _postmark(row, "SoftBounce", Details="")) == 200
    assert reason_for(address_key=ADDRESS) is None
    row.refresh_from_db()
    assert row.state == DeliveryState.FAILED


def test_mailgun_s_temporary_failure_changes_nothing(post, row):
    before = _everything()
    assert post(MAILGUN, _mailgun(row, severity="temporary")) == 200
    assert _everything() == before


NOT_OURS = [
    {"Metadata": {}, "MessageID": "of somebody else"},
    {"Metadata": {}, "MessageID": None},
    {"Metadata": {}, "MessageID": 17},
    {"Metadata": {"delivery": "d1-00000000000000000000"}},
    {"Metadata": {"delivery": "rubbish"}, "MessageID": "x" * 3000},
    {"Metadata": {"delivery": 17}, "MessageID": "nul\x00inside"},
]


def test_a_report_of_a_message_that_is_not_ours_is_answered_and_changes_nothing(post, row):
    before = _everything()
    for changes in NOT_OURS:
        assert post(POSTMARK, _postmark(row, **changes)) == 200, changes
    assert _everything() == before


def test_a_report_of_a_copy_that_is_gone_is_answered(post, row):
    event = _postmark(row)
    Delivery.objects.all().delete()
    assert post(POSTMARK, event) == 200


def test_a_report_after_the_person_was_deleted_is_answered(post, row, reader):
    reader.delete()
    assert post(POSTMARK, _postmark(row)) == 200
    row.refresh_from_db()
    assert row.state == DeliveryState.FAILED


def test_a_delivery_report_settles_a_doubt(post, row):
    Delivery.objects.update(
        state=DeliveryState.UNCERTAIN, reason=Reason.NO_ANSWER, handed_over_at=timezone.now() - timedelta(hours=1)
    )
    assert post(POSTMARK, _delivered(row)) == 200
    row.refresh_from_db()
    assert (row.state, row.reason) == (DeliveryState.SENT, "")


@pytest.mark.parametrize(
    ("event", "final"),
    [
        ({"RecordType": "Bounce", "Type": "HardBounce"}, True),
        ({"RecordType": "Bounce", "Type": "SoftBounce"}, False),
        ({"event": "hard_bounce", "reason": "550 unknown"}, True),  # Brevo, Mandrill
        ({"event": "soft_bounce"}, False),
        ({"type": "activity.soft_bounced"}, False),  # MailerSend
        ({"eventType": "Bounce", "bounce": {"bounceType": "Permanent"}}, True),  # Amazon SES
        ({"eventType": "Bounce", "bounce": {"bounceType": "Transient"}}, False),
        ({"event": "bounce", "hard_bounce": False}, False),  # Mailjet
        ({"msys": {"message_event": {"bounce_class": "10"}}}, True),  # SparkPost
        ({"msys": {"message_event": {"bounce_class": "22"}}}, False),
        ({"event": "bounce"}, None),  # SendGrid
        (None, None),
        ([], None),
    ],
)
def test_what_each_provider_calls_final(event, final):
    assert says_final(event) is final


LOOK = """
import django, json
django.setup()
from django.core.mail import mailers
from django.urls import resolve
backend = mailers["default"]
answers = resolve("/newsletter/provider/postmark/tracking/").url_name
print(json.dumps([answers, getattr(backend, "server_token", ""), backend.timeout]))
"""


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        (
            {
                "MAIL_BACKEND": "anymail.backends.postmark.EmailBackend",
                "ANYMAIL_POSTMARK_SERVER_TOKEN": "a-token",
                "ANYMAIL_WEBHOOK_SECRET": SECRET,
                "MAIL_HOST": "ignored.example",
            },
            ["postmark_tracking_webhook", "a-token", [10, 60]],
        ),
        ({"MAIL_HOST": "127.0.0.1"}, ["wagtail_serve", "", 10]),
    ],
)
def test_the_documented_variables_are_enough(variables, expected):
    """Without a secret no webhook is mounted: nobody could tell a provider's report from a forged one."""
    settings_module = {"DJANGO_SETTINGS_MODULE": "innerbalance.settings.dev", "DATABASE_URL": "sqlite://:memory:"}
    start = subprocess.run(
        [sys.executable, "-c", LOOK],
        env={**os.environ, **settings_module, **variables},
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert json.loads(start.stdout) == expected


def test_only_the_provider_in_use_has_an_address_for_its_reports():
    def addresses(backend, secret=("name:secret",)):
        return [
            f"{outer.pattern}{inner.pattern}" for outer in webhook_urls(backend, secret) for inner in outer.url_patterns
        ]

    assert addresses("anymail.backends.postmark.EmailBackend") == ["provider/postmark/tracking/"]
    assert addresses("anymail.backends.amazon_ses.EmailBackend") == ["provider/amazon_ses/tracking/"]
    assert addresses("anymail.backends.mandrill.EmailBackend") == ["provider/mandrill/tracking/"]
    assert addresses("anymail.backends.test.EmailBackend") == []
    assert addresses("django.core.mail.backends.smtp.EmailBackend") == []
    assert addresses("anymail.backends.postmark.EmailBackend", ()) == []
