"""A reader ticks that the practice may see the result, sends the request, and the office reads it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from innerbalance.demo.content.assessment import create_assessment
from innerbalance.security.public_forms import FormStamp
from intake.models import ConsultationRequest
from intake.services.records import open_request
from tests.browser.test_reader_takes_assessment import ANSWERS, TEXTS
from tests.factories import make_blog, make_post, make_user

pytestmark = pytest.mark.django_db(transaction=True)
SUMMARY = "Leaning on the relationship for my worth: Leaning with your weight — 18, on a line from 0"


@pytest.fixture(autouse=True)
def two_offices(live_server, monkeypatch, home):
    from tests.intake.directory import TestDirectory
    from tests.intake.factories import make_page

    monkeypatch.setattr("innerbalance.locations.services.directory.OfficeDirectory", TestDirectory)
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


def _take(page, post, javascript):
    page.goto(post.url)
    if javascript:
        page.get_by_role("button", name="Begin").click()
    for question, answer in zip(page.locator("[data-question]").all(), ANSWERS, strict=True):
        question.get_by_role("radio", name=TEXTS[answer], exact=True).check()
        if javascript:
            page.locator("[data-finish]").click()
    if not javascript:
        page.locator("[data-finish]").click()
    expect(page.get_by_role("heading", name="Where you stand today")).to_be_visible()


def _send(page):
    page.get_by_label("Name to use").fill("Ana Ruiz")
    page.get_by_label("Phone number").fill("480 555 0134")
    page.get_by_role("group", name="May we leave a voicemail?").get_by_label("No").check()
    page.get_by_role("group", name="May we send a text message?").get_by_label("Yes").check()
    page.get_by_role("group", name="May we say the name of the practice?").get_by_label("No").check()
    page.get_by_role("group", name="Who is this for?").get_by_label("Me", exact=True).check()
    page.get_by_role("button", name="Send my request").click()
    page.wait_for_url(re.compile("received"))
    return ConsultationRequest.objects.get()


@pytest.fixture
def post(home):
    return make_post(make_blog(home), title="Nearness", body=[("assessment", create_assessment())])


@pytest.mark.parametrize("javascript", [True, False])
def test_a_checked_summary_reaches_the_office_sealed(open_page, post, javascript):
    page = open_page(javascript=javascript)
    _take(page, post, javascript)
    page.get_by_label("Share this summary with the practice").check()
    page.locator("[data-share]").get_by_role("button", name="Request a consultation").click()
    expect(page.get_by_label("Your self-assessment")).to_have_value(re.compile(re.escape(SUMMARY)))
    expect(page.get_by_label("Your answers to its questions")).to_have_count(0)
    assert page.url.endswith("/request-a-consultation/begin/")
    page.get_by_label("Send this with my request").check()
    request = _send(page)

    opened = open_request(reference=request.reference, user=make_user("Office"))
    assert SUMMARY in opened.answers.assessment_summary
    assert opened.answers.assessment_answers == ""
    row = ConsultationRequest.objects.filter(pk=request.pk).values().get()
    assert "Leaning" not in str(row)


def test_each_answer_goes_along_only_when_it_is_checked(open_page, post):
    page = open_page()
    _take(page, post, True)
    page.get_by_label("Share this summary with the practice").check()
    page.get_by_label("Share each of my answers too").check()
    page.locator("[data-share]").get_by_role("button", name="Request a consultation").click()
    page.get_by_label("Send this with my request").check()
    opened = open_request(reference=_send(page).reference, user=make_user("Office"))
    assert opened.answers.assessment_answers.startswith("1. When someone I love is in a low mood")


def test_without_a_tick_nothing_goes_along(open_page, post):
    page = open_page()
    _take(page, post, True)
    page.locator("[data-share]").get_by_role("button", name="Request a consultation").click()
    expect(page.get_by_label("Your self-assessment")).to_have_count(0)
    opened = open_request(reference=_send(page).reference, user=make_user("Office"))
    assert opened.answers.assessment_summary == ""
