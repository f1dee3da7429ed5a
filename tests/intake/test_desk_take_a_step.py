from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from wagtail.models import ModelLogEntry

from intake.models import ConsultationRequest
from intake.rules.status import Attempt, Outcome, Status
from intake.services import notes_and_assignment, records, transitions
from tests.factories import make_clinician

from .desk_help import address, post_step
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
NOW = OPEN_MOMENT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_eleven():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def about(mesa):
    return make_request(name="Ana Ruiz")


@pytest.fixture
def desk(client, office_user):
    client.force_login(office_user)
    return client


def fresh(about) -> ConsultationRequest:
    return ConsultationRequest.objects.get(pk=about.pk)


def last_words(about) -> dict:
    return records.timeline(fresh(about))[-1].words


def test_log_an_attempt_with_a_note_and_another_try(desk, about):
    response = post_step(desk, about, "attempt", attempt="no_answer", next_day="2026-11-25", note="rang out")
    assert (response.status_code, response.headers["Location"]) == (303, address("request", about.reference))
    after = fresh(about)
    assert (after.status, after.answered) == (Status.IN_CONTACT, False)
    assert after.next_step_at == datetime(2026, 11, 25, 16, 0, tzinfo=UTC)
    assert last_words(about) == {"note": "rang out"}
    assert "Called, no answer" in desk.get(address("request", about.reference)).content.decode()


def test_a_voicemail_that_was_not_safe_is_logged_only_when_meant(desk, about):
    response = post_step(desk, about, "attempt", attempt="voicemail", note="typed already")
    html = response.content.decode()
    assert response.status_code == 422
    assert "This person did not say that a voicemail is safe." in html
    assert "typed already" in html
    assert 'type="checkbox" name="attempt-happened_anyway"' in html
    post_step(desk, about, "attempt", attempt="voicemail", happened_anyway="on")
    assert fresh(about).events.get(kind="attempt").data["attempt"] == Attempt.VOICEMAIL


def test_book_an_office_and_take_the_calendar_file(desk, about, tempe, team):
    clinician = make_clinician(team)
    post_step(desk, about, "book", day="2026-12-01", time="14:30", place=tempe.pk, clinician=clinician.pk)
    after = fresh(about)
    assert after.status == Status.BOOKED
    assert after.appointment_at == datetime(2026, 12, 1, 21, 30, tzinfo=UTC)
    assert (after.office_id, after.clinician_id) == (tempe.pk, clinician.pk)
    response = desk.get(address("calendar_file", about.reference))
    text = response.content.decode()
    assert "DTSTART:20261201T213000Z\r\n" in text
    assert f"SUMMARY:Consultation {about.reference}\r\n" in text
    assert "LOCATION:Tempe" in text
    assert not [words for words in ("Ana", "Ruiz", "555", "example.com") if words in text]
    assert "no-store" in response.headers["Cache-Control"]
    assert ModelLogEntry.objects.filter(action="intake.export", data={"what": "calendar"}).exists()


def test_book_telehealth(desk, about):
    post_step(desk, about, "book", day="2026-12-01", time="09:00", place="telehealth")
    assert (fresh(about).telehealth, fresh(about).office_id) == (True, None)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"day": "2026-11-24", "time": "10:59", "place": "telehealth"}, "This time has passed."),
        ({"day": "2026-11-23", "time": "10:00", "place": "telehealth"}, "This day has passed."),
        ({"day": "2028-12-01", "time": "10:00", "place": "telehealth"}, "more than two years away"),
        ({"day": "9999-12-31", "time": "23:59", "place": "telehealth"}, "more than two years away"),
        ({"day": "", "time": "10:00", "place": "telehealth"}, "Choose a day."),
        ({"day": "2026-12-01", "time": "25:00", "place": "telehealth"}, "Enter a time, such as 14:30."),
        ({"day": "2026-12-01", "time": "10:00", "place": "999999"}, "Select a valid choice."),
        ({"day": "2026-12-01", "time": "10:00", "place": ""}, "Choose an office or telehealth."),
    ],
)
def test_an_appointment_that_can_not_be(desk, about, fields, words):
    response = post_step(desk, about, "book", note="kept as typed", **fields)
    html = response.content.decode()
    assert response.status_code == 422
    assert words in html
    assert "kept as typed" in html
    assert fresh(about).version == 1


