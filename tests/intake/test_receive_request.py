from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.urls import reverse
from wagtail.models import ModelLogEntry

from innerbalance.security.encryption import KeyMissing
from innerbalance.security.models import RecordKey
from intake.models import BlindIndex, ConsultationRequest, IntakeSettings, NotifiedPerson, OutgoingEmail
from intake.services import receive
from intake.services.emails import send_due, tell_the_office
from intake.services.receive import Preferences, receive_request
from intake.services.records import answers_of, find, open_request

from .factories import CLOSED_MOMENT, OPEN_MOMENT, answers, signals

pytestmark = pytest.mark.django_db
FULL = 2


def _receive(*, now=OPEN_MOMENT, preferences=None, came=None, **changes):
    return receive_request(
        answers=answers(**changes), preferences=preferences or Preferences(), signals=came or signals(), now=now
    )


def test_a_request_is_kept_sealed_with_its_clock(mesa):
    request = _receive(preferences=Preferences(office_id=mesa.pk)).request
    assert answers_of(request) == answers()
    assert b"Ruiz" not in bytes(request.sealed)
    assert request.answer_due_at == request.act_by == OPEN_MOMENT + timedelta(days=1)
    assert not request.quarantined


def test_the_same_content_again_is_the_same_request():
    first = _receive()
    again = _receive(now=OPEN_MOMENT + timedelta(hours=23), came=signals(network="192.0.2.0/24"))
    assert again.repeated
    assert again.request == first.request
    assert ConsultationRequest.objects.count() == RecordKey.objects.count() == 1


def test_after_a_day_the_same_content_is_a_new_request():
    first = _receive().request
    later = _receive(now=OPEN_MOMENT + timedelta(hours=25))
    assert not later.repeated
    assert later.request != first


def test_repetitions_use_up_no_limit():
    for _ in range(30):
        _receive()
    assert not _receive(note="and one more thing").request.quarantined


def test_too_many_from_one_network_are_held_and_kept():
    made = [
        _receive(phone=f"+1480555{n:04d}", email="", email_safe="", came=signals(network="203.0.113.0/24")).request
        for n in range(1000, 1012)
    ]
    held = [request.reference for request in made if request.quarantined]
    assert held == [request.reference for request in made[10:]]
    assert made[-1].quarantine_reasons == ["network_limit"]


def test_too_many_for_one_phone_are_held():
    made = [_receive(note=str(n), email="", came=signals(network=f"203.0.{n}.0/24")).request for n in range(4)]
    assert [request.quarantined for request in made] == [False, False, False, True]


def test_without_a_key_nothing_is_kept(settings):
    settings.INTAKE_KEYS = []
    with pytest.raises(KeyMissing):
        _receive()
    assert not ConsultationRequest.objects.exists()
    assert not BlindIndex.objects.exists()


def test_found_by_reference_name_phone_or_mail_and_nothing_else(office_user):
    request = _receive().request
    for text in [
        request.reference,
        request.reference[2:].lower(),
        "ana ruiz",
        "Ruiz",
        "480-555-0134",
        "ANA@example.com",
    ]:
        assert list(find(text=text, user=office_user)) == [request], text
    for text in ["", "Ru", "555", "anna@example.com", "C-2222-2222"]:
        assert not find(text=text, user=office_user), text


def test_found_under_a_hash_key_that_was_rotated(settings, office_user):
    request = _receive().request
    settings.HASH_KEYS = ["a-newer-hash-key-for-tests-alone-0123456789-0123456789", *settings.HASH_KEYS]
    assert list(find(text="Ruiz", user=office_user)) == [request]
    assert _receive().repeated


def test_after_hours_one_reply_a_day_where_it_is_safe():
    _receive(now=CLOSED_MOMENT)
    _receive(now=CLOSED_MOMENT + timedelta(minutes=5), note="and another thing")
    assert OutgoingEmail.objects.filter(kind="auto_reply").count() == 1
    send_due(now=CLOSED_MOMENT + timedelta(minutes=6))
    (sent,) = mail.outbox
    assert sent.to == ["ana@example.com"]
    assert sent.extra_headers["Auto-Submitted"] == "auto-replied"


@pytest.mark.parametrize(
    "change",
    [{"email_safe": "no"}, {"practice_named": "no"}, {"email": "", "email_safe": ""}, {"now": OPEN_MOMENT}],
)
def test_no_reply_where_it_is_not_safe_or_the_office_is_open(mesa, change):
    _receive(**{"now": CLOSED_MOMENT} | change)
    assert not OutgoingEmail.objects.filter(kind="auto_reply").exists()


def test_no_reply_to_what_is_held():
    _receive(now=CLOSED_MOMENT, came=signals(honeypot="x"))
    assert not OutgoingEmail.objects.exists()


def test_one_notice_for_many_requests(office_user):
    NotifiedPerson.objects.create(settings=IntakeSettings.load(), user=office_user)
    for n in range(30):
        _receive(phone=f"+1480555{1000 + n}", email="", email_safe="", came=signals(network=f"203.0.{n}.0/24"))
    _receive(note="held", came=signals(honeypot="x"))
    assert tell_the_office(now=OPEN_MOMENT) == 1
    assert tell_the_office(now=OPEN_MOMENT + timedelta(minutes=1)) == 0
    assert send_due(now=OPEN_MOMENT) == (1, 0), OutgoingEmail.objects.values()
    (sent,) = mail.outbox
    assert sent.to == ["olga@practice.example"]
    assert "30 " in sent.body
    assert "555" not in sent.body
    assert f"{reverse('consultations:queue')}\n" in sent.body


def test_opening_one_is_in_the_audit_log(office_user):
    request = _receive().request
    opened = open_request(reference=request.reference, user=office_user)
    assert opened.answers.name == "Ana Ruiz"
    assert opened.warnings == ["Do not leave a voicemail."]
    line = ModelLogEntry.objects.get(action="intake.view")
    assert (line.user, line.label) == (office_user, request.reference)


def test_a_request_for_no_office_in_particular_is_told_to_everybody(mesa, tempe, office_user, owner):
    settings = IntakeSettings.load()
    NotifiedPerson.objects.create(settings=settings, user=office_user, office_id=mesa.pk)
    NotifiedPerson.objects.create(settings=settings, user=owner, office_id=tempe.pk)
    anywhere = _receive().request
    at_mesa = _receive(note="at Mesa", preferences=Preferences(office_id=mesa.pk)).request
    tell_the_office(now=OPEN_MOMENT)
    told = {row.recipient: set(row.data["references"]) for row in OutgoingEmail.objects.all()}
    assert told == {office_user: {anywhere.reference, at_mesa.reference}, owner: {anywhere.reference}}


@pytest.mark.django_db(transaction=True)
def test_what_is_acknowledged_is_on_the_disk(monkeypatch):
    """On SQLite the commit itself has to wait; PostgreSQL's always does."""
    seen = []

    def synchronous():
        with connection.cursor() as cursor:
            return cursor.execute("PRAGMA synchronous").fetchone()[0]

    def keep(*args, **more):
        seen.append(synchronous() if connection.vendor == "sqlite" else FULL)
        return real(*args, **more)

    real = receive._keep
    monkeypatch.setattr(receive, "_keep", keep)
    before = synchronous() if connection.vendor == "sqlite" else None
    _receive()
    assert seen == [FULL]
    assert before == (synchronous() if connection.vendor == "sqlite" else None) != FULL
