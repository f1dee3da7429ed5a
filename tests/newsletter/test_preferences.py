import json
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance import person_data
from innerbalance.person_data import Person
from newsletter import jobs
from newsletter.models import Delivery, NewsletterTopic, Subscriber
from newsletter.rules.addresses import parse
from newsletter.rules.delivery_states import DeliveryState, Reason
from newsletter.rules.subscriber_states import Frequency, SubscriberState, SuppressionReason
from newsletter.services import preferences, subscriptions, suppression, worker
from newsletter.services.links import preferences_url
from newsletter.services.tokens import PREFERENCES, UNSUBSCRIBE, subscriber_token
from tests.newsletter.factories import NOW, make_subscriber, plan

pytestmark = pytest.mark.django_db


@pytest.fixture
def reader():
    return make_subscriber("Ana@example.org", confirmed_at=NOW)


@pytest.fixture
def topics():
    return [NewsletterTopic.objects.create(name=name) for name in ("Couples", "Sleep")]


def _link(reader, made_on):
    return urlsplit(preferences_url(reader.public_id, made_on=made_on)).path


def _path(reader, what=""):
    return _link(reader, timezone.now().date()) + what


def test_a_reader_sees_and_changes_the_choice(client, reader, topics):
    page = client.get(_path(reader))
    assert "Ana@example.org" in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    answer = client.post(_path(reader), {"topics": [topics[1].pk], "frequency": "monthly"})
    assert (answer.status_code, answer["Location"]) == (303, _path(reader, "?saved=1"))
    reader.refresh_from_db()
    assert list(reader.topics.all()) == [topics[1]]
    assert reader.frequency == Frequency.MONTHLY
    assert "are saved" in client.get(answer["Location"]).content.decode()


def test_without_topics_only_the_frequency_is_asked(client, reader):
    assert "Topics" not in client.get(_path(reader)).content.decode()
    assert client.post(_path(reader), {"frequency": "monthly"}).status_code == 303


def test_a_choice_that_does_not_exist_is_refused(client, reader, topics):
    answer = client.post(_path(reader), {"topics": [999], "frequency": "hourly"})
    assert answer.status_code == 422
    reader.refresh_from_db()
    assert reader.frequency == Frequency.EACH_ISSUE


@pytest.mark.parametrize("state", [SubscriberState.PENDING, SubscriberState.UNSUBSCRIBED, SubscriberState.BOUNCED])
def test_who_is_not_on_the_list_has_no_choice_but_their_data(client, state):
    reader = make_subscriber("ana@example.org", state=state)
    page = client.get(_path(reader)).content.decode()
    assert "Save my choice" not in page
    assert "Download my data" in page
    assert client.post(_path(reader), {"frequency": "monthly"}).status_code == 200
    reader.refresh_from_db()
    assert (reader.state, reader.frequency) == (state, Frequency.EACH_ISSUE)


def test_the_data_comes_as_a_file(client, reader, topics, issue):
    plan(issue)
    worker.queueing.queue_all(now=NOW)
    reader.topics.set(topics)
    answer = client.post(_path(reader, "export/"))
    assert "attachment" in answer["Content-Disposition"]
    data = json.loads(answer.content)
    assert data["address"] == "Ana@example.org"
    assert data["topics"] == ["Couples", "Sleep"]
    assert client.get(_path(reader, "export/")).status_code == 405


def test_delete_needs_the_tick(client, reader):
    answer = client.post(_path(reader, "delete/"))
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Subscriber.objects.exists()


def test_deleted_is_deleted_and_stays_out(client, reader):
    answer = client.post(_path(reader, "delete/"), {"sure": "yes"})
    assert (answer.status_code, answer["Location"]) == (303, "/newsletter/deleted/")
    assert client.get("/newsletter/deleted/").status_code == 200
    assert not Subscriber.objects.exists()
    assert suppression.reason_for(address_key="ana@example.org") == SuppressionReason.ERASED
    entry = ModelLogEntry.objects.get(action="newsletter.erase")
    assert "example.org" not in entry.label + str(entry.data)
    assert client.get(_path(reader)).status_code == 404
    # The person may come back, by their own double opt-in.
    assert subscriptions.sign_up(address=parse("ana@example.org"), now=datetime.now(tz=UTC))


def test_who_deletes_while_an_issue_waits_does_not_get_it(client, reader, issue, mail_server):
    plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    client.post(_path(reader, "delete/"), {"sure": "yes"})
    worker.run(clock=lambda: NOW, seconds=60)
    row = Delivery.objects.get()
    assert row.state == DeliveryState.SUPPRESSED
    assert row.reason == Reason.ERASED


