"""Copies the rows of one table, and counts and adds them up on both sides."""

import hashlib
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql

from innerbalance.operations.moving import CannotMove
from innerbalance.operations.moving.values import FROM_SQLITE, comparable

Column = tuple[str, str]
"""Its name and PostgreSQL's type."""

CHUNK = 2000
MODULUS = 2**256


@dataclass
class Sum:
    """How many rows, and a sum over them in which their order does not matter and every value does."""

    rows: int = 0
    total: int = 0

    def add(self, columns: Sequence[Column], values: Iterable[Any]) -> None:
        text = repr([comparable(kind, value) for (_name, kind), value in zip(columns, values, strict=True)])
        self.rows += 1
        self.total = (self.total + int.from_bytes(hashlib.sha256(text.encode()).digest())) % MODULUS


def columns_of(target: psycopg.Connection, table: str) -> list[Column]:
    query = (
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_schema = current_schema() AND table_name = %s ORDER BY ordinal_position"
    )
    return target.execute(query, [table]).fetchall()


def copy(source: sqlite3.Connection, target: psycopg.Connection, table: str) -> Sum:
    """What was read from `source`, which is now in `target`. Raises CannotMove."""
    columns = columns_of(target, table)
    _same_columns(source, table, columns)
    names = [name for name, _kind in columns]
    made = Sum()
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, names))
    )
    try:
        with target.cursor() as cursor, cursor.copy(statement) as copying:
            for row in source.execute(f"SELECT {', '.join(map(_quoted, names))} FROM {_quoted(table)}"):  # noqa: S608
                values = [
                    None if value is None else FROM_SQLITE[kind](value)
                    for (_name, kind), value in zip(columns, row, strict=True)
                ]
                copying.write_row(values)
                made.add(columns, values)
    except psycopg.Error as error:
        raise CannotMove(_words(table, made.rows, error)) from None
    except (ValueError, TypeError, ArithmeticError) as error:
        text = f"Row {made.rows + 1} of {table} holds a value that is none of its kind ({type(error).__name__})."
        raise CannotMove(text) from None
    return made


def sum_of(target: psycopg.Connection, table: str) -> Sum:
    """What is in `target` now."""
    columns = columns_of(target, table)
    found = Sum()
    names = sql.SQL(", ").join(sql.Identifier(name) for name, _kind in columns)
    with target.cursor(name="innerbalance_move") as cursor:
        cursor.itersize = CHUNK
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(names, sql.Identifier(table)))
        for row in cursor:
            found.add(columns, row)
    return found


def set_sequences(source: sqlite3.Connection, target: psycopg.Connection, table: str) -> None:
    """The next row gets a number that no row has had, also none that was deleted."""
    used = source.execute("SELECT max(seq) FROM sqlite_sequence WHERE name = ?", [table]).fetchone()[0] or 0
    query = (
        "SELECT column_name, pg_get_serial_sequence(quote_ident(table_name), column_name)"
        " FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s"
    )
    for column, sequence in target.execute(query, [table]).fetchall():
        if sequence is None:
            continue
        highest = sql.SQL("SELECT coalesce(max({}), 0) FROM {}").format(sql.Identifier(column), sql.Identifier(table))
        last = max(used, target.execute(highest).fetchone()[0])  # type: ignore[index]
        target.execute("SELECT setval(%s, %s, %s)", [sequence, max(last, 1), last > 0])


def _same_columns(source: sqlite3.Connection, table: str, columns: list[Column]) -> None:
    there = {row[1] for row in source.execute(f"PRAGMA table_info({_quoted(table)})")}
    names = {name for name, _kind in columns}
    if there != names:
        raise CannotMove(f"The table {table} has other columns there: {', '.join(sorted(there ^ names))}.")
    if unknown := sorted({kind for _name, kind in columns} - set(FROM_SQLITE)):
        raise CannotMove(f"The table {table} has a column of a kind that is not known here: {', '.join(unknown)}.")


def _words(table: str, rows: int, error: psycopg.Error) -> str:
    """Without the server's own words: they hold the value."""
    where = f", column {error.diag.column_name}" if error.diag.column_name else ""
    kind = f"{type(error).__name__} {error.sqlstate or ''}".strip()
    return f"PostgreSQL does not take {table}{where}, somewhere up to row {rows + 1} ({kind})."


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
