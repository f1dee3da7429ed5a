"""Leaving, spoken in raw HTTP where the words of RFC 8058 matter."""

import http.client
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from newsletter.models import Subscriber
from newsletter.rules.subscriber_states import Frequency, SubscriberState
from newsletter.services.tokens import PREFERENCES, UNDO, UNSUBSCRIBE, subscriber_token
from tests.newsletter.factories import NOW, make_subscriber, plan

ONE_CLICK = "List-Unsubscribe=One-Click"


@pytest.fixture
def reader(db):
    return make_subscriber("ana@example.org", confirmed_at=NOW)


def _path(reader, campaign_id=None):
    return f"/newsletter/unsubscribe/{subscriber_token(UNSUBSCRIBE, reader.public_id, campaign_id)}/"


def _state():
    return Subscriber.objects.get().state


def _raw(live_server, method, path, body="", content_type="application/x-www-form-urlencoded", **headers):
    """(status, headers, body) over a plain connection: no cookie, nothing followed."""
    connection = http.client.HTTPConnection(urlsplit(live_server.url).netloc, timeout=20)
    sent = {"Content-Type": content_type, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.request(method, path, body=body.encode(), headers=sent)
    answer = connection.getresponse()
    content = answer.read().decode()
    connection.close()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, content


MULTIPART = (
    '--b\r\nContent-Disposition: form-data; name="List-Unsubscribe"\r\n\r\nOne-Click\r\n--b--\r\n',
    "multipart/form-data; boundary=b",
)


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (ONE_CLICK, "application/x-www-form-urlencoded"),
        MULTIPART,
        ("", "application/x-www-form-urlencoded"),
        ("nonsense", "multipart/form-data"),
        ("{}", "application/json"),
    ],
)
@pytest.mark.django_db(transaction=True)
def test_one_click_over_raw_http(live_server, body, content_type):
    path = _path(make_subscriber("ana@example.org", confirmed_at=NOW))
    foreign = {"Origin": "https://mail.example.net", "Sec_Fetch_Site": "cross-site", "Host": "localhost"}
    for _ in range(2):
        status, headers, _ = _raw(live_server, "POST", path, body, content_type, **foreign)
        assert status == 200
        assert "location" not in headers
        assert "set-cookie" not in headers
        assert "no-store" in headers["cache-control"]
    assert _state() == SubscriberState.UNSUBSCRIBED
    assert Subscriber.objects.get().events.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_link_scanner_changes_nothing(live_server):
    path = _path(make_subscriber("ana@example.org", confirmed_at=NOW))
    before = Subscriber.objects.values().get()
    for method in ("GET", "HEAD", "GET"):
        status, headers, _ = _raw(live_server, method, path, User_Agent="LinkScanner/1.0")
        assert status == 200
        assert "set-cookie" not in headers
    assert Subscriber.objects.values().get() == before


def test_it_names_the_issue_whose_link_it_was(client, reader, issue):
    campaign = plan(issue)
    client.post(_path(reader, campaign.pk))
    assert reader.events.get().campaign == campaign
    other = make_subscriber()
    assert client.post(_path(other, 999_999)).status_code == 200


def test_it_works_for_years_and_after_key_rotation(client, reader, settings):
    path = _path(reader)
    settings.HASH_KEYS = ["a newer key of next year, long enough for a test", *settings.HASH_KEYS]
    assert client.post(path).status_code == 200
    assert _state() == SubscriberState.UNSUBSCRIBED


@pytest.mark.parametrize("token", ["x", "AAAA", "%00", "é", "a" * 3000])
def test_a_damaged_link_says_so(client, reader, token):
    for answer in (client.get(f"/newsletter/unsubscribe/{token}/"), client.post(f"/newsletter/unsubscribe/{token}/")):
        assert answer.status_code == 404
    assert _state() == SubscriberState.CONFIRMED


@pytest.mark.parametrize("purpose", [PREFERENCES, UNDO])
def test_a_token_of_another_purpose_is_none(client, reader, purpose):
    token = subscriber_token(purpose, reader.public_id)
    assert client.post(f"/newsletter/unsubscribe/{token}/").status_code == 404
    assert _state() == SubscriberState.CONFIRMED


def test_who_was_deleted_gets_the_same_answer(client, reader):
    path = _path(reader)
    reader.delete()
    assert client.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert client.get(path).status_code == 200


def _leave(client, reader):
    return client.post(_path(reader), HTTP_SEC_FETCH_SITE="same-origin").content.decode()


def _come_back(reader, **data):
    url = f"/newsletter/come-back/{subscriber_token(UNDO, reader.public_id)}/"
    return Client(enforce_csrf_checks=True).post(url, data, HTTP_SEC_FETCH_SITE="same-origin")


def test_a_person_may_undo(client, reader):
    assert "Undo" in _leave(client, reader)
    answer = _come_back(reader)
    assert (answer.status_code, answer["Location"]) == (303, "/newsletter/back/")
    assert client.get("/newsletter/back/").status_code == 200
    reader.refresh_from_db()
    assert (reader.state, reader.frequency, reader.left_at) == (SubscriberState.CONFIRMED, Frequency.EACH_ISSUE, None)
    assert _come_back(reader).status_code == 303


def test_less_often_is_offered_once(client, reader):
    assert "monthly digest" in _leave(client, reader)
    _come_back(reader, less_often="yes")
    reader.refresh_from_db()
    assert (reader.state, reader.frequency) == (SubscriberState.CONFIRMED, Frequency.MONTHLY)
    Subscriber.objects.update(frequency=Frequency.EACH_ISSUE)
    page = _leave(client, reader)
    assert "Undo" in page
    assert "monthly digest" not in page


def test_the_offer_is_not_spent_on_a_machine(client, reader):
    client.post(_path(reader), {"List-Unsubscribe": "One-Click"})
    assert "monthly digest" in _leave(client, reader)


def test_undo_ends_after_a_day(client, reader):
    _leave(client, reader)
    Subscriber.objects.update(left_at=timezone.now() - timedelta(hours=25))
    assert _come_back(reader).status_code == 410
    assert _state() == SubscriberState.UNSUBSCRIBED


@pytest.mark.parametrize(
    ("state", "confirmed_at"),
    [(SubscriberState.PENDING, None), (SubscriberState.BOUNCED, NOW), (SubscriberState.COMPLAINED, NOW)],
)
def test_undo_puts_nobody_on_the_list_who_was_not(client, db, state, confirmed_at):
    reader = make_subscriber("ana@example.org", state=state, confirmed_at=confirmed_at)
    assert "Undo" not in _leave(client, reader)
    assert _come_back(reader).status_code == 410
    assert _state() != SubscriberState.CONFIRMED


def test_another_site_can_not_put_anyone_back(reader, client):
    _leave(client, reader)
    url = f"/newsletter/come-back/{subscriber_token(UNDO, reader.public_id)}/"
    assert Client(enforce_csrf_checks=True).post(url, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403
    assert client.get(url).status_code == 405
    assert _state() == SubscriberState.UNSUBSCRIBED
