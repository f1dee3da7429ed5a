"""Signing up on an article, confirming and leaving, on a phone without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from innerbalance.pages.models import HomePage
from newsletter.models import NewsletterTopic, Subscriber
from newsletter.rules.subscriber_states import Frequency, SubscriberState
from newsletter.services import confirmation_email
from newsletter.services.links import preferences_url, unsubscribe_url
from tests.factories import make_blog, make_post
from tests.newsletter.factories import every_block, make_archive, make_issue, make_subscriber

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
    form.get_by_label("Your email address").fill("Ana@example.org")
    form.get_by_role("button", name="Sign up").click()
    page.get_by_role("heading", name="Check your email").wait_for()
    assert _fits(page)
    assert page.context.cookies() == []

    confirmation_email.send_due(now=timezone.now())
    page.goto(_link())
    assert _state() == SubscriberState.PENDING
    page.get_by_role("button", name="Yes, send me the newsletter").click()
    page.get_by_role("heading", name="You are on the list").wait_for()
    assert _state() == SubscriberState.CONFIRMED

    page.goto(unsubscribe_url(Subscriber.objects.get().public_id))
    assert _state() == SubscriberState.CONFIRMED
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    assert _state() == SubscriberState.UNSUBSCRIBED
    page.get_by_role("button", name="Get the monthly digest instead").click()
    page.get_by_role("heading", name="You are back on the list").wait_for()
    assert Subscriber.objects.get().frequency == Frequency.MONTHLY

    page.goto(unsubscribe_url(Subscriber.objects.get().public_id))
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()
    assert not page.get_by_role("button", name="Get the monthly digest instead").is_visible()
    assert page.context.cookies() == []


def test_a_wrong_address_stays_in_the_form(open_page, post):
    page = open_page(width=PHONE, javascript=False)
    page.goto("/newsletter/")
    field = page.locator("main form").get_by_label("Your email address")
    field.fill("ana@example")
    field.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.locator("main form").get_by_label("Your email address").input_value() == "ana@example"
    assert _fits(page)


@pytest.fixture
def look_at(open_page, assert_accessible):
    """A function that gives a page and how to look at each of its states: it fits, and axe finds nothing."""

    def make(**options):
        page = open_page(**options)

        def look():
            assert _fits(page), page.url
            assert_accessible(page)

        return page, look

    return make


LOOKS = pytest.mark.parametrize(("width", "dark"), [(320, True), (768, True), (1280, False)])


@LOOKS
def test_what_everybody_can_see_is_accessible(look_at, post, width, dark):
    page, look = look_at(width=width, dark=dark)
    page.goto("/newsletter/")
    page.get_by_text("The first issue is still to come").wait_for()
    look()
    issue = make_issue(post.get_site().root_page.get_children().get(slug="newsletter"), body=every_block())
    issue.get_latest_revision().publish()
    for path in (
        "/newsletter/",
        issue.url,
        post.url,
        "/newsletter/sign-up/",
        "/newsletter/sign-up/sent/",
        "/newsletter/confirm/unknown/",
        "/newsletter/unsubscribe/damaged/",
        "/newsletter/back/",
        "/newsletter/deleted/",
        "/newsletter/test-mail/",
    ):
        page.goto(path)
        look()
    page.goto("/newsletter/")
    field = page.locator("main form").get_by_label("Your email address")
    field.fill("ana@example")
    field.press("Enter")
    page.get_by_role("alert").wait_for()
    look()


@LOOKS
def test_what_stands_behind_a_readers_own_links_is_accessible(look_at, post, width, dark):
    NewsletterTopic.objects.create(name="Sleep", description="Nights, and what helps.")
    now = timezone.now()
    reader = make_subscriber("ana.with.a.long.name@mail.department.example.org", confirmed_at=now)
    page, look = look_at(width=width, dark=dark)
    page.goto(preferences_url(reader.public_id, made_on=timezone.now().date()))
    look()
    page.get_by_label("Sleep: Nights, and what helps.").check()
    page.get_by_role("button", name="Save my choice").click()
    page.get_by_text("Your choices are saved.").wait_for()
    look()
    page.locator("form", has=page.get_by_role("button", name="Delete my data")).evaluate(
        "form => form.noValidate = true"
    )
    page.get_by_role("button", name="Delete my data").click()
    page.get_by_role("alert").wait_for()
    look()
    page.goto(unsubscribe_url(reader.public_id))
    look()
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_role("heading", name="Too many emails?").wait_for()
    look()
    Subscriber.objects.update(left_at=now - timedelta(days=2))
    page.get_by_role("button", name="Undo").click()
    page.get_by_role("heading", name="It is too late to undo this").wait_for()
    look()
    for path in (unsubscribe_url(reader.public_id), preferences_url(reader.public_id, made_on=timezone.now().date())):
        page.goto(path)
        look()
