"""bin/install-server, below a folder: what it makes, who may read it, and that a second run changes nothing."""

import re
import stat

import pytest
from aiosmtpd.controller import Controller

from .server import HOST, Server, copy_of_the_code, free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"))
    yield running
    running.systemd.close()


@pytest.fixture(scope="module")
def code(server):
    return copy_of_the_code(server.folder / "code")


@pytest.fixture(scope="module")
def installed(server, code):
    done = server.install(code, "--host", HOST, "--owner", "dana@example.org")
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


class Inbox:
    def __init__(self) -> None:
        self.messages: list[str] = []

    async def handle_DATA(self, server, session, envelope):
        self.messages.append(envelope.content.decode().replace("=\r\n", ""))
        return "250 taken"


def mode(path) -> str:
    return oct(stat.S_IMODE(path.stat().st_mode))


def state(folder) -> dict:
    """Every file of the installation with its content's size and time; the data changes by itself."""
    own = [folder / "srv", folder / "etc"]
    return {
        path: (path.lstat().st_mtime_ns, path.lstat().st_size)
        for top in own
        for path in top.rglob("*")
        if path.is_file()
    }


def test_the_site_answers(server, installed):
    assert server.get("/healthz") == (200, "ok\n")
    status, page = server.get("/")
    assert status == 200
    assert f'<link rel="canonical" href="https://{HOST}/">' in page


def test_secrets_are_made_and_are_for_the_site_alone(server, installed):
    env = server.root / "etc/innerbalance/env"
    assert mode(env) == "0o600"
    text = env.read_text(encoding="utf-8")
    for name in ("SECRET_KEY", "HASH_KEYS", "INTAKE_KEYS"):
        (value,) = re.findall(rf"^{name}=(\S{{40,}})$", text, re.M)
        assert value not in installed


def test_the_database_and_backups_are_for_the_site_alone(server, installed):
    assert [mode(server.data / name) for name in ("database", "backups", "media/documents")] == ["0o700"] * 3
    assert (server.data / "database/innerbalance.sqlite3").exists()


def test_it_says_what_is_left(server, installed):
    assert "DNS" in installed
    assert f"certbot certonly --webroot --webroot-path /var/www/html --domain {HOST}" in installed
    link = re.search(rf"https://{HOST}(/admin/\S+)", installed)[1]
    assert server.get(link)[0] in {200, 302}


def test_a_command_without_anything_said_has_the_servers_settings(server, installed):
    done = server.manage("shell", "-c", "from django.conf import settings; print(settings.SETTINGS_MODULE)")
    assert done.stdout.strip().splitlines()[-1] == "innerbalance.settings.production"
    assert server.manage("check", "--deploy", "--fail-level", "WARNING").returncode == 0


def test_a_second_run_changes_nothing(server, code, installed):
    before, workers = state(server.root), dict(server.systemd.processes)
    done = server.install(code)
    assert "Nothing had to be changed." in done.stdout, done.stdout + done.stderr
    assert state(server.root) == before
    assert server.systemd.processes == workers


def test_another_answer_changes_that_alone(server, code, installed):
    env = server.root / "etc/innerbalance/env"
    before = env.read_text(encoding="utf-8").splitlines()
    done = server.install(code, "--from-email", "hello@example.org")
    changed = [line for line in env.read_text(encoding="utf-8").splitlines() if line not in before]
    assert changed == ["DEFAULT_FROM_EMAIL=hello@example.org"], done.stdout + done.stderr


def test_other_code_is_left_to_the_upgrade(server, code, installed):
    (code / "README.md").write_text("another version", encoding="utf-8")
    done = server.install(code)
    assert done.returncode == 1
    assert "bin/upgrade" in done.stderr


def test_a_name_that_is_none_is_refused(server, code):
    done = server.install(code, "--host", "https://www.example.org/")
    assert done.returncode == 1
    assert "small letters" in done.stderr


def test_an_email_goes_to_the_mail_server_and_not_into_a_file(server, installed):
    """A command that was typed, or stands in a cron line, with nothing said about settings."""
    env = server.root / "etc/innerbalance/env"
    inbox = Inbox()
    port = free_port()
    controller = Controller(inbox, hostname="127.0.0.1", port=port)
    controller.start()
    before = env.read_text(encoding="utf-8")
    try:
        env.write_text(before.replace("MAIL_PORT=25", f"MAIL_PORT={port}"), encoding="utf-8")
        done = server.manage("invite_owner", "second@example.org", "--send")
    finally:
        controller.stop()
        env.write_text(before, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    (message,) = inbox.messages
    assert f"https://{HOST}/admin/password_reset/" in message
    assert not list(server.data.rglob("mail"))


def test_a_command_of_an_unnamed_server_does_nothing(server, installed):
    release = server.base / "current"
    link = (release / ".env").readlink()
    (release / ".env").unlink()
    try:
        (release / ".env").write_text("SECRET_KEY=x\n", encoding="utf-8")
        done = server.manage("housekeeping")
    finally:
        (release / ".env").unlink()
        (release / ".env").symlink_to(link)
    assert done.returncode == 1
    assert "DJANGO_SETTINGS_MODULE=innerbalance.settings.production" in done.stderr
    assert "Traceback" not in done.stderr
