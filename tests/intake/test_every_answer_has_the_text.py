"""Whatever fails, the answer to a POST of the form has the office's phone number and what the reader wrote."""

import re
from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.core.cache import caches
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from innerbalance.security.public_forms import FormStamp
from intake.models import ConsultationRequest
from intake.views import PURPOSE

pytestmark = pytest.mark.django_db
ADDRESS = "/request-a-consultation/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}
NOTE = "I would like to talk to someone."
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(autouse=True)
def phone(settings, tmp_path):
    """The machine never saw the settings: the number is in the configuration alone."""
    settings.LAST_KNOWN_PHONE_FILE = tmp_path / "nothing-here"
    settings.PRACTICE_PHONE = "+14805550100"


@pytest.fixture
def strict():
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


def _payload(**changes):
    return {
        "name": "Ana Ruiz",
        "phone": "480 555 0134",
        "voicemail_safe": "no",
        "text_safe": "yes",
        "practice_named": "no",
        "best_times": ["morning", "any"],
        "who_for": "me",
        "reasons": ["Grief or loss"],
        "note": NOTE,
        "made": FormStamp.issue(PURPOSE, timezone.now() - timedelta(minutes=3)),
    } | changes


def _assert_nothing_is_lost(response, *, status, checked=7):
    html = response.content.decode()
    assert response.status_code == status
    assert "(480) 555-0100" in html
    assert "Nothing was sent." in html
    for text in ("Ana Ruiz", "480 555 0134", NOTE):
        assert text in html
    assert len(re.findall(r"\bchecked\b", html)) == checked
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies
    assert not ConsultationRequest.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "null"}, {"Origin": "null", "Sec-Fetch-Site": ""}])
def test_a_browser_that_hides_where_the_form_came_from(strict, headers):
    response = strict.post(ADDRESS, _payload(), headers=headers)
    _assert_nothing_is_lost(response, status=403)
    assert "Your browser did not tell us" in response.content.decode()


def test_a_browser_that_says_neither_is_served(strict):
    assert strict.post(ADDRESS, _payload()).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}, {"Origin": "https://evil.example"}],
)
def test_another_sites_text_is_not_shown_as_the_readers(strict, headers):
    response = strict.post(ADDRESS, _payload(), headers=headers)
    html = response.content.decode()
    assert response.status_code == 403
    assert "(480) 555-0100" in html
    assert NOTE not in html


def test_a_body_over_the_limit(strict):
    body = urlencode(_payload(insurer="x" * 3_000_000), doseq=True)
    response = strict.post(ADDRESS, body, content_type=FORM, headers=SAME_ORIGIN)
    _assert_nothing_is_lost(response, status=413)
    assert len(response.content) < 200_000
    assert "too long" in response.content.decode()


def test_too_many_fields(strict, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 30
    body = urlencode(_payload(), doseq=True) + "&x=1" * 40
    _assert_nothing_is_lost(strict.post(ADDRESS, body, content_type=FORM, headers=SAME_ORIGIN), status=413)


FAULTS = [RuntimeError, ConnectionError, OverflowError, OperationalError, KeyError, SystemError]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize(
    "place",
    [
        "intake.views.receive_request",
        "intake.services.form_options.current_options",
        "intake.services.form_options.origin_of",
        "intake.models.settings.IntakeSettings.load",
        "intake.views.client_network",
    ],
)
def test_any_fault_in_keeping(client, monkeypatch, caplog, place, fault):
    def fail(*args, **kwargs):
        raise fault("Ana Ruiz wrote")

    monkeypatch.setattr(place, fail)
    _assert_nothing_is_lost(client.post(ADDRESS, _payload(), headers=SAME_ORIGIN), status=503)
    assert "Ruiz" not in caplog.text


def test_a_fault_in_showing_the_mistakes(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("intake.views.render", fail)
    _assert_nothing_is_lost(client.post(ADDRESS, _payload(who_for=""), headers=SAME_ORIGIN), status=503, checked=6)


def test_not_even_the_templates_work(client, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("intake.views.render", fail)
    monkeypatch.setattr("intake.views.render_to_string", fail)
    response = client.post(ADDRESS, _payload(name="", note="<b>help</b>"), headers=SAME_ORIGIN)
    html = response.content.decode()
    assert response.status_code == 503
    assert "&lt;b&gt;help&lt;/b&gt;" in html
    assert "(480) 555-0100" in html
    assert "480 555 0134" in html


class Away:
    """A cache server that was stopped."""

    def __getattr__(self, name):
        raise ConnectionError


def test_a_cache_that_is_away_costs_no_request(client, monkeypatch):
    monkeypatch.setattr(caches["default"], "behind", Away())
    assert "Send my request" in client.get(ADDRESS).content.decode()
    response = client.post(ADDRESS, _payload(), headers=SAME_ORIGIN)
    assert response.status_code == 303
    assert ConsultationRequest.objects.get().reference in client.get(response["Location"]).content.decode()


def test_hours_that_make_no_sense_cost_no_request(client, monkeypatch, mesa):
    def fail(*args, **kwargs):
        raise OverflowError

    monkeypatch.setattr("intake.services.answer_clock.answer_due", fail)
    monkeypatch.setattr("intake.services.answer_clock.clock_offices", fail)
    response = client.post(ADDRESS, _payload(), headers=SAME_ORIGIN)
    assert response.status_code == 303
    request = ConsultationRequest.objects.get()
    assert request.answer_due_at is None
    assert request.reference in client.get(response["Location"]).content.decode()


def test_the_assessment_comes_back_as_well(strict):
    response = strict.post(f"{ADDRESS}begin/", {"assessment_summary": "Leaning: middle"}, headers={"Origin": "null"})
    assert response.status_code == 403
    assert "Leaning: middle" in response.content.decode()
    assert "(480) 555-0100" in response.content.decode()


def test_a_fault_on_the_page_after_it_still_shows_the_reference(client, monkeypatch):
    response = client.post(ADDRESS, _payload(), headers=SAME_ORIGIN)

    def fail(*args, **kwargs):
        raise OverflowError

    monkeypatch.setattr("intake.services.form_options.received_words", fail)
    page = client.get(response["Location"])
    assert page.status_code == 200
    assert ConsultationRequest.objects.get().reference in page.content.decode()
    assert "no-store" in page["Cache-Control"]
