"""Putting a backup's rows into this database, whichever engine made them; inside one transaction."""

import json
from collections.abc import Iterable
from typing import Any

from django.db import connection

from innerbalance.backups.rules.columns import TO_POSTGRESQL, TO_SQLITE, converted, converters
from innerbalance.backups.services.tables import Table, all_tables

NUMBERS_LEFT_OUT = 1_000_000
"""Numbers that were given out after the backup stand in emails: a bounce of such an email must not hit another copy."""


def clear() -> None:
    """Take out what migrations put in."""
    names = ", ".join(connection.ops.quote_name(name) for name in all_tables())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            # Comparing all rows at the end may take longer than a page may.
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute(f"TRUNCATE {names} CASCADE")
            return
        cursor.execute("PRAGMA defer_foreign_keys = ON")
        for name in all_tables():
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(name)}")  # noqa: S608


def load(table: Table, lines: bytes) -> int:
    """Put in rows, one JSON list a line; how many."""
    rows = [json.loads(line) for line in lines.splitlines()]
    names = ", ".join(connection.ops.quote_name(column) for column in table.columns)
    target = f"{connection.ops.quote_name(table.name)} ({names})"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            how = converters(table.kinds, TO_POSTGRESQL)
            # The driver's own cursor: Django's knows no COPY.
            with cursor.cursor.copy(f"COPY {target} FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(converted(row, how))
        else:
            how = converters(table.kinds, TO_SQLITE)
            places = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(
                f"INSERT INTO {target} VALUES ({places})",  # noqa: S608
                [converted(row, how) for row in rows],
            )
    return len(rows)


def set_counters(tables: Iterable[Table], given: dict[str, int]) -> None:
    """Go on numbering after what the backup had given out, with a gap where numbers are known outside."""
    with connection.cursor() as cursor:
        for table in tables:
            if table.counter:
                last = given.get(table.name, 0) + (NUMBERS_LEFT_OUT if table.ours else 0)
                _set_counter(cursor, table, last)


def _set_counter(cursor: Any, table: Table, last: int) -> None:
    if connection.vendor == "postgresql":
        if last:
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, %s), %s)",
                [connection.ops.quote_name(table.name), table.counter, last],
            )
        return
    cursor.execute("UPDATE sqlite_sequence SET seq = MAX(seq, %s) WHERE name = %s", [last, table.name])
    if not cursor.rowcount and last:
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table.name, last])


def check() -> None:
    """Every row that is named is there. Raises IntegrityError."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    else:
        connection.check_constraints()
