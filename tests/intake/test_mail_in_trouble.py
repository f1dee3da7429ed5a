"""A mail server that refuses, hangs or is away: the row stays, and the email goes later. Over a real wire."""

import socket
from datetime import timedelta

import pytest
from aiosmtpd.controller import Controller

from innerbalance.housekeeping.services import JobFailed
from intake.jobs import send_emails
from intake.models import ConsultationRequest, IntakeSettings, NotifiedPerson, OutgoingEmail
from intake.services.emails import (
    AUTO_REPLY_LASTS,
    CLAIM_LASTS,
    GIVE_UP_AFTER,
    office_emails_given_up,
    send_due,
    tell_the_office,
)

from .factories import CLOSED_MOMENT, OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
State = OutgoingEmail.State


class Postbox:
    """Takes emails, or refuses them while `refusing`."""

    def __init__(self):
        self.refusing, self.emails = False, []

    async def handle_DATA(self, server, session, envelope):
        if self.refusing:
            return "451 come back later"
        self.emails.append(envelope)
        return "250 taken"


@pytest.fixture
def free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _mailer(settings, port, timeout=1):
    settings.MAILERS = {
        "default": {
            "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
            "OPTIONS": {"host": "127.0.0.1", "port": port, "timeout": timeout},
        }
    }


@pytest.fixture
def postbox(settings, free_port):
    box = Postbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port)
    controller.start()
    _mailer(settings, free_port)
    yield box
    controller.stop()


def test_refused_it_goes_later(postbox):
    make_request(now=CLOSED_MOMENT)
    postbox.refusing = True
    assert send_due(now=CLOSED_MOMENT) == (0, 1)
    row = OutgoingEmail.objects.get()
    assert (row.state, row.error) == (State.QUEUED, "SMTPDataError")
    postbox.refusing = False
    assert send_due(now=CLOSED_MOMENT) == (0, 0)
    assert send_due(now=CLOSED_MOMENT + timedelta(minutes=1)) == (1, 0)
    assert len(postbox.emails) == 1
    assert ConsultationRequest.objects.get().events.filter(kind="auto_reply").count() == 1


def test_away_it_is_asked_once_a_run(settings, free_port):
    _mailer(settings, free_port)
    for _ in range(3):
        make_request(now=CLOSED_MOMENT)
    assert send_due(now=CLOSED_MOMENT) == (0, 1)
    assert OutgoingEmail.objects.filter(state=State.QUEUED).count() == 3


def test_hanging_it_holds_up_a_run_for_its_timeout_only(settings):
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        _mailer(settings, deaf.getsockname()[1])
        for _ in range(3):
            make_request(now=CLOSED_MOMENT)
        assert send_due(now=CLOSED_MOMENT) == (0, 1)
        # Waited for once: the second and third email did not call it again.
        deaf.setblocking(False)
        deaf.accept()[0].close()
        with pytest.raises(BlockingIOError):
            deaf.accept()
    assert OutgoingEmail.objects.filter(state=State.QUEUED).count() == 3


def test_a_crash_never_sends_a_reader_two(postbox):
    make_request(now=CLOSED_MOMENT)
    OutgoingEmail.objects.update(state=State.SENDING, claimed_at=CLOSED_MOMENT)
    later = CLOSED_MOMENT + CLAIM_LASTS + timedelta(seconds=1)
    assert send_due(now=later) == (0, 0)
    assert OutgoingEmail.objects.get().state == State.UNCERTAIN
    assert not postbox.emails


def test_a_reply_too_late_is_not_sent(postbox):
    make_request(now=CLOSED_MOMENT)
    assert send_due(now=CLOSED_MOMENT + AUTO_REPLY_LASTS + timedelta(seconds=1)) == (0, 0)
    assert OutgoingEmail.objects.get().state == State.DROPPED


def test_without_anybody_chosen_the_practice_itself_is_told(postbox, home):
    from innerbalance.practice.services import practice

    row = practice()
    row.email = "office@practice.example"
    row.save()
    settings = IntakeSettings.load()
    settings.auto_reply_enabled = False
    settings.save()
    request = make_request(now=CLOSED_MOMENT)
    assert tell_the_office(now=CLOSED_MOMENT) == 1
    assert send_due(now=CLOSED_MOMENT) == (1, 0)
    (sent,) = postbox.emails
    assert sent.rcpt_tos == ["office@practice.example"]
    assert request.reference in sent.content.decode()


def test_what_was_given_up_is_told_until_an_email_gets_through(postbox, office_user):
    NotifiedPerson.objects.create(settings=IntakeSettings.load(), user=office_user)
    postbox.refusing = True
    make_request(now=OPEN_MOMENT, email="", email_safe="")
    tell_the_office(now=OPEN_MOMENT)
    last_try = OPEN_MOMENT + GIVE_UP_AFTER
    assert send_emails(last_try) == "0 sent, 1 put off"
    with pytest.raises(JobFailed, match="1 notice to the office was given up after three days"):
        send_emails(last_try + timedelta(hours=5))
    assert OutgoingEmail.objects.get().state == State.FAILED
    with pytest.raises(JobFailed):
        send_emails(last_try + timedelta(days=30))
    postbox.refusing = False
    back = last_try + timedelta(days=31)
    make_request(now=back, email="", email_safe="")
    tell_the_office(now=back)
    assert send_emails(back) == "1 sent, 0 put off"


def test_a_reply_that_was_given_up_is_no_matter_of_the_office(postbox):
    make_request(now=CLOSED_MOMENT)
    OutgoingEmail.objects.update(state=State.FAILED)
    assert office_emails_given_up() == 0
