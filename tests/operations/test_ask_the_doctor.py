"""`manage.py doctor` on installations that are broken in one place: it names each fault in words, and ends with 1."""

import socket
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.newsletter.mail_server import Server
from tests.operations.installation import Installation, production_environment
from tests.operations.name_server import NameServer

RECORDS = {
    "practice.test": ["v=spf1 a mx -all"],
    "mail._domainkey.practice.test": ["v=DKIM1; k=rsa; p=MIIB"],
    "_dmarc.practice.test": ["v=DMARC1; p=none"],
}


@pytest.fixture(scope="module")
def ground(template):
    with Server() as mail, NameServer(dict(RECORDS)) as names:
        yield template, mail, names


@pytest.fixture
def site(ground, tmp_path):
    folder, mail, names = ground
    env = production_environment(tmp_path / "var", mail_port=mail.port, name_server_port=names.port)
    mail.handler.mode = "ok"
    names.texts.clear()
    names.texts |= RECORDS
    return Installation(folder / "var", tmp_path / "var", env | {"STATIC_ROOT": str(folder / "static")})


def test_a_good_one(site, ground):
    began = time.monotonic()
    code, said = site.doctor()
    assert code == 0, said
    assert "FAULT" not in said
    assert "accepts emails from us. Nothing was sent." in said
    assert all(f"practice.test has a{what}" in said for what in ("n SPF", " DKIM", " DMARC"))
    assert ground[1].handler.received == []
    assert time.monotonic() - began < 20
    for secret in ("SECRET_KEY", "HASH_KEYS", "INTAKE_KEYS"):
        assert site.env[secret] not in said


def set_to(**values):
    def breaking(site):
        site.env |= values

    return breaking


def taken(name):
    def breaking(site):
        del site.env[name]

    return breaking


def sql(statement, *values):
    return lambda site: site.sql(statement, *values)


def backup_run(*, days_ago: int, succeeded: bool, error: str = ""):
    def breaking(site):
        moment = (datetime.now(UTC) - timedelta(days=days_ago)).strftime("%Y-%m-%d %H:%M:%S.%f")
        site.sql(
            "INSERT INTO backups_backuprun (started_at, finished_at, succeeded, name, place, size, error)"
            " VALUES (?, ?, ?, 'one', 'a folder', 1, ?)",
            *(moment, moment, succeeded, error),
        )

    return breaking


def closed_port(site):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site.env["MAIL_URL"] = f"smtp://127.0.0.1:{probe.getsockname()[1]}"


def silent_server(site):
    """Takes the connection and says nothing; left open until the process ends."""
    silent_server.listener = socket.create_server(("127.0.0.1", 0))
    site.env["MAIL_URL"] = f"smtp://127.0.0.1:{silent_server.listener.getsockname()[1]}"


def unreadable_kept(site):
    (site.var / "kept").rmdir()


def file_forwarded(site):
    site.env["TRUSTED_PROXIES"] = "0"
    (site.var / "unknown-proxy").touch()


