"""`manage.py move_to_postgresql` loses nothing: every row of every table is there, equal, and the site goes on."""

import json
import re
import sqlite3
import threading
import time

import psycopg
import pytest

from tests.operations.installation import Installation, production_environment, run

SUBSCRIBERS = 100_000
FILL = f"""
import uuid
from django.utils import timezone
from newsletter.models import Subscriber
from innerbalance.security import record_keys
from innerbalance.caching.models import SiteVersion
from wagtail.models import Page, ModelLogEntry
now = timezone.now()
rows = [
    Subscriber(address=name, address_key=name, state="confirmed", confirmed_at=now, created_at=now)
    for name in (f"reader{{n}}@example.net" for n in range({SUBSCRIBERS}))
]
for start in range(0, len(rows), 5000):
    Subscriber.objects.bulk_create(rows[start : start + 5000])
Subscriber.objects.order_by("-pk").first().delete()
record = uuid.UUID(int=7)
cipher = record_keys.create_cipher(record)
print(cipher.seal("words in confidence", field="note").hex())
"""
ASK = """
import json, uuid
from newsletter.models import Subscriber
from innerbalance.security import record_keys
from django.utils import timezone
from wagtail.models import Page
cipher = record_keys.open_cipher(uuid.UUID(int=7))
name = "new@example.net"
new = Subscriber.objects.create(address=name, address_key=name, state="pending", created_at=timezone.now())
print(json.dumps({
    "note": cipher.unseal(bytes.fromhex(SEALED), field="note"),
    "subscribers": Subscriber.objects.count(),
    "new": new.pk,
    "found": Page.objects.search("home").count(),
}))
"""


@pytest.fixture
def target(postgresql, request):
    """The URL of an empty database."""
    name = re.sub(r"\W", "", request.node.name)[:60].lower()
    with psycopg.connect(postgresql.url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return postgresql.url.rpartition("/")[0] + f"/{name}"


@pytest.fixture
def site(template, tmp_path):
    env = production_environment(tmp_path / "var", mail_port=1) | {"STATIC_ROOT": str(template / "static")}
    site = Installation(template / "var", tmp_path / "var", env)
    site.sql("DELETE FROM housekeeping_housekeepingrun")
    return site


def moved(site, target, *arguments):
    done = run(
        "manage.py", "move_to_postgresql", *arguments, env=site.env | {"TARGET_DATABASE_URL": target}, seconds=600
    )
    return done.returncode, done.stdout + done.stderr


def shell(env, code) -> str:
    done = run("manage.py", "shell", "--no-imports", "-c", code, env=env, seconds=300)
    assert done.returncode == 0, done.stderr
    return done.stdout


def dump(file) -> list[str]:
    with sqlite3.connect(file) as opened:
        lines = list(opened.iterdump())
    opened.close()
    return lines


def ask(target, query):
    with psycopg.connect(target) as connection:
        return connection.execute(query).fetchall()


def test_everything_is_there(site, target):
    sealed = shell(site.env, FILL).strip().splitlines()[-1]
    site.sql(
        "INSERT INTO wagtailcore_modellogentry (label, action, data, timestamp, content_changed, deleted, object_id,"
        " content_type_id) VALUES ('x', 'made.up', ?, '2026-02-03 04:05:06.789012', 1, 0, '1', 1)",
        '{"b": 1.50, "a": [1e5, "Zo\\u00eb – “x”\\tü"], "n": null}',
    )
    before = dump(site.database)
    began = time.monotonic()
    code, said = moved(site, target)
    seconds = time.monotonic() - began
    assert code == 0, said
    assert seconds < 300
    print(f"{SUBSCRIBERS} subscribers moved in {seconds:.0f} s")
    assert f"newsletter_subscriber: {SUBSCRIBERS - 1} rows, the same on both sides" in said
    assert dump(site.database) == before
    assert ask(target, "SELECT to_regclass('innerbalance_move_under_way')") == [(None,)]
    query = "SELECT data, timestamp AT TIME ZONE 'UTC' FROM wagtailcore_modellogentry WHERE action = 'made.up'"
    ((data, moment),) = ask(target, query)
    assert data == {"b": 1.5, "a": [100000, "Zoë – “x”\tü"], "n": None}
    assert moment.isoformat() == "2026-02-03T04:05:06.789012"
    there = json.loads(shell(site.env | {"DATABASE_URL": target}, f"SEALED = {sealed!r}\n{ASK}").splitlines()[-1])
    assert there["note"] == "words in confidence"
    assert there["subscribers"] == SUBSCRIBERS
    # Not the number of the last one, who was deleted.
    assert there["new"] == SUBSCRIBERS + 1
    assert there["found"] >= 1


def test_a_database_with_anything_in_it_is_refused(site, target):
    with psycopg.connect(target) as connection:
        connection.execute("CREATE TABLE somebodys (id int)")
    code, said = moved(site, target)
    assert code == 1
    assert "The target database is not empty" in said
    assert ask(target, "SELECT count(*) FROM pg_class WHERE relname LIKE 'newsletter%'") == [(0,)]
    assert "Traceback" not in said


def test_a_value_that_postgresql_refuses_stops_it_without_being_told(site, target):
    """What broke off in the middle begins again."""
    site.sql("UPDATE auth_user SET first_name = ?", "confidential " * 20)
    code, said = moved(site, target)
    assert code == 1
    assert "PostgreSQL does not take auth_user" in said
    assert "StringDataRightTruncation" in said
    assert "confidential" not in said
    assert ask(target, "SELECT count(*) FROM auth_user") == [(0,)]
    site.sql("UPDATE auth_user SET first_name = ''")
    assert moved(site, target)[0] == 0
    code, said = moved(site, target)
    assert code == 1
    assert "The target database is not empty" in said


def test_a_site_that_runs_is_refused(site, target):
    site.sql(
        "INSERT INTO housekeeping_housekeepingrun (job, started_at, outcome, failed)"
        " VALUES ('x', strftime('%Y-%m-%d %H:%M:%S', 'now'), '', 0)"
    )
    code, said = moved(site, target)
    assert code == 1
    assert "the site seems to run" in said


def test_nobody_writes_meanwhile(site, target):
    """Who tries waits, and is told so; a row that was said to be kept is never left behind."""
    refused = []

    def write():
        for number in range(40):
            try:
                with sqlite3.connect(site.database, timeout=0.1) as opened:
                    opened.execute("UPDATE auth_user SET last_name = ?", [str(number)])
            except sqlite3.OperationalError:
                refused.append(number)
            opened.close()
            time.sleep(0.2)

    writer = threading.Thread(target=write)
    writer.start()
    code, said = moved(site, target)
    ((there,),) = ask(target, "SELECT last_name FROM auth_user")
    writer.join()
    assert code == 0, said
    assert refused
    assert there == "" or int(there) < min(refused)


def test_tables_of_another_version_are_refused(site, target):
    site.sql("DELETE FROM django_migrations WHERE app = 'operations'")
    code, said = moved(site, target)
    assert code == 1
    assert "run manage.py migrate on it first" in said


def test_what_is_not_there(site, target):
    assert "does not answer" in moved(site, target.replace("innerbalance@", "somebody:secret-word@"))[1]
    assert "secret-word" not in moved(site, target.replace("innerbalance@", "somebody:secret-word@"))[1]
    assert "Say where to" in moved(site, "")[1]
    site.env["DATABASE_URL"] = target
    assert "not on SQLite" in moved(site, target)[1]
