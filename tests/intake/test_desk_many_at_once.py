import re

import pytest

from intake.models import ConsultationRequest
from intake.rules.status import Attempt, Outcome
from intake.services import notes_and_assignment, transitions

from .desk_help import address
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, office_user, mesa):
    client.force_login(office_user)
    return client


def post_bulk(desk, action: str, *requests, **fields):
    chosen = [f"{each.pk}:{each.version}" for each in requests]
    return desk.post(address("bulk"), {"action": action, "chosen": chosen, **fields}, follow=True)


def test_assign_leaves_alone_what_changed_and_says_who_did_what(desk, owner):
    first, second = make_request(), make_request()
    transitions.log_attempt(request_id=second.pk, version=1, attempt=Attempt.SPOKE, user=owner, now=OPEN_MOMENT)
    html = post_bulk(desk, "assign", first, second, assigned_to=owner.pk).content.decode()
    assert "1 request assigned to owen." in html
    assert f"Left alone: {second.reference} (owen, " in html
    assert ConsultationRequest.objects.get(assigned_to=owner) == first


def test_close_many(desk):
    first, second, held = make_request(), make_request(), make_request(held=True)
    html = post_bulk(desk, "close", first, second, held, outcome="withdrew").content.decode()
    assert "2 requests closed." in html
    assert "It is held as possible spam. Mark it as not spam first." in html
    assert ConsultationRequest.objects.filter(outcome=Outcome.WITHDREW).count() == 2


def test_what_ended_already_is_left_alone(desk, office_user):
    about = make_request()
    transitions.decline(request_id=about.pk, version=1, reason="full", user=office_user, now=OPEN_MOMENT)
    about.refresh_from_db()
    assert (
        "is not possible while a request is “declined”"
        in post_bulk(desk, "close", about, outcome="withdrew").content.decode()
    )


def test_quarantine_release_and_delete(desk, office_user):
    person, spam, hold = make_request(held=True), make_request(held=True), make_request(held=True)
    hold = notes_and_assignment.set_legal_hold(
        request_id=hold.pk, version=1, on_hold=True, user=office_user, now=OPEN_MOMENT
    )
    post_bulk(desk, "release", person)
    html = post_bulk(desk, "discard", spam, person, hold, confirmed="yes").content.decode()
    assert "1 request deleted permanently." in html
    assert set(ConsultationRequest.objects.all()) == {person, hold}


def test_deleting_asks_first_and_says_how_many(desk, office_user):
    person, hold = make_request(), make_request(held=True)
    spam = [make_request(held=True) for _ in range(3)]
    hold = notes_and_assignment.set_legal_hold(
        request_id=hold.pk, version=1, on_hold=True, user=office_user, now=OPEN_MOMENT
    )
    response = post_bulk(desk, "discard", person, hold, *spam, query="show=held&office=&age=")
    html = response.content.decode()
    assert "3 requests will be deleted permanently" in html
    assert "no-store" in response.headers["Cache-Control"]
    assert ConsultationRequest.objects.count() == 5
    asked = re.findall(r'name="chosen" value="(\d+:\d+)"', html)
    assert asked == [f"{each.pk}:1" for each in spam]
    assert f'href="{address("queue")}?show=held"' in html
    left_alone = html[html.index("Left alone") :]
    assert person.reference in left_alone
    assert hold.reference in left_alone
    desk.post(address("bulk"), {"action": "discard", "confirmed": "yes", "chosen": asked})
    assert set(ConsultationRequest.objects.all()) == {person, hold}


def test_when_nothing_checked_can_be_deleted_there_is_no_button(desk):
    html = post_bulk(desk, "discard", make_request()).content.decode()
    assert "None of the checked requests can be deleted" in html
    assert "permanently</button>" not in html


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"action": "assign", "chosen": []}, "Check at least one request first."),
        ({"action": "close", "outcome": "duplicate"}, "Choose what to do"),
        ({"action": "close"}, "Choose what to do"),
        ({"action": "assign", "assigned_to": "999"}, "Choose what to do"),
        ({"action": "explode"}, "Choose what to do"),
        ({"action": "close", "outcome": "withdrew", "chosen": ["x:y", "1", "²:1", "5:5:5"]}, "Check at least one"),
    ],
)
def test_what_makes_no_sense_changes_nothing(desk, fields, words):
    about = make_request()
    fields = {"chosen": [f"{about.pk}:1"], **fields}
    assert words in desk.post(address("bulk"), fields, follow=True).content.decode()
    assert ConsultationRequest.objects.get().version == 1


def test_one_that_is_gone_is_said_so(desk):
    about = make_request()
    about.pk += 1
    assert "one that has been deleted meanwhile" in post_bulk(desk, "close", about, outcome="withdrew").content.decode()


def test_the_way_back_is_the_filtered_list_and_no_other_address(desk):
    about = make_request()
    data = {"action": "close", "outcome": "withdrew", "chosen": [f"{about.pk}:1"]}
    response = desk.post(address("bulk"), {**data, "query": "show=all&status=closed&next=//evil.example"})
    assert response.headers["Location"] == address("queue") + "?show=all&status=closed"
