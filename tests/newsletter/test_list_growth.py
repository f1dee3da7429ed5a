"""How the list grew: numbers by month, that add up, for everyone who sees the newsletter."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from innerbalance.security.roles import EDITORS, OFFICE, OWNERS, REVIEWERS
from newsletter.models import Subscriber
from newsletter.rules.subscriber_states import SubscriberState
from newsletter.services import bounces, preferences, subscriptions
from newsletter.services.growth import growth
from tests.factories import make_user
from tests.newsletter.factories import NOW, make_issue, make_subscriber, plan

pytestmark = pytest.mark.django_db


def _on(day, month, year=2026):
    return datetime(year, month, day, 18, 0, tzinfo=UTC)


def _left(confirmed_at, left_at):
    return make_subscriber(state=SubscriberState.UNSUBSCRIBED, confirmed_at=confirmed_at, left_at=left_at)


def _months():
    return {month.label: (month.new, month.left, month.total) for month in growth(now=NOW).months}


def test_new_left_and_total_by_month():
    make_subscriber(confirmed_at=_on(1, 1, 2024))
    _left(_on(1, 1, 2024), _on(2, 2, 2024))
    _left(_on(1, 1, 2024), _on(3, 3))
    make_subscriber(confirmed_at=_on(3, 3))
    make_subscriber(confirmed_at=_on(4, 5))
    make_subscriber(state=SubscriberState.PENDING)
    make_subscriber(state=SubscriberState.UNSUBSCRIBED, left_at=_on(4, 4))
    months = _months()
    assert len(months) == 12
    assert list(months)[-1] == "May 2026"
    assert months["Jun 2025"] == (0, 0, 2)
    assert months["Feb 2026"] == (0, 0, 2)
    assert months["Mar 2026"] == (1, 1, 2)
    assert months["Apr 2026"] == (0, 0, 2)
    assert months["May 2026"] == (1, 0, 3)


def test_the_last_total_is_the_list_as_it_is():
    for number in range(6):
        make_subscriber(confirmed_at=NOW - timedelta(days=number * 80))
    reader = Subscriber.objects.first()
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=NOW)
    assert growth(now=NOW).total == Subscriber.objects.confirmed().count() == 5
    subscriptions.undo(public_id=reader.public_id, less_often=False, now=NOW)
    assert growth(now=NOW).total == Subscriber.objects.confirmed().count() == 6
    assert not any(month.left for month in growth(now=NOW).months)


def test_the_month_is_the_practices():
    """11 pm of April 30 in Phoenix is May in UTC, and still April."""
    make_subscriber(confirmed_at=datetime(2026, 5, 1, 6, 0, tzinfo=UTC))
    make_subscriber(confirmed_at=datetime(2026, 5, 1, 7, 0, tzinfo=UTC))
    assert _months()["Apr 2026"][0] == 1
    assert _months()["May 2026"][0] == 1


def test_who_left_keeps_the_day_when_a_bounce_comes_later(archive):
    reader = make_subscriber(confirmed_at=_on(1, 1))
    delivery = plan(make_issue(archive)).deliveries.create(subscriber=reader, next_attempt_at=NOW)
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=_on(3, 3))
    bounces.hard_bounce(delivery_id=delivery.pk, detail="", now=_on(4, 4))
    reader.refresh_from_db()
    assert (reader.state, reader.left_at) == (SubscriberState.BOUNCED, _on(3, 3))


def test_who_was_deleted_is_in_no_number_and_the_page_says_so(client):
    make_subscriber("ana@example.org", confirmed_at=_on(3, 3))
    make_subscriber("ben@example.org", confirmed_at=_on(3, 3))
    preferences.erase(subscribers=Subscriber.objects.filter(address="ana@example.org"), user=None, now=NOW)
    assert _months()["Mar 2026"] == (1, 0, 1)
    client.force_login(make_user(OFFICE))
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("newsletter_subscribers:growth")).content.decode()
    assert "1 person asked to be deleted" in page


def test_the_numbers_cost_two_queries(django_assert_num_queries):
    make_subscriber(confirmed_at=_on(3, 3))
    with django_assert_num_queries(2):
        growth(now=NOW)


def test_the_chart_and_the_table_say_the_same(client):
    for number in range(3):
        make_subscriber(f"march{number}@example.org", confirmed_at=_on(3, 3))
    _left(_on(3, 3), _on(4, 4))
    client.force_login(make_user(OFFICE))
    with time_machine.travel(NOW, tick=False):
        page = client.get(reverse("newsletter_subscribers:growth")).content.decode()
    page = page[page.index('<div class="newsletter">') :]
    for words in (
        "3 subscribers on the list now",
        "<title>Mar: 4</title>",
        "Mar: 4 joined",
        "Apr: 1 left",
        "May 2026 so far",
    ):
        assert words in page
    row = '<th scope="row">Apr 2026</th><td class="number">0</td><td class="number">1</td><td class="number">3</td>'
    assert row in page
    assert page.count('role="img"') == 2
    assert " style=" not in page
    assert "@example.org" not in page


def test_an_empty_list_has_no_chart(client):
    client.force_login(make_user(OFFICE))
    page = client.get(reverse("newsletter_subscribers:growth")).content.decode()
    assert "Nobody is on the list yet" in page
    assert 'role="img"' not in page


@pytest.mark.parametrize("role", [EDITORS, REVIEWERS, OFFICE, OWNERS])
def test_everyone_who_sees_the_newsletter_sees_the_numbers(client, role):
    client.force_login(make_user(role))
    url = reverse("newsletter_subscribers:growth")
    assert client.get(url).status_code == 200
    assert url in client.get(reverse("wagtailadmin_home")).content.decode()


def test_strangers_do_not(client):
    assert client.get(reverse("newsletter_subscribers:growth")).status_code == 302
