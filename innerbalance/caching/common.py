"""What more than one page asks for, asked again right after a change by whoever made it.

The first readers after a change then ask only for what is their page's own: the menu, the footer and the offices are
known to be as they were, or known to be different.
"""

from django.core.cache import cache
from django.db import DatabaseError, connection

from .parts import Known
from .recording import KNOWN, Seen, Statement, digest, look_up
from .release import release
from .version import CACHED_SECONDS, current

MOST = 60
"""Statements that are asked again; what pages have in common is about twenty."""

MOST_SEEN = 600
"""Statements of which is remembered which page asked for them first."""


def note(page: str, seen: Seen) -> None:
    """Two pages that are noted at once may forget one another's statements; the next pages bring them again."""
    first, common = _noted()
    known, before = set(common), len(first)
    for statement in seen:
        asked_by = first.setdefault(digest(statement), page)
        if asked_by != page and statement not in known:
            common.append(statement)
    if len(first) > before or len(common) > len(known):
        cache.set(_key(), (dict(list(first.items())[-MOST_SEEN:]), common[-MOST:]), CACHED_SECONDS)


def ask_again() -> None:
    """At once after the transaction that changed something. What is not asked now, a reader's page asks."""
    _, common = _noted()
    if not common:
        return
    try:
        known = Known(current())
        with connection.cursor() as cursor:
            for statement in common:
                look_up(cursor, statement, known.rows)
        known.keep()
    except DatabaseError:  # of an earlier release, perhaps: nothing is known then, and nothing wrong
        cache.delete(_key())


def _noted() -> tuple[dict[bytes, str], list[Statement]]:
    return cache.get(_key()) or ({}, [])


def _key() -> str:
    return f"{KNOWN}common:{release()}"
