"""The office adds a person, brings a list in, sees it grow, and shuts an address out: at a desk and on a phone."""

import re

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from innerbalance.security.roles import EDITORS, OFFICE
from newsletter.models import Subscriber
from newsletter.rules.subscriber_states import SubscriberState, SuppressionReason
from newsletter.services import confirmation_email, importing, suppression
from tests.factories import make_user
from tests.newsletter.factories import make_subscriber

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/newsletter/subscribers/"
LONG = f"{'a-very-long-name.' * 3}and-more@{'a-long-part.' * 6}example.org"
LOOKS = pytest.mark.parametrize(("width", "dark"), [(1280, False), (768, True), (360, False), (360, True)])


def _fits(page):
    return page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


def _csv(text):
    return {"name": "list.csv", "mimeType": "text/csv", "buffer": text.encode()}


def _upload(page, text):
    page.goto(f"{LIST}import/")
    page.get_by_label("CSV file").set_input_files(_csv(text))
    page.get_by_label("Where the list comes from").fill("Paper list of the spring workshop")
    page.get_by_label("They had all confirmed").check()
    page.get_by_label("Everyone on this list").check()
    page.get_by_role("button", name="Preview the import").click()


def test_added_by_hand_and_confirmed_by_the_person(signed_in, open_page, settings, live_server):
    settings.WAGTAILADMIN_BASE_URL = live_server.url
    page = signed_in(make_user(OFFICE))
    page.goto(LIST)
    page.get_by_role("link", name="Add a subscriber").click()
    page.get_by_label("Email address").fill("ana@example.org")
    page.get_by_label("How they said yes").fill("By phone on May 4")
    page.get_by_label("This person asked us").check()
    page.get_by_role("button", name="Ask them to confirm").click()
    expect(page.get_by_role("row", name="ana@example.org")).to_contain_text("Waiting for confirmation")

    confirmation_email.send_due(now=timezone.now())
    reader = open_page(javascript=False)
    reader.goto(re.search(r"http\S+/newsletter/confirm/\S+", mail.outbox[-1].body)[0])
    reader.get_by_role("button", name="Yes, send me the newsletter").click()
    reader.get_by_role("heading", name="You are on the list").wait_for()
    page.goto(LIST)
    expect(page.get_by_role("row", name="ana@example.org")).to_contain_text("Confirmed")


def test_an_import_with_a_bad_line_moves_by_itself_to_its_end(signed_in, assert_accessible, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    monkeypatch.setattr("newsletter.desk.imports.SECONDS", 0)
    suppression.suppress(address_key="gone@example.org", reason=SuppressionReason.ERASED, now=timezone.now())
    page = signed_in(make_user(OFFICE))
    readers = "".join(f"reader{number}@example.org\n" for number in range(7))
    _upload(page, f"address\n{readers}wrong@\ngone@example.org\n")
    expect(page.get_by_role("row", name="9")).to_contain_text("looks like name@example.com")
    expect(page.get_by_role("row", name="Must not be emailed")).to_contain_text("1")
    assert_accessible(page)
    page.get_by_role("button", name="Import 7 addresses").click()
    expect(page.get_by_text("2 of 8")).to_be_visible()
    assert_accessible(page)
    expect(page.get_by_text("8 of 8")).to_be_visible()
    expect(page.get_by_text("Finished")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="All subscribers").click()
    expect(page.get_by_role("link", name="reader6@example.org")).to_be_visible()
    assert Subscriber.objects.confirmed().count() == 7


def test_without_javascript_the_import_goes_on_by_a_button(signed_in, open_page, monkeypatch):
    monkeypatch.setattr(importing, "CHUNK", 2)
    monkeypatch.setattr("newsletter.desk.imports.SECONDS", 0)
    state = signed_in(make_user(OFFICE)).context.storage_state()
    page = open_page(javascript=False, storage_state=state)
    _upload(page, "address\na@example.org\nb@example.org\nc@example.org\n")
    page.get_by_role("button", name="Import 3 addresses").click()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.get_by_role("button", name="Continue now").click()
    expect(page.get_by_text("3 of 3")).to_be_visible()


def test_shut_out_and_let_in_again(signed_in, assert_accessible):
    make_subscriber("ana@example.org", confirmed_at=timezone.now())
    page = signed_in(make_user(OFFICE), width=360, dark=True)
    page.goto(f"{LIST}never-write-to/")
    page.get_by_label("Email address").fill("Ana@Example.org")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_role("heading", name="Never email this address")).to_be_visible()
    assert_accessible(page)
    page.get_by_label("Note for the log").fill("Called on May 4")
    page.get_by_role("button", name="Never email it").click()
    expect(page.locator(".messages")).to_contain_text("Nothing is sent to this address anymore")
    assert Subscriber.objects.get().state == SubscriberState.UNSUBSCRIBED

    page.get_by_label("Email address").fill("ana@example.org")
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("Asked us not to write, since")).to_be_visible()
    page.get_by_label("Why we may email it again").fill("Called again")
    page.get_by_label("This person asked us for the newsletter themselves").check()
    assert_accessible(page)
    page.get_by_role("button", name="Lift it").click()
    expect(page.locator(".messages")).to_contain_text("may email this address again")
    assert "ana" not in page.url


@LOOKS
def test_every_screen_fits_and_is_accessible(signed_in, assert_accessible, width, dark):
    now = timezone.now()
    page = signed_in(make_user(OFFICE), width=width, dark=dark)
    for screen in ("", "import/", "growth/"):
        page.goto(LIST + screen)
        assert _fits(page), screen
        assert_accessible(page)
    person = make_subscriber(LONG, confirmed_at=now)
    for _ in range(60):
        make_subscriber(confirmed_at=now)
    for screen in ("", "?p=2", "?state=pending", "add/", "growth/", "never-write-to/", f"{person.pk}/"):
        page.goto(LIST + screen)
        assert _fits(page), screen
        assert_accessible(page)


def test_an_editor_sees_numbers_and_no_address(signed_in):
    make_subscriber("ana@example.org", confirmed_at=timezone.now())
    page = signed_in(make_user(EDITORS))
    expect(page.get_by_role("link", name="Newsletter", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name="Subscribers")).to_have_count(0)
    page.goto(f"{LIST}growth/")
    expect(page.get_by_role("heading", name="1 subscriber on the list now")).to_be_visible()
    page.goto(LIST)
    expect(page.locator(".messages")).to_contain_text("do not have permission")
    assert "ana@example.org" not in page.content()
