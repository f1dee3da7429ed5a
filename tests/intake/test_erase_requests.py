from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry

from innerbalance.security.encryption import CannotOpen, KeyDestroyed, KeyMissing
from innerbalance.security.models import RecordKey
from innerbalance.security.record_keys import create_cipher, rotate
from intake.models import BlindIndex, ConsultationRequest, Event
from intake.rules.status import Outcome
from intake.services import erasure, notes_and_assignment, quarantine, records, transitions
from intake.services.erasure import OnLegalHold

from .factories import OPEN_MOMENT, make_request

pytestmark = pytest.mark.django_db
YEARS_LATER = OPEN_MOMENT + timedelta(days=400)
OTHER_KEY = "b3RoZXItdGVzdHMta2V5LTAxMjM0NTY3ODktYWJjZGU="


def _closed(user, outcome=Outcome.NO_RESPONSE, **changes):
    request = make_request(**changes)
    return transitions.close(request_id=request.pk, version=1, outcome=outcome, user=user, now=OPEN_MOMENT)


def test_an_older_copy_of_a_deleted_request_cannot_be_read(office_user):
    request = make_request(name="Ana Ruiz")
    backup = ConsultationRequest.objects.filter(pk=request.pk).values().get()
    erasure.destroy(ConsultationRequest.objects.filter(pk=request.pk), user=office_user, why="erasure")
    assert not RecordKey.objects.exists()
    assert not Event.objects.exists()
    assert not BlindIndex.objects.exists()
    restored = ConsultationRequest.objects.create(**backup)
    with pytest.raises(KeyDestroyed):
        records.answers_of(restored, user=office_user)
    # A new key under the same number does not help either.
    create_cipher(restored.uid)
    with pytest.raises(CannotOpen):
        records.answers_of(restored, user=office_user)


def test_retention_deletes_what_is_due_and_says_so_by_reference(office_user, capsys):
    old = _closed(office_user)
    client_, open_ = _closed(office_user, Outcome.BECAME_CLIENT), make_request()
    kept = _closed(office_user)
    notes_and_assignment.set_legal_hold(
        request_id=kept.pk, version=kept.version, on_hold=True, user=office_user, now=OPEN_MOMENT
    )
    held = make_request(held=True)
    due = erasure.due_for_deletion(now=YEARS_LATER)
    assert set(due) == {old, held}
    assert erasure.purge(now=YEARS_LATER) == 2
    assert set(ConsultationRequest.objects.values_list("pk", flat=True)) == {client_.pk, open_.pk, kept.pk}
    labels = set(ModelLogEntry.objects.filter(action="intake.purge").values_list("label", flat=True))
    assert labels == {old.reference, held.reference}
    assert RecordKey.objects.count() == 3


@pytest.mark.parametrize(
    ("days", "due"),
    [
        (29, []),
        (30, ["held"]),
        (364, ["held"]),
        (365, ["held", "withdrew"]),
        (730, ["held", "withdrew"]),
        (731, ["held", "withdrew", "became_client"]),
        (5000, ["held", "withdrew", "became_client"]),
    ],
)
def test_each_comes_due_a_moment_after_its_time_and_what_is_open_never(office_user, days, due):
    made = {outcome.value: _closed(office_user, outcome) for outcome in (Outcome.WITHDREW, Outcome.BECAME_CLIENT)}
    made |= {"held": make_request(held=True), "open": make_request()}
    moment = OPEN_MOMENT + timedelta(days=days)
    reached = set(due) - {{30: "held", 365: "withdrew", 731: "became_client"}.get(days)}
    for now, names in ((moment, reached), (moment + timedelta(seconds=1), due)):
        assert set(erasure.due_for_deletion(now=now)) == {made[name] for name in names}


def test_purge_is_dry_unless_told(office_user, capsys):
    request = make_request(held=True)
    ConsultationRequest.objects.update(received_at=OPEN_MOMENT - timedelta(days=900))
    call_command("purge_intake")
    assert request.reference in capsys.readouterr().out
    assert ConsultationRequest.objects.exists()
    call_command("purge_intake", delete=True)
    assert not ConsultationRequest.objects.exists()


def test_discarding_spares_what_was_released_meanwhile(office_user):
    held, released = make_request(held=True), make_request(held=True)
    quarantine.release(request_id=released.pk, version=1, user=office_user, now=OPEN_MOMENT)
    assert quarantine.discard(request_ids=[held.pk, released.pk], user=office_user, now=OPEN_MOMENT) == 1
    assert ConsultationRequest.objects.get() == released


def test_a_persons_export_and_erasure(office_user):
    mine = make_request(name="Ana Ruiz", email="ana@example.com", phone="+14805550001")
    also = make_request(name="Ana", email="ANA@example.com", phone="+14805550002")
    partner = make_request(name="Luis", email="luis@example.com", phone="+14805550001")
    make_request(name="Somebody else")
    notes_and_assignment.add_note(request_id=mine.pk, note="likes mornings", user=office_user, now=OPEN_MOMENT)
    (kept,) = erasure.export_person(request_id=mine.pk, user=office_user)
    assert kept.what == "3 consultation requests"
    assert "likes mornings" in str(kept.records)
    erased = erasure.erase_person(request_id=mine.pk, user=office_user, now=OPEN_MOMENT, not_theirs=[partner.reference])
    assert erased == 2
    left = set(ConsultationRequest.objects.values_list("pk", flat=True))
    assert partner.pk in left
    assert not {mine.pk, also.pk} & left


