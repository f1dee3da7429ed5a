"""The real server over a real wire, with an SQLite file of its own that is full, or away, for the POST."""

import http.client
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from innerbalance.security.public_forms import FormStamp
from newsletter.templatetags.newsletter_tags import PURPOSE

ADDRESS = "/request-a-consultation/"
FORM = {
    "name": "Ana Ruiz",
    "phone": "480 555 0134",
    "voicemail_safe": "no",
    "text_safe": "yes",
    "practice_named": "no",
    "who_for": "me",
    "note": "I would like to talk to someone.",
}


def _environment(file, **more) -> dict:
    own = {"DJANGO_SETTINGS_MODULE": "tests.intake.full_disk", "DATABASE_URL": f"sqlite:///{file}"}
    return {**os.environ, **own, **more}


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """An SQLite file as migrations leave it, with no room inside: made once, copied by each test."""
    file = tmp_path_factory.mktemp("site") / "site.sqlite3"
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, env=_environment(file), check=True, timeout=300)
    with sqlite3.connect(file) as database:
        database.execute("PRAGMA journal_mode=DELETE")
    database.execute("VACUUM")
    database.close()
    return file


@pytest.fixture
def database(migrated, tmp_path):
    return shutil.copy(migrated, tmp_path / "site.sqlite3")


@pytest.fixture
def serve():
    """A function that starts a server and returns its port."""
    servers = []

    def start(**environment) -> int:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            port = one.getsockname()[1]
        environment |= {"BIND": f"127.0.0.1:{port}", "WEB_WORKERS": "1"}
        servers.append(subprocess.Popen([sys.executable, "deploy/web.py"], env=environment))
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            try:
                if ask(port, "GET", "/healthz")[0] == 200:
                    return port
            except OSError:
                time.sleep(0.05)
        raise AssertionError("The server did not start.")

    yield start
    for server in servers:
        server.terminate()
        server.wait(timeout=20)


def ask(port: int, method: str, address: str = ADDRESS, fields: dict | None = None) -> tuple[int, str]:
    """(status, page)"""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Sec-Fetch-Site": "same-origin"}
    connection.request(method, address, urlencode(fields or {}), headers)
    response = connection.getresponse()
    page = response.read().decode()
    connection.close()
    return response.status, page


def assert_nothing_is_lost(page: str, **written) -> None:
    assert "Nothing was sent." in page
    assert "(480) 555-0100" in page
    for text in {**FORM, **written}.values():
        assert text in page
    assert len(re.findall("checked", page)) == 4


def kept(file) -> int:
    with sqlite3.connect(file) as database:
        (number,) = database.execute("SELECT count(*) FROM intake_consultationrequest").fetchone()
    database.close()
    return number


def test_a_full_disk_keeps_a_request_whole_or_gives_it_back(database, serve):
    with sqlite3.connect(database) as opened:
        (pages,) = opened.execute("PRAGMA page_count").fetchone()
    opened.close()
    port = serve(**_environment(database, DATABASE_MAX_PAGES=str(pages + 8)))
    assert ask(port, "GET")[0] == 200
    taken = 0
    for number in range(200):
        note = f"number {number}: " + "words " * 150
        status, page = ask(port, "POST", fields={**FORM, "note": note.strip()})
        if status != 303:
            break
        taken += 1
    assert (status, taken > 0) == (503, True)
    assert_nothing_is_lost(page, note=note.strip())
    assert "full" not in page
    assert kept(database) == taken
    assert ask(port, "GET")[0] in (200, 503)


def test_a_database_that_went_away_gives_it_back_and_takes_it_later(database, serve):
    port = serve(**_environment(database))
    assert ask(port, "GET")[0] == 200
    away = database.with_name("away.sqlite3")
    database.rename(away)
    database.mkdir()
    status, page = ask(port, "POST", fields=FORM)
    assert status == 503
    assert_nothing_is_lost(page)
    status, page = ask(port, "GET")
    assert status == 503
    assert "(480) 555-0100" in page
    database.rmdir()
    away.rename(database)
    assert ask(port, "POST", fields=FORM)[0] == 303
    assert kept(database) == 1


def test_the_other_pages_and_the_sign_up_say_so_too(database, serve):
    """With the phone number, and with the address that was typed; the article comes back by itself."""
    port = serve(**_environment(database))
    assert ask(port, "GET", "/")[0] == 200
    away = database.with_name("away.sqlite3")
    database.rename(away)
    database.mkdir()
    for address in ("/", "/no-such-page/", "/search/?q=sleep", "/newsletter/sign-up/"):
        status, page = ask(port, "GET", address)
        assert status == 503, address
        assert "(480) 555-0100" in page, address
    status, page = ask(port, "POST", "/newsletter/sign-up/", {"address": "ana@example.org", "made": stamp()})
    assert status == 503
    assert "(480) 555-0100" in page
    assert 'value="ana@example.org"' in page
    database.rmdir()
    away.rename(database)
    assert ask(port, "GET", "/")[0] == 200


def stamp() -> str:
    return FormStamp.issue(PURPOSE, timezone.now())
