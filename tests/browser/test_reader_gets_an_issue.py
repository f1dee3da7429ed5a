"""The whole way of a newsletter: from a form on a kept copy of a post to an issue in the mailbox, and off the list.

Mails go through a real SMTP server; what it received is opened in the browser as a mail program would.
"""

import re
import urllib.request
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect
from wagtail.models import Site

from innerbalance.pages.models import HomePage
from innerbalance.security.roles import OFFICE
from newsletter.models import Campaign, Delivery, Subscriber
from newsletter.rules.campaign_states import CampaignState
from newsletter.rules.subscriber_states import SubscriberState
from tests.factories import make_blog, make_post, make_team, make_user
from tests.locations.factories import make_index, make_office
from tests.newsletter.factories import make_archive, make_issue, make_subscriber, plan
from tests.newsletter.mail_server import Server

pytestmark = pytest.mark.django_db(transaction=True)
READER = "Ana@example.org"
PHONE = 360
# A mail stands in its program's window: the landmarks of a page are not its own.
NO_PAGE = {"region": {"enabled": False}, "landmark-one-main": {"enabled": False}}


@pytest.fixture
def mailbox(settings):
    """What a real mail server got; every mail of the site goes to it."""
    with Server() as server:
        smtp = {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": server.port, "timeout": 5},
        }
        settings.MAILERS = {"default": smtp, "newsletter": smtp}
        settings.NEWSLETTER_MAILER = "newsletter"
        yield server.handler


@pytest.fixture
def site(transactional_db, settings, live_server):
    """A practice with an office, two posts, and an issue that lists what is new."""
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    address = urlsplit(live_server.url)
    Site.objects.update(hostname=address.hostname, port=address.port)
    Site.clear_site_root_paths_cache()
    home = HomePage.objects.get()
    make_office(make_index(home), "Mesa")
    make_team(home)
    blog = make_blog(home)
    posts = [make_post(blog, title=title) for title in ("When worry keeps you up", "A first session")]
    archive = make_archive(home)
    return {"posts": posts, "archive": archive, "issue": make_issue(archive, title="News of May")}


def kept_copy(page, url: str) -> None:
    """Answers `page`'s requests for `url` with bytes that a proxy kept, once it asked whether they are still good."""
    with urllib.request.urlopen(url, timeout=10) as answer:
        body, headers = answer.read(), dict(answer.headers.items())
    assert "public" in headers["Cache-Control"]
    assert "Set-Cookie" not in headers
    again = urllib.request.Request(url, headers={"If-None-Match": headers["ETag"]})
    with pytest.raises(urllib.error.HTTPError) as unchanged:
        urllib.request.urlopen(again, timeout=10)
    assert unchanged.value.code == 304
    unchanged.value.close()
    page.route(url, lambda route: route.fulfill(status=200, headers=headers, body=body))


def sign_up(page, post) -> None:
    kept_copy(page, post.full_url)
    page.goto(post.full_url)
    form = page.get_by_role("contentinfo").locator("form", has=page.get_by_label("Your email address"))
    form.get_by_label("Your email address").fill(READER)
    form.get_by_role("button", name="Sign up").click()
    page.get_by_role("heading", name="Check your email").wait_for()


def confirm(page, mailbox, assert_accessible) -> None:
    call_command("housekeeping")
    [message] = mailbox.messages()
    assert message["To"] == READER
    link = re.search(r"http\S+/newsletter/confirm/\S+", message.get_body(("plain",)).get_content())[0]
    page.goto(link)
    assert_accessible(page)
    assert Subscriber.objects.get().state == SubscriberState.PENDING
    page.get_by_role("button", name="Yes, send me the newsletter").click()
    page.get_by_role("heading", name="You are on the list").wait_for()
    assert_accessible(page)
    assert Subscriber.objects.get().state == SubscriberState.CONFIRMED


