"""A copy of the test database as migrations left it, and the way back to it; on SQLite and on PostgreSQL."""

import sqlite3

from django.core.cache import cache
from django.db import connection, connections

_copy: sqlite3.Connection | str | None = None


def take() -> None:
    """Keep the database as it is now."""
    global _copy
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connections.close_all()
        _copy = sqlite3.connect(":memory:", check_same_thread=False)
        with sqlite3.connect(name) as source:
            source.backup(_copy)
        source.close()
    else:
        _copy = f"{name}_pristine"
        _outside(f'DROP DATABASE IF EXISTS "{_copy}" WITH (FORCE)', f'CREATE DATABASE "{_copy}" TEMPLATE "{name}"')


def put_back() -> None:
    """Make the database what it was; other connections to it see the change (SQLite) or end (PostgreSQL)."""
    if _copy is None:  # the test asked for no database after all
        return
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        connections.close_all()
        target = sqlite3.connect(name, timeout=30)
        _copy.backup(target)
        target.close()
    else:
        _outside(f'DROP DATABASE "{name}" WITH (FORCE)', f'CREATE DATABASE "{name}" TEMPLATE "{_copy}"')
    cache.clear()


def forget() -> None:
    global _copy
    copy, _copy = _copy, None
    if isinstance(copy, sqlite3.Connection):
        copy.close()
    elif copy:
        _outside(f'DROP DATABASE IF EXISTS "{copy}" WITH (FORCE)')


def _outside(*statements: str) -> None:
    """Run `statements` on the server without being connected to the test database."""
    connections.close_all()
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
