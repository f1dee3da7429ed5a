from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from innerbalance.security.models import RecordKey
from intake.models import ConsultationRequest, OutgoingEmail
from intake.rules.reference import new_reference
from intake.rules.status import Attempt, Outcome
from intake.services import notes_and_assignment, transitions
from intake.services.receive import Preferences

from .desk_help import address
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
NOW = OPEN_MOMENT + timedelta(hours=1)


@pytest.fixture(autouse=True)
def at_ten_past_eleven():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def desk(client, office_user, mesa):
    client.force_login(office_user)
    return client


def shown(response) -> list[str]:
    return [row.request.reference for row in response.context["rows"]]


def listed(desk, **chosen) -> list[str]:
    return shown(desk.get(address("queue"), chosen))


def test_answer_due_first_and_late_in_words(desk):
    fresh = make_request(now=OPEN_MOMENT)
    old = make_request(now=OPEN_MOMENT - timedelta(days=6))
    response = desk.get(address("queue"))
    assert shown(response) == [old.reference, fresh.reference]
    html = response.content.decode()
    assert "Answer overdue by 5" in html
    assert "Answer due" in html
    assert "by tomorrow at 10 am" in html


def test_an_empty_queue_says_that_nobody_waits(desk):
    assert "Nobody is waiting" in desk.get(address("queue")).content.decode()
    assert "No spam" in desk.get(address("queue") + "?show=held").content.decode()
    assert "No request matches this filter" in desk.get(address("queue") + "?status=new").content.decode()


def test_each_filter(desk, mesa, tempe, office_user):
    at_tempe = make_request(preferences=Preferences(office_id=tempe.pk))
    online = make_request(preferences=Preferences(telehealth=True))
    old = make_request(now=OPEN_MOMENT - timedelta(days=40))
    transitions.log_attempt(
        request_id=old.pk, version=1, attempt=Attempt.SPOKE, user=office_user, now=OPEN_MOMENT - timedelta(days=39)
    )
    hers = make_request(preferences=Preferences(clinician_id=mesa.pk))
    notes_and_assignment.assign(request_id=hers.pk, version=1, assigned_to_id=office_user.pk, user=office_user, now=NOW)
    held = make_request(held=True)
    gone = make_request()
    transitions.close(request_id=gone.pk, version=1, outcome=Outcome.WITHDREW, user=office_user, now=NOW)
    assert listed(desk, office=tempe.pk) == [at_tempe.reference]
    assert listed(desk, office="telehealth") == [online.reference]
    assert listed(desk, status="in_contact") == listed(desk, age="-30") == [old.reference]
    assert listed(desk, status="late") == [old.reference]
    assert listed(desk, clinician=mesa.pk) == listed(desk, assigned=office_user.pk) == [hers.reference]
    assert set(listed(desk, assigned="nobody")) == {at_tempe.reference, online.reference, old.reference}
    assert listed(desk, show="held") == [held.reference]
    assert listed(desk, show="ended") == [gone.reference]
    assert held.reference not in listed(desk, show="all")


@pytest.mark.parametrize("nonsense", ["?office=x", "?status=%00", "?show=nothing", "?age=oops", "?p=-3", "?p=x"])
def test_a_filter_that_makes_no_sense_is_left_aside(desk, nonsense):
    make_request()
    assert desk.get(address("queue") + nonsense).status_code == 200


def test_pages(desk):
    ConsultationRequest.objects.bulk_create(
        ConsultationRequest(reference=new_reference(), received_at=NOW, last_step_at=NOW, act_by=NOW, sealed=b"")
        for _ in range(120)
    )
    response = desk.get(address("queue") + "?p=3&assigned=nobody")
    assert len(shown(response)) == 20
    assert "?assigned=nobody&amp;p=2" in response.content.decode()


@pytest.mark.parametrize("text", ["Maria Lopez", "lopez", "480 555 7777", "MARIA@example.com", "reference"])
def test_exact_search_puts_nothing_into_an_address(desk, text):
    make_request()
    about = make_request(name="Maria Lopez", phone="+14805557777", email="maria@example.com")
    text = about.reference if text == "reference" else text
    response = desk.post(address("search"), {"text": text})
    assert shown(response) == [about.reference]
    assert "no-store" in response.headers["Cache-Control"]
    assert text not in str([entry.data for entry in ModelLogEntry.objects.filter(action="intake.search")])


def test_search_finds_nothing_by_a_part_of_a_word(desk):
    make_request(name="Maria Lopez")
    response = desk.post(address("search"), {"text": "lop"})
    assert "Nothing found" in response.content.decode()
    assert desk.get(address("search")).status_code == 302


def test_a_page_of_the_list_is_one_line_in_the_audit_log(desk, office_user):
    about = make_request()
    desk.get(address("queue"))
    entry = ModelLogEntry.objects.get(action="intake.view")
    assert (entry.user, entry.data) == (office_user, {"what": "list", "references": [about.reference]})


def test_without_the_keys_the_queue_still_says_what_is_due(desk, settings):
    about = make_request(name="Maria Lopez")
    settings.INTAKE_KEYS = []
    html = desk.get(address("queue")).content.decode()
    assert about.reference in html
    assert "Can’t be opened" in html
    assert "Maria" not in html
    assert ModelLogEntry.objects.filter(action="intake.decrypt_failed").exists()


def test_the_menu_says_how_many_wait(desk):
    make_request()
    make_request(held=True)
    assert "Consultations (1)" in desk.get("/admin/").content.decode()


def test_the_home_says_what_is_late(desk):
    assert "Nobody is waiting." in desk.get("/admin/").content.decode()
    late = make_request(now=OPEN_MOMENT - timedelta(days=6))
    make_request(held=True)
    html = desk.get("/admin/").content.decode()
    assert "1 answer overdue" in html
    assert late.reference in html
    assert "1 held as possible spam" in html
    assert "Ana Ruiz" not in html
    assert timezone.now() == NOW


def test_the_home_says_when_the_office_gets_no_email(desk):
    OutgoingEmail.objects.create(
        kind=OutgoingEmail.Kind.OFFICE_NOTICE, state=OutgoingEmail.State.FAILED, made_at=NOW, due_at=NOW
    )
    assert "1 email to the office could not be sent" in desk.get("/admin/").content.decode()
    OutgoingEmail.objects.update(state=OutgoingEmail.State.SENT, sent_at=NOW)
    assert "could not be sent" not in desk.get("/admin/").content.decode()


def test_one_damaged_key_hides_its_own_name_and_no_other(desk):
    names = ["Ada", "Ben", "Cleo", "Dora", "Emil"]
    requests = [make_request(name=name) for name in names]
    RecordKey.objects.filter(record=requests[2].uid).update(wrapped=b"damaged")
    html = desk.get(address("queue")).content.decode()
    assert [name for name in names if name not in html] == ["Cleo"]
    assert html.count("Can’t be opened") == 1
    failed = ModelLogEntry.objects.get(action="intake.decrypt_failed")
    assert (failed.label, failed.data) == (requests[2].reference, {"error": "CannotOpen"})
