import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Locale, Page

from innerbalance.security.public_forms import FormStamp
from intake.models import ConsultationRequest
from intake.services.records import answers_of
from tests.intake.directory import TestDirectory
from tests.intake.factories import make_page

pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = "/request-a-consultation/"


@pytest.fixture(autouse=True)
def two_offices(monkeypatch, transactional_db):
    """Made here: the rows that migrations make do not outlive the first test with a server."""
    monkeypatch.setattr("innerbalance.locations.services.directory.OfficeDirectory", TestDirectory)
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(title="Root", slug="root")
    return make_page("mesa", "Mesa"), make_page("tempe", "Tempe")


@pytest.fixture(autouse=True)
def patient_reader(monkeypatch):
    """The browser types faster than a person; the stamp says that it took its time."""
    real = FormStamp.issue.__func__
    monkeypatch.setattr(
        FormStamp,
        "issue",
        classmethod(lambda cls, purpose, now, **kw: real(cls, purpose, timezone.now() - timedelta(minutes=2), **kw)),
    )


def _fill(page):
    page.get_by_label("Name to use").fill("Ana Ruiz")
    page.get_by_label("Phone number").fill("480 555 0134")
    page.get_by_role("group", name="May we leave a voicemail?").get_by_label("No").check()
    page.get_by_role("group", name="May we send a text message?").get_by_label("Yes").check()
    page.get_by_role("group", name="May we say the name of the practice?").get_by_label("No").check()
    page.get_by_role("group", name="Who is this for?").get_by_label("Me", exact=True).check()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_reader_sends_a_request(open_page, assert_accessible, javascript, width):
    page = open_page(width=width, javascript=javascript)
    page.goto(ADDRESS)
    assert page.locator("main").evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    if javascript:
        assert_accessible(page)
    _fill(page)
    page.get_by_role("button", name="Send my request").click()
    page.wait_for_url(re.compile("received"))
    request = ConsultationRequest.objects.get()
    assert page.get_by_text(request.reference).is_visible()
    assert answers_of(request).phone == "+14805550134"
    assert not request.quarantined
    page.reload()
    page.go_back()
    assert ConsultationRequest.objects.count() == 1


def test_mistakes_take_the_focus_and_lead_to_the_field_by_keyboard(open_page, assert_accessible):
    page = open_page(width=360, javascript=False)
    page.goto(ADDRESS)
    page.get_by_label("Name to use").fill("Ana Ruiz")
    page.get_by_label("Name to use").press("Enter")
    page.locator("#error-summary").wait_for()
    assert page.evaluate("() => document.activeElement.id") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id || location.hash").strip("#") in {"id_phone"}
    assert page.get_by_label("Name to use").input_value() == "Ana Ruiz"


def test_the_mistakes_page_is_accessible_in_the_dark(open_page, assert_accessible):
    page = open_page(width=768, dark=True)
    page.goto(ADDRESS)
    page.get_by_role("button", name="Send my request").click()
    page.locator("#error-summary").wait_for()
    assert_accessible(page)


def test_a_double_click_is_one_request(open_page):
    page = open_page()
    page.goto(ADDRESS)
    _fill(page)
    page.get_by_role("button", name="Send my request").dblclick()
    page.wait_for_url(re.compile("received"))
    assert ConsultationRequest.objects.count() == 1


@pytest.mark.parametrize("how", ["click", "keys"])
def test_leave_this_page_quickly(chromium, live_server, how):
    page = chromium.new_context(base_url=live_server.url).new_page()
    weather = {"body": "<title>Weather</title>", "content_type": "text/html"}
    page.route("https://www.weather.gov/**", lambda route: route.fulfill(**weather))
    page.goto("/robots.txt")
    page.goto(ADDRESS)
    if how == "click":
        page.get_by_role("link", name="Leave this page quickly").click()
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url("https://www.weather.gov/")
    page.go_back()
    assert ADDRESS not in page.url
    page.context.close()
