import io
import logging
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core import mail
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.views.debug import ExceptionReporter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake import jobs
from intake.models import ConsultationRequest
from intake.rules.status import Attempt
from intake.services import erasure, notes_and_assignment, records, transitions

from .factories import CLOSED_MOMENT, OPEN_MOMENT, make_request
from .test_send_the_form import ADDRESS, SAME_ORIGIN, _payload

pytestmark = pytest.mark.django_db

CANARIES = {
    "name": "Zanzibar Quetzal",
    "pronouns": "xylopronoun",
    "phone": "480 555 0177",
    "email": "canary.quetzal@birds.example",
    "note": "canarynote marmalade",
    "payment": "insurance",
    "insurer": "canaryinsurer gmbh",
}
MARKERS = ["Quetzal", "quetzal", "xylopronoun", "5550177", "555-0177", "marmalade", "canaryinsurer", "staffwhisper"]


def _dump() -> str:
    """Every row of every table, as text."""
    out = io.StringIO()
    call_command("dumpdata", "--all", stdout=out)
    return out.getvalue()


def _files() -> str:
    """Names and contents of everything under MEDIA_ROOT."""
    files = [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]
    return "".join(f"{path.name} {path.read_bytes()!r}" for path in files)


def _clean(text: str, where: str) -> None:
    found = [marker for marker in MARKERS if marker in text]
    assert not found, f"{found} in {where}"


def test_canaries_are_nowhere_but_sealed(client, office_user, mesa, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    assert client.post(ADDRESS, _payload(**CANARIES), headers=SAME_ORIGIN).status_code == 303
    request = ConsultationRequest.objects.get()
    records.open_request(reference=request.reference, user=office_user)
    records.find(text="Quetzal", user=office_user)
    moved = transitions.log_attempt(
        request_id=request.pk,
        version=1,
        attempt=Attempt.NO_ANSWER,
        user=office_user,
        now=OPEN_MOMENT,
        note="staffwhisper",
    )
    notes_and_assignment.add_note(request_id=moved.pk, note="staffwhisper again", user=office_user, now=OPEN_MOMENT)
    erasure.export_person(request_id=request.pk, user=office_user)
    jobs.tell_the_office(CLOSED_MOMENT)
    jobs.send_emails(CLOSED_MOMENT)

    def broken(**kwargs):
        raise RuntimeError("forced")

    monkeypatch.setattr("intake.views.receive_request", broken)
    loud = Client(raise_request_exception=False)
    assert loud.post(ADDRESS, _payload(**CANARIES), headers=SAME_ORIGIN).status_code == 503

    _clean(_dump(), "the database")
    _clean(caplog.text, "the log")
    _clean("".join(f"{each.subject}{each.body}" for each in mail.outbox), "the mails")
    _clean(repr(cache.behind._cache), "the cache")
    _clean(_files(), "the uploaded files")
    erasure.erase_person(request_id=request.pk, user=office_user, now=OPEN_MOMENT)
    assert request.reference in _dump()  # the audit log remembers that it was there
    _clean(_dump(), "the database after the erasure")


def test_an_error_report_holds_nothing_that_was_written():
    request = RequestFactory().post(ADDRESS, CANARIES)
    name = CANARIES["name"]
    try:
        raise RuntimeError("forced")
    except RuntimeError as error:
        reporter = ExceptionReporter(request, type(error), error, error.__traceback__)
    assert name
    _clean(reporter.get_traceback_text(), "the text report")
    local_lines = reporter.get_traceback_data()["frames"][-1]["vars"]
    assert dict(local_lines)["name"] == "<pre>&#x27;not reported&#x27;</pre>" or "not reported" in str(local_lines)


WORDS = st.text(st.characters(categories=["L", "N"]), min_size=5, max_size=30)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=WORDS, note=WORDS, insurer=WORDS)
def test_no_mail_holds_anything_that_was_written(office_user, name, note, insurer):
    mail.outbox.clear()
    ConsultationRequest.objects.all().delete()
    make_request(now=CLOSED_MOMENT, name=name, note=note, insurer=insurer, email="own@example.com")
    jobs.tell_the_office(CLOSED_MOMENT)
    jobs.send_emails(CLOSED_MOMENT)
    for sent in mail.outbox:
        text = f"{sent.subject} {sent.body} {sent.extra_headers}"
        assert not [word for word in (name, note, insurer) if word in text]
