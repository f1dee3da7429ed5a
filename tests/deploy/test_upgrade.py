"""bin/upgrade: to another version without a lost request, and back to the one before when any step fails.

Each version that is tried is the project's own code with something changed. Somebody asks the site all the while.
"""

import fcntl
import shutil
import sqlite3
import threading
import time
from pathlib import Path

import pytest

from .server import HOST, Server, copy_of_the_code

TABLE = """
from django.db import migrations
from django.db.migrations.operations import RunSQL

class Migration(migrations.Migration):
    dependencies = [("blog", "{before}")]
    operations = [RunSQL("CREATE TABLE upgrade_test (word text); INSERT INTO upgrade_test VALUES ('new')")]
"""
FAULT = """
from django.db import migrations

def fail(apps, schema_editor):
    apps.get_model("auth", "User").objects.all().delete()
    raise RuntimeError("this migration fails")

class Migration(migrations.Migration):
    atomic = False
    dependencies = [("blog", "9001_table")]
    operations = [migrations.RunPython(fail)]
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    running = Server(tmp_path_factory.mktemp("server"))
    code = copy_of_the_code(running.folder / "code")
    done = running.install(code, "--host", HOST, "--owner", "dana@example.org")
    assert done.returncode == 0, done.stdout + done.stderr
    for _ in range(300):
        if running.get("/readyz")[0] == 200:
            break
        time.sleep(0.2)
    yield running
    running.systemd.close()


@pytest.fixture
def code(server):
    """Another version: the test changes it. Its README differs, and so its name."""
    folder = server.folder / "other"
    copy_of_the_code(folder)
    (folder / "README.md").write_text(f"version of {time.time()}", encoding="utf-8")
    yield folder
    shutil.rmtree(folder)


class Reader(threading.Thread):
    """Asks for a page that no file answers, again and again, until told to stop."""

    def __init__(self, server: Server) -> None:
        super().__init__(daemon=True)
        self.server, self.over, self.answers = server, threading.Event(), []

    def run(self) -> None:
        while not self.over.wait(0.05):
            try:
                self.answers.append(self.server.get("/search/?q=rest", timeout=240)[0])
            except OSError as error:
                self.answers.append(type(error).__name__)

    def __enter__(self) -> "Reader":
        self.start()
        return self

    def __exit__(self, *error: object) -> None:
        self.over.set()
        self.join(timeout=300)


def content(server: Server) -> list[str]:
    """The whole database as text, without what housekeeping and sessions write by themselves."""
    with sqlite3.connect(server.data / "database/innerbalance.sqlite3", timeout=30) as database:
        tables = ("auth_user", "wagtailcore_page", "wagtailcore_site", "django_migrations", "practice_practicesettings")
        rows = [str(database.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall()) for table in tables]
        names = database.execute("SELECT name FROM sqlite_master ORDER BY 1").fetchall()
    database.close()
    return [*rows, str(names)]


def add_migrations(code: Path, *, failing: bool) -> None:
    folder = code / "blog/migrations"
    before = sorted(file.stem for file in folder.glob("0*.py"))[-1]
    (folder / "9001_table.py").write_text(TABLE.format(before=before), encoding="utf-8")
    if failing:
        (folder / "9002_fault.py").write_text(FAULT, encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def bad_requirements(code: Path) -> None:
    append(code / "requirements.txt", "\nthis is ! no requirement\n")


def bad_static_files(code: Path) -> None:
    append(code / "innerbalance/static/css/base.css", "\n.upgrade-test { background: url('nowhere.png') }\n")


def failing_check(code: Path) -> None:
    append(
        code / "innerbalance/security/checks.py",
        "\n\n@register(Tags.security, deploy=True)\ndef upgrade_test(**kwargs):\n"
        "    from django.core.checks import Error\n"
        "    return [Error('This installation will not do.', id='test.E001')]\n",
    )


def failing_migration(code: Path) -> None:
    add_migrations(code, failing=True)


def does_not_start(code: Path) -> None:
    append(code / "innerbalance/wsgi.py", "\nraise RuntimeError('this version does not start')\n")


def does_not_start_on_a_changed_database(code: Path) -> None:
    add_migrations(code, failing=False)
    does_not_start(code)


def answers_with_a_fault(code: Path) -> None:
    append(code / "templates/base.html", "{% no_such_tag %}")


def starts_on_trial_alone(code: Path) -> None:
    """As when the trial could not show what is wrong: the real start fails, on a database that was changed."""
    add_migrations(code, failing=False)
    append(
        code / "innerbalance/wsgi.py",
        "\nif os.environ.get('KEPT_PAGES_DIR'):\n    raise RuntimeError('this version does not start')\n",
    )


def reloads_on_trial_alone(code: Path) -> None:
    append(
        code / "innerbalance/wsgi.py",
        "\nif os.environ.get('KEPT_PAGES_DIR'):\n    raise RuntimeError('this version does not start')\n",
    )


@pytest.mark.parametrize(
    ("broken", "said"),
    [
        (bad_requirements, "can't be installed"),
        (bad_static_files, "can't be collected"),
        (failing_check, "This installation will not do"),
        (failing_migration, "this migration fails"),
        (does_not_start, "this version does not start"),
        (does_not_start_on_a_changed_database, "this version does not start"),
        (answers_with_a_fault, "answered 500"),
        (reloads_on_trial_alone, "does not answer as it should"),
        (starts_on_trial_alone, "does not answer as it should"),
    ],
)
def test_a_broken_version_leaves_the_old_one_and_the_data(server, code, broken, said):
    broken(code)
    before, data = (server.base / "current").resolve(), content(server)
    releases = sorted(path.name for path in (server.base / "releases").iterdir())
    site = (server.root / "etc/nginx/sites-available/innerbalance").read_text(encoding="utf-8")
    with Reader(server) as reader:
        done = server.upgrade(code)
    assert done.returncode == 1, done.stdout
    assert said in done.stderr
    assert f"Version {before.name} is served as before." in done.stderr
    assert (server.base / "current").resolve() == before
    assert sorted(path.name for path in (server.base / "releases").iterdir()) == releases
    assert (server.root / "etc/nginx/sites-available/innerbalance").read_text(encoding="utf-8") == site
    assert content(server) == data
    assert server.get("/readyz")[0] == 200
    assert set(reader.answers) == {200}


def test_a_good_version_is_served_and_no_request_is_lost(server, code):
    append(code / "templates/base.html", "<!-- the next version -->")
    with Reader(server) as reader:
        done = server.upgrade(code)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "the next version" in server.get("/search/")[1]
    assert set(reader.answers) == {200}
    assert "is served already" in server.upgrade(code).stdout


def test_a_version_that_changes_the_database_keeps_requests_waiting(server, code):
    add_migrations(code, failing=False)
    with Reader(server) as reader:
        done = server.upgrade(code)
    assert done.returncode == 0, done.stdout + done.stderr
    assert set(reader.answers) == {200}
    assert "upgrade_test" in content(server)[-1]
    (copy,) = sorted(server.data.glob("backups/before-upgrade-*/database.sqlite3"))[-1:]
    assert oct(copy.stat().st_mode & 0o777) == "0o600"
    with sqlite3.connect(copy) as before:
        assert not before.execute("SELECT 1 FROM sqlite_master WHERE name = 'upgrade_test'").fetchall()
    before.close()


def test_two_upgrades_at_once_are_one(server, code):
    with (server.root / "etc/innerbalance/upgrade.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = server.upgrade(code)
    assert (done.returncode, "Another upgrade runs" in done.stderr) == (1, True)
