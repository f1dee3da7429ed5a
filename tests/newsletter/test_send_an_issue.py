import re

import pytest
from django.core import mail
from django.urls import reverse

from innerbalance.security.roles import EDITORS, OFFICE
from newsletter.models import Campaign, Delivery
from newsletter.rules.delivery_states import DeliveryState
from newsletter.services import bounces, subscriptions, worker
from newsletter.services import test_email as testing
from newsletter.services.results import results_of
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def with_an_office(monkeypatch, team):
    """The check list wants a postal address, and that the team page the issue links to is there."""
    from newsletter.desk import campaigns as desk

    monkeypatch.setattr(desk, "office_directory", lambda: _Directory())


class _Directory:
    def offices(self):
        from types import SimpleNamespace

        return [SimpleNamespace(address_lines=("1 Main Street", "Mesa, AZ 85201"))]


@pytest.fixture
def office(client):
    user = make_user(OFFICE)
    client.force_login(user)
    return user


def _payload(issue, **kwargs):
    seen = issue.get_latest_revision()
    return {"revision_id": seen.pk, "content_hash": seen.as_object().edition(), "scheduled_at": "", **kwargs}


def test_the_screen_says_how_many_get_it_and_sends(client, office, issue, mail_server):
    make_subscriber()
    make_subscriber()
    url = reverse("newsletter_desk:prepare", args=[issue.pk])
    assert "Send it to 2 subscribers" in client.get(url).content.decode()
    answer = client.post(url, _payload(issue))
    campaign = Campaign.objects.get()
    assert answer["Location"] == reverse("newsletter_desk:results", args=[campaign.pk])
    worker.run(seconds=60)
    page = client.get(answer["Location"]).content.decode()
    assert "<strong>2 of 2</strong> accounted for" in page
    assert client.get(reverse("newsletter_desk:progress", args=[campaign.pk])).json()["counts"]["sent"] == 2
    assert "News of May" in client.get(reverse("newsletter_desk:index")).content.decode()


def test_a_double_click_sends_once(client, office, issue):
    url = reverse("newsletter_desk:prepare", args=[issue.pk])
    data = _payload(issue)
    client.post(url, data)
    client.post(url, data)
    assert Campaign.objects.count() == 1


def test_another_edition_than_the_one_seen_is_refused(client, office, issue):
    url = reverse("newsletter_desk:prepare", args=[issue.pk])
    client.post(url, _payload(issue, content_hash="0" * 64))
    assert not Campaign.objects.exists()


def test_a_moment_that_has_passed_is_refused(client, office, issue):
    url = reverse("newsletter_desk:prepare", args=[issue.pk])
    answer = client.post(url, _payload(issue, scheduled_at="2020-01-01 10:00"))
    assert "This time has passed" in answer.content.decode()
    assert not Campaign.objects.exists()


def test_a_test_goes_to_me_alone(client, office, issue):
    make_subscriber()
    client.post(reverse("newsletter_desk:send_test", args=[issue.pk]))
    [message] = mail.outbox
    assert message.to == [office.email]
    assert message.subject == "[Test] News of May"
    assert not Delivery.objects.exists()


def test_a_test_says_so_and_its_links_lead_to_a_page_that_says_so_too(client, office, issue, settings):
    client.post(reverse("newsletter_desk:send_test", args=[issue.pk]))
    [message] = mail.outbox
    html = message.alternatives[0].content
    assert "This is a test." in html
    assert message.body.startswith("THIS IS A TEST.")
    own = re.findall(r'href="([^"]*/newsletter/[^"]*)"', html) + re.findall(r"\S+/newsletter/\S*", message.body)
    assert set(own) == {f"{settings.WAGTAILADMIN_BASE_URL}/newsletter/test-mail/"}
    client.logout()
    page = client.get(own[0])
    assert page.status_code == 200
    assert "This link is from a test" in page.content.decode()


def test_a_test_is_the_mail_that_readers_get_but_for_what_marks_it(issue, mail_server):
    testing.send_test(page=issue.get_latest_revision_as_object(), to="me@example.org")
    make_subscriber()
    plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    test, real = mail_server.messages()
    for header in ("From", "Reply-To", "X-Newsletter-Edition"):
        assert test[header] == real[header]
    assert "List-Unsubscribe" not in test
    assert "This is a test." not in real.get_body(("html",)).get_content()


