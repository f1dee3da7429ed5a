"""Signing up on an article, confirming and leaving, on a phone without JavaScript."""

import re

import pytest
from django.core import mail
from django.utils import timezone

from innerbalance.pages.models import HomePage
from newsletter import confirmation_mail
from newsletter.links import preferences_url, unsubscribe_url
from newsletter.models import NewsletterTopic, Subscriber
from newsletter.subscriber_states import Frequency, SubscriberState
from tests.factories import make_blog, make_post
from tests.newsletter.factories import make_archive, make_subscriber

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = 360


@pytest.fixture
def post(transactional_db, settings, live_server):
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    home = HomePage.objects.get()
    make_archive(home)
    return make_post(make_blog(home), body=[("newsletter", {"heading": "News from us", "text": ""})])


def _fits(page):
    return page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def _link():
    return re.search(r"http\S+/newsletter/confirm/\S+", mail.outbox[-1].body)[0]


def _state():
    return Subscriber.objects.get().state


def test_a_reader_signs_up_on_a_cached_post_confirms_and_leaves(open_page, post):
    page = open_page(width=PHONE, height=740, javascript=False)
    page.goto(post.url)
    page.goto(post.url)
    assert _fits(page)
    form = page.locator("main form")
    form.get_by_label("Your mail address").fill("Ana@example.org")
    form.get_by_role("button", name="Sign up").click()
    page.get_by_role("heading", name="Look in your mailbox").wait_for()
    assert _fits(page)
    assert page.context.cookies() == []

    confirmation_mail.send_due(now=timezone.now())
    page.goto(_link())
    assert _state() == SubscriberState.PENDING
    page.get_by_role("button", name="Yes, send me the newsletter").click()
    page.get_by_role("heading", name="You are on the list").wait_for()
    assert _state() == SubscriberState.CONFIRMED

    page.goto(unsubscribe_url(Subscriber.objects.get().public_id))
    assert _state() == SubscriberState.CONFIRMED
    page.get_by_role("button", name="Leave the newsletter").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    assert _state() == SubscriberState.UNSUBSCRIBED
    page.get_by_role("button", name="Get the monthly digest instead").click()
    page.get_by_role("heading", name="You are back on the list").wait_for()
    assert Subscriber.objects.get().frequency == Frequency.MONTHLY

    page.goto(unsubscribe_url(Subscriber.objects.get().public_id))
    page.get_by_role("button", name="Leave the newsletter").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    assert not page.get_by_role("button", name="Get the monthly digest instead").is_visible()
    assert page.context.cookies() == []


def test_a_wrong_address_stays_in_the_form(open_page, post):
    page = open_page(width=PHONE, javascript=False)
    page.goto("/newsletter/")
    field = page.locator("main form").get_by_label("Your mail address")
    field.fill("ana@example")
    field.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.locator("main form").get_by_label("Your mail address").input_value() == "ana@example"
    assert _fits(page)


@pytest.mark.parametrize(("width", "dark"), [(PHONE, False), (1280, True)])
def test_each_page_is_accessible(open_page, assert_accessible, post, width, dark):
    NewsletterTopic.objects.create(name="Sleep")
    now = timezone.now()
    reader = make_subscriber("ana@example.org", confirmed_at=now)
    page = open_page(width=width, dark=dark)
    for path in (
        post.url,
        "/newsletter/",
        "/newsletter/sign-up/",
        "/newsletter/sign-up/sent/",
        "/newsletter/confirm/unknown/",
        "/newsletter/unsubscribe/damaged/",
        preferences_url(reader.public_id),
        unsubscribe_url(reader.public_id),
        "/newsletter/back/",
        "/newsletter/deleted/",
    ):
        page.goto(path)
        assert _fits(page), path
        assert_accessible(page)
    page.goto(unsubscribe_url(reader.public_id))
    page.get_by_role("button", name="Leave the newsletter").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    assert_accessible(page)
