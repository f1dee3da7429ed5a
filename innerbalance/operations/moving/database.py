"""The whole move: looks first, then copies all in one transaction, and commits only what was proved equal."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
from psycopg import sql

from innerbalance.operations.moving import CannotMove, tables

LEFT_OUT = ("django_migrations", "wagtailsearch_indexentry")
"""Compared by name; and made anew: each database has a search index of its own kind."""

UNDER_WAY = "innerbalance_move_under_way"
"""A table that stands in the target while it is filled: a move that broke off may begin again."""

STOPPED_FOR = timedelta(minutes=2)


def move(
    source_file: Path, target_url: str, *, migrate: Callable[[], None], say: Callable[[str], None], stopped: bool
) -> dict[str, int]:
    """Move everything; how many rows of each table. `migrate` makes the tables in the target.

    Nobody can write to the source meanwhile, and nothing in it changes. `stopped`: the caller knows that the site does
    not run, however lately housekeeping did. Raises CannotMove; the target then holds nothing, or what `move` may take
    away when it is called again.
    """
    with _held(source_file) as source, _connected(target_url) as target:
        _look(source, stopped=stopped)
        _begin(target)
        say("Making the tables ...")
        migrate()
        _same_version(source, target)
        names = _tables(source, target)
        target.execute(sql.SQL("TRUNCATE {} CASCADE").format(sql.SQL(", ").join(map(sql.Identifier, names))))
        moved = {name: _moved(source, target, name, say) for name in names}
        try:
            target.execute(f"DROP TABLE {UNDER_WAY}")
            target.commit()
        except psycopg.Error as error:
            raise CannotMove(f"PostgreSQL does not keep it ({type(error).__name__}).") from None
        target.autocommit = True
        target.execute("ANALYZE")
    return moved


def _moved(source: sqlite3.Connection, target: psycopg.Connection, name: str, say: Callable[[str], None]) -> int:
    sent = tables.copy(source, target, name)
    tables.set_sequences(source, target, name)
    arrived = tables.sum_of(target, name)
    if sent != arrived:
        raise CannotMove(f"{name} is not the same there: {sent.rows} rows were sent, {arrived.rows} arrived.")
    if sent.rows:
        say(f"{name}: {sent.rows} rows, the same on both sides")
    return sent.rows


@contextmanager
def _held(file: Path) -> Iterator[sqlite3.Connection]:
    """The source, to which nobody can write meanwhile."""
    if not file.is_file():
        raise CannotMove(f"There is no SQLite file {file}.")
    with closing(sqlite3.connect(f"file:{file}?mode=rw", uri=True, isolation_level=None, timeout=10)) as source:
        try:
            source.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError:
            raise CannotMove("Somebody is writing to the database: stop the site and housekeeping first.") from None
        yield source
        source.execute("ROLLBACK")


@contextmanager
def _connected(url: str) -> Iterator[psycopg.Connection]:
    try:
        target = psycopg.connect(url, connect_timeout=5)
    except (psycopg.Error, ValueError) as error:
        # Not its text, which holds the address with its user.
        raise CannotMove(f"The target database does not answer ({type(error).__name__}).") from None
    with closing(target):
        yield target


def _look(source: sqlite3.Connection, *, stopped: bool) -> None:
    if not stopped:
        query = "SELECT max(started_at) FROM housekeeping_housekeepingrun"
        last = source.execute(query).fetchone()[0]
        if last and datetime.fromisoformat(last).replace(tzinfo=UTC) > datetime.now(UTC) - STOPPED_FOR:
            raise CannotMove(
                "Housekeeping ran within the last two minutes, so the site seems to run. Stop the site and "
                "housekeeping: what is written after the move would be lost. If both are stopped: --site-is-stopped."
            )
    broken = sorted({row[0] for row in source.execute("PRAGMA foreign_key_check")})
    if broken:
        raise CannotMove(
            f"Rows point to others that do not exist, in: {', '.join(broken)}. PostgreSQL takes none such."
        )


def _begin(target: psycopg.Connection) -> None:
    """Raises CannotMove when there is anything in the target that a move did not make."""
    there = _relations(target)
    if there and UNDER_WAY not in there:
        raise CannotMove(f"The target database is not empty: it holds {len(there)} tables. Make a new one.")
    if there:
        every = sql.SQL(", ").join(map(sql.Identifier, sorted(there)))
        target.execute(sql.SQL("DROP TABLE {} CASCADE").format(every))
    target.execute(f"CREATE TABLE {UNDER_WAY} (since timestamptz DEFAULT now())")
    target.commit()


def _relations(target: psycopg.Connection) -> set[str]:
    query = (
        "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p', 'v', 'm', 'f')"
        " AND relnamespace = current_schema()::regnamespace"
    )
    return {row[0] for row in target.execute(query)}


def _same_version(source: sqlite3.Connection, target: psycopg.Connection) -> None:
    query = "SELECT app, name FROM django_migrations"
    here, there = set(source.execute(query)), set(target.execute(query))
    if here != there:
        raise CannotMove("The SQLite database is of another version: run manage.py migrate on it first.")


def _tables(source: sqlite3.Connection, target: psycopg.Connection) -> list[str]:
    """Raises CannotMove when one has no place in the target, or the other way round."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    found = {name: text or "" for name, text in source.execute(query)}
    virtual = [name for name, text in found.items() if text.upper().startswith("CREATE VIRTUAL")]
    # A virtual table keeps what it holds in tables named after it.
    own = {name for name in found if not any(name == one or name.startswith(f"{one}_") for one in virtual)}
    here, there = own - set(LEFT_OUT), _relations(target) - {*LEFT_OUT, UNDER_WAY}
    if here != there:
        raise CannotMove(f"These tables stand on one side alone: {', '.join(sorted(here ^ there))}.")
    return sorted(here)