def send_as_office(signed_in) -> None:
    page = signed_in(make_user(OFFICE))
    page.get_by_role("link", name="Newsletter", exact=True).first.click()
    page.get_by_role("link", name="Check and send").click()
    page.get_by_role("button", name=re.compile(r"^Send it to 1 subscriber")).click()
    page.wait_for_url(re.compile(r"/admin/newsletter/sending/(\D+/)?\d+/"))
    call_command("housekeeping")
    assert Campaign.objects.get().state == CampaignState.FINISHED


def open_mail(page, message) -> None:
    # Away from our pages first: their policy is not the mail program's.
    page.goto("about:blank")
    page.set_content(message.get_body(("html",)).get_content())


def read_the_mail(page, message, site, assert_accessible) -> None:
    """Opens the HTML part, then the archive by its link: one edition, both posts, pictures or not."""
    edition = message["X-Newsletter-Edition"].strip()
    assert edition in message.get_body(("plain",)).get_content()
    open_mail(page, message)
    page.get_by_role("heading", name="News of May").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("meta[name=edition]").get_attribute("content") == edition
    assert_accessible(page, rules=NO_PAGE)
    for post in site["posts"]:
        assert page.get_by_role("link", name=post.title).get_attribute("href") == post.full_url
    page.get_by_role("link", name="Read it on the web").first.click()
    page.wait_for_url(site["issue"].full_url)
    assert page.locator("meta[name=edition]").get_attribute("content") == edition
    for post in site["posts"]:
        expect(page.get_by_role("main").get_by_role("link", name=post.title)).to_be_visible()
    assert_accessible(page)


def leave_by_one_click(page, message) -> None:
    """RFC 8058 section 3.2, as a mail program does: from nowhere, without cookies, the fixed body."""
    [url] = re.findall(r"<(http[^>]+)>", message["List-Unsubscribe"])
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    request = urllib.request.Request(
        url, data=b"List-Unsubscribe=One-Click", headers={"Content-Type": "application/x-www-form-urlencoded"}
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        assert answer.status == 200
        assert answer.url == url


def leave_by_link_and_button(page, message) -> None:
    open_mail(page, message)
    page.get_by_role("link", name="Unsubscribe").click()
    page.get_by_role("heading", name="Unsubscribe from the newsletter").wait_for()
    assert Subscriber.objects.get().state == SubscriberState.CONFIRMED
    page.get_by_role("button", name="Unsubscribe").click()
    page.get_by_role("heading", name="You are not on the list").wait_for()


@pytest.mark.parametrize(
    ("javascript", "dark", "leave"),
    [(False, False, leave_by_one_click), (True, True, leave_by_link_and_button)],
    ids=["without JavaScript, one click", "in the dark, link and button"],
)
def test_from_a_kept_post_to_an_issue_and_off_the_list(
    open_page, signed_in, assert_accessible, site, mailbox, javascript, dark, leave
):
    page = open_page(width=PHONE, height=740, javascript=javascript, dark=dark)
    sign_up(page, site["posts"][0])
    if javascript:
        confirm(page, mailbox, assert_accessible)
    else:
        # axe is a script: this reader's pages are looked at in the other run.
        confirm(page, mailbox, lambda page: None)
    send_as_office(signed_in)
    [_, issue] = mailbox.messages()
    assert issue["To"] == READER
    assert issue["Subject"] == "News of May"
    read_the_mail(page, issue, site, assert_accessible if javascript else lambda page, **options: None)
    leave(page, issue)
    assert Subscriber.objects.get().state == SubscriberState.UNSUBSCRIBED
    assert page.context.cookies() == []

    make_subscriber("stays@example.org")
    plan(make_issue(site["archive"], title="News of June"), now=timezone.now())
    call_command("housekeeping")
    assert mailbox.sent_to == {READER: 2, "stays@example.org": 1}
    assert [row.subscriber.address for row in Delivery.objects.filter(campaign__subject="News of June")] == [
        "stays@example.org"
    ]