def test_no_appointment_no_calendar_file(desk, about):
    assert desk.get(address("calendar_file", about.reference)).status_code == 404
    assert desk.get(address("referral_letter", about.reference)).status_code == 404


def test_refer_out_and_print_the_letter(desk, about):
    assert post_step(desk, about, "refer", referred_to="").status_code == 422
    post_step(desk, about, "refer", referred_to="Desert Clinic\n1 Palm Street", note="insurance not taken")
    assert fresh(about).status == Status.REFERRED
    html = desk.get(address("referral_letter", about.reference)).content.decode()
    assert "Desert Clinic<br>1 Palm Street" in html
    assert "Dear Ana Ruiz" in html
    assert "insurance not taken" not in html


def test_decline_with_a_reason_and_reopen(desk, about):
    assert "Say why" in post_step(desk, about, "decline", reason=" ").content.decode()
    post_step(desk, about, "decline", reason="We have no place for children.")
    assert fresh(about).status == Status.DECLINED
    assert last_words(about) == {"note": "We have no place for children."}
    post_step(desk, fresh(about), "reopen")
    assert fresh(about).status == Status.IN_CONTACT


def test_no_response_is_offered_after_enough_attempts(desk, about, office_user):
    response = post_step(desk, about, "close", outcome="no_response")
    assert response.status_code == 422
    assert "is offered after 3 more attempts." in response.content.decode()
    for version in (1, 2, 3):
        transitions.log_attempt(
            request_id=about.pk, version=version, attempt=Attempt.NO_ANSWER, user=office_user, now=NOW
        )
    post_step(desk, fresh(about), "close", outcome="no_response")
    assert fresh(about).outcome == Outcome.NO_RESPONSE


def test_close_as_a_duplicate(desk, about):
    again = make_request(phone="+14805551000", note="me again")
    wrong = post_step(desk, again, "close", outcome="duplicate", duplicate_of="C-2222-2222")
    assert "There is no request with this reference." in wrong.content.decode()
    itself = post_step(desk, again, "close", outcome="duplicate", duplicate_of=again.reference)
    assert "This is the same request." in itself.content.decode()
    assert f'value="{about.reference}"' in desk.get(address("request", again.reference)).content.decode()
    post_step(desk, again, "close", outcome="duplicate", duplicate_of=about.reference.lower())
    assert fresh(again).merged_into == about


def test_note_assign_plan_and_legal_hold(desk, about, owner):
    post_step(desk, about, "note", note="wants mornings", version=0)
    assert last_words(about) == {"note": "wants mornings"}
    post_step(desk, fresh(about), "assign", assigned_to=owner.pk)
    assert fresh(about).assigned_to == owner
    post_step(desk, fresh(about), "assign", assigned_to="")
    assert fresh(about).assigned_to is None
    post_step(desk, fresh(about), "plan", day="2026-12-03")
    assert fresh(about).next_step_at == datetime(2026, 12, 3, 16, 0, tzinfo=UTC)
    assert post_step(desk, fresh(about), "plan", day="2026-11-03").status_code == 422
    post_step(desk, fresh(about), "hold", note="a court asked")
    assert fresh(about).on_hold
    post_step(desk, fresh(about), "lift-hold")
    assert not fresh(about).on_hold


def test_a_step_planned_for_today_is_not_late_at_once(desk, about):
    post_step(desk, about, "plan", day="2026-11-24")
    assert fresh(about).next_step_at == NOW + timedelta(hours=1)
    post_step(desk, fresh(about), "plan", day="")
    assert fresh(about).next_step_at is None