@pytest.mark.parametrize("token", ["x", "%00", "é"])
def test_a_damaged_link_says_so(client, token):
    for what in ("", "export/", "delete/"):
        assert client.post(f"/newsletter/preferences/{token}/{what}", {"sure": "yes"}).status_code == 404


def test_the_unsubscribe_link_opens_nothing_here(client, reader):
    token = subscriber_token(UNSUBSCRIBE, reader.public_id)
    assert client.get(f"/newsletter/preferences/{token}/").status_code == 404
    assert client.post(f"/newsletter/preferences/{token}/delete/", {"sure": "yes"}).status_code == 404
    assert Subscriber.objects.exists()


def test_a_link_scanner_changes_nothing(client, reader):
    before = Subscriber.objects.values().get()
    for what in ("", "export/", "delete/"):
        client.get(_path(reader, what))
        client.head(_path(reader, what))
    assert Subscriber.objects.values().get() == before
    assert not reader.events.exists()


def test_other_sites_can_do_nothing(reader):
    strict = Client(enforce_csrf_checks=True)
    for what in ("", "export/", "delete/"):
        assert strict.post(_path(reader, what), {"sure": "yes"}, HTTP_SEC_FETCH_SITE="cross-site").status_code == 403


def test_a_person_s_erasure_reaches_the_newsletter(reader):
    make_subscriber("other@example.org")
    person = Person(mails=("ANA@Example.org", "not an address"), phones=("+14805550134",))
    [kept] = person_data.export(person)
    assert kept.what == "1 newsletter subscription"
    assert json.dumps(kept.records)
    assert person_data.erase(person, user=None, now=NOW) == 1
    assert [each.address for each in Subscriber.objects.all()] == ["other@example.org"]
    assert suppression.reason_for(address_key="ana@example.org") == SuppressionReason.ERASED


# --- A link that has expired.


def _expired(reader):
    """From an email of long ago, and from before links had a day."""
    old = _link(reader, timezone.now().date() - timedelta(days=90))
    return [old, f"/newsletter/preferences/{subscriber_token(PREFERENCES, reader.public_id)}/"]


def test_an_old_link_shows_and_changes_nothing(client, reader):
    for path in _expired(reader):
        for answer in (
            client.get(path),
            client.post(path, {"frequency": "monthly"}),
            client.post(path + "export/"),
            client.post(path + "delete/", {"sure": "yes"}),
        ):
            assert answer.status_code == 410
            assert "example.org" not in answer.content.decode()
            assert answer["Cache-Control"] == "private, no-store"
    reader.refresh_from_db()
    assert reader.frequency == Frequency.EACH_ISSUE


def test_a_link_works_on_its_last_day(client, reader):
    assert client.get(_link(reader, timezone.now().date() - timedelta(days=89))).status_code == 200


def test_an_old_link_gets_a_new_one_by_email_once_a_day(client, reader):
    for path in _expired(reader):
        answer = client.post(path + "new-link/")
        assert (answer.status_code, answer["Location"]) == (303, path + "?sent=1")
        assert "is on its way" in client.get(answer["Location"]).content.decode()
        jobs.send_confirmations(timezone.now())
    [message] = mail.outbox
    assert message.to == ["Ana@example.org"]
    [url] = [word for word in message.body.split() if "/newsletter/preferences/" in word]
    assert client.get(urlsplit(url).path).status_code == 200


def test_no_new_link_goes_to_an_address_that_must_not_be_written_to(client, reader):
    suppression.suppress(address_key="ana@example.org", reason=SuppressionReason.COMPLAINT, now=NOW)
    assert client.post(_expired(reader)[0] + "new-link/").status_code == 303
    assert preferences.send_new_links(now=timezone.now()) == 0
    assert mail.outbox == []


def test_a_new_link_waits_for_a_server_that_is_away(client, reader, settings):
    right = settings.MAILERS
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": 9, "timeout": 2},
        }
    }
    client.post(_expired(reader)[0] + "new-link/")
    assert preferences.send_new_links(now=timezone.now()) == 0
    settings.MAILERS = right
    assert preferences.send_new_links(now=timezone.now()) == 1
    assert preferences.send_new_links(now=timezone.now()) == 0
    assert len(mail.outbox) == 1


def test_a_forged_link_gets_no_new_one(client, reader):
    token = subscriber_token(UNSUBSCRIBE, reader.public_id)
    assert client.post(f"/newsletter/preferences/{token}/new-link/").status_code == 404
    assert mail.outbox == []
