"""`manage.py restore`: everything is back, everything that was promised holds, and what can't be restored says why."""

import io
import os
import shutil
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from innerbalance.backups.services import RestoreRefused, archive, restoring
from innerbalance.images.models import PracticeImage
from innerbalance.journal.models import Cause, SiteEpoch
from innerbalance.journal.services import gate
from innerbalance.security.models import RecordKey
from intake.models import ConsultationRequest, OutgoingEmail
from intake.rules.questions import Answers
from intake.services import corrections, erasure, notes_and_assignment, records
from newsletter.models import Subscriber
from newsletter.services import subscriptions
from tests.backups.helpers import backup, bring_back, lose_the_database, new_identity
from tests.factories import make_image
from tests.intake.factories import answers, make_request
from tests.newsletter.factories import make_subscriber
from tests.newsletter.senders import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def counts() -> dict[str, int]:
    with connection.cursor() as cursor:
        found = {}
        for name in ("auth_user", "wagtailcore_page", "images_practiceimage", "intake_event", "auth_permission"):
            cursor.execute(f"SELECT COUNT(*) FROM {name}")
            found[name] = cursor.fetchone()[0]
    return found


def test_everything_is_back_and_can_be_read(identity, blog, settings):
    User.objects.create_user("owner", password="a long password")
    request = make_request(name="Ana Ruiz", note="Zoë wrote “this” \U0001f33f")
    image = make_image()
    content, before = image.file.read(), counts()
    archives = backup()
    shutil.rmtree(settings.MEDIA_ROOT)
    restored = bring_back(archives, identity)
    assert counts() == before
    assert PracticeImage.objects.get().file.read() == content
    found = ConsultationRequest.objects.get()
    assert records.answers_of(found).note == "Zoë wrote “this” \U0001f33f"
    assert list(records.find(text="Ana Ruiz", user=None)) == [request]
    assert User.objects.get().check_password("a long password")
    assert restored.problems == []
    assert make_request().pk > request.pk + 1_000


def test_what_was_promised_about_requests_holds(identity):
    erased, corrected, held = make_request(), make_request(), make_request()
    OutgoingEmail.objects.create(
        kind=OutgoingEmail.Kind.AUTO_REPLY, request=held, made_at=timezone.now(), due_at=timezone.now()
    )
    archives = backup()
    now = timezone.now()
    erasure.erase_person(request_id=erased.pk, user=None, now=now)
    told = records.answers_of(corrected).to_json() | {"email_safe": "no"}
    corrections.correct(
        request_id=corrected.pk, version=corrected.version, answers=Answers.from_json(told), user=None, now=now
    )
    notes_and_assignment.set_legal_hold(request_id=held.pk, version=held.version, on_hold=True, user=None, now=now)
    bring_back(archives, identity)
    assert set(ConsultationRequest.objects.values_list("reference", flat=True)) == {corrected.reference, held.reference}
    assert not RecordKey.objects.filter(record=erased.uid).exists()
    assert records.answers_of(ConsultationRequest.objects.get(pk=corrected.pk)).email_safe == "no"
    assert ConsultationRequest.objects.get(pk=held.pk).on_hold
    assert set(OutgoingEmail.objects.values_list("state", flat=True)) == {OutgoingEmail.State.UNCERTAIN}


def test_an_erasure_that_was_rolled_back_erases_nothing(identity, monkeypatch):
    request = make_request()
    archives = backup()
    monkeypatch.setattr(erasure, "destroy_keys", lambda records: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        erasure.erase_person(request_id=request.pk, user=None, now=timezone.now())
    monkeypatch.undo()
    bring_back(archives, identity)
    assert ConsultationRequest.objects.get().reference == request.reference


def test_a_backup_taken_after_a_restore_restores_too(identity):
    first, second = make_subscriber(), make_subscriber()
    archives = backup()
    subscriptions.unsubscribe(public_id=first.public_id, campaign_id=None, now=timezone.now())
    bring_back(archives, identity)
    archives = backup(now=timezone.now() + timedelta(seconds=1))
    subscriptions.unsubscribe(public_id=second.public_id, campaign_id=None, now=timezone.now())
    bring_back(archives, identity)
    assert not Subscriber.objects.exclude(state="unsubscribed").exists()
    assert SiteEpoch.load().report["applied"] == {"newsletter.left": 1}


def test_without_the_journal_it_says_what_that_means(identity, settings):
    make_subscriber()
    archives = backup()
    shutil.rmtree(settings.JOURNAL_DIR, ignore_errors=True)
    restored = bring_back(archives, identity)
    assert restored.epoch.cause == Cause.MISSING
    assert gate.email_is_paused()
    out = io.StringIO()
    call_command("resume_mail", stdout=out)
    assert "Without the journal nobody knows who left" in out.getvalue()
    assert gate.email_is_paused()
    call_command("resume_mail", "--yes", stdout=out)
    assert not gate.email_is_paused()


def test_without_the_keys_the_requests_stay_closed_and_it_says_so(identity):
    make_request()
    site, _ = backup()
    restored = bring_back((site, None), identity)
    assert any("nobody can read" in problem for problem in restored.problems)
    assert ConsultationRequest.objects.exists()


# --- What can't be restored. Nothing is changed by it.


def truncated(path: Path) -> None:
    os.truncate(path, path.stat().st_size - 100)


def cut_in_the_header(path: Path) -> None:
    os.truncate(path, 60)


def altered(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def something_else(path: Path) -> None:
    path.write_bytes(b"PK\x03\x04" + os.urandom(5_000))


def empty(path: Path) -> None:
    path.write_bytes(b"")


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (truncated, "damaged"),
        (cut_in_the_header, "beginning is damaged"),
        (altered, "damaged"),
        (something_else, "no archive"),
        (empty, "no archive"),
    ],
)
def test_a_damaged_archive_is_refused_and_nothing_changes(identity, settings, tmp_path, damage, words):
    make_request()
    make_image()
    archives = backup()
    damage(archives[0])
    settings.MEDIA_ROOT = str(tmp_path / "media")
    with pytest.raises(RestoreRefused, match=words):
        bring_back(archives, identity)
    assert not ConsultationRequest.objects.exists()
    assert not Path(settings.MEDIA_ROOT).exists()
    assert not gate.email_is_paused()