def test_an_appointment_can_be_moved(desk, about):
    post_step(desk, about, "book", day="2026-12-01", time="09:00", place="telehealth")
    html = desk.get(address("request", about.reference)).content.decode()
    assert 'value="2026-12-01"' in html
    assert 'value="09:00"' in html
    post_step(desk, fresh(about), "book", day="2026-12-02", time="09:00", place="telehealth")
    assert fresh(about).appointment_at == datetime(2026, 12, 2, 16, 0, tzinfo=UTC)


def test_only_the_desks_people_can_be_assigned(desk, about, editor):
    assert post_step(desk, about, "assign", assigned_to=editor.pk).status_code == 422
    assert fresh(about).version == 1


def test_release_and_discard(desk, mesa):
    person, spam = make_request(held=True), make_request(held=True)
    html = desk.get(address("request", person.reference)).content.decode()
    assert "A question that people can" in html
    assert "Book a consultation" not in html
    post_step(desk, person, "release")
    assert not fresh(person).quarantined
    response = post_step(desk, spam, "discard")
    assert response.headers["Location"] == address("queue")
    assert not ConsultationRequest.objects.filter(pk=spam.pk).exists()
    post_step(desk, fresh(person), "discard")
    assert fresh(person)


def test_a_stale_screen_says_who_did_what_and_keeps_what_was_typed(desk, about, owner):
    transitions.log_attempt(request_id=about.pk, version=1, attempt=Attempt.SPOKE, user=owner, now=NOW)
    response = post_step(desk, about, "decline", reason="We are full until spring.")
    html = response.content.decode()
    assert response.status_code == 409
    assert "Nothing was changed" in html
    assert "owen, 0 minutes ago: Called and spoke" in html
    assert "We are full until spring." in html
    assert 'name="version" value="2"' in html
    assert fresh(about).status == Status.IN_CONTACT
    post_step(desk, fresh(about), "decline", reason="We are full until spring.")
    assert fresh(about).status == Status.DECLINED


def test_a_move_that_is_gone_meanwhile_keeps_what_was_typed(desk, about, owner):
    transitions.close(request_id=about.pk, version=1, outcome=Outcome.WITHDREW, user=owner, now=NOW)
    html = post_step(desk, about, "decline", reason="We are full until spring.").content.decode()
    assert "is not possible any more" in html
    assert "We are full until spring." in html
    assert "Closed: withdrew" in html


def test_an_impossible_move_on_a_fresh_screen(desk, about):
    post_step(desk, about, "decline", reason="no")
    response = post_step(desk, fresh(about), "book", day="2026-12-01", time="10:00", place="telehealth")
    assert response.status_code == 409
    assert "is not possible while a request is “declined”" in response.content.decode()


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_changes_nothing(desk, about, version):
    assert post_step(desk, about, "decline", version=version, reason="no").status_code == 409
    assert fresh(about).version == 1


def test_when_the_note_can_not_be_sealed_nothing_happens(desk, about, settings):
    settings.INTAKE_KEYS = ["b3RoZXItdGVzdHMta2V5LTAxMjM0NTY3ODktYWJjZGU="]
    response = post_step(desk, about, "decline", reason="a secret reason")
    assert response.status_code == 503
    assert "a secret reason" not in response.content.decode()
    assert fresh(about).version == 1


def test_steps_are_posts_that_carry_the_admins_token(client, desk, about, office_user):
    from django.test import Client

    strict = Client(enforce_csrf_checks=True)
    strict.force_login(office_user)
    assert post_step(strict, about, "decline", reason="forged").status_code == 403
    assert desk.get(address("step", about.reference, "decline")).status_code == 302
    assert desk.post(address("step", about.reference, "nonsense")).status_code == 404
    assert fresh(about).version == 1


def test_the_timeline_names_who_was_assigned_and_who_has_left(desk, about, owner, office_user):
    notes_and_assignment.assign(request_id=about.pk, version=1, assigned_to_id=owner.pk, user=office_user, now=NOW)
    assert "Assigned to owen" in desk.get(address("request", about.reference)).content.decode()
    owner.delete()
    assert "Assigned to somebody who has left" in desk.get(address("request", about.reference)).content.decode()
