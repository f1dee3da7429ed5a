"""Where the data is: an SQLite file by default, PostgreSQL by DATABASE_URL; `docs/growing.md`."""

import os
from pathlib import Path
from typing import Any

import environ

SERVING = "INNERBALANCE_SERVES"
"""Set by innerbalance/wsgi.py alone: requests share connections and may not wait for ever, commands may take long."""

CONNECT_SECONDS = 5
POOL_WAIT_SECONDS = 3
"""For a connection out of the pool: longer, and the reader is told to call."""

KEEPALIVE = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 3, "tcp_user_timeout": 15_000}
"""A server that vanished without a word is noticed after about 25 seconds (milliseconds in the last one)."""


def database(env: environ.Env, *, var_dir: Path) -> dict:
    """The entry of DATABASES."""
    entry = env.db("DATABASE_URL", default=f"sqlite:///{var_dir / 'innerbalance.sqlite3'}")
    if "sqlite3" in entry["ENGINE"]:
        return _sqlite(entry)
    entry["OPTIONS"] = {
        "application_name": "innerbalance",
        "connect_timeout": CONNECT_SECONDS,
        **KEEPALIVE,
        **entry.get("OPTIONS", {}),
    }
    entry["CONN_HEALTH_CHECKS"] = True
    entry["CONN_MAX_AGE"] = env.int("DATABASE_CONN_MAX_AGE", default=60)
    if os.environ.get(SERVING):
        _limit_statements(entry["OPTIONS"], seconds=env.int("DATABASE_STATEMENT_SECONDS", default=20))
        # One for each thread at most: fewer, and readers may wait for one, or in vain.
        _share_connections(entry, most=env.int("DATABASE_POOL_SIZE", default=env.int("WEB_THREADS", default=8)))
    return entry


def _sqlite(entry: dict) -> dict:
    """WAL and IMMEDIATE together: readers never wait, and two writers queue instead of "database is locked"."""
    options = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # Deleted rows are overwritten: a destroyed key must not stand in a free page of the file.
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
        " PRAGMA secure_delete=ON;",
    }
    return {**entry, "ENGINE": "innerbalance.sqlite3", "OPTIONS": options}


def _limit_statements(options: dict, *, seconds: int) -> None:
    """The server itself ends what takes longer, or waits that long for a lock; 0: no limit."""
    if not seconds:
        return
    limits = f"-c statement_timeout={seconds}s -c lock_timeout={seconds}s"
    limits += f" -c idle_in_transaction_session_timeout={3 * seconds}s"
    options["options"] = f"{options.get('options', '')} {limits}".strip()


def _share_connections(entry: dict, *, most: int) -> None:
    """A pool in each process, of `most` connections; 0: each thread keeps a connection of its own."""
    if not most:
        return
    entry["CONN_MAX_AGE"] = 0  # a request gives its connection back
    entry["OPTIONS"]["pool"] = {
        "min_size": 1,
        "max_size": most,
        "timeout": POOL_WAIT_SECONDS,
        "check": works,
        # Then the next request tries again: longer pauses would outlast the fault.
        "reconnect_timeout": 1,
        "max_idle": 300,
        "num_workers": 1,
    }


def works(connection: Any) -> None:
    """For the pool, of a connection that a request is to get: raises psycopg's error when it is broken.

    One that is broken seldom is alone: a server that began anew ended all of them. The pool would find out one by one,
    with a pause after each.
    """
    from psycopg_pool import ConnectionPool

    try:
        ConnectionPool.check_connection(connection)
    except Exception:
        connection._pool.drain()
        raise