def test_erasure_stops_at_a_request_under_keep(office_user):
    request = make_request()
    kept = notes_and_assignment.set_legal_hold(
        request_id=request.pk, version=1, on_hold=True, user=office_user, now=OPEN_MOMENT
    )
    with pytest.raises(OnLegalHold) as caught:
        erasure.erase_person(request_id=kept.pk, user=office_user, now=OPEN_MOMENT)
    assert caught.value.references == [kept.reference]
    assert records.answers_of(kept)


def test_keys_rotate_while_the_site_runs_and_go_on_where_they_stopped(settings):
    requests = [make_request() for _ in range(5)]
    old = settings.INTAKE_KEYS
    settings.INTAKE_KEYS = [OTHER_KEY, *old]
    stops = iter([False, True])
    assert rotate(batch=2, stop=lambda: next(stops)).left == 3
    newest = make_request()
    done = rotate(batch=2)
    assert (done.wrapped_anew, done.left, done.unknown) == (3, 0, 0)
    settings.INTAKE_KEYS = [OTHER_KEY]
    assert all(records.answers_of(request).name == "Ana Ruiz" for request in [*requests, newest])


def test_rotation_without_the_old_key_says_so_and_harms_nothing(settings, office_user):
    request = make_request()
    old = settings.INTAKE_KEYS
    settings.INTAKE_KEYS = [OTHER_KEY]
    with pytest.raises(KeyMissing):
        records.open_request(reference=request.reference, user=office_user)
    with pytest.raises(CommandError, match="1 are wrapped by a key that is not in INTAKE_KEYS"):
        call_command("rotate_keys")
    settings.INTAKE_KEYS = old
    assert records.answers_of(request).name == "Ana Ruiz"


def test_blind_indexes_can_be_made_anew(settings, office_user, capsys):
    request = make_request(name="Ana Ruiz")
    settings.HASH_KEYS = ["a-newer-hash-key-for-tests-alone-0123456789-0123456789"]
    assert not records.find(text="Ruiz", user=office_user)
    call_command("rebuild_blind_indexes")
    assert "1 request(s)" in capsys.readouterr().out
    assert list(records.find(text="Ruiz", user=office_user)) == [request]


def test_one_that_cannot_be_opened_keeps_its_index_and_is_named(office_user, monkeypatch):
    monkeypatch.setattr("intake.services.blind_indexes.AT_ONCE", 1)
    lost, whole = make_request(name="Lena Lost"), make_request(name="Willa Whole")
    RecordKey.objects.get(record=lost.uid).delete()
    BlindIndex.objects.filter(request=whole).delete()
    with pytest.raises(CommandError, match=f"1 could not be opened: {lost.reference}"):
        call_command("rebuild_blind_indexes")
    assert [list(records.find(text=text, user=office_user)) for text in ("Lost", "Whole")] == [[lost], [whole]]
    assert ModelLogEntry.objects.filter(action="intake.decrypt_failed", label=lost.reference).exists()


def test_without_a_key_no_index_is_touched(settings):
    make_request()
    before = BlindIndex.objects.count()
    settings.INTAKE_KEYS = []
    with pytest.raises(CommandError):
        call_command("rebuild_blind_indexes")
    assert BlindIndex.objects.count() == before


def test_between_a_restore_and_the_rebuild_nothing_is_said_that_is_not_so(client, office_user, owner):
    about, other = make_request(phone="+14805550001"), make_request(phone="+14805550001")
    BlindIndex.objects.filter(request=other).delete()
    with pytest.raises(erasure.IndexIncomplete):
        erasure.export_person(request_id=about.pk, user=office_user)
    with pytest.raises(erasure.IndexIncomplete):
        erasure.erase_person(request_id=about.pk, user=office_user, now=OPEN_MOMENT)
    assert ConsultationRequest.objects.count() == RecordKey.objects.count() == 2
    client.force_login(owner)
    for address in ("person", "export_person", "erase_person"):
        url = reverse(f"consultations:{address}", args=[about.reference])
        page = client.get(url) if address == "person" else client.post(url)
        assert "manage.py rebuild_blind_indexes" in page.content.decode()
    call_command("rebuild_blind_indexes")
    (on_file,) = erasure.export_person(request_id=about.pk, user=office_user)
    assert {each["reference"] for each in on_file.records} == {about.reference, other.reference}


def test_the_request_in_hand_is_always_among_those_found(office_user):
    about = make_request(phone="+14805550001")
    BlindIndex.objects.all().delete()
    BlindIndex.objects.create(request=about, kind="name", token="of a key that is gone")
    (on_file,) = erasure.export_person(request_id=about.pk, user=office_user)
    assert [each["reference"] for each in on_file.records] == [about.reference]
    assert erasure.erase_person(request_id=about.pk, user=office_user, now=OPEN_MOMENT) == 1
    assert not ConsultationRequest.objects.exists()


def test_one_damaged_key_hides_no_other_request(office_user):
    damaged, whole = make_request(), make_request()
    RecordKey.objects.filter(record=damaged.uid).update(wrapped=b"damaged")
    assert list(records.answers_of_many([damaged, whole], user=office_user)) == [whole.pk]
    line = ModelLogEntry.objects.get(action="intake.decrypt_failed")
    assert (line.label, line.data) == (damaged.reference, {"error": "CannotOpen"})
