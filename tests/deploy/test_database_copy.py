"""The copy that an upgrade makes first, and the way back to it, on SQLite and on PostgreSQL."""

import contextlib
import getpass
import sqlite3
import tempfile
from pathlib import Path

import psycopg
import pytest

from deploy.server.database import Database
from deploy.server.layout import Layout
from deploy.server.system import Failed
from tests.serve.database import Server

BEFORE = ("CREATE TABLE request (id integer PRIMARY KEY, word text)", "INSERT INTO request VALUES (1, 'first')")
SPOILED = (
    "ALTER TABLE request ADD COLUMN half_done integer",
    "CREATE TABLE made_by_the_new_version (id integer)",
    "DELETE FROM request",
)


@pytest.fixture(scope="module")
def postgres():
    folder = Path(tempfile.mkdtemp(prefix="innerbalance-copy-"))
    folder.chmod(0o755)
    server = Server(folder / "postgres")
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgres"])
def case(request, tmp_path):
    """The database as bin/upgrade sees it, and how to run statements in it."""
    layout = Layout(root=tmp_path, user=getpass.getuser())
    for folder in (layout.settings, layout.data):
        folder.mkdir(parents=True)
    if request.param == "sqlite":
        file = layout.data / "site.sqlite3"
        url = f"sqlite:///{file}"

        def ask(*statements: str) -> list:
            with contextlib.closing(sqlite3.connect(file)) as connection, connection:
                connection.execute("PRAGMA journal_mode=WAL")
                return [connection.execute(statement).fetchall() for statement in statements][-1]

    else:
        url = request.getfixturevalue("postgres").url

        def ask(*statements: str) -> list:
            with psycopg.connect(url) as connection:
                cursors = [connection.execute(statement) for statement in statements]
                return cursors[-1].fetchall() if cursors[-1].description else []

    layout.environment.write_text(f"# the site\nDATABASE_URL={url}\n", encoding="utf-8")
    return Database(layout), layout.backups, ask


def test_what_a_migration_did_is_gone_and_what_was_there_is_back(case):
    database, folder, ask = case
    ask(*BEFORE)
    copy = database.copy_to(folder)
    ask(*SPOILED)
    database.put_back(copy)
    assert ask("SELECT * FROM request") == [(1, "first")]
    with pytest.raises((sqlite3.OperationalError, psycopg.errors.UndefinedTable)):
        ask("SELECT * FROM made_by_the_new_version")
    assert oct(folder.stat().st_mode & 0o777) == "0o700"
    database.put_back(copy)
    ask("DROP TABLE request")


def test_a_damaged_copy_changes_nothing_and_is_named(case):
    database, folder, ask = case
    ask(*BEFORE)
    copy = database.copy_to(folder)
    copy.write_bytes(copy.read_bytes()[:100])
    with pytest.raises(Failed, match=str(copy)):
        database.put_back(copy)
    assert ask("SELECT * FROM request") == [(1, "first")]
    ask("DROP TABLE request")


def test_a_database_that_is_not_there_is_no_empty_copy(case):
    database, folder, _ = case
    database.url = database.url.replace("site.sqlite3", "elsewhere/none.sqlite3").replace("/postgres", "/none")
    with pytest.raises(Failed, match="can't be copied"):
        database.copy_to(folder)
