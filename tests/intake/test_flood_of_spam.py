"""A flood of spam: answered like people's forms, quick at the desk, one digest. At full size: bench/intake_spam.py."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.jobs import owe_digest, tell_the_office
from intake.models import ConsultationRequest, IntakeSettings, NotifiedPerson, OutgoingEmail

from .desk_help import address
from .factories import OPEN_MOMENT
from .test_send_the_form import ADDRESS, SAME_ORIGIN, _payload

pytestmark = pytest.mark.django_db
TRICKS = [
    {"website": "https://spam.example"},
    {"note": "cheap pills at https://spam.example now"},
    {"name": "<a href=//spam.example>Rich</a>"},
    {"made": "forged"},
    {"made": None},
]


def _alike(response) -> tuple:
    """An answer without its token."""
    headers = {name: value for name, value in response.headers.items() if name != "Location"}
    return response.status_code, len(response["Location"]), str(headers), response.content


def _flood(client, count: int) -> set[tuple]:
    answers = set()
    for number in range(count):
        form = _payload(phone=f"480 555 {number:04d}", email="", note=f"number {number}")
        form |= {name: value or "" for name, value in TRICKS[number % len(TRICKS)].items()}
        sent = client.post(ADDRESS, form, headers=SAME_ORIGIN, REMOTE_ADDR=f"10.0.{number // 3}.1")
        answers.add(_alike(sent))
    return answers


def test_it_is_kept_answered_alike_and_costs_the_desk_nothing_more(client, office_user):
    client.force_login(office_user)
    person = client.post(ADDRESS, _payload(), headers=SAME_ORIGIN)
    assert _flood(client, 10) == {_alike(person)}
    client.get(address("queue"), {"show": "held"})
    with CaptureQueriesContext(connection) as few:
        client.get(address("queue"), {"show": "held"})
    _flood(client, 60)
    with CaptureQueriesContext(connection) as many:
        html = client.get(address("queue"), {"show": "held"}).content.decode()
    assert ConsultationRequest.objects.held().count() == 60
    assert "Spam (60)" in html
    assert len(many) == len(few)


def test_the_office_hears_of_it_once_in_the_digest(client, office_user):
    NotifiedPerson.objects.create(settings=IntakeSettings.load(), user=office_user, notice=True, digest=True)
    _flood(client, 30)
    morning = OPEN_MOMENT.replace(hour=14)
    for minute in range(0, 24 * 60, 30):
        tell_the_office(morning + timedelta(minutes=minute))
        owe_digest(morning + timedelta(minutes=minute))
    (mail,) = OutgoingEmail.objects.all()
    assert (mail.kind, mail.data["held"]) == (OutgoingEmail.Kind.DIGEST, 30)
