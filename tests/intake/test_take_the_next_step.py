from datetime import timedelta

import pytest
from wagtail.models import ModelLogEntry

from innerbalance.security.encryption import KeyMissing
from intake.models import ConsultationRequest
from intake.rules.status import Attempt, MoveNotAllowed, Outcome, Status
from intake.services import corrections, merging, quarantine, records, transitions
from intake.services.transitions import Held, Stale

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
LATER = OPEN_MOMENT + timedelta(hours=2)


@pytest.fixture
def request_(mesa):
    return make_request(name="Ana Ruiz")


def _at(request, **more):
    return {"request_id": request.pk, "version": request.version, "now": LATER, **more}


def test_a_voicemail_is_the_answer_and_its_note_is_sealed(request_, office_user):
    after = transitions.log_attempt(**_at(request_, attempt=Attempt.VOICEMAIL, user=office_user, note="rang twice"))
    assert after.status == Status.IN_CONTACT
    assert after.first_answered_at == LATER
    assert after.open_time_to_answer == timedelta(hours=2)
    event = after.events.get(kind="attempt")
    assert b"rang twice" not in bytes(event.sealed)
    assert records.timeline(after)[-1].words == {"note": "rang twice"}


def test_no_answer_does_not_stop_the_clock(request_, office_user):
    after = transitions.log_attempt(**_at(request_, attempt=Attempt.NO_ANSWER, user=office_user))
    assert after.first_answered_at is None
    assert after.act_by == request_.answer_due_at
    assert list(ConsultationRequest.objects.overdue(after.act_by + timedelta(seconds=1))) == [after]


def test_from_arrival_to_booked_to_client(request_, office_user, tempe):
    appointment = LATER + timedelta(days=3)
    booked = transitions.book(**_at(request_, appointment_at=appointment, office_id=tempe.pk, user=office_user))
    assert (booked.status, booked.next_step_at, booked.office_id) == (Status.BOOKED, appointment, tempe.pk)
    closed = transitions.close(**_at(booked, outcome=Outcome.BECAME_CLIENT, user=office_user))
    assert closed.ended_at == LATER
    assert closed.act_by is None
    assert not ConsultationRequest.objects.open()


def test_a_stale_screen_overwrites_nothing_and_tells_who_did_what(request_, office_user, owner):
    transitions.log_attempt(**_at(request_, attempt=Attempt.SPOKE, user=owner))
    with pytest.raises(Stale) as caught:
        transitions.decline(**_at(request_, reason="full", user=office_user))
    assert [(event.by, event.kind) for event in caught.value.since] == [(owner, "attempt")]
    assert ConsultationRequest.objects.get().status == Status.IN_CONTACT


def test_a_write_between_reading_and_writing_is_noticed(request_, office_user, owner, monkeypatch):
    quicker = []

    def meanwhile(**kwargs):
        if not quicker:
            quicker.append(True)
            transitions.log_attempt(**_at(request_, attempt=Attempt.SPOKE, user=owner))
        return timedelta(0)

    monkeypatch.setattr("intake.services.transitions.answer_clock.open_time", meanwhile)
    with pytest.raises(Stale):
        transitions.refer(**_at(request_, referred_to="elsewhere", user=office_user))
    assert ConsultationRequest.objects.get().events.filter(kind="refer").count() == 0


def test_impossible_moves_and_held_requests(request_, office_user):
    declined = transitions.decline(**_at(request_, reason="full", user=office_user))
    with pytest.raises(MoveNotAllowed):
        transitions.book(**_at(declined, appointment_at=LATER, user=office_user))
    held = make_request(held=True)
    with pytest.raises(Held):
        transitions.reopen(**_at(held, user=office_user))
    released = quarantine.release(**_at(held, user=office_user))
    assert not released.quarantined
    assert released.reason_words() == ["A question that people can't see was answered"]


def test_without_the_key_a_note_is_not_kept_in_plain_text(request_, office_user, settings):
    settings.INTAKE_KEYS = ["b3RoZXItdGVzdHMta2V5LTAxMjM0NTY3ODktYWJjZGU="]
    with pytest.raises(KeyMissing):
        transitions.decline(**_at(request_, reason="full", user=office_user))
    assert ConsultationRequest.objects.get().version == 1
    assert ModelLogEntry.objects.filter(action="intake.decrypt_failed", label=request_.reference).exists()


def test_a_correction_is_found_and_the_old_number_is_not(request_, office_user):
    before = records.answers_of(request_)
    right = type(before)(**vars(before) | {"phone": "+14805559999"})
    after = corrections.correct(**_at(request_, answers=right, user=office_user))
    assert list(records.find(text="480 555 9999", user=office_user)) == [after]
    assert not records.find(text=before.phone, user=office_user)
    assert after.events.get(kind="corrected").data == {"questions": ["phone"]}


def test_a_duplicate_is_joined_and_both_timelines_say_so(request_, office_user):
    phone = records.answers_of(request_).phone
    again = make_request(phone=phone, note="me again")
    closed = merging.merge(duplicate_id=again.pk, duplicate_version=1, into_id=request_.pk, user=office_user, now=LATER)
    assert (closed.outcome, closed.merged_into) == ("duplicate", request_)
    assert request_.events.get(kind="merged").data == {"reference": again.reference}