def test_an_editor_sees_numbers_and_nobody_and_can_not_send(client, issue, mail_server):
    reader = make_subscriber()
    mail_server.mode = "drop"
    campaign = plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    client.force_login(make_user(EDITORS))
    page = client.get(reverse("newsletter_desk:results", args=[campaign.pk])).content.decode()
    assert "Uncertain" in page
    assert reader.address not in page
    for url in (
        reverse("newsletter_desk:prepare", args=[issue.pk]),
        reverse("newsletter_desk:decide", args=[campaign.pk]),
    ):
        client.post(url, {"decision": "resend"})
    assert Delivery.objects.get().state == DeliveryState.UNCERTAIN


def test_an_editor_can_neither_send_nor_test_nor_pause(client, archive, issue):
    under_way = plan(make_issue(archive, title="Under way"))
    worker.queueing.start_due(now=NOW)
    client.force_login(make_user(EDITORS))
    home = reverse("wagtailadmin_home")
    prepare = reverse("newsletter_desk:prepare", args=[issue.pk])
    assert client.get(prepare)["Location"] == home
    assert client.post(prepare, _payload(issue))["Location"] == home
    assert client.post(reverse("newsletter_desk:send_test", args=[issue.pk]))["Location"] == home
    decide = reverse("newsletter_desk:decide", args=[under_way.pk])
    assert client.post(decide, {"decision": "pause"})["Location"] == home
    assert [campaign.state for campaign in Campaign.objects.all()] == ["queueing"]
    assert not mail.outbox


def test_the_office_sends_a_ticked_uncertain_copy_again(client, office, issue, mail_server):
    reader = make_subscriber()
    mail_server.mode = "drop"
    campaign = plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    assert reader.address in client.get(reverse("newsletter_desk:results", args=[campaign.pk])).content.decode()
    decide = reverse("newsletter_desk:decide", args=[campaign.pk])
    client.post(decide, {"decision": "resend"})
    assert Delivery.objects.get().state == DeliveryState.UNCERTAIN
    client.post(decide, {"decision": "resend", "delivery": [Delivery.objects.get().pk]})
    assert Delivery.objects.get().state == DeliveryState.QUEUED


def test_the_office_pauses_resumes_and_cancels(client, office, issue):
    make_subscriber()
    campaign = plan(issue)
    worker.queueing.start_due(now=NOW)
    worker.queueing.queue_all(now=NOW)
    decide = reverse("newsletter_desk:decide", args=[campaign.pk])
    for decision, state in (
        ("pause", "paused"),
        ("resume", "running"),
        ("cancel", "cancelled"),
        ("resume", "cancelled"),
    ):
        client.post(decide, {"decision": decision})
        campaign.refresh_from_db()
        assert campaign.state == state


def test_the_list_says_how_many_got_each_issue(
    client, office, archive, issue, mail_server, django_assert_max_num_queries
):
    make_subscriber()
    make_subscriber()
    campaign = plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    for number in range(3):
        plan(make_issue(archive, title=f"Later {number}"))
    make_issue(archive, title="Not yet")
    with django_assert_max_num_queries(30):
        page = client.get(reverse("newsletter_desk:index")).content.decode()
    assert "2 of 2" in page
    assert "Not yet" in page
    assert reverse("newsletter_desk:results", args=[campaign.pk]) in page


def test_what_is_online_already_stands_apart_from_the_drafts(client, office, archive):
    make_issue(archive, title="From before").get_latest_revision().publish()
    page = client.get(reverse("newsletter_desk:index")).content.decode()
    drafts, _, online = page.partition("Published on the site without being sent: 1")
    assert "From before" in online
    assert "From before" not in drafts


def test_the_results_say_who_left_by_its_link(client, office, issue, mail_server):
    readers = [make_subscriber() for _ in range(3)]
    campaign = plan(issue)
    worker.run(clock=lambda: NOW, seconds=60)
    subscriptions.unsubscribe(public_id=readers[0].public_id, campaign_id=campaign.pk, now=NOW)
    bounces.complaint(delivery_id=campaign.deliveries.get(subscriber=readers[1]).pk, now=NOW)
    results = results_of(campaign)
    assert (results.left, results.complaints, results.total) == (1, 1, 3)
    assert sum(number for _, number, _ in results.rows) == 3


def test_numbers_are_fetched_again_only_while_something_happens(client, office, issue, mail_server):
    make_subscriber()
    campaign = plan(issue)
    url = reverse("newsletter_desk:results", args=[campaign.pk])
    assert "data-live-section" in client.get(url).content.decode()
    worker.run(clock=lambda: NOW, seconds=60)
    assert "data-live-section" not in client.get(url).content.decode()


def test_every_preview_of_the_mail_can_be_made(issue, rf):
    for mode, _ in issue.preview_modes:
        response = issue.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
