import re
from datetime import timedelta

import pytest
import time_machine
from django.core import mail
from django.db import OperationalError, connection
from django.test import Client
from django.utils import timezone

from innerbalance.security.public_forms import FormStamp
from intake.models import ConsultationRequest, IntakeSettings
from intake.services.records import answers_of
from intake.views import PURPOSE
from tests.factories import make_post

pytestmark = pytest.mark.django_db
ADDRESS = "/request-a-consultation/"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


def _payload(**changes):
    made = FormStamp.issue(PURPOSE, timezone.now() - timedelta(minutes=3))
    facts = {
        "name": "Ana Ruiz",
        "phone": "480 555 0134",
        "email": "ana@example.com",
        "voicemail_safe": "no",
        "text_safe": "yes",
        "email_safe": "yes",
        "practice_named": "yes",
        "who_for": "me",
        "note": "I would like to talk to someone.",
        "made": made,
        "website": "",
    }
    return {name: value for name, value in (facts | changes).items() if value is not None}


def _send(client, **changes):
    return client.post(ADDRESS, _payload(**changes), headers=SAME_ORIGIN)


def test_the_form_says_what_it_must_above_the_button(client, mesa):
    html = client.get(ADDRESS).content.decode()
    above = html[: html.index("Send my request")]
    for words in ["We answer within 6 business hours: by ", "911", "988", "AYUDA", "encrypted", "Good Faith Estimate"]:
        assert words in above
    assert "csrfmiddlewaretoken" not in html


def test_nothing_of_it_is_kept_by_a_browser_and_no_cookie_is_set(client):
    for response in [client.get(ADDRESS), _send(client), _send(client, name="")]:
        assert "no-store" in response["Cache-Control"]
        assert response["Referrer-Policy"] == "same-origin"
        assert not response.cookies


def test_a_request_is_kept_and_the_reader_sees_a_reference(client):
    response = _send(client)
    assert response.status_code == 303
    request = ConsultationRequest.objects.get()
    assert answers_of(request).phone == "+14805550134"
    assert not request.quarantined
    assert "Ruiz" not in response["Location"]
    assert request.reference not in response["Location"]
    page = client.get(response["Location"])
    assert request.reference in page.content.decode()
    assert "Ruiz" not in page.content.decode()


def test_twice_is_one_request_with_one_reference(client):
    pages = [client.get(_send(client)["Location"]).content.decode() for _ in range(2)]
    references = {re.search(r"C-\w{4}-\w{4}", page)[0] for page in pages}
    assert len(references) == ConsultationRequest.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"name": ""}, "Enter the name we should use for you."),
        ({"phone": "12"}, "Enter a phone number like (480) 555-0134."),
        ({"phone": "", "email": ""}, "Enter a phone number or an email address"),
        ({"email": "nonsense"}, "Enter an email address like name@example.com."),
        ({"voicemail_safe": None}, "Say whether we may leave a voicemail."),
        ({"text_safe": None}, "Say whether we may send a text message."),
        ({"email_safe": None}, "Say whether we may send you an email."),
        ({"practice_named": None}, "Say whether we may say the name of the practice."),
        ({"phone": "", "email_safe": "no"}, "Enter a phone number that is"),
        ({"note": "x" * 1001}, "at most 1000 characters"),
        ({"who_for": None}, "Say who this is for."),
    ],
)
def test_each_mistake_is_named_linked_and_nothing_typed_is_lost(client, change, words):
    response = _send(client, **change)
    html = response.content.decode()
    assert response.status_code == 200
    summary = html[html.index('id="error-summary"') :]
    summary = summary[: summary.index("</ul>")]
    assert words in summary
    target = re.search(r'href="#(\w+)"', summary)[1]
    assert f'id="{target}"' in html
    assert "autofocus" in html
    if "note" not in change:
        assert "I would like to talk to someone." in html
    assert not ConsultationRequest.objects.exists()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"website": "http://spam.example"}, "honeypot"),
        ({"made": None}, "no_stamp"),
        ({"made": "forged"}, "no_stamp"),
        ({"note": "buy at https://spam.example"}, "links"),
    ],
)
def test_suspicious_is_held_and_answered_like_any_other(client, change, reason):
    response = _send(client, **change)
    request = ConsultationRequest.objects.get()
    assert request.quarantine_reasons == [reason]
    page = client.get(response["Location"])
    assert request.reference in page.content.decode()


def test_faster_than_a_person_is_held(client):
    html = client.get(ADDRESS).content.decode()
    made = re.search(r'name="made" value="([^"]+)"', html)[1]
    _send(client, made=made)
    assert ConsultationRequest.objects.get().quarantine_reasons == ["too_fast"]


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
def test_another_sites_form_is_refused(site):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(ADDRESS, _payload(), headers={"Sec-Fetch-Site": site, "Origin": "https://evil.example"})
    assert response.status_code == 403
    assert strict.post(ADDRESS, _payload(name=""), headers=SAME_ORIGIN).status_code == 200
    assert not ConsultationRequest.objects.exists()


