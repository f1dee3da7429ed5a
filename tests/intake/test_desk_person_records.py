import json

import pytest
from wagtail.models import ModelLogEntry

from innerbalance.security.models import RecordKey
from intake.models import BlindIndex, ConsultationRequest
from intake.services import notes_and_assignment
from intake.services.blind_indexes import rebuild_blind_indexes

from .desk_help import address
from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, office_user, mesa):
    client.force_login(office_user)
    return client


def test_export_in_two_clicks(desk):
    about = make_request(name="Ana Ruiz", note="Please call.")
    other = make_request(phone="+14805551000", note="And again.")
    assert "2 consultation requests" in desk.get(address("person", about.reference)).content.decode()
    response = desk.post(address("export_person", about.reference))
    assert response.headers["Content-Disposition"] == f'attachment; filename="person-{about.reference}.json"'
    assert "no-store" in response.headers["Cache-Control"]
    notes = [each["answers"]["note"] for each in json.loads(response.content)[0]["records"]]
    assert set(notes) == {"Please call.", "And again."}
    line = ModelLogEntry.objects.get(action="intake.export")
    assert (line.label, line.data["what"]) == (about.reference, "person")
    assert set(line.data["references"]) == {about.reference, other.reference}


def test_an_export_leaves_out_what_is_a_housemates(desk):
    """A household with one phone number: nothing of the other person leaves the house, and nothing is said read."""
    about, housemate = make_request(name="Ana Ruiz"), make_request(phone="+14805551000", name="Ben", note="About Ana.")
    assert f'value="{housemate.reference}"' in desk.get(address("person", about.reference)).content.decode()
    response = desk.post(address("export_person", about.reference), {"not_theirs": [housemate.reference]})
    assert [each["reference"] for each in json.loads(response.content)[0]["records"]] == [about.reference]
    assert "About Ana." not in response.content.decode()
    assert ModelLogEntry.objects.get(action="intake.export").data["references"] == [about.reference]


def test_the_request_in_hand_is_always_the_persons_own(desk):
    about = make_request(name="Ana Ruiz")
    response = desk.post(address("export_person", about.reference), {"not_theirs": [about.reference]})
    assert [each["reference"] for each in json.loads(response.content)[0]["records"]] == [about.reference]


def test_every_request_that_shares_a_number_is_offered(desk):
    about = make_request()
    others = [make_request(phone="+14805551000", name=f"Ana {number}") for number in range(12)]
    html = desk.get(address("person", about.reference)).content.decode()
    assert [each.reference for each in others if f'value="{each.reference}"' not in html] == []


def test_erase_in_two_clicks_but_not_the_housemate(desk):
    about = make_request(name="Ana Ruiz")
    own = make_request(phone="+14805551000")
    housemate = make_request(phone="+14805551000", name="Ben Ruiz")
    page = desk.get(address("person", about.reference)).content.decode()
    assert housemate.reference in page
    response = desk.post(address("erase_person", about.reference), {"not_theirs": [housemate.reference]}, follow=True)
    html = response.content.decode()
    assert ": 2 records erased." in html
    assert "Ana Ruiz" not in html
    assert list(ConsultationRequest.objects.all()) == [housemate]
    assert not RecordKey.objects.filter(record__in=[about.uid, own.uid]).exists()


def test_a_request_on_legal_hold_is_not_erased_and_nothing_else_either(desk, office_user):
    about, other = make_request(), make_request(phone="+14805551000")
    notes_and_assignment.set_legal_hold(request_id=other.pk, version=1, on_hold=True, user=office_user, now=OPEN_MOMENT)
    response = desk.post(address("erase_person", about.reference))
    assert response.status_code == 409
    assert f"Nothing was erased. On legal hold: {other.reference}." in response.content.decode()
    assert ConsultationRequest.objects.count() == 2


def test_neither_happens_by_a_link(desk):
    about = make_request()
    for name in ("export_person", "erase_person"):
        assert desk.get(address(name, about.reference)).status_code == 405
    assert ConsultationRequest.objects.count() == 1


@pytest.fixture
def restored(mesa):
    """As after a restore: the requests are there, the blind indexes are not."""
    about = make_request(name="Ana Ruiz")
    BlindIndex.objects.all().delete()
    return about


def test_with_indexes_missing_nothing_is_exported_or_erased_and_the_screen_says_why(desk, restored):
    html = desk.get(address("person", restored.reference)).content.decode()
    assert "rebuild_blind_indexes" in html
    assert "Export as a file" not in html
    assert "Erase permanently" not in html
    for name in ("export_person", "erase_person"):
        response = desk.post(address(name, restored.reference))
        assert response.status_code == 409
        assert "rebuild_blind_indexes" in response.content.decode()
    assert ConsultationRequest.objects.get() == restored
    assert not ModelLogEntry.objects.filter(action__in=["intake.export", "intake.purge"]).exists()


def test_one_request_without_an_index_is_enough_to_refuse(desk, restored):
    whole = make_request(name="Ben Ruiz", phone="+14805550199")
    assert desk.post(address("erase_person", whole.reference)).status_code == 409


def test_a_search_says_that_it_can_not_find_everything(desk, restored):
    found = desk.post(address("search"), {"text": "Ana Ruiz"}).content.decode()
    assert "rebuild_blind_indexes" in found
    rebuild_blind_indexes()
    found = desk.post(address("search"), {"text": "Ana Ruiz"}).content.decode()
    assert restored.reference in found
    assert "rebuild_blind_indexes" not in found


def test_the_screen_says_in_the_log_which_requests_it_read(desk):
    about, other = make_request(), make_request(phone="+14805551000")
    desk.get(address("person", about.reference))
    line = ModelLogEntry.objects.get(action="intake.view", data__what="person")
    assert set(line.data["references"]) == {about.reference, other.reference}
