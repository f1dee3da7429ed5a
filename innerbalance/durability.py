"""What somebody was promised is on the disk before they are told."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import connection


@contextmanager
def waiting_for_the_disk() -> Iterator[None]:
    """On SQLite, the commits inside are on the disk when they end, and all before them (PostgreSQL does so anyway).

    Inside a transaction it changes nothing: the outermost commit decides.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=FULL")
        try:
            yield
        finally:
            cursor.execute("PRAGMA synchronous=NORMAL")


def sync_commits() -> None:
    """What was committed until now is on the disk when this returns (SQLite; PostgreSQL's commits wait themselves)."""
    if connection.vendor != "sqlite":
        return
    with suppress(FileNotFoundError):  # no write-ahead log: nothing waits
        log = os.open(f"{connection.settings_dict['NAME']}-wal", os.O_RDONLY)
        try:
            os.fsync(log)
        finally:
            os.close(log)
