"""Which generation of kept pages belongs to the site as it is: decided under the lock of the version's row.

Who changes the site first moves the row (and so holds it until the end of the transaction), then closes the folder,
then commits. Who opens a generation holds the row too. So nobody opens an old one while a change is under way, and a
process that dies at any point leaves the folder closed: pages then come from the application until someone opens.
"""

import contextlib
import logging
import time
from collections.abc import Iterator
from functools import cache
from typing import cast

from django.conf import settings
from django.core.signals import setting_changed
from django.db import DatabaseError, connection, transaction

from innerbalance.kept_pages import CHANNEL
from innerbalance.kept_pages.folder import KeptPages
from innerbalance.sqlite3.base import DatabaseWrapper

from .models import SiteVersion
from .version import NONE, Version, current

logger = logging.getLogger(__name__)

WAIT_MILLISECONDS = 50
"""How long an SQLite writer is waited for before a reader's page is given up as not kept."""

REFUSAL_LOGGED_SECONDS = 60
_refusal_logged = float("-inf")


def kept_pages() -> KeptPages | None:
    """This machine's folder, or None where no pages are kept."""
    return _kept_pages(str(settings.KEPT_PAGES_DIR), settings.KEPT_PAGES_MEGABYTES)


@cache
def _kept_pages(root: str, megabytes: int) -> KeptPages | None:
    if not root:
        return None
    return KeptPages(root, most_bytes=megabytes * 1_000_000, leased=connection.vendor == "postgresql")


setting_changed.connect(lambda **kwargs: _kept_pages.cache_clear(), weak=False)


def close() -> None:
    """Called where the site's version has moved, inside that transaction. On other machines the companion closes.

    Raises OSError where the folder can't be closed: the change must not happen then.
    """
    if pages := kept_pages():
        pages.close()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT pg_notify(%s, number::text) FROM {SiteVersion._meta.db_table} WHERE id = 1",  # noqa: S608
                [CHANNEL],
            )


def name_of(version: Version) -> str:
    """Of a version, for a folder. The release is part of it: a new one renders the same page differently."""
    number, moment = version
    return f"{number}-{moment}-{settings.KEPT_PAGES_RELEASE}"


def generation_for(version: Version, *, until: float) -> str | None:
    """The open generation of `version`, opened when it is not; None when the site has moved on or is just moving."""
    pages, now = kept_pages(), time.time()
    if pages is None or version == NONE:
        return None
    name = pages.open_name()
    if name and name.startswith(f"{name_of(version)}-") and pages.serves(now):
        return name
    if pages.leased and pages.lease_end() <= now:
        return None
    try:
        with _version_held() as held:
            return pages.open(name_of(version), until=until, now=now) if held == version else None
    except DatabaseError:  # somebody is writing: the next reader's page will be kept
        return None
    except OSError as error:
        log_refusal(error)
        return None


def log_refusal(error: OSError) -> None:
    """Once a minute: a full disk refuses each page."""
    global _refusal_logged
    if time.monotonic() >= _refusal_logged + REFUSAL_LOGGED_SECONDS:
        _refusal_logged = time.monotonic()
        logger.error("Finished pages can't be kept: %s", error.strerror)


@contextlib.contextmanager
def _version_held() -> Iterator[Version]:
    """The site's version, which can't move inside. Raises DatabaseError when it is being moved."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            # FOR SHARE lets others open at the same time, and excludes who moves the row.
            yield current(lock="FOR SHARE NOWAIT")
        return
    with _short_wait(), transaction.atomic():  # IMMEDIATE: it takes the lock of all writers
        yield current()


@contextlib.contextmanager
def _short_wait() -> Iterator[None]:
    """For a turn among the writers, and for the lock."""
    queue = cast(DatabaseWrapper, connection)
    usual = queue.wait_seconds
    queue.set_wait(WAIT_MILLISECONDS / 1000)
    try:
        yield
    finally:
        queue.set_wait(usual)