FAULTS = {
    "development settings": (
        set_to(DJANGO_SETTINGS_MODULE="innerbalance.settings.dev"),
        "The settings in use are innerbalance.settings.dev",
    ),
    "no secret": (taken("SECRET_KEY"), "SECRET_KEY is missing"),
    "a short secret": (set_to(SECRET_KEY="short"), "SECRET_KEY is too short (5 characters"),
    "an example's secret": (
        set_to(HASH_KEYS="change-me-to-something-that-is-long-and-random-0123456789"),
        "HASH_KEYS, key 1, looks like an example's value",
    ),
    "no encryption key": (taken("INTAKE_KEYS"), "INTAKE_KEYS is missing"),
    "a broken encryption key": (set_to(INTAKE_KEYS="YWJj"), "INTAKE_KEYS, key 1, has 3 bytes instead of 32"),
    "a short token": (set_to(METRICS_TOKEN="token"), "METRICS_TOKEN is too short (5 characters)"),
    "another host": (
        set_to(BASE_URL="https://www.elsewhere.test"),
        "BASE_URL names www.elsewhere.test, which ALLOWED_HOSTS leaves out",
    ),
    "no https": (
        set_to(BASE_URL="http://www.practice.test", ALLOWED_HOSTS="www.practice.test"),
        "BASE_URL is http://www.practice.test, without https",
    ),
    "another site record": (
        sql("UPDATE wagtailcore_site SET hostname = 'localhost', port = 80"),
        "The site record says localhost:80, BASE_URL says localhost:1",
    ),
    "proxies nobody counts": (file_forwarded, "TRUSTED_PROXIES is 0: all readers share one limit"),
    "nothing backed up": (taken("BACKUP_RECIPIENT"), "No backups are set up"),
    "a backup that failed": (
        backup_run(days_ago=0, succeeded=False, error="No space left on device"),
        "The last backup failed: No space left on device",
    ),
    "no backup for days": (backup_run(days_ago=4, succeeded=True), "No backup was made for two nights"),
    "no mail server": (closed_port, "can't be reached (ConnectionRefusedError)"),
    "a silent mail server": (silent_server, "does not answer. Is MAIL_URL right"),
    "mail into files": (set_to(MAIL_FOLDER="/tmp/mail"), "Emails reach nobody"),
    "mail from an example": (
        set_to(DEFAULT_FROM_EMAIL="office@localhost"),
        "Emails come from office@localhost, which nobody can answer",
    ),
    "a disk without room": (set_to(DISK_LOW_MEGABYTES="1000000000"), "and 1000000000 are needed: make room"),
    "no folder for pictures": (lambda site: (site.var / "media").rmdir(), "media is missing: make it"),
    "a folder for everybody": (lambda site: (site.var / "media").chmod(0o777), "may write in"),
    "no folder for pages": (unreadable_kept, "The folder of kept pages"),
    "housekeeping that never ran": (sql("DELETE FROM housekeeping_housekeepingrun"), "Housekeeping has never run"),
    "housekeeping that stopped": (
        sql("UPDATE housekeeping_housekeepingrun SET started_at = '2026-01-01 12:00:00'"),
        "Housekeeping last ran on Thursday, January 1",
    ),
    "a job that failed": (
        sql("UPDATE housekeeping_housekeepingrun SET failed = 1, outcome = 'failed with ValueError; see the log'"),
        "The job “publish-scheduled” failed: failed with ValueError",
    ),
    "a clock that went back": (
        sql("UPDATE housekeeping_housekeepingrun SET started_at = '2099-01-01 12:00:00'"),
        "the clock was ahead, or went back",
    ),
    "tables of another version": (
        sql("DELETE FROM django_migrations WHERE app = 'operations'"),
        "1 change to the tables is not made yet: run manage.py migrate",
    ),
    "a lost key": (
        sql(
            "INSERT INTO security_recordkey (record, key_name, wrapped) VALUES (?, 'gone', x'00')",
            "00000000000000000000000000000001",
        ),
        "1 consultation request can't be read: its key is missing from INTAKE_KEYS",
    ),
    "static files nobody collected": (set_to(STATIC_ROOT="/nonexistent"), "The static files are not collected"),
    "no database": (
        set_to(DATABASE_URL="postgres://nobody@127.0.0.1:1/none"),
        "The database does not answer (OperationalError)",
    ),
    "no cache": (set_to(CACHE_URL="redis://127.0.0.1:1/0"), "The cache forgets what it is given"),
    "nobody to tell": (sql("UPDATE auth_user SET email = ''"), "No owner has an email address"),
}


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_one(site, name):
    breaking, words = FAULTS[name]
    breaking(site)
    code, said = site.doctor("--faults")
    assert code == 1, said
    (line,) = [line for line in said.splitlines() if words in line]
    assert line.split()[0] == "FAULT", line
    assert "Traceback" not in said
    assert ":1/none" not in said


def test_a_database_that_everybody_reads(site, tmp_path):
    for folder in (site.var, *site.var.parents):
        if folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o001)
    site.database.chmod(0o644)
    code, said = site.doctor()
    assert code == 1
    assert f"Everybody on this machine may read {site.database}" in said


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        ("421 at MAIL", "refuses office@practice.test as the sender (421)"),
        ("refuse", "refuses to deliver to office@practice.test (550)"),
        ("drop at RCPT", "broke off the conversation"),
    ],
)
def test_a_mail_server_that_says_no(site, ground, mode, words):
    ground[1].handler.mode = mode
    code, said = site.doctor("--faults")
    assert code == 1
    assert words in said
    assert ground[1].handler.received == []


def test_a_mail_server_without_the_encryption_that_is_asked_for(site):
    site.env["MAIL_URL"] = site.env["MAIL_URL"].replace("smtp://", "smtp+starttls://")
    code, said = site.doctor()
    assert code == 1
    assert "offers no encryption (STARTTLS)" in said


def test_a_wrong_password(site):
    """The server has never heard of passwords; one that has is in tests/operations/test_mail_server.py."""
    site.env["MAIL_URL"] = site.env["MAIL_URL"].replace("smtp://", "smtp://office:secret-word@")
    code, said = site.doctor()
    assert code == 1
    assert "takes no password here" in said
    assert "secret-word" not in said


def test_a_domain_without_records(site, ground):
    ground[2].texts.clear()
    code, said = site.doctor()
    assert code == 0
    for what in ("no SPF record", "no DKIM key", "no DMARC record"):
        assert any(line.strip().startswith("warning") and what in line for line in said.splitlines()), said


def test_two_spf_records(site, ground):
    ground[2].texts["practice.test"] = ["v=spf1 a -all", "v=spf1 mx -all"]
    code, said = site.doctor()
    assert code == 1
    assert "two SPF records" in said


def test_no_resolver(site):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as silent:
        silent.bind(("127.0.0.1", 0))
        site.env["NAME_SERVER_PORT"] = str(silent.getsockname()[1])
        code, said = site.doctor()
    assert code == 0
    assert "SPF, DKIM and DMARC were not checked: no resolver answers." in said


def test_it_changes_nothing(site):
    before = site.database.read_bytes()
    assert site.doctor()[0] == 0
    assert site.database.read_bytes() == before
