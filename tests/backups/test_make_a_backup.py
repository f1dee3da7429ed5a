"""`manage.py backup`: what is in it, what is not, and what it says when it can't be made."""

import io
import os
import resource
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from innerbalance.backups.models import BackupRun
from innerbalance.backups.services import BackupFailed, archive, making, names
from innerbalance.backups.services.status import last_backup
from innerbalance.housekeeping import services as housekeeping
from innerbalance.security.models import RecordKey
from tests.backups.helpers import backup
from tests.factories import make_image
from tests.intake.factories import make_request
from tests.newsletter.senders import database_url

pytestmark = pytest.mark.django_db(transaction=True)


def read(path: Path, identity: str) -> dict[str, bytes]:
    return dict(archive.members(path, archive.read_identity(identity)))


def finished(folder: str) -> list[str]:
    return sorted(path.name for path in Path(folder).iterdir() if path.name != ".lock")


def test_without_a_key_it_says_how_to_make_one(settings):
    settings.BACKUP_RECIPIENT = ""
    with pytest.raises(CommandError, match="backup_key"):
        call_command("backup")
    out = io.StringIO()
    call_command("backup_key", stdout=out)
    public = next(word for word in out.getvalue().split() if word.startswith("BACKUP_RECIPIENT="))
    settings.BACKUP_RECIPIENT = public.partition("=")[2]
    call_command("backup", stdout=io.StringIO())
    with pytest.raises(CommandError, match="set already"):
        call_command("backup_key")


def test_the_keys_of_requests_lie_apart_and_secrets_are_nowhere(identity, settings):
    make_request(name="Ana Ruiz")
    make_image()
    site, keys = backup()
    in_site, in_keys = read(site, identity), read(keys, identity)
    assert not [name for name in in_site if "recordkey" in name or "blindindex" in name or "session" in name]
    assert [name for name in in_keys if name.startswith("tables/")] == ["tables/security_recordkey/000000.jsonl"]
    assert RecordKey.objects.get().record.hex in in_keys["tables/security_recordkey/000000.jsonl"].decode()
    assert [name for name in in_site if name.startswith("media/")]
    everything = b"".join([*in_site.values(), *in_keys.values()])
    for secret in (settings.SECRET_KEY, *settings.HASH_KEYS, *settings.INTAKE_KEYS, "Ana Ruiz"):
        assert secret.encode() not in everything
    assert b"Ana Ruiz" not in site.read_bytes()
    assert oct(site.stat().st_mode & 0o777) == "0o600"


def test_the_manifest_names_versions_counts_and_checksums(identity):
    make_request()
    site, _ = backup()
    manifest = archive.verify(site, archive.read_identity(identity), kind="site")
    assert manifest["version"] == making.version()
    assert manifest["rows"]["intake_consultationrequest"] == 1
    assert "0001_promises_and_epoch" in manifest["migrations"]["journal"]
    assert set(manifest["parts"]) == read(site, identity).keys() - {archive.MANIFEST}


def test_old_ones_go_and_only_the_newest_keys_stay(identity, settings):
    now = timezone.now()
    for days in (40, 12, 11, 2, 1, 0):
        made = making.make(now=now - timedelta(days=days))
    left = finished(settings.BACKUP_DIR)
    assert [name for name in left if name.startswith("keys")] == [made.keys_name]
    assert made.name in left
    assert len([name for name in left if name.startswith("site")]) >= 5


def test_a_full_disk_leaves_nothing_half_done(identity, settings, monkeypatch):
    """The kernel's own limit on a file's size, as a disk that fills up while it is written."""
    make_image()
    real = making._write

    def write(*args, **kwargs):
        _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, hard))
        try:
            return real(*args, **kwargs)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))

    monkeypatch.setattr(making, "_write", write)
    with pytest.raises(CommandError, match="The disk is full"):
        call_command("backup")
    assert finished(settings.BACKUP_DIR) == []
    assert "The disk is full" in last_backup().error


def test_a_disk_with_too_little_room_is_not_begun_with(identity, settings, monkeypatch):
    monkeypatch.setattr(making, "free_bytes", lambda: 1_000)
    with pytest.raises(BackupFailed, match="too little room"):
        backup()
    assert finished(settings.BACKUP_DIR) == []


def test_a_process_killed_in_the_middle_leaves_no_backup_and_hinders_no_next_one(identity, settings):
    code = (
        "import os, signal, django; django.setup()\n"
        "from django.utils import timezone\n"
        "from innerbalance.backups.services import media, runs\n"
        "media.names = lambda: os.kill(os.getpid(), signal.SIGKILL)\n"
        "runs.run(now=timezone.now())\n"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "innerbalance.settings.test", "DATABASE_URL": database_url()}
    env["BACKUP_RECIPIENT"] = settings.BACKUP_RECIPIENT
    assert subprocess.run([sys.executable, "-c", code], env=env).returncode == -signal.SIGKILL
    assert all(name.startswith(".unfinished-") for name in finished(settings.BACKUP_DIR))
    assert last_backup().made_at is None
    call_command("backup", stdout=io.StringIO())
    assert len(finished(settings.BACKUP_DIR)) == 2


def test_two_at_once_are_one(identity):
    with making._alone(), pytest.raises(BackupFailed, match="Another backup"):
        backup()


def test_it_is_of_one_moment_while_the_site_goes_on_writing(identity, monkeypatch):
    """A request and its key arrive while the tables are read: both or neither are in it."""
    make_request()
    real = making._write

    def write(*args, **kwargs):
        made = real(*args, **kwargs)
        make_request()
        return made

    monkeypatch.setattr(making, "_write", write)
    site, keys = backup()
    requests = read(site, identity)["tables/intake_consultationrequest/000000.jsonl"].splitlines()
    assert len(requests) == len(read(keys, identity)["tables/security_recordkey/000000.jsonl"].splitlines()) == 1


class TestHousekeeping:
    def job(self, now):
        job = next(job for job in housekeeping.registered_jobs() if job.name == "backups.make")
        return housekeeping.run_one(job, now=now)

    def test_the_night_s_backup_is_made_once(self, identity, settings):
        now = timezone.now()
        assert "made in" in self.job(now).outcome
        assert self.job(now + timedelta(minutes=1)).outcome == ""
        found = last_backup(now=now)
        assert (found.made_at, found.error, found.old) == (now, "", False)
        folder = Path(settings.BACKUP_DIR)
        assert found.size == sum((folder / name).stat().st_size for name in finished(settings.BACKUP_DIR))
        assert found.next_at > now
        assert "made in" in self.job(now + timedelta(days=1, minutes=1)).outcome

    def test_a_failure_stays_visible_until_one_succeeds(self, identity, monkeypatch):
        now = timezone.now()
        monkeypatch.setattr(making, "free_bytes", lambda: 1_000)
        assert self.job(now).failed
        again = self.job(now + timedelta(minutes=1))
        assert again.failed
        assert "too little room" in again.outcome
        assert BackupRun.objects.count() == 1
        monkeypatch.undo()
        assert not self.job(now + timedelta(hours=1, minutes=1)).failed

    def test_without_a_key_it_is_no_failure_but_the_admin_says_so(self, settings):
        settings.BACKUP_RECIPIENT = ""
        assert not self.job(timezone.now()).failed
        assert not last_backup().configured


def test_names_carry_the_moment():
    now = timezone.now().replace(microsecond=0)
    assert names.moment(names.site(now), names.SITE) == now
    assert names.moment(names.site(now), names.KEYS) is None
    assert names.moment("site-photo.jpg", names.SITE) is None
