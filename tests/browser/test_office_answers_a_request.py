"""A request arrives by the form, and the front office takes it to an appointment."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from innerbalance.security.public_forms import FormStamp
from intake.models import ConsultationRequest
from intake.rules.status import Attempt
from intake.services import transitions
from tests.factories import make_user
from tests.intake.factories import make_request
from tests.locations.factories import make_index, make_office

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)


@pytest.fixture(autouse=True)
def patient_reader(monkeypatch):
    """The browser types faster than a person; the stamp says that it took its time."""
    real = FormStamp.issue.__func__

    def issue(cls, purpose, now, **more):
        return real(cls, purpose, timezone.now() - timedelta(minutes=2), **more)

    monkeypatch.setattr(FormStamp, "issue", classmethod(issue))


@pytest.fixture
def mesa(home):
    index = make_index(home)
    make_office(index, "Tempe")
    return make_office(index, "Mesa")


def send_the_form(page) -> str:
    """As a reader; returns the reference."""
    page.goto("/request-a-consultation/")
    page.get_by_label("Name to use").fill("Robin Vale")
    page.get_by_label("Phone number").fill("480 555 0134")
    page.get_by_role("group", name="May we leave a voicemail?").get_by_label("No", exact=True).check()
    page.get_by_role("group", name="May we send a text message?").get_by_label("Yes").check()
    page.get_by_role("group", name="May we say the name of the practice?").get_by_label("No").check()
    page.get_by_role("group", name="Who is this for?").get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Send my request").click()
    page.wait_for_url(re.compile("received"))
    return re.search(r"C-\w{4}-\w{4}", page.locator("main").inner_text()).group()


def test_from_arrival_to_booked(open_page, signed_in, assert_accessible, mesa):
    reference = send_the_form(open_page(width=360))
    user = make_user("Office")
    page = signed_in(user)
    expect(page.get_by_role("link", name="Consultations (1)")).to_be_visible()
    page.get_by_role("link", name="Consultations (1)").click()
    expect(page.get_by_role("link", name="Robin Vale")).to_be_visible()
    assert_accessible(page)
    page.get_by_role("link", name="Robin Vale").click()
    safety = page.get_by_role("region", name="Before you reach out")
    expect(safety).to_contain_text("Do not leave a voicemail.")
    assert safety.bounding_box()["y"] < 300
    assert_accessible(page)

    page.get_by_text("Log an attempt", exact=True).click()
    page.get_by_label("Called and left a voicemail").check()
    page.get_by_role("button", name="Log the attempt").click()
    expect(page.locator("main")).to_contain_text("This person did not say that a voicemail is safe.")
    assert_accessible(page)
    page.get_by_label("Called and spoke").check()
    page.get_by_role("button", name="Log the attempt").click()
    expect(page.get_by_role("region", name="History")).to_contain_text("Called and spoke")

    page.get_by_text("Book a consultation", exact=True).click()
    day = timezone.localdate() + timedelta(days=6)
    page.get_by_label("Day", exact=False).first.fill(day.isoformat())
    page.get_by_label("Time").fill("10:30")
    page.get_by_label("Where").select_option(label="Mesa")
    page.get_by_role("button", name="Book it").click()
    expect(page.locator("main")).to_contain_text("Booked for")
    with page.expect_download() as download:
        page.get_by_role("link", name="Appointment for a calendar").click()
    assert download.value.suggested_filename == f"{reference}.ics"
    assert ConsultationRequest.objects.get().status == "booked"
    page.get_by_role("link", name="All consultation requests").click()
    expect(page.locator("main")).to_contain_text("Booked")
    assert "Robin" not in page.url


def test_a_stale_screen_by_keyboard_at_768(signed_in, assert_accessible, mesa):
    about = make_request(now=timezone.now(), name="Robin Vale", note="Please call after lunch.")
    colleague = make_user("Owners", "olivia")
    page = signed_in(make_user("Office"), width=768)
    page.goto(f"/admin/consultations/{about.reference}/")
    transitions.log_attempt(
        request_id=about.pk, version=1, attempt=Attempt.NO_ANSWER, user=colleague, now=timezone.now()
    )
    page.get_by_text("Decline", exact=True).first.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("We are full until spring.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    problem = page.get_by_role("alert").filter(has_text="Nothing was changed")
    expect(problem).to_contain_text("olivia")
    expect(problem).to_be_focused()
    expect(page.get_by_label("Reason")).to_have_value("We are full until spring.")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 768


def test_the_desk_in_the_dark(signed_in, assert_accessible, mesa):
    about = make_request(now=timezone.now() - timedelta(days=9), name="Robin Vale", practice_named="no")
    page = signed_in(make_user("Office"), dark=True)
    for address in ("", "?show=held", f"{about.reference}/", f"{about.reference}/person/", f"{about.reference}/print/"):
        page.goto(f"/admin/consultations/{address}")
        assert_accessible(page)


def test_the_desk_without_javascript_of_ours(signed_in, mesa):
    for number in range(3):
        make_request(now=timezone.now() - timedelta(days=number * 4), name=f"Robin Vale{number}")
    page = signed_in(make_user("Office"))
    page.route("**/desk.js", lambda route: route.abort())
    page.goto("/admin/consultations/")
    for box in page.locator("input[name=chosen]").all()[:2]:
        box.check()
    page.get_by_label("Close as").select_option(label="Withdrew")
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".messages")).to_contain_text("2 requests closed.")
