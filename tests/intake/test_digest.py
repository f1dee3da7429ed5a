"""Each morning the office is told in numbers what waits. Once, and nothing about anybody."""

from datetime import timedelta

import pytest
from django.core import mail

from intake.jobs import owe_digest, send_emails
from intake.models import IntakeSettings, NotifiedPerson, OutgoingEmail
from intake.services.receive import Preferences

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
MORNING = OPEN_MOMENT.replace(day=25, hour=14, minute=5)
"""Wednesday, 7:05 am in Phoenix."""

NIGHT = MORNING - timedelta(hours=2)
SATURDAY = MORNING + timedelta(days=3)


def _told(user, **choices):
    IntakeSettings.load()
    return NotifiedPerson.objects.create(settings=IntakeSettings.objects.get(), user=user, **choices)


def _digests():
    return OutgoingEmail.objects.filter(kind=OutgoingEmail.Kind.DIGEST)


def test_counts_and_links_and_nothing_else(mesa, office_user):
    _told(office_user)
    request = make_request(name="Zebedee Quill", note="Marmalade", email="zebedee@example.com")
    make_request(held=True)
    assert owe_digest(MORNING + timedelta(days=1)) == "1 daily digest queued"
    send_emails(MORNING + timedelta(days=1))
    (message,) = [each for each in mail.outbox if "this morning" in each.subject]
    assert message.to == [office_user.email]
    assert "Waiting for an appointment: 1" in message.body
    assert "Answer overdue: 1" in message.body
    assert "Held as possible spam, for somebody to review: 1" in message.body
    assert "/admin/consultations/statistics/" in message.body
    for marker in ("Zebedee", "Marmalade", "zebedee@example.com", request.reference):
        assert marker not in message.subject + message.body


def test_once_a_day(mesa, office_user):
    _told(office_user)
    make_request()
    for minutes in (0, 1, 60, 200):
        owe_digest(MORNING + timedelta(minutes=minutes))
    assert _digests().count() == 1
    owe_digest(MORNING + timedelta(days=1))
    assert _digests().count() == 2


def test_two_runs_at_once_owe_one(mesa, office_user):
    _told(office_user)
    make_request()
    owe_digest(MORNING)
    _digests().delete()  # as a second run sees it that looked before the first one wrote
    owe_digest(MORNING)
    assert not _digests().exists()


@pytest.mark.parametrize("moment", [NIGHT, MORNING + timedelta(hours=6), SATURDAY])
def test_only_in_the_morning_of_an_open_day(mesa, office_user, moment):
    _told(office_user)
    make_request()
    assert owe_digest(moment) == ""
    assert not _digests().exists()


def test_nothing_waits_nothing_is_sent(mesa, office_user):
    _told(office_user)
    assert owe_digest(MORNING) == ""


def test_each_person_hears_of_their_office(mesa, tempe, office_user, owner):
    _told(office_user, office=mesa)
    _told(owner)
    make_request(preferences=Preferences(office_id=mesa.pk))
    make_request(preferences=Preferences(office_id=tempe.pk))
    make_request()
    owe_digest(MORNING)
    assert {each.recipient: each.data["waiting"] for each in _digests()} == {office_user: 2, owner: 3}


def test_nobody_chosen_the_practice_itself(mesa):
    make_request()
    owe_digest(MORNING)
    assert _digests().get().recipient is None


def test_who_does_not_want_it_gets_none(mesa, office_user, owner):
    _told(office_user, digest=False)
    _told(owner)
    make_request()
    owe_digest(MORNING)
    assert [each.recipient for each in _digests()] == [owner]