def test_another_key_is_refused(identity):
    archives = backup()
    with pytest.raises(RestoreRefused, match="This key does not open the archive"):
        bring_back(archives, new_identity())


def test_a_file_without_a_key_is_refused():
    with pytest.raises(RestoreRefused, match="no secret age key"):
        archive.read_identity("# created by age\nage1publicpart\n")


def test_the_archive_of_another_site_is_refused(identity, settings):
    archives = backup()
    settings.HASH_KEYS = ["the-hash-key-of-another-practice-0123456789-0123456789"]
    with pytest.raises(RestoreRefused, match="made by another site"):
        bring_back(archives, identity)


def test_an_archive_of_another_program_is_refused(identity, settings, tmp_path):
    import pyrage

    (tmp_path / "plain").write_bytes(b"holiday pictures" * 1_000)
    foreign = tmp_path / "site-20260101T000000Z.tar.gz.age"
    public = pyrage.x25519.Recipient.from_str(settings.BACKUP_RECIPIENT)
    pyrage.encrypt_file(str(tmp_path / "plain"), str(foreign), [public])
    with pytest.raises(RestoreRefused, match="no backup of this software"):
        bring_back((foreign, None), identity)


def test_the_archives_can_not_be_mistaken_for_each_other(identity):
    site, keys = backup()
    with pytest.raises(RestoreRefused, match="holds “keys”"):
        bring_back((keys, None), identity)
    with pytest.raises(RestoreRefused, match="holds “site”"):
        bring_back((site, site), identity)


def test_a_database_with_a_site_in_it_is_left_alone(identity):
    User.objects.create_user("owner")
    archives = backup()
    with pytest.raises(RestoreRefused, match="not empty"):
        restoring.restore(site=archives[0], keys=archives[1], identity=identity, now=timezone.now())
    assert User.objects.exists()


def test_a_newer_version_s_backup_is_refused(identity, monkeypatch):
    real = restoring.archive.verify

    def verify(*args, **kwargs):
        manifest = real(*args, **kwargs)
        manifest["migrations"]["intake"].append("9999_from_the_future")
        return manifest

    archives = backup()
    monkeypatch.setattr(restoring.archive, "verify", verify)
    with pytest.raises(RestoreRefused, match="newer than this one"):
        bring_back(archives, identity)


def test_a_process_killed_in_the_middle_leaves_an_empty_database(identity, tmp_path):
    make_request()
    archives = backup()
    lose_the_database()
    (tmp_path / "key").write_text(identity)
    code = (
        "import os, signal, sys, django; django.setup()\n"
        "from django.core.management import call_command\n"
        "from innerbalance.backups.services import loading\n"
        "loading.check = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
        "call_command('restore', sys.argv[1], '--identity', sys.argv[2])\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": database_url()}
    done = subprocess.run(
        [sys.executable, "-c", code, str(archives[0]), str(tmp_path / "key")], env=env, stdout=subprocess.DEVNULL
    )
    assert done.returncode == -signal.SIGKILL
    assert not ConsultationRequest.objects.exists()
    out = io.StringIO()
    call_command("restore", str(archives[0]), "--identity", str(tmp_path / "key"), stdout=out)
    assert ConsultationRequest.objects.exists()
    assert "Email is paused" in out.getvalue()


def test_a_process_killed_before_the_journal_was_applied_leaves_email_paused(identity, monkeypatch):
    reader = make_subscriber()
    archives = backup()
    subscriptions.unsubscribe(public_id=reader.public_id, campaign_id=None, now=timezone.now())
    monkeypatch.setattr(restoring.recovery, "recover", lambda now: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        bring_back(archives, identity)
    monkeypatch.undo()
    assert gate.email_is_paused()
    call_command("housekeeping", stdout=io.StringIO())
    reader.refresh_from_db()
    assert reader.state == "unsubscribed"
    assert gate.email_is_paused()


def test_the_command_finds_the_keys_beside_the_archive(identity, tmp_path):
    (tmp_path / "key").write_text(identity)
    site, keys = backup()
    keys.unlink()
    with pytest.raises(CommandError, match="no archive of keys"):
        call_command("restore", str(site), "--identity", str(tmp_path / "key"))
    with pytest.raises(CommandError, match="There is no file"):
        call_command("restore", str(site) + "x", "--identity", str(tmp_path / "key"), "--without-keys")


def test_answers_are_those_of_the_factory():
    """What the tests above rely on: this person may be written to."""
    assert answers().email_safe == "yes"
