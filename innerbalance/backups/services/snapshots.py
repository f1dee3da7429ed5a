"""The database as it was at one moment, while the site goes on writing: one read transaction on a line of its own."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Protocol
from urllib.parse import quote

from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper

from innerbalance.backups.rules.columns import OUT, converted, converters
from innerbalance.backups.services.tables import Table

ROWS_AT_ONCE = 2_000


class Snapshot(Protocol):
    def rows(self, table: Table) -> Iterator[list[list[Any]]]:
        """All rows of the table, ready for JSON, some at a time."""
        ...

    def counter(self, table: Table) -> int:
        """The last number that the table gave out; 0 before the first."""
        ...


@contextmanager
def snapshot() -> Iterator[Snapshot]:
    with _of_sqlite() if connection.vendor == "sqlite" else _of_postgresql() as taken:
        yield taken


def _select(table: Table) -> str:
    names = ", ".join(f'"{column}"' for column in table.columns)
    return f'SELECT {names} FROM "{table.name}"'  # noqa: S608 -- names of our own models


def _chunks(cursor: Any, table: Table) -> Iterator[list[list[Any]]]:
    how = converters(table.kinds, OUT)
    cursor.execute(_select(table))
    while rows := cursor.fetchmany(ROWS_AT_ONCE):
        yield [converted(row, how) for row in rows]


class SqliteSnapshot:
    def __init__(self, line: sqlite3.Connection) -> None:
        self.line = line

    def rows(self, table: Table) -> Iterator[list[list[Any]]]:
        return _chunks(self.line.cursor(), table)

    def counter(self, table: Table) -> int:
        found = self.line.execute("SELECT seq FROM sqlite_sequence WHERE name = ?", [table.name]).fetchone()
        return found[0] if found else 0


@contextmanager
def _of_sqlite() -> Iterator[SqliteSnapshot]:
    """In WAL mode a reader sees one moment and keeps no writer waiting."""
    name = quote(str(connection.settings_dict["NAME"]))
    line = sqlite3.connect(f"file:{name}?mode=ro", uri=True, isolation_level=None, timeout=20)
    try:
        line.execute("BEGIN")
        line.execute("SELECT COUNT(*) FROM django_migrations").fetchone()
        yield SqliteSnapshot(line)
    finally:
        line.close()


class PostgresqlSnapshot:
    def __init__(self, line: BaseDatabaseWrapper) -> None:
        self.line = line

    def rows(self, table: Table) -> Iterator[list[list[Any]]]:
        with self.line.chunked_cursor() as cursor:
            yield from _chunks(cursor, table)

    def counter(self, table: Table) -> int:
        with self.line.cursor() as cursor:
            cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table.name, table.counter])
            sequence = cursor.fetchone()[0]
            cursor.execute(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {sequence}")  # noqa: S608
            return cursor.fetchone()[0]


@contextmanager
def _of_postgresql() -> Iterator[PostgresqlSnapshot]:
    line = connection.copy()
    try:
        line.set_autocommit(False)
        with line.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            # A backup may take longer than a page.
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
        yield PostgresqlSnapshot(line)
    finally:
        line.close()
