from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innerbalance.person_data import Person
from innerbalance.security.public_forms import FormStamp
from newsletter.models import SignUpAsk, Subscriber, SubscriberEvent
from newsletter.rules.addresses import parse
from newsletter.rules.sign_up import SIGN_UPS_PER_NETWORK, mailbox
from newsletter.rules.subscriber_states import EventKind, SubscriberState, SuppressionReason
from newsletter.services import confirmation_email, subscriptions, suppression
from newsletter.services.preferences import SubscriberKeeper
from newsletter.templatetags.newsletter_tags import PURPOSE
from tests.factories import make_blog, make_post
from tests.newsletter.factories import make_subscriber
from tests.newsletter.mail_server import Server

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 6, 16, 0, tzinfo=UTC)
SENT = "/newsletter/sign-up/sent/"


@pytest.fixture(autouse=True)
def at_one_moment():
    with time_machine.travel(NOW, tick=False):
        yield


def _payload(**kwargs):
    return {"address": "ana@example.org", "made": FormStamp.issue(PURPOSE, NOW), "website": "", **kwargs}


def _sign_up(client, *, network="192.0.2.1", **kwargs):
    return client.post(
        reverse("newsletter:sign_up"), _payload(**kwargs), REMOTE_ADDR=network, HTTP_SEC_FETCH_SITE="same-origin"
    )


def _send(now=NOW):
    return confirmation_email.send_due(now=now)


def test_an_address_is_kept_first_and_mailed_by_housekeeping(client):
    answer = _sign_up(client, address=" Ana@Example.ORG ")
    assert (answer.status_code, answer["Location"]) == (303, SENT)
    assert not answer.cookies
    asked = SignUpAsk.objects.get()
    assert (asked.address, asked.address_key, asked.asked_at) == ("Ana@Example.ORG", "ana@example.org", NOW)
    assert mail.outbox == []
    assert _send() == (1, 0)
    assert not SignUpAsk.objects.exists()
    subscriber = Subscriber.objects.get()
    assert (subscriber.address, subscriber.address_key) == ("Ana@Example.ORG", "ana@example.org")
    assert subscriber.state == SubscriberState.PENDING
    [message] = mail.outbox
    assert message.to == ["Ana@example.org"]
    assert "/newsletter/confirm/" in message.body
    assert _send() == (0, 0)


def test_the_mail_holds_no_text_of_the_form(client):
    _sign_up(client, address="buy-my-pills@example.org", name="Buy my pills", source="Buy my pills")
    _send()
    [message] = mail.outbox
    assert "pills" not in message.subject + message.body


def test_the_link_is_kept_as_a_hash(client):
    _sign_up(client)
    _send()
    secret = mail.outbox[0].body.split("/newsletter/confirm/")[1].split("/")[0]
    subscriber = Subscriber.objects.get()
    assert secret not in str(vars(subscriber))
    assert subscriber.confirm_expires_at == NOW + timedelta(hours=48)


def test_500_sign_ups_of_one_address_are_one_mail(client):
    spellings = (
        "ana@bücher.example",
        "ANA@Bücher.Example",
        "ana@xn--bcher-kva.example",
        " Ana@BÜCHER.EXAMPLE ",
        "ana@bücher.example",
        "ＡＮＡ@bücher.example",
        "ana@bücher。example",
        "Ana@Xn--Bcher-Kva.Example.",
    )
    for number in range(500):
        answer = _sign_up(
            client, address=spellings[number % len(spellings)], network=f"10.{number // 250}.{number % 250}.7"
        )
        assert answer["Location"] == SENT
        if number % 100 == 0:
            _send(NOW + timedelta(minutes=number))
    _send(NOW + timedelta(hours=20))
    assert len(mail.outbox) == 1
    assert Subscriber.objects.count() == 1
    assert SubscriberEvent.objects.filter(kind=EventKind.SIGNED_UP).count() == 1


def test_a_stranger_can_not_fill_a_mailbox_by_tags_and_dots(client):
    for number in range(10):
        _sign_up(client, address=f"an.a+{number}@gmail.com")
    _send()
    assert len(mail.outbox) == 1


def test_the_next_day_it_may_be_asked_again(client):
    address = parse("ana@example.org")
    assert subscriptions.sign_up(address=address, now=NOW)
    _send()
    later = NOW + timedelta(hours=23)
    assert not subscriptions.sign_up(address=address, now=later)
    assert subscriptions.sign_up(address=address, now=NOW + timedelta(hours=25))
    _send(NOW + timedelta(hours=25))
    assert len(mail.outbox) == 2


