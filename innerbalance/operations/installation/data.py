"""The database, its tables, the keys for what is sealed in it, and the cache."""

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.cache import caches
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from innerbalance.operations.findings import Finding, fault, good, not_checked, warning
from innerbalance.security.encryption import KeyMissing
from innerbalance.security.models import RecordKey
from innerbalance.security.record_keys import key_ring

OLDEST_POSTGRESQL = 15
OLDEST_SQLITE = (3, 37, 0)


def database(now: datetime) -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError as error:
        text = _("The database does not answer (%(error)s). Is it running, and is DATABASE_URL right?")
        yield fault(text % {"error": type(error).__name__})
        return
    if connection.vendor == "postgresql":
        major = connection.pg_version // 10_000  # type: ignore[attr-defined]
        if major < OLDEST_POSTGRESQL:
            text = _("PostgreSQL %(version)s is too old: at least %(least)s is needed.")
            yield fault(text % {"version": major, "least": OLDEST_POSTGRESQL})
        else:
            yield good(_("PostgreSQL %(version)s answers.") % {"version": major})
    elif sqlite3.sqlite_version_info < OLDEST_SQLITE:
        yield fault(_("SQLite %(version)s is too old.") % {"version": sqlite3.sqlite_version})
    else:
        yield good(_("SQLite %(version)s answers.") % {"version": sqlite3.sqlite_version})


def pending_migrations() -> int:
    """How many changes of the tables the code knows and the database lacks. Raises DatabaseError."""
    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def migrations(now: datetime) -> Iterator[Finding]:
    if number := pending_migrations():
        text = ngettext(
            "%(number)s change to the tables is not made yet: run manage.py migrate.",
            "%(number)s changes to the tables are not made yet: run manage.py migrate.",
            number,
        )
        yield fault(text % {"number": number})
    else:
        yield good(_("The tables are as this version wants them."))


def keys_of_requests() -> list[str]:
    """What stands in the way of reading consultation requests, as sentences; empty: nothing. Raises DatabaseError."""
    if not settings.HASH_KEYS:
        return [_("HASH_KEYS is empty: nobody can sign up or write.")]
    try:
        ring = key_ring()
    except KeyMissing as error:
        return [str(error)]
    missing = RecordKey.objects.exclude(key_name__in=list(ring.keys)).count()
    if not missing:
        return []
    text = ngettext(
        "%(number)s consultation request can't be read: its key is missing from INTAKE_KEYS. Put the old key back.",
        "%(number)s consultation requests can't be read: their key is missing from INTAKE_KEYS. Put the old key back.",
        missing,
    )
    return [text % {"number": missing}]


def keys(now: datetime) -> Iterator[Finding]:
    problems = keys_of_requests()
    yield from map(fault, problems)
    if not problems:
        yield good(_("Every consultation request can be read with the keys that are set."))


def cache_works() -> bool:
    return bool(getattr(caches["default"], "works", lambda: True)())


def cache(now: datetime) -> Iterator[Finding]:
    entry: dict[str, Any] = settings.CACHES["default"]
    kind = entry.get("OPTIONS", {}).get("behind", entry)["BACKEND"]
    if not cache_works():
        yield fault(_("The cache forgets what it is given. Is its server running, and is CACHE_URL right?"))
    elif not kind.endswith("LocMemCache"):
        yield good(_("The cache works, and all processes share it."))
    elif connection.vendor == "postgresql":
        yield warning(_("Each process has a cache of its own: with several machines set CACHE_URL."))
    else:
        yield not_checked(_("Each process has a cache of its own, which is right for one machine."))