def test_no_mail_is_sent_while_the_reader_waits(client):
    _send(client)
    assert not mail.outbox


def test_database_down_the_text_is_still_there(client, monkeypatch, settings):
    settings.PRACTICE_PHONE = "+14805550100"

    def down(**kwargs):
        raise OperationalError("could not connect")

    monkeypatch.setattr("intake.views.receive_request", down)
    response = _send(client)
    html = response.content.decode()
    assert response.status_code == 503
    assert "(480) 555-0100" in html
    assert "Nothing was sent." in html
    for text in ["Ana Ruiz", "480 555 0134", "ana@example.com", "I would like to talk to someone."]:
        assert text in html
    assert 'value="no"' in html
    assert html.count("checked") == 5


def test_without_a_key_the_reader_is_told_and_the_text_stays(client, settings, caplog):
    settings.INTAKE_KEYS = []
    response = _send(client)
    assert response.status_code == 503
    assert "I would like to talk to someone." in response.content.decode()
    assert "Ruiz" not in caplog.text


def test_hidden_questions_are_not_asked_and_required_ones_are(client):
    settings = IntakeSettings.load()
    settings.question_modes = {"note": "hidden", "payment": "hidden", "returning": "required"}
    settings.save()
    html = client.get(ADDRESS).content.decode()
    assert 'name="note"' not in html
    assert 'name="insurer"' not in html
    assert "Say whether you have been here before." in _send(client).content.decode()
    assert _send(client, returning="new").status_code == 303


def test_arriving_from_an_office_fills_it_in(client, mesa):
    html = client.get(f"{ADDRESS}?office=mesa").content.decode()
    assert re.search(rf'value="{mesa.pk}"[^>]*checked', html)
    _send(client, from_kind="office", from_slug="mesa", office=str(mesa.pk))
    request = ConsultationRequest.objects.get()
    assert (request.source, request.source_page_id, request.office_id) == ("office", mesa.pk, mesa.pk)


@pytest.mark.parametrize("query", ["?office=nowhere", "?post=x%00", "?clinician=<script>", "?assessment="])
def test_unknown_origins_are_ignored(client, query):
    response = client.get(ADDRESS + query)
    assert response.status_code == 200
    assert b"<script>" not in response.content


def test_a_self_assessment_travels_only_when_ticked(client):
    shown = client.post(f"{ADDRESS}begin/", {"assessment_summary": "Leaning: middle"}, headers=SAME_ORIGIN)
    html = shown.content.decode()
    assert shown.status_code == 200
    assert "Leaning: middle" in html
    assert 'name="assessment_answers"' not in html
    assert not ConsultationRequest.objects.exists()
    _send(client, assessment_summary="Leaning: middle", from_kind="assessment")
    assert answers_of(ConsultationRequest.objects.get()).assessment_summary == ""
    _send(client, assessment_summary="Leaning: middle", send_assessment="on", from_kind="assessment")
    latest = ConsultationRequest.objects.latest("pk")
    assert answers_of(latest).assessment_summary == "Leaning: middle"
    assert latest.source == "assessment"


def test_an_address_that_is_too_old_or_forged_says_nothing(client):
    response = client.get(f"{ADDRESS}received/forged/")
    assert response.status_code == 410
    location = _send(client)["Location"]

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        late = client.get(location)
    assert late.status_code == 410
    assert ConsultationRequest.objects.get().reference not in late.content.decode()


@pytest.mark.parametrize("fault", ["could not connect to server", "database or disk is full"])
def test_a_database_that_answers_nothing_costs_the_reader_nothing(client, mesa, settings, fault):
    """Between the GET and the POST every query begins to fail, also those of the page frame."""
    settings.PRACTICE_PHONE = "+14805550100"
    client.get(ADDRESS)

    def fail(execute, sql, params, many, context):
        raise OperationalError(fault)

    with connection.execute_wrapper(fail):
        response = _send(client, office=str(mesa.pk))
        again = client.get(ADDRESS)
    html = response.content.decode()
    assert response.status_code == again.status_code == 503
    assert "(480) 555-0100" in html
    assert "(480) 555-0100" in again.content.decode()
    assert "I would like to talk to someone." in html
    assert re.search(rf'value="{mesa.pk}"[^>]*checked', html)
    assert "no-store" in response["Cache-Control"]
    assert fault not in html


def test_arriving_from_a_post_is_remembered_and_from_an_unpublished_one_not(client, blog):
    post = make_post(blog, title="Codependency", slug="codependency")
    assert 'name="from_slug" value="codependency"' in client.get(f"{ADDRESS}?post=codependency").content.decode()
    _send(client, from_kind="post", from_slug="codependency")
    request = ConsultationRequest.objects.get()
    assert (request.source, request.source_page_id) == ("post", post.pk)
    post.unpublish()
    assert 'value="codependency"' not in client.get(f"{ADDRESS}?post=codependency").content.decode()