@pytest.mark.parametrize("state", list(SubscriberState))
def test_the_answer_is_the_same_whatever_the_state(client, state):
    make_subscriber("ana@example.org", state=state)
    known, unknown = _sign_up(client), _sign_up(client, address="nobody@example.org")
    assert known.status_code == unknown.status_code == 303
    assert known["Location"] == unknown["Location"]
    assert known.content == unknown.content
    _send()
    assert Subscriber.objects.get(address_key="ana@example.org").state == state


def test_a_sign_up_does_the_same_work_whoever_it_is(client):
    """Or the time that the answer takes would tell who is on the list, or must never be written to."""
    make_subscriber("known@example.org")
    make_subscriber("pending@example.org", state=SubscriberState.PENDING)
    suppression.suppress(address_key="never@example.org", reason=SuppressionReason.COMPLAINT, now=NOW)
    _sign_up(client, address="first@example.org")
    statements = []
    for who in ("unknown", "known", "pending", "never", "known"):
        with CaptureQueriesContext(connection) as queries:
            _sign_up(client, address=f"{who}@example.org")
        statements.append([query["sql"].partition("VALUES")[0].partition("WHERE")[0] for query in queries])
    assert statements[0]
    assert all(each == statements[0] for each in statements)


def test_an_ask_is_taken_up_once_however_many_runs_there_are(client):
    _sign_up(client)
    assert subscriptions.take_up_asks() == 1
    assert subscriptions.take_up_asks() == 0
    assert SubscriberEvent.objects.filter(kind=EventKind.SIGNED_UP).count() == 1


def test_an_ask_that_waits_is_erased_with_the_person(client):
    _sign_up(client, address="Ana@example.org")
    _sign_up(client, address="ben@example.org")
    SubscriberKeeper().erase(Person(mails=("ana@example.org",), phones=()), user=None, now=NOW)
    assert [ask.address for ask in SignUpAsk.objects.all()] == ["ben@example.org"]


def test_a_confirmed_reader_gets_no_mail(client):
    make_subscriber("ana@example.org")
    _sign_up(client)
    _send()
    assert mail.outbox == []


@pytest.mark.parametrize(("reason", "mails"), [(SuppressionReason.COMPLAINT, 0), (SuppressionReason.ERASED, 1)])
def test_the_suppression_list_decides_who_may_be_asked(client, reason, mails):
    suppression.suppress(address_key="ana@example.org", reason=reason, now=NOW)
    assert _sign_up(client)["Location"] == SENT
    _send()
    assert len(mail.outbox) == mails


@pytest.mark.parametrize("address", ["", "ana", "ana@", "ana@localhost", "ana ruiz@example.org", "a@b.c\nBcc: x@y.zz"])
def test_a_wrong_address_comes_back_with_the_value_and_the_reason(client, address):
    answer = _sign_up(client, address=address)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in page
    assert 'aria-describedby="sign-up-error"' in page
    if "\n" not in address and address:
        assert f'value="{address}"' in page
    assert not SignUpAsk.objects.exists()


def test_the_value_comes_back_escaped(client):
    page = _sign_up(client, address='"><script>x</script>').content.decode()
    assert "<script>x" not in page


@pytest.mark.parametrize("made", ["", "forged:x", FormStamp.issue("other", NOW)])
def test_a_form_that_is_not_ours_is_asked_once_more(client, made):
    answer = _sign_up(client, made=made)
    assert answer.status_code == 422
    assert 'value="ana@example.org"' in answer.content.decode()
    assert not SignUpAsk.objects.exists()


def test_a_page_that_was_open_for_a_month_still_works_but_not_for_ever(client):
    assert _sign_up(client, made=FormStamp.issue(PURPOSE, NOW - timedelta(days=29))).status_code == 303
    assert _sign_up(client, made=FormStamp.issue(PURPOSE, NOW - timedelta(days=32))).status_code == 422


def test_the_field_for_machines_keeps_nothing_and_says_nothing(client):
    answer = _sign_up(client, website="https://spam.example")
    assert (answer.status_code, answer["Location"]) == (303, SENT)
    assert not SignUpAsk.objects.exists()


def test_one_network_may_sign_up_so_many_and_is_told(client):
    for number in range(SIGN_UPS_PER_NETWORK):
        assert _sign_up(client, address=f"a{number}@example.org").status_code == 303
    answer = _sign_up(client, address="one-more@example.org")
    assert answer.status_code == 429
    assert 'value="one-more@example.org"' in answer.content.decode()
    assert _sign_up(client, address="one-more@example.org", network="198.51.100.9").status_code == 303


def test_other_sites_can_not_sign_people_up(client):
    strict = Client(enforce_csrf_checks=True)
    url = reverse("newsletter:sign_up")
    assert strict.post(url, _payload(), HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert strict.post(url, _payload(), HTTP_SEC_FETCH_SITE="same-origin").status_code == 303


def test_the_form_is_on_a_cached_post_and_in_its_block(client, home):
    block = ("newsletter", {"heading": "Write to me", "text": ""})
    post = make_post(make_blog(home), body=[block])
    first = client.get(post.url)
    page = first.content.decode()
    assert page.count('action="/newsletter/sign-up/"') == 2
    assert "Write to me" in page
    assert "public" in first["Cache-Control"]
    assert not first.cookies
    assert "csrfmiddlewaretoken" not in page
    # The same bytes for a day.
    assert client.get(post.url)["ETag"] == first["ETag"]


def test_the_front_page_of_the_newsletter_has_the_form_and_past_issues(client, issue):
    issue.get_latest_revision().publish()
    page = client.get("/newsletter/").content.decode()
    assert "News of May" in page
    assert page.count('action="/newsletter/sign-up/"') == 2


def test_the_page_after_it_is_the_same_for_all(client):
    assert client.get(SENT).status_code == 200
    assert client.get(reverse("newsletter:sign_up")).status_code == 200


# --- The mail in trouble, against a real server.


@pytest.fixture
def smtp(settings):
    with Server() as server:
        settings.MAILERS = {
            **settings.MAILERS,
            "default": {
                "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
                "OPTIONS": {"host": "127.0.0.1", "port": server.port, "timeout": 2},
            },
        }
        yield server.handler


def test_a_server_that_is_away_loses_nothing(settings):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    assert _send() == (0, 1)
    assert Subscriber.objects.get().confirm_mail_due_at == NOW


def test_a_server_that_closes_the_connection_after_each_email_puts_nobody_off(smtp):
    smtp.mode = "close after each"
    for number in range(12):
        subscriptions.sign_up(address=parse(f"reader{number}@example.org"), now=NOW)
    assert _send() == (12, 0)
    assert set(smtp.sent_to.values()) == {1}
    assert not Subscriber.objects.exclude(confirm_mail_due_at=None).exists()


def test_a_server_that_goes_away_in_the_middle_puts_off_only_what_did_not_leave(smtp):
    for number in range(3):
        subscriptions.sign_up(address=parse(f"reader{number}@example.org"), now=NOW)
    smtp.mode, smtp.after = "421 at MAIL", 1
    assert _send() == (1, 2)
    assert list(Subscriber.objects.order_by("pk").values_list("confirm_mail_due_at", flat=True)) == [None, NOW, NOW]
    smtp.mode = "ok"
    assert _send(NOW + timedelta(minutes=1)) == (2, 0)


def test_a_clock_that_was_two_days_ahead_puts_nobody_off_for_longer_than_a_day(smtp):
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    smtp.mode = "drop"
    _send(NOW + timedelta(days=2))
    smtp.mode = "ok"
    _send(NOW)
    assert Subscriber.objects.get().confirm_mail_due_at == NOW + timedelta(days=1)
    assert _send(NOW + timedelta(days=1)) == (1, 0)


def test_a_refusal_for_now_is_tried_again(smtp):
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    smtp.mode = "451"
    assert _send() == (0, 1)
    smtp.mode = "ok"
    assert _send(NOW + timedelta(minutes=1)) == (0, 0)
    assert _send(NOW + timedelta(minutes=16)) == (1, 0)


def test_a_refusal_for_good_is_not(smtp):
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    smtp.mode = "refuse"
    assert _send() == (0, 1)
    smtp.mode = "ok"
    assert _send(NOW + timedelta(hours=30)) == (0, 0)


def test_a_mail_in_doubt_is_tried_again_a_day_later(smtp):
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    smtp.mode = "drop"
    assert _send() == (0, 1)
    smtp.mode = "ok"
    assert _send(NOW + timedelta(hours=23)) == (0, 0)
    assert _send(NOW + timedelta(hours=24)) == (1, 0)


def test_a_mail_that_never_leaves_is_given_up(smtp):
    subscriptions.sign_up(address=parse("ana@example.org"), now=NOW)
    smtp.mode = "451"
    _send()
    smtp.mode = "ok"
    assert _send(NOW + timedelta(days=4)) == (0, 0)
    assert Subscriber.objects.get().confirm_mail_due_at is None


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("ana@example.org", "ana@example.org"),
        ("ana+news@example.org", "ana@example.org"),
        ("a.n.a+x@googlemail.com", "ana@gmail.com"),
        ("a.na@example.org", "a.na@example.org"),
        ("+x@example.org", "+x@example.org"),
    ],
)
def test_addresses_that_end_in_one_mailbox(key, name):
    assert mailbox(key) == name
